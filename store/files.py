"""Recordings as files, written atomically and readable only by their owner."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from speech.flushing import flush_file
from store.encryption.sealing import Keys, is_sealed
from store.errors import StoreError, translate_delete_errors, translate_write_errors

IS_POSIX = os.name == "posix"
SECONDS_BETWEEN_TRIES = (0.05, 0.1, 0.2, 0.4)  # s
UNFINISHED_SUFFIX = ".part"
EXPORT_PREFIX = "answer-aloud-unfinished-"  # of an export that is being written
ABANDONED_AFTER_SECONDS = 3600.0  # s after which an unfinished file is nobody's any more
TRANSFER_PREFIX = "answer-aloud-transfer-"
FILE_NAME_PATTERN = re.compile(r"([0-9a-f]{32})\.flac")


@contextmanager
def write_atomically(path: Path, prefix: str | None = None) -> Iterator[BinaryIO]:
    """Open a file for writing that replaces `path` once it is complete and flushed to disk.

    If writing fails, `path` stays as it was and the temporary file is removed.

    Args:
        path: The file.
        prefix: What the temporary file's name begins with.

    Raises:
        OSError: If the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(UNFINISHED_SUFFIX, prefix, path.parent)  # readable by the owner only
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            flush_file(file.fileno())
        _take_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def _take_place(temporary: Path, path: Path) -> None:
    """Give a file the name of another one; on Windows a virus scanner may have that open for a moment."""
    for seconds in () if IS_POSIX else SECONDS_BETWEEN_TRIES:
        with suppress(PermissionError):
            temporary.replace(path)
            return
        time.sleep(seconds)
    temporary.replace(path)


@contextmanager
def open_transfer_folder() -> Iterator[Path]:
    """Make a temporary folder for an export or import; those that a killed process left behind are removed.

    Raises:
        OSError: If there is no room for one.
    """
    remove_transfer_folders()
    with tempfile.TemporaryDirectory(prefix=TRANSFER_PREFIX) as folder:
        yield Path(folder)


def remove_transfer_folders(age: float = ABANDONED_AFTER_SECONDS) -> None:
    """Remove the temporary folders of exports and imports that a killed process left behind.

    Args:
        age: Minimum time since the last change, in s.
    """
    for abandoned in Path(tempfile.gettempdir()).glob(f"{TRANSFER_PREFIX}*"):
        with suppress(OSError):  # of another user, or removed just now
            if time.time() - abandoned.stat().st_mtime >= age:
                shutil.rmtree(abandoned)


def remove_unfinished_exports(folder: Path) -> None:
    """Remove what a killed process left of exports that it wrote to a folder; what cannot be removed stays."""
    for abandoned in folder.glob(f"{EXPORT_PREFIX}*{UNFINISHED_SUFFIX}"):
        with suppress(OSError):  # removed just now, or of another user
            if time.time() - abandoned.stat().st_mtime >= ABANDONED_AFTER_SECONDS:
                abandoned.unlink()


