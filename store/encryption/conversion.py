"""Encrypt a data folder, or decrypt it again; a kill at any moment loses nothing, and the next start goes on.

The file `encryption.json` says which way a folder goes. Each file is written anew beside the old one, flushed, and
takes its name in one step; readers understand both kinds meanwhile. The database comes first: unless nobody else has it
open, nothing is changed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from speech.flushing import flush_file
from speech.live.spool import is_in_use
from store.db.database_files import give_key, is_plain, load_driver, note_kind, open_file
from store.encryption.sealing import Keys, SealError, is_sealed
from store.encryption.vault import (
    VaultState,
    find_keys,
    load_vault,
    make_vault,
    remove_vault,
    save_state,
    unlock,
)
from store.errors import StoreError, translate_write_errors
from store.files import UNFINISHED_SUFFIX, flush_folder, remove_transfer_folders, write_atomically

PLAIN_SOUND, SEALED_SOUND = ".pcm", ".pcms"  # of a recording that is going on
CONVERTING_SUFFIX = ".converting"
BUSY_MILLISECONDS = 2000
IS_POSIX = os.name == "posix"
ONLY_FILES = "Your answers are in a database of your own, so it's that server which has to encrypt them."
IN_USE = (
    "Your answers are in use right now: something is being recorded, analysed, saved or exported, here or in another "
    "window. Nothing was changed. Wait until it's done, then try again."
)
NOT_CONVERTED = (
    "The database couldn't be converted ({reason}), so it was left as it is. Check your data and how much room the "
    "disk has, then try again."
)


def encrypt(folder: Path, place: URL, passphrase: str) -> None:
    """Encrypt everything in a data folder; raises StoreError, and then nothing has changed.

    Args:
        folder: The data folder.
        place: Address of its database.
        passphrase: What opens it from now on.
    """
    if load_vault(folder) is not None:
        return
    if place.get_backend_name() != "sqlite":
        raise StoreError(ONLY_FILES)
    _refuse_running_takes(folder)
    make_vault(folder, passphrase)
    try:
        _convert_database(Path(place.database or ""), _require_keys(folder), wants_plain=False)
    except BaseException:
        if is_plain(Path(place.database or "")) is not False:
            remove_vault(folder)
        raise
    complete(folder, place)


def decrypt(folder: Path, place: URL, passphrase: str) -> None:
    """Decrypt everything in a data folder for good; raises StoreError, and then nothing has changed.

    Args:
        folder: The data folder.
        place: Address of its database.
        passphrase: The passphrase, asked for once more.
    """
    keys = unlock(folder, passphrase)
    _refuse_running_takes(folder)
    save_state(folder, VaultState.UNLOCKING)
    try:
        _convert_database(Path(place.database or ""), keys, wants_plain=True)
    except BaseException:
        if is_plain(Path(place.database or "")) is not True:
            save_state(folder, VaultState.ON)
        raise
    complete(folder, place)


def complete(folder: Path, place: URL) -> None:
    """Bring a folder to where its encryption should be, such as after a kill or with an old database put back.

    Raises:
        LockedError: It is encrypted, and the passphrase has not been given.
        StoreError: It could not be done; what is there can be read all the same.
    """
    vault = load_vault(folder)
    if vault is None:
        return
    keys = find_keys(folder)
    if keys is None:
        return
    database = Path(place.database or "")
    wants_plain = vault.state is VaultState.UNLOCKING
    if place.get_backend_name() == "sqlite":
        _convert_database(database, keys, wants_plain=wants_plain)
    if vault.state is VaultState.ON:
        return
    for path in _list_files(folder):
        _convert_file(path, keys, wants_plain=wants_plain)
    for path in sorted((folder / "copies").glob("*.sqlite3*")):
        _convert_copy(path, keys, wants_plain=wants_plain)
    for path in sorted((folder / "live").glob(f"*{SEALED_SOUND if wants_plain else PLAIN_SOUND}")):
        _convert_sound(path, keys, wants_plain=wants_plain)
    _remove_unfinished(folder)
    if wants_plain:
        remove_vault(folder)
    else:
        save_state(folder, VaultState.ON)


def _require_keys(folder: Path) -> Keys:
    keys = find_keys(folder)
    if keys is None:
        raise StoreError("Your answers aren't encrypted, so there's no passphrase.")
    return keys


def _refuse_running_takes(folder: Path) -> None:
    for path in (folder / "live").glob(f"*{PLAIN_SOUND}*"):
        with path.open("r+b", buffering=0) as sound:
            if is_in_use(sound):
                raise StoreError(IN_USE)


def _list_files(folder: Path) -> Iterator[Path]:
    """Yield what is sealed as a whole: recordings, what is known of those that go on, takes of earlier versions."""
    yield from sorted((folder / "recordings").glob("*.flac"))
    yield from sorted((folder / "live").glob("*.json"))
    for old in sorted(folder.glob("takes*")):
        yield from sorted(path for path in old.rglob("*") if path.is_file())


def _convert_file(path: Path, keys: Keys, *, wants_plain: bool) -> None:
    with translate_write_errors(path):
        if not path.is_file() or path.is_symlink():
            return
        data = path.read_bytes()
        if is_sealed(data) != wants_plain:
            return
        changed = _unseal_if_possible(data, path.name, keys) if wants_plain else keys.seal(data, path.name)
        with write_atomically(path) as file:
            file.write(changed)


def _unseal_if_possible(data: bytes, name: str, keys: Keys) -> bytes:
    try:
        return keys.unseal(data, name)
    except SealError:  # it is lost already, and the check says so; the others are not kept from being decrypted
        return data


def _convert_sound(path: Path, keys: Keys, *, wants_plain: bool) -> None:
    target = path.with_suffix(PLAIN_SOUND if wants_plain else SEALED_SOUND)
    with translate_write_errors(path), write_atomically(target) as file:
        file.write(keys.make_stream(path.stem).apply(0, path.read_bytes()))
    with translate_write_errors(path):
        path.unlink()


def _convert_copy(path: Path, keys: Keys, *, wants_plain: bool) -> None:
    with path.open("rb") as file:
        is_database = not is_sealed(file.read(64)) and path.suffix == ".sqlite3"
    if is_database and (is_plain(path) or _can_open(path, keys)):
        try:
            _convert_database(path, keys, wants_plain=wants_plain)
            return
        except StoreError:  # it is damaged: nothing of it may stay plain all the same
            if is_plain(path) is wants_plain:
                raise
    _convert_file(path, keys, wants_plain=wants_plain)


def _can_open(path: Path, keys: Keys) -> bool:
    try:
        with open_file(path, keys.database, read_only=True) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone())
    except sqlite3.Error:
        return False


def _convert_database(path: Path, keys: Keys, *, wants_plain: bool) -> None:
    """Write a database anew, encrypted or plain, unless it is that already; raises StoreError."""
    found = is_plain(path)
    if found is None or found == wants_plain:
        return
    old, new = (keys.database, None) if wants_plain else (None, keys.database)
    part = path.with_name(path.name + CONVERTING_SUFFIX)
    driver = load_driver(keys.database)  # SQLCipher's opens plain files as well
    try:
        with translate_write_errors(path):
            part.unlink(missing_ok=True)
            part.touch(mode=0o600)
        # Where locks belong to the process, two libraries in it don't see each other's: the one that everybody else
        # here uses has to hold the file. On Windows they belong to the open file, and a second one would be shut out.
        holder = load_driver(old) if IS_POSIX else driver
        with ExitStack() as opened:
            connection = opened.enter_context(closing(holder.connect(str(path), isolation_level=None)))
            give_key(connection, old)
            _hold_alone(connection)
            if holder is not driver:
                connection = opened.enter_context(closing(driver.connect(str(path), isolation_level=None)))
            address = str(part).replace("'", "''")
            given = "''" if new is None else f"\"x'{new}'\""
            connection.execute(f"ATTACH '{address}' AS converted KEY {given}")
            connection.execute("SELECT sqlcipher_export('converted')").fetchall()
            connection.execute("DETACH converted")
            _compare(connection, part, new)
            if not IS_POSIX:
                opened.close()  # a file that is open can't be replaced there
            with translate_write_errors(path):
                with part.open("rb+") as file:
                    flush_file(file.fileno())
                part.replace(path)
                note_kind(path, wants_plain)
                flush_folder(path.parent)
    except (driver.Error, sqlite3.Error) as error:
        is_busy = str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        raise StoreError(IN_USE if is_busy else NOT_CONVERTED.format(reason=error)) from error
    finally:
        part.unlink(missing_ok=True)


def _hold_alone(connection: Any) -> None:
    """Take a database for this connection alone, with nothing left in files beside it; raises StoreError."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise StoreError(IN_USE)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _compare(connection: Any, part: Path, key: str | None) -> None:
    """Raise sqlite3.Error unless what was written holds as many rows of every table, and is whole."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    with open_file(part, key, read_only=True) as written:
        names = [name for (name,) in connection.execute(tables)]
        if [name for (name,) in written.execute(tables)] != names:
            raise sqlite3.DatabaseError("a table is missing")
        for name in names:
            count = f'SELECT count(*) FROM "{name}"'  # noqa: S608 - a name that the database gave
            if connection.execute(count).fetchone() != written.execute(count).fetchone():
                raise sqlite3.DatabaseError(f"rows of {name} are missing")
        told = [str(row[0]) for row in written.execute("PRAGMA quick_check(1)")]
        if told != ["ok"]:
            raise sqlite3.DatabaseError(told[0])


def _remove_unfinished(folder: Path) -> None:
    """Remove what killed processes left half written, here and in the temporary folder."""
    with translate_write_errors(folder):
        for path in (*folder.glob(f"*{UNFINISHED_SUFFIX}"), *folder.glob(f"*/*{UNFINISHED_SUFFIX}")):
            path.unlink(missing_ok=True)
    remove_transfer_folders(age=0.0)
