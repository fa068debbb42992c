"""What can go wrong with what is kept, as sentences for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from speech.errors import AnswerAloudError


class StoreError(AnswerAloudError):
    """Answers cannot be kept, or cannot be read back."""


# By the beginning of SQLite's own name for what happened.
SQLITE_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved in {where}. Make room and try again.",
    "SQLITE_READONLY": "{where} cannot be written. Allow writing there, or name another folder in ANSWER_ALOUD_DATA.",
    "SQLITE_CANTOPEN": "{where} cannot be opened. Check that its folder exists and that you may write there.",
    "SQLITE_BUSY": "{where} is held by another program. Close that program, or wait for it, and try again.",
    "SQLITE_NOTADB": (
        "{where} is not a database of Answer Aloud; it was left as it is. Move it elsewhere, or name another folder in "
        "ANSWER_ALOUD_DATA."
    ),
    "SQLITE_CORRUPT": (
        "{where} is damaged; it was left as it is. Put back a copy of it, or move it elsewhere and import your last "
        "export. The recordings beside it are untouched."
    ),
    "SQLITE_IOERR": "The disk failed while {where} was read or written. Check the disk and the room on it.",
}


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what disks and databases say into a StoreError.

    `where` names the file, folder or database without any password.
    """
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"Somebody else wrote to {where} at the same moment, so nothing was saved. Try again."
        ) from error
    except DBAPIError as error:
        raise StoreError(_database_sentence(error, where)) from error
    except OSError as error:
        raise StoreError(
            f"Nothing could be saved in {where} ({error.strerror or error}). Check that there is room on the disk and "
            "that you may write there, then try again."
        ) from error


def _database_sentence(error: DBAPIError, where: str) -> str:
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")  # Python's own mistakes have none
        for beginning, sentence in SQLITE_SENTENCES.items():
            if name.startswith(beginning):
                return sentence.format(where=where)
    reason = str(error.orig).strip().split("\n")[0]
    return (
        f"The database {where} cannot be used ({reason}). Check that it runs and that ANSWER_ALOUD_DATABASE is right."
    )
