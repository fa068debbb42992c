"""Storage failures as sentences for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from speech.errors import AnswerAloudError


class StoreError(AnswerAloudError):
    """Raised when answers cannot be saved or loaded."""


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
def translate_database_errors(where: str) -> Iterator[None]:
    """Turn database errors into a StoreError.

    Args:
        where: Path or address of the database for the sentence, without any password.
    """
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"Somebody else wrote to {where} at the same moment, so nothing was saved. Try again."
        ) from error
    except DBAPIError as error:
        raise StoreError(_describe_database_error(error, where)) from error


@contextmanager
def translate_write_errors(where: Path) -> Iterator[None]:
    """Turn errors while writing a file into a StoreError.

    Args:
        where: The file or its folder, for the sentence.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"Nothing could be saved in {where} ({error.strerror or error}). Check that there is room on the disk and "
            "that you may write there, then try again."
        ) from error


@contextmanager
def translate_delete_errors(where: Path) -> Iterator[None]:
    """Turn errors while deleting a file into a StoreError.

    Args:
        where: The folder of the file, for the sentence.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"A file in {where} could not be deleted ({error.strerror or error}), so it is still there, with all that "
            "belongs to it. Check that you may write there, then try again."
        ) from error


def is_busy(error: BaseException | None) -> bool:
    """Return whether a SQLite file was locked by another connection.

    Args:
        error: The cause of a StoreError; None where it has none.
    """
    return isinstance(error, DBAPIError) and _get_sqlite_name(error).startswith("SQLITE_BUSY")


def _describe_database_error(error: DBAPIError, where: str) -> str:
    for beginning, sentence in SQLITE_SENTENCES.items():
        if _get_sqlite_name(error).startswith(beginning):
            return sentence.format(where=where)
    reason = str(error.orig).strip().split("\n")[0]
    return f"The database {where} cannot be used ({reason}). Check that it runs and that its address is right."


def _get_sqlite_name(error: DBAPIError) -> str:
    """Return SQLite's name for an error; empty for other databases and Python errors."""
    return getattr(error.orig, "sqlite_errorname", "") if isinstance(error.orig, sqlite3.Error) else ""
