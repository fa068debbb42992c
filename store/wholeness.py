"""Whether a row of the database is as it was written: what the check names, and what an import can have back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from analysis.report import FORMULA_VERSION
from store.db import document_json, history, mapping, revisions
from store.db.attempts import dump_corrections, make_note_seal
from store.db.revisions import make_seal
from store.db.tables import documents, notes, results
from store.db.tolerant import ROW_FAULTS, describe_fault, is_fault_of_row
from store.flac_tags import MAX_SECONDS
from store.transfer.export_format import VALID_TAKES, check_fit

CHANGED = "it has changed since it was written"
# What a recording's label says of its answer, and what never changes.
LABELLED = (
    *("question_id", "question_text", "question_kind", "recorded_at", "zone_offset", "name", "digest", "duration"),
    *("clipped_share", "keep_recording"),
)
MEASURED_NAMES = ("model", "settings", "word_count", "answer_seconds", "measure_keys", "measure_numbers")


def find_attempt_fault(connection: Connection, attempt_id: str) -> str | None:
    """Return why the row of an attempt cannot be used; None if it can."""

    def look() -> str | None:
        row = history.fetch_row(connection, attempt_id)
        mapping.to_stored_attempt([getattr(row, name) for name in mapping.ATTEMPT_COLUMNS])
        return find_odd_value(row)

    return _describe_faults(look)


def find_odd_value(row: Any) -> str | None:
    """Return which value of the row of an attempt none ever has; None if all are possible."""
    possible = {
        "take": isinstance(row.take, int) and row.take in VALID_TAKES,  # a text would be compared with every number
        "clipped share": isinstance(row.clipped_share, float) and 0 <= row.clipped_share <= 1,
        "duration": 0 <= row.duration <= MAX_SECONDS,
        "correction count": row.correction_count >= 0,
        "revision": _has_revisions(row),
    }
    odd = [name for name, is_so in possible.items() if not is_so]
    return f"{', '.join(odd)} can't be what was written" if odd else None


def _has_revisions(row: Any) -> bool:
    """Return whether a row names revisions that a merge can reckon with."""
    named = (*revisions.split_ancestors(row.ancestors), *filter(None, (row.revision,)))
    return all(map(mapping.ID_PATTERN.fullmatch, named))


def find_result_fault(connection: Connection, attempt_id: str) -> str | None:
    """Return what is wrong with the result of an attempt; None if nothing."""

    def look() -> str | None:
        kept = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).first()
        if kept is None:
            return "it's missing"
        if kept.seal not in (None, make_seal(kept.transcript, kept.report, kept.corrected_report)):
            return CHANGED
        result = history.load_result(connection, attempt_id)
        check_fit(result)
        row = history.fetch_row(connection, attempt_id)
        made = history.fetch_correction_rows(connection, attempt_id)
        if not _is_revision_of(row, made):
            return CHANGED
        has_words = kept.said == mapping.build_search_text(result.report)
        has_all = row.correction_count == len(result.corrections)
        is_same = has_words and has_all and _has_numbers(row, mapping.build_measured_row(result.report))
        return None if is_same else "its numbers differ from those in the list"

    return _describe_faults(look)


def _is_revision_of(row: Any, made: Sequence[Any]) -> bool:
    """Return whether the revision of an attempt is that of its corrections; each can be read and exported then."""
    for each in made:
        mapping.localize(each.made_at, each.zone_offset)
    ancestors = revisions.split_ancestors(row.ancestors)
    if not made or not ancestors or len(ancestors) >= revisions.MAX_ANCESTORS:
        return True  # it says nothing of them, or what it was made from is forgotten
    written = dump_corrections(each._mapping for each in made)
    return any(revisions.make_revision(before, written) == row.revision for before in ancestors)


def _has_numbers(row: Any, measured: mapping.Values) -> bool:
    """Return whether a row has the numbers of its report; those of earlier formulas are not known any more."""
    if row.formula_version != FORMULA_VERSION:
        return True
    return all(getattr(row, name) == measured[name] for name in MEASURED_NAMES)


def is_note_whole(connection: Connection, note_id: str) -> bool:
    """Return whether a note can be read and is as it was written."""

    def look() -> str | None:
        row: Any = connection.execute(select(notes).where(notes.c.id == note_id)).one()
        history.to_note(row)
        return None if row.seal in (None, make_note_seal(dict(row._mapping))) else CHANGED

    return _describe_faults(look) is None


def find_document_fault(connection: Connection, document_id: str) -> str | None:
    """Return why a document is not as it was written; None if it is, also where a newer version wrote it."""

    def look() -> str | None:
        row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
        compare_document(row)
        return None

    return _describe_faults(look)


def compare_document(row: Any) -> None:
    """Raise ValueError, or another of VALUE_FAULTS, where a document is not as it was written."""
    mapping.localize(row.kept_at, row.zone_offset)
    if not _has_revisions(row):
        raise ValueError("its revisions can't be what was written")
    if row.said != "\n".join(document_json.collect_texts(document_json.parse_text(row.body))).casefold():
        raise ValueError("its words differ from those that are searched")


def _describe_faults(look: Callable[[], str | None]) -> str | None:
    try:
        return look()
    except ROW_FAULTS as error:
        if not is_fault_of_row(error):
            raise
        return describe_fault(error)


def find_differences(row: Any, other: mapping.Values) -> list[str]:
    """Return the columns that never change in which the row of an attempt differs from another one, or from a label."""
    return [name for name in LABELLED if getattr(row, name) != other[name]]
