"""Storage failures as sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from speech.errors import AnswerAloudError


class StoreError(AnswerAloudError):
    """Raised when answers cannot be saved or loaded."""


class AttemptGoneError(StoreError):
    """Raised where an answer is not there, such as because it was deleted meanwhile."""


class PersonGoneError(StoreError):
    """Raised where a person is not there, such as because they closed their account meanwhile."""


# By the beginning of SQLite's own name for what happened.
SQLITE_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved in {where}. Make some room and try again.",
    "SQLITE_READONLY": "We can't write to {where}. Allow writing there, or choose another folder in Settings.",
    "SQLITE_CANTOPEN": "We can't open {where}. Check that its folder exists and that you're allowed to write there.",
    "SQLITE_BUSY": "Another program is using {where}. Close it, or wait for it, then try again.",
    "SQLITE_NOTADB": (
        "{where} isn't an Answer Aloud database, so we left it alone. Move it elsewhere, or choose another folder in "
        "Settings."
    ),
    "SQLITE_CORRUPT": (
        "{where} is damaged, so we left it alone. Put back a copy, or move it elsewhere and import your last export. "
        "The recordings beside it are fine."
    ),
    "SQLITE_IOERR": "The disk failed while reading or writing {where}. Check the disk and how much room it has.",
}

POSTGRES_FORBIDDEN = ("42501", "3F000")  # SQLSTATE insufficient_privilege, and invalid_schema_name where none is open
FORBIDDEN_SENTENCE = (
    "The database {where} doesn't allow this ({reason}). If Answer Aloud was updated, whoever owns the tables has to "
    "bring them up to date first: answer-aloud migrate."
)


TEXT_FAULT = "decode to UTF-8 column"


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
            f"Someone else wrote to {where} at the same moment, so nothing was saved. Try again."
        ) from error
    except DBAPIError as error:
        raise StoreError(_describe_database_error(error, where)) from error
    except UnicodeDecodeError as error:  # of SQLite's own sentence, which quotes a damaged page
        raise StoreError(SQLITE_SENTENCES["SQLITE_CORRUPT"].format(where=where)) from error


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
            f"We couldn't save anything in {where} ({error.strerror or error}). Check that there's room on the disk "
            "and that you're allowed to write there, then try again."
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
            f"We couldn't delete a file in {where} ({error.strerror or error}), so it's still there with everything "
            "that goes with it. Check that you're allowed to write there, then try again."
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
    if TEXT_FAULT in str(error.orig):  # which Python's module raises itself, without a name
        return SQLITE_SENTENCES["SQLITE_CORRUPT"].format(where=where)
    reason = str(error.orig).strip().split("\n")[0]
    if getattr(error.orig, "sqlstate", None) in POSTGRES_FORBIDDEN:
        return FORBIDDEN_SENTENCE.format(where=where, reason=reason)
    return f"We can't use the database {where} ({reason}). Check that it's running and that its address is right."


def _get_sqlite_name(error: DBAPIError) -> str:
    """Return SQLite's name for an error, plain or encrypted; empty for other databases and Python errors."""
    return str(getattr(error.orig, "sqlite_errorname", "") or "")
