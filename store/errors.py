"""What can go wrong with what is kept, as sentences for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from speech.errors import AnswerAloudError


class StoreError(AnswerAloudError):
    """Answers cannot be kept, or cannot be read back."""


# By the beginning of SQLite's own name for what happened.
SQLITE_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved in {where}. Make room and try again.",
    "SQLITE_READONLY": "{where} cannot be written. Allow writing there, or name another folder in the settings.",
    "SQLITE_CANTOPEN": "{where} cannot be opened. Check that its folder exists and that you may write there.",
    "SQLITE_BUSY": "{where} is held by another program. Close that program, or wait for it, and try again.",
    "SQLITE_NOTADB": (
        "{where} is not a database of Answer Aloud; it was left as it is. Move it elsewhere, or name another folder in "
        "the settings."
    ),
    "SQLITE_CORRUPT": (
        "{where} is damaged; it was left as it is. Put back a copy of it, or move it elsewhere and import your last "
        "export. The recordings beside it are untouched."
    ),
    "SQLITE_IOERR": "The disk failed while {where} was read or written. Check the disk and the room on it.",
}


@contextmanager
def database_told(where: str) -> Iterator[None]:
    """Turn what a database says into a StoreError; `where` names it without any password."""
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"Somebody else wrote to {where} at the same moment, so nothing was saved. Try again."
        ) from error
    except DBAPIError as error:
        raise StoreError(_database_sentence(error, where)) from error


@contextmanager
def files_told(where: Path) -> Iterator[None]:
    """Turn what the disk says while a file is written into a StoreError; `where` is that file or its folder."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"Nothing could be saved in {where} ({error.strerror or error}). Check that there is room on the disk and "
            "that you may write there, then try again."
        ) from error


@contextmanager
def deleting_told(where: Path) -> Iterator[None]:
    """Turn what the disk says while a file is deleted into a StoreError; `where` is its folder."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"A file in {where} could not be deleted ({error.strerror or error}), so it is still there, with all that "
            "belongs to it. Check that you may write there, then try again."
        ) from error


def is_busy(error: BaseException | None) -> bool:
    """Whether a SQLite file could not be used just now, for another connection held it."""
    return isinstance(error, DBAPIError) and _sqlite_name(error).startswith("SQLITE_BUSY")


def _database_sentence(error: DBAPIError, where: str) -> str:
    for beginning, sentence in SQLITE_SENTENCES.items():
        if _sqlite_name(error).startswith(beginning):
            return sentence.format(where=where)
    reason = str(error.orig).strip().split("\n")[0]
    return f"The database {where} cannot be used ({reason}). Check that it runs and that its address is right."


def _sqlite_name(error: DBAPIError) -> str:
    """SQLite's own name of what happened; empty for other databases and for Python's own mistakes."""
    return getattr(error.orig, "sqlite_errorname", "") if isinstance(error.orig, sqlite3.Error) else ""
