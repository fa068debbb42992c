"""Versions that a merge kept beside what is used, because it was changed on two machines; each can take its place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from analysis import serialization
from analysis.corrections.correction import CorrectionAction
from codec.adapters import read_json
from codec.refusals import Refusal
from interview.document_kinds import DOCUMENT_KINDS
from speech import transcript_json
from speech.errors import AnswerAloudError
from store.db import attempts as writing
from store.db import deletions, document_json, mapping, revisions
from store.db import documents as writing_documents
from store.db.revisions import Revision
from store.db.tables import attempts, corrections, documents, results, versions
from store.db.tolerant import ReadRows, read_each
from store.errors import StoreError
from store.wholeness import find_document_fault

ATTEMPT_KIND = "attempt"
VERSION_GONE = "This version has been deleted or is used already. Reload the page."
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _KeptCorrection:
    """A correction in the body of a version of an attempt; times in s."""

    action: CorrectionAction
    start_seconds: float
    end_seconds: float
    text_before: str | None
    text_after: str | None
    made_at: datetime


@dataclass(frozen=True)
class _KeptResult:
    """The body of a version of an attempt; the texts are JSON as in the table of results."""

    transcript: str
    report: str
    corrected_report: str | None
    corrections: tuple[_KeptCorrection, ...]


@dataclass(frozen=True)
class ExportedVersion:
    """A version beside the one that is used, of an attempt or document that was changed on two machines."""

    id: str
    of_id: str
    kind: str
    changed_at: datetime
    body: str

    def __post_init__(self) -> None:
        if not all(map(mapping.ID_PATTERN.fullmatch, (self.id, self.of_id))):
            raise ValueError(f"not an id: {self.id!r}, {self.of_id!r}")
        if self.kind != ATTEMPT_KIND and self.kind not in DOCUMENT_KINDS:
            raise ValueError(f"no kind: {self.kind!r}")
        self.changed_at.astimezone(UTC)
        _check_body(self.kind, self.body)


def _check_body(kind: str, body: str) -> None:
    """Raise ValueError unless this is what a version of this kind says, as pages show it and `use_version` reads it."""
    if kind != ATTEMPT_KIND:
        document_json.from_text(DOCUMENT_KINDS[kind], body)
        return
    found = read_json(_KeptResult, body, complete=True)
    try:
        transcript_json.from_text(found.transcript)
        for text in filter(None, (found.report, found.corrected_report)):
            serialization.from_text(text)
    except AnswerAloudError as error:
        raise ValueError(str(error)) from error


def keep_version(connection: Connection, thing_id: str, kind: str, revision: Revision, body: str) -> None:
    """Keep a version beside the one that is used, once, whether it can be read here or not."""
    version_id = revisions.make_revision(thing_id, revision.name)
    _insert(
        connection,
        {"id": version_id, "of_id": thing_id, "kind": kind, "changed_at": revision.changed_at, "body": body},
    )


def add_version(connection: Connection, version: ExportedVersion) -> None:
    """Insert a version unless it is there."""
    _insert(connection, {name: getattr(version, name) for name in ("id", "of_id", "kind", "changed_at", "body")})


def _insert(connection: Connection, row: mapping.Values) -> None:
    if connection.scalar(select(versions.c.id).where(versions.c.id == row["id"])) is None:
        connection.execute(insert(versions).values(row))


def list_versions(connection: Connection) -> tuple[ExportedVersion, ...]:
    """Return the versions beside what is used that can be read, oldest first."""
    return read_versions(connection).values


def read_versions(connection: Connection) -> ReadRows[ExportedVersion]:
    """Return the versions beside what is used, oldest first, and those that cannot be read."""
    chosen = select(*(versions.c[name] for name in ("id", "of_id", "kind", "changed_at", "body")))
    ordered = chosen.order_by(versions.c.changed_at, versions.c.id)
    return read_each(connection, ordered, versions.c.id, lambda row: ExportedVersion(*row))


def remove_version(connection: Connection, version_id: str) -> None:
    """Delete one version beside what is used."""
    connection.execute(delete(versions).where(versions.c.id == version_id))


def remove_orphans(connection: Connection) -> None:
    """Delete the versions of what is not there any more."""
    is_there = versions.c.of_id.in_(select(attempts.c.id)) | versions.c.of_id.in_(select(documents.c.id))
    connection.execute(delete(versions).where(~is_there))


def use_version(connection: Connection, version_id: str) -> None:
    """Use a version instead of the one that is used now, which is kept beside it; raises StoreError.

    It counts as a change made now, so it is used on other machines too after the next merge.
    """
    found = connection.execute(select(versions).where(versions.c.id == version_id)).first()
    if found is None:
        raise StoreError(VERSION_GONE)
    try:
        if found.kind == ATTEMPT_KIND:
            _use_result(connection, found.of_id, json.loads(found.body))
        else:
            _use_document(connection, found)
    except (LookupError, Refusal, TypeError, ValueError) as error:
        raise StoreError(f"This version is damaged ({error}), so nothing was changed. Delete it.") from error
    remove_version(connection, version_id)
    deletions.remember(connection, version_id)


def _use_document(connection: Connection, found: Any) -> None:
    thing: Any = document_json.from_text(DOCUMENT_KINDS[found.kind], found.body)
    if thing.id != found.of_id:
        raise ValueError("it belongs to something else")
    if not writing_documents.is_known(connection, thing.id):
        raise StoreError(VERSION_GONE)
    if find_document_fault(connection, thing.id) is not None:
        _replace_document(connection, thing, found.changed_at)
        return
    ours = connection.execute(select(documents).where(documents.c.id == found.of_id)).one()
    before = ours.revision or writing_documents.make_first_revision(ours.body)
    keep_version(connection, ours.id, ours.kind, _describe(ours, before), ours.body)
    row = writing_documents.build_row(thing, ours.kept_at)
    changed = {name: row[name] for name in ("body", "said", "interview_id")}
    changed |= revisions.build_columns(before, ours.ancestors, writing_documents.dump_body(json.loads(found.body)))
    connection.execute(update(documents).where(documents.c.id == ours.id).values(changed))


def _replace_document(connection: Connection, thing: Any, at: datetime) -> None:
    """Write a version over a document that is damaged, of which nothing is kept."""
    row = writing_documents.build_row(thing, at)
    changed = revisions.build_columns(None, None, writing_documents.dump_body(json.loads(row["body"])))
    connection.execute(update(documents).where(documents.c.id == thing.id).values(row | changed))


def _use_result(connection: Connection, attempt_id: str, body: dict[str, Any]) -> None:
    ours = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).one()
    before = writing.get_revision(connection, attempt_id)
    keep_version(connection, attempt_id, ATTEMPT_KIND, _describe(ours, before), dump_result(connection, attempt_id))
    report = serialization.from_text(body["corrected_report"] or body["report"])
    texts = {name: body[name] for name in ("transcript", "report", "corrected_report")}
    seal = revisions.make_seal(body["transcript"], body["report"], body["corrected_report"])
    kept = update(results).where(results.c.attempt_id == attempt_id)
    connection.execute(kept.values(texts | {"said": mapping.build_search_text(report), "seal": seal}))
    connection.execute(delete(corrections).where(corrections.c.attempt_id == attempt_id))
    rows = [
        {
            **{name: value for name, value in each.items() if name != "made_at"},
            **mapping.split_moment(datetime.fromisoformat(each["made_at"]), "made_at"),
            "attempt_id": attempt_id,
            "position": position,
        }
        for position, each in enumerate(body["corrections"])
    ]
    if rows:
        connection.execute(insert(corrections), rows)
    changed = mapping.build_measured_row(report) | {"correction_count": len(rows)}
    changed |= revisions.build_columns(before, ours.ancestors, writing.dump_corrections(rows))
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(changed))


def _describe(row: Any, name: str) -> Revision:
    ancestors = frozenset(revisions.split_ancestors(row.ancestors))
    return Revision(name, ancestors, row.changed_at or LONG_AGO)


def dump_result(connection: Connection, attempt_id: str) -> str:
    """Return the stored result of an attempt as the JSON of a version."""
    result = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).one()
    chosen = select(corrections).where(corrections.c.attempt_id == attempt_id).order_by(corrections.c.position)
    return dump_result_parts(result._mapping, [row._mapping for row in connection.execute(chosen)])


def dump_result_parts(result: Any, made: Iterable[Any]) -> str:
    """Return a result and rows of its corrections as the JSON of a version."""
    texts = {name: result.get(name) for name in ("transcript", "report", "corrected_report")}
    names = ("action", "start_seconds", "end_seconds", "text_before", "text_after")
    listed = [
        {**{name: row[name] for name in names}, "made_at": row["made_at"].astimezone(UTC).isoformat()} for row in made
    ]
    return json.dumps({**texts, "corrections": listed}, sort_keys=True)
