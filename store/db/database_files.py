"""SQLite files, plain or encrypted: connections to them without SQLAlchemy, and what they have to be told first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

PLAIN_BEGINNING = b"SQLite format 3\0"
_KNOWN: dict[str, tuple[int, bool]] = {}  # by path: the number of the file, and whether it is plain


def is_plain(path: Path) -> bool | None:
    """Return whether a database file is not encrypted; None if there is nothing in it yet.

    A file is looked into once and then known: to close it would free the locks that SQLite holds on it in this process.
    """
    try:
        found = path.stat()
        known = _KNOWN.get(str(path))
        if known is not None and known[0] == found.st_ino:
            return known[1]
        if not found.st_size:
            return None
        with path.open("rb") as file:
            is_so = file.read(len(PLAIN_BEGINNING)) == PLAIN_BEGINNING
    except OSError:
        return None
    note_kind(path, is_so)
    return is_so


def note_kind(path: Path, is_so: bool) -> None:
    """Note that the file of that name is plain, or that it is not, from now on."""
    with suppress(OSError):
        _KNOWN[str(path)] = (path.stat().st_ino, is_so)


def load_driver(key: str | None) -> ModuleType:
    """Return the module that opens files of a kind: SQLite's own, or SQLCipher's where there is a key."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    driver: ModuleType = dbapi2
    return driver


def give_key(connection: Any, key: str | None) -> None:
    """Tell a new connection the key; it has to be the first thing it is told."""
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")


@contextmanager
def open_file(path: Path, key: str | None, *, read_only: bool = False) -> Iterator[Any]:
    """Open a database file by itself; faults are sqlite3.Error, whatever opens it.

    Args:
        path: The file.
        key: Its key, used unless the file is plain.
        read_only: Whether nothing may be written.
    """
    used = None if is_plain(path) else key
    driver = load_driver(used)
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = driver.connect(address, uri=True, isolation_level=None)
        try:
            give_key(connection, used)
            connection.execute("PRAGMA fullfsync = ON")  # as in database.py: macOS needs it, others don't mind
            yield connection
        finally:
            with suppress(driver.Error):
                connection.close()
    except UnicodeDecodeError as error:  # of SQLite's own sentence, which quotes a damaged page
        raise sqlite3.DatabaseError("it holds text that is none") from error
    except driver.Error as error:
        if isinstance(error, sqlite3.Error):
            raise
        raise sqlite3.DatabaseError(str(error)) from error