class Recordings:
    """The folder of recordings: one FLAC file per attempt, named by its id.

    Args:
        folder: The folder.
        find_keys: Returns the keys with which recordings are sealed, None where they are not; asked each time.
    """

    def __init__(self, folder: Path, find_keys: Callable[[], Keys | None] = lambda: None) -> None:
        self.folder = folder
        self._find_keys = find_keys

    @property
    def where(self) -> Path | str:
        """Where they are, as it is told to the user."""
        return self.folder

    def save(self, attempt_id: str, flac: bytes) -> None:
        """Save a recording; raises StoreError."""
        path, keys = self._get_path(attempt_id), self._find_keys()
        with translate_write_errors(self.folder), write_atomically(path) as file:
            file.write(flac if keys is None else keys.seal(flac, path.name))

    def read(self, attempt_id: str) -> bytes:
        """Return the FLAC bytes of a recording; raises StoreError if it is missing or unreadable."""
        if not is_id(attempt_id):  # of a row that is damaged
            raise StoreError(f"We can't find the recording of this answer in {self.folder}.")
        path = self._get_path(attempt_id)
        try:
            return self.unseal(path.read_bytes(), path.name)
        except FileNotFoundError:
            raise StoreError(
                f"The recording of this answer is no longer in {self.folder}. You can still read its report; to have "
                "it analysed again, record your answer again."
            ) from None
        except OSError as error:
            raise StoreError(
                f"We can't read the recording of this answer in {self.folder} ({error.strerror}). Check that you're "
                "allowed to open it."
            ) from error

    def unseal(self, data: bytes, name: str) -> bytes:
        """Return the FLAC bytes in what was stored under a name, sealed or not."""
        keys = self._find_keys() if is_sealed(data) else None
        return data if keys is None else keys.unseal(data, name)

    def has(self, attempt_id: str) -> bool:
        """Return whether there is a recording of an attempt."""
        return (self.folder / f"{attempt_id}.flac").is_file() and is_id(attempt_id)

    def remove(self, attempt_id: str) -> None:
        """Delete a recording if it exists; raises StoreError."""
        with translate_delete_errors(self.folder):
            self._get_path(attempt_id).unlink(missing_ok=True)

    def remove_abandoned(self, age: float = ABANDONED_AFTER_SECONDS) -> None:
        """Delete temporary files that a killed process left behind; raises StoreError.

        Args:
            age: Minimum time since the last write, in s.
        """
        with translate_delete_errors(self.folder):
            for path in self.folder.glob(f"*{UNFINISHED_SUFFIX}"):
                with suppress(FileNotFoundError):  # somebody finished it just now
                    if path.is_file() and time.time() - path.stat().st_mtime >= age:
                        path.unlink()

    def list_ids(self) -> Iterator[str]:
        """Return the ids of all attempts that have a file here."""
        found = (FILE_NAME_PATTERN.fullmatch(path.name) for path in self.folder.glob("*.flac"))
        return (match[1] for match in found if match)

    def list_sizes(self) -> list[int]:
        """Return the sizes of all recordings in bytes; raises OSError."""
        sizes = []
        for path in self.folder.glob("*.flac"):
            with suppress(FileNotFoundError):  # deleted just now
                sizes.append(path.stat().st_size)
        return sizes

    def count_free_bytes(self) -> int | None:
        """Return how much room there is for more; None where that is not known. Raises OSError."""
        there = next(each for each in (self.folder, *self.folder.parents) if each.exists())
        return shutil.disk_usage(there).free

    def list_foreign_names(self) -> Iterator[str]:
        """Return the names of all sound files here that are not named as this app names them, in order."""
        return iter(
            sorted(path.name for path in self.folder.glob("*.flac") if not FILE_NAME_PATTERN.fullmatch(path.name))
        )

    def _get_path(self, attempt_id: str) -> Path:
        if not is_id(attempt_id):
            raise ValueError(f"the id of an attempt is 32 hexadecimal digits: {attempt_id!r}")
        return self.folder / f"{attempt_id}.flac"


def is_id(attempt_id: str) -> bool:
    """Return whether a text is the id of an attempt, which is also the name of its recording: 32 hexadecimal digits."""
    return FILE_NAME_PATTERN.fullmatch(f"{attempt_id}.flac") is not None


def make_private(*paths: Path) -> None:
    """Take everybody else's rights to files, and to folders with what lies in them: a restored backup may give them.

    What belongs to another user is left as it is.
    """
    if not IS_POSIX:
        return  # rights come from the folder there, which is the user's own
    everything = (each for path in paths for each in (path, *(path.rglob("*") if path.is_dir() else ())))
    for path in everything:
        with suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077 and not path.is_symlink():
                path.chmod(mode & 0o700)


def flush_folder(folder: Path) -> None:
    """Have the system write the names in a folder to the disk."""
    if not IS_POSIX:
        return  # other systems cannot open folders, and flush the renaming themselves
    handle = os.open(folder, os.O_RDONLY)
    try:
        flush_file(handle)
    finally:
        os.close(handle)
