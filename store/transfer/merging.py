"""Merge of what an export holds into a database: newer changes win, and of a true conflict both versions stay.

The same two stores end equal whichever is merged into the other first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from codec.adapters import read_json, read_plain
from codec.refusals import Refusal
from interview.document_kinds import DOCUMENT_KINDS
from store.attempt import AttemptState
from store.db import attempts as writing
from store.db import deletions, mapping, revisions
from store.db import documents as writing_documents
from store.db.deletions import Deletion
from store.db.revisions import Revision, choose, unite
from store.db.tables import attempts, documents, notes, versions
from store.errors import StoreError
from store.transfer.export_format import NEW_FIELDS, AttemptRows
from store.transfer.kept_versions import (
    ATTEMPT_KIND,
    ExportedVersion,
    dump_result,
    dump_result_parts,
    keep_version,
    remove_orphans,
    remove_version,
)
from store.transfer.mending import (
    RESULT_COLUMNS,
    insert_result,
    insert_session,
    mend_attempt,
    mend_document,
    remove_result,
)

STATE_RANKS = {AttemptState.RECORDED.value: 0, AttemptState.FAILED.value: 1, AttemptState.DONE.value: 2}
Part = TypeVar("Part")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Merged(Enum):
    """What a merge did with one attempt or document."""

    ADDED = auto()
    UPDATED = auto()
    KNOWN = auto()
    LEFT_DELETED = auto()  # it was deleted here


@dataclass(frozen=True)
class ExportedHistory:
    """What an export remembers besides its attempts and documents."""

    deletions: tuple[Deletion, ...] = ()
    versions: tuple[ExportedVersion, ...] = ()
    settings: dict[str, Any] | None = None
    damaged: tuple[str, ...] = ()  # a sentence for each part that cannot be read


@dataclass(frozen=True)
class _RawHistory:
    """What an export remembers, part by part as it stands there."""

    deletions: tuple[dict[str, Any], ...] = ()
    versions: tuple[dict[str, Any], ...] = ()
    settings: dict[str, Any] | None = None


@dataclass(frozen=True)
class ExportedDocument:
    """A document in an export, with the name of its kind."""

    kind: str
    kept_at: datetime
    thing: dict[str, Any]
    revision: str | None
    ancestors: tuple[str, ...]
    changed_at: datetime | None

    def __post_init__(self) -> None:
        if self.kind not in DOCUMENT_KINDS:
            raise ValueError(f"{self.kind!r} is none of {', '.join(DOCUMENT_KINDS)}")
        for each in (*filter(None, (self.revision,)), *self.ancestors):
            if mapping.ID_PATTERN.fullmatch(each) is None:
                raise ValueError(f"not an id: {each!r}")


def parse_history(text: bytes) -> ExportedHistory:
    """Parse what an export remembers, without the parts that are damaged; raises StoreError if nothing can be read."""
    try:
        found = read_json(_RawHistory, text)
    except (Refusal, ArithmeticError) as error:
        raise StoreError(f"What this export remembers of deletions is damaged ({error}).") from error
    gone, odd = _read_parts(Deletion, found.deletions, "A deletion that this export remembers is damaged ({error}).")
    beside, other = _read_parts(
        ExportedVersion, found.versions, "A version of something changed on two computers is damaged here ({error})."
    )
    return ExportedHistory(gone, beside, found.settings, (*odd, *other))


def _read_parts(
    kind: type[Part], parts: Iterable[dict[str, Any]], sentence: str
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the parts that can be read, and a sentence for each of the others."""
    read, damaged = [], []
    for each in parts:
        try:
            read.append(read_plain(kind, each))
        except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
            damaged.append(sentence.format(error=error))
    return tuple(read), tuple(damaged)


def parse_documents(text: bytes) -> tuple[list[mapping.Values], list[str]]:
    """Parse the documents of an export into rows, interviews first, and a sentence for each that is damaged.

    Raises:
        StoreError: If the file as a whole is damaged.
    """
    try:
        listed = read_json(tuple[dict[str, Any], ...], text)
    except (Refusal, ArithmeticError) as error:
        raise StoreError(f"What you wrote or planned is damaged in this export ({error}).") from error
    rows, damaged = [], []
    new = {name: NEW_FIELDS[name] for name in ("revision", "ancestors", "changed_at")}
    for each in listed:
        try:
            rows.append(_parse_row(read_plain(ExportedDocument, new | each, complete=True)))
        except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
            damaged.append(f"Something written or planned in this export is damaged ({error}).")
    return sorted(rows, key=lambda row: row["interview_id"] is not None), damaged


