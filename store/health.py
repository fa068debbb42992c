"""What is damaged in a store, as sentences that say what can be had back and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from store.attempt import Filters
from store.db import documents, history
from store.db.database import Database
from store.files import Recordings
from store.recovery import list_odd_files

ANSWER_SENTENCE = (
    "An answer cannot be read ({reason}). The others are not touched by it. Have it back from a copy or an export, or "
    "delete it."
)
DOCUMENT_SENTENCE = (
    "Something you wrote or planned cannot be read ({reason}). Update Answer Aloud, have it back from a copy or an "
    "export, or delete it."
)
FILE_SENTENCE = (
    "{name} among the recordings {reason}, so it was left alone. Move it out of {folder} to be rid of this line."
)


class TroubleKind(StrEnum):
    """What a trouble is about."""

    ANSWER = "answer"
    DOCUMENT = "document"
    FILE = "file"


@dataclass(frozen=True)
class Trouble:
    """One thing that is damaged or out of place."""

    kind: TroubleKind
    id: str  # of the answer or document, or the name of the file
    sentence: str


def list_troubles(database: Database, recordings: Recordings) -> tuple[Trouble, ...]:
    """Return the rows that cannot be read and the files that belong to nothing; raises StoreError."""
    return (*_find_unreadable_rows(database), *_find_odd_files(database, recordings))


def _find_unreadable_rows(database: Database) -> Iterator[Trouble]:
    with database.begin_read() as connection:
        listed = history.read_attempts(connection, Filters()).unreadable
        measured = history.read_measured(connection, Filters()).unreadable
        written = documents.list_unreadable(connection)
    for each in {row.id: row for row in (*measured, *listed)}.values():
        yield Trouble(TroubleKind.ANSWER, each.id, ANSWER_SENTENCE.format(reason=each.reason))
    for each in written:
        yield Trouble(TroubleKind.DOCUMENT, each.id, DOCUMENT_SENTENCE.format(reason=each.reason))


def _find_odd_files(database: Database, recordings: Recordings) -> Iterator[Trouble]:
    for each in list_odd_files(database, recordings):
        told = FILE_SENTENCE.format(name=each.name, reason=each.reason, folder=recordings.folder)
        yield Trouble(TroubleKind.FILE, each.name, told)
