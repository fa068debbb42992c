"""Recordings as files: each is there whole, flushed to the disk, or not at all, and only its owner can read it."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from store.errors import StoreError, deleting_told, files_told

UNFINISHED = ".part"
ABANDONED = 3600.0  # s after which an unfinished file is nobody's any more
NAME = re.compile(r"([0-9a-f]{32})\.flac")


@contextmanager
def placed(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its place, flushed to the disk, once all is written; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=UNFINISHED)  # readable by the owner only
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


class Recordings:
    """The folder of recordings, one FLAC file an attempt, named by its id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, attempt_id: str, flac: bytes) -> None:
        """Keep a recording; raises StoreError."""
        with files_told(self.folder), placed(self._path(attempt_id)) as file:
            file.write(flac)

    def read(self, attempt_id: str) -> bytes:
        """The FLAC bytes; raises StoreError when they are not there."""
        try:
            return self._path(attempt_id).read_bytes()
        except FileNotFoundError:
            raise StoreError(
                f"The recording of this answer is not in {self.folder} any more. Its report can still be read; to "
                "measure it anew, record the answer again."
            ) from None
        except OSError as error:
            raise StoreError(
                f"The recording of this answer in {self.folder} cannot be read ({error.strerror}). Check that you may "
                "open it."
            ) from error

    def has(self, attempt_id: str) -> bool:
        """Whether there is a recording of an attempt."""
        return self._path(attempt_id).is_file()

    def remove(self, attempt_id: str) -> None:
        """Delete a recording, if it is there; raises StoreError."""
        with deleting_told(self.folder):
            self._path(attempt_id).unlink(missing_ok=True)

    def remove_abandoned(self, age: float = ABANDONED) -> None:
        """Delete what a killed process left half written more than `age` s ago; raises StoreError."""
        with deleting_told(self.folder):
            for path in self.folder.glob(f"*{UNFINISHED}"):
                with suppress(FileNotFoundError):  # somebody finished it just now
                    if time.time() - path.stat().st_mtime >= age:
                        path.unlink()

    def ids(self) -> Iterator[str]:
        """The attempts that have a file here."""
        found = (NAME.fullmatch(path.name) for path in self.folder.glob("*.flac"))
        return (match[1] for match in found if match)

    def _path(self, attempt_id: str) -> Path:
        name = f"{attempt_id}.flac"
        if NAME.fullmatch(name) is None:
            raise ValueError(f"the id of an attempt is 32 hexadecimal digits: {attempt_id!r}")
        return self.folder / name


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems cannot open folders, and flush the renaming themselves
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