def merge_attempt(connection: Connection, found: AttemptRows, deleted: frozenset[str]) -> tuple[Merged, str | None]:
    """Merge one attempt with its notes.

    Returns:
        What was done, and the question whose takes have to be numbered anew, or None.
    """
    attempt_id, question = found.attempt["id"], found.attempt["question_id"]
    if attempt_id in deleted:
        return Merged.LEFT_DELETED, None
    if not writing.is_known(connection, attempt_id):
        is_free = _insert_attempt(connection, found)
        return Merged.ADDED, None if is_free else question
    is_mended = mend_attempt(connection, found)
    ours = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).one()
    noted = _add_notes(connection, found)
    changed = _merge_result(connection, ours, found)
    what = Merged.UPDATED if is_mended or noted or changed else Merged.KNOWN
    return what, question if ours.take != found.attempt["take"] else None


def number_takes(connection: Connection, questions: Iterable[str]) -> None:
    """Number the takes of questions anew by their time: numbers given on two machines cannot all stay.

    Recordings in which nothing was said count as no take and go behind the others.
    """
    for question in questions:
        chosen = select(attempts.c.id).where(attempts.c.question_id == question)
        is_silent = (attempts.c.state == AttemptState.DONE.value) & attempts.c.answer_seconds.is_(None)
        ids = connection.scalars(chosen.order_by(is_silent, attempts.c.recorded_at, attempts.c.id)).all()
        for sign in (-1, 1):  # a number that another take still has is refused
            for take, attempt_id in enumerate(ids, start=1):
                connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(take=sign * take))


def merge_document(connection: Connection, row: mapping.Values, deleted: frozenset[str]) -> Merged:
    """Merge one document; it is left out if its interview is missing, or its attempt was deleted."""
    belongs_to = row["interview_id"]
    attempt = writing_documents.find_attempt(row["kind"], row["body"])
    is_ownerless = belongs_to is not None and not writing_documents.is_known(connection, belongs_to)
    if is_ownerless or {row["id"], attempt} & deleted:
        return Merged.LEFT_DELETED
    if not writing_documents.is_known(connection, row["id"]):
        connection.execute(insert(documents).values(row))
        return Merged.ADDED
    if mend_document(connection, row):
        return Merged.UPDATED
    ours = connection.execute(select(documents).where(documents.c.id == row["id"])).one()
    if ours.kind != row["kind"]:
        raise StoreError("Something written or planned in this export has the number of something else here.")
    here = _read_revision(ours, ours.revision or writing_documents.make_first_revision(ours.body), ours.kept_at)
    there = _to_revision(row, row["revision"], row["kept_at"])
    choice = choose(here, there)
    if json.loads(ours.body) == json.loads(row["body"]):  # the same, by whatever way
        values = unite(here, there, max(here, there, key=lambda each: each.name))
        connection.execute(update(documents).where(documents.c.id == ours.id).values(values))
        return Merged.KNOWN
    if choice.is_conflict:
        loser, body = (here, ours.body) if choice.takes else (there, row["body"])
        keep_version(connection, ours.id, ours.kind, loser, body)
    values = unite(here, there, there if choice.takes else here)
    if choice.takes:
        values |= {name: row[name] for name in ("body", "said", "interview_id")}
    connection.execute(update(documents).where(documents.c.id == ours.id).values(values))
    return Merged.UPDATED if choice.takes or choice.is_conflict else Merged.KNOWN


def replace_missing(
    connection: Connection, versions: Iterable[ExportedVersion], deleted: frozenset[str]
) -> Iterator[ExportedVersion]:
    """Use the newest version of each document that is missing here, such as one that was damaged where it came from.

    Args:
        connection: An open transaction.
        versions: Versions beside what is used.
        deleted: What was deleted, which stays so.

    Yields:
        The versions that are still beside something.
    """
    for each in sorted(versions, key=lambda version: (version.changed_at, version.id), reverse=True):
        if each.kind == ATTEMPT_KIND or writing_documents.is_known(connection, each.of_id):
            yield each
        elif each.id not in deleted and (row := _to_row(each))["id"] == each.of_id:
            merge_document(connection, row, deleted)


def _to_row(version: ExportedVersion) -> mapping.Values:
    thing = json.loads(version.body)
    return _parse_row(ExportedDocument(version.kind, version.changed_at, thing, None, (), version.changed_at))


def remove_deleted(connection: Connection, deleted: frozenset[str]) -> list[str]:
    """Remove what was deleted on another machine; return the ids of the attempts among it."""
    known = [each for each in sorted(deleted) if writing.is_known(connection, each)]
    for each in sorted(deleted):
        if each in known:
            writing.remove(connection, each)
        else:
            writing_documents.remove(connection, each)
        remove_version(connection, each)
    for each in writing_documents.list_belonging(connection, deleted):
        writing_documents.remove(connection, each)
        deletions.remember(connection, each)
    remove_orphans(connection)
    return known


def forget_all(connection: Connection) -> None:
    """Forget deletions and other versions, as a new store."""
    deletions.forget_all(connection)
    connection.execute(delete(versions))


def _insert_attempt(connection: Connection, found: AttemptRows) -> bool:
    """Insert an attempt that is new here; return whether its take was free."""
    insert_session(connection, found.session)
    question, take = found.attempt["question_id"], int(found.attempt["take"])
    same = select(func.count()).where(attempts.c.question_id == question, attempts.c.take == take)
    is_free = not connection.scalar(same)
    given = take if is_free else writing.get_next_take(connection, question)
    connection.execute(insert(attempts).values(found.attempt | {"take": given}))
    insert_result(connection, found)
    writing.insert_notes(connection, found.notes)
    return is_free


def _add_notes(connection: Connection, found: AttemptRows) -> bool:
    chosen = select(notes.c.id).where(notes.c.attempt_id == found.attempt["id"])
    known = set(connection.scalars(chosen))
    new = [note for note in found.notes if note["id"] not in known]
    writing.insert_notes(connection, new)
    return bool(new)


def _merge_result(connection: Connection, ours: Any, found: AttemptRows) -> bool:
    """Merge state, result and corrections; return whether anything changed for the user."""
    theirs = found.attempt
    rank, their_rank = STATE_RANKS.get(ours.state, -1), STATE_RANKS[theirs["state"]]
    if rank == their_rank == STATE_RANKS[AttemptState.DONE.value]:
        return _merge_done(connection, ours, found)
    is_later = (theirs["changed_at"] or LONG_AGO, theirs["failure"] or "") > (
        ours.changed_at or LONG_AGO,
        ours.failure or "",
    )
    if their_rank > rank or (rank == their_rank and is_later):
        _take_result(connection, found, {name: theirs[name] for name in ("revision", "ancestors", "changed_at")})
        return True
    return False


def _merge_done(connection: Connection, ours: Any, found: AttemptRows) -> bool:
    here = _read_revision(ours, writing.get_revision(connection, ours.id), ours.recorded_at, ours.correction_count)
    there = _to_revision(found.attempt, found.attempt["revision"], found.attempt["recorded_at"], len(found.corrections))
    choice = choose(here, there)
    loser = here if choice.takes else there
    is_told = choice.is_conflict and loser.weight > 0  # what was only measured twice holds nothing of the user's
    if is_told:
        body = dump_result(connection, ours.id) if choice.takes else _dump_rows(found)
        keep_version(connection, ours.id, ATTEMPT_KIND, loser, body)
    values = unite(here, there, there if choice.takes else here)
    if choice.takes:
        _take_result(connection, found, values)
    else:
        connection.execute(update(attempts).where(attempts.c.id == ours.id).values(values))
    return choice.takes or is_told


def _take_result(connection: Connection, found: AttemptRows, values: mapping.Values) -> None:
    """Replace the result of an attempt by that of the export."""
    attempt_id, theirs = found.attempt["id"], found.attempt
    remove_result(connection, attempt_id)
    taken = {name: theirs.get(name) for name in RESULT_COLUMNS}
    if theirs["state"] == AttemptState.DONE.value and not theirs["keep_recording"]:
        taken["has_recording"] = False
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(taken | values))
    insert_result(connection, found)


def _dump_rows(found: AttemptRows) -> str:
    return dump_result_parts(found.result or {}, found.corrections)


def _read_revision(row: Any, name: str, since: datetime, weight: int = 0) -> Revision:
    ancestors = frozenset(revisions.split_ancestors(row.ancestors))
    return Revision(name, ancestors, row.changed_at or since, min(weight, 1))


def _to_revision(row: mapping.Values, name: str, since: datetime, weight: int = 0) -> Revision:
    ancestors = frozenset(revisions.split_ancestors(row["ancestors"]))
    return Revision(name, ancestors, row["changed_at"] or since, min(weight, 1))


def _parse_row(found: ExportedDocument) -> mapping.Values:
    thing: Any = read_plain(DOCUMENT_KINDS[found.kind], found.thing)
    if mapping.ID_PATTERN.fullmatch(thing.id) is None:
        raise Refusal(("id",), f"should be 32 hexadecimal digits, not {thing.id!r}")
    row = writing_documents.build_row(thing, found.kept_at)
    first = writing_documents.make_first_revision(row["body"])
    return {
        **row,
        "revision": found.revision or first,
        "ancestors": revisions.join_ancestors(found.ancestors),
        "changed_at": found.changed_at,
    }
