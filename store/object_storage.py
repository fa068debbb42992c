"""Recordings in an object storage, such as S3, reached through fsspec: for a server whose workers run elsewhere.

An object appears there whole or not at all, which stands for the atomic writing of a file. Nothing is kept of what was
read or listed, because other processes write and delete there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec

from store.encryption.sealing import Keys
from store.errors import StoreError
from store.files import FILE_NAME_PATTERN, Recordings, is_id

ADDRESS_PATTERN = re.compile(r"(?P<kind>[a-z0-9+]{2,})://[^/]+")
SUFFIX = ".flac"
CONNECT_SECONDS = 5  # until a storage that does not answer counts as away
READ_SECONDS = 30
# What the storages are told beyond their address; who may enter is theirs to find out, such as from AWS_ACCESS_KEY_ID.
OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "config_kwargs": {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": READ_SECONDS,
            "retries": {"max_attempts": 2},
        }
    }
}
NO_ADDRESS = (
    "{address} isn't the address of a storage. Write it like s3://bucket/folder, or leave out ANSWER_ALOUD_SOUND to "
    "save recordings in a folder."
)
NOT_INSTALLED = (
    "Python lacks what it takes to use the storage {address} ({error}). For S3, install it with: pip install "
    '"answer-aloud[server]"'
)
AWAY = "We can't reach the storage of recordings at {address} ({reason}), so nothing was {done}. Try again."
GONE = (
    "The recording of this answer is no longer in {address}. You can still read its report; to have it analysed again, "
    "record your answer again."
)


class RemoteRecordings(Recordings):
    """The recordings below an address: one object for each attempt, named by its id. Methods raise StoreError.

    Args:
        address: Such as "s3://bucket/folder".
        find_keys: Returns the keys with which recordings are sealed, None where they are not; asked each time.
    """

    def __init__(self, address: str, find_keys: Callable[[], Keys | None] = lambda: None) -> None:
        super().__init__(Path(address), find_keys)
        self.address = address.rstrip("/")
        self._files, self._root = open_storage(self.address)

    @property
    def where(self) -> Path | str:
        """The address, as it is told to the user."""
        return self.address

    def save(self, attempt_id: str, flac: bytes) -> None:
        """Save a recording; it is there when this returns, whole."""
        name, keys = self._get_path(attempt_id).name, self._find_keys()
        with self._translate("saved"):
            self._files.pipe_file(f"{self._root}/{name}", flac if keys is None else keys.seal(flac, name))

    def read(self, attempt_id: str) -> bytes:
        """Return the FLAC bytes of a recording."""
        if not is_id(attempt_id):  # of a row that is damaged
            raise StoreError(GONE.format(address=self.address))
        name = self._get_path(attempt_id).name
        with self._translate("read"):
            try:
                data: bytes = self._files.cat_file(f"{self._root}/{name}")
            except FileNotFoundError:
                raise StoreError(GONE.format(address=self.address)) from None
        return self.unseal(data, name)

    def has(self, attempt_id: str) -> bool:
        """Return whether there is a recording of an attempt."""
        if not is_id(attempt_id):
            return False
        with self._translate("read"):
            return bool(self._files.exists(f"{self._root}/{self._get_path(attempt_id).name}"))

    def remove(self, attempt_id: str) -> None:
        """Delete a recording if it exists."""
        with self._translate("deleted"):
            try:
                self._files.rm_file(f"{self._root}/{self._get_path(attempt_id).name}")
            except FileNotFoundError:
                return

    def remove_abandoned(self, age: float = 0.0) -> None:
        """Do nothing: an object that was not written whole is not there."""

    def list_ids(self) -> Iterator[str]:
        """Return the ids of all attempts that have a recording here."""
        found = (FILE_NAME_PATTERN.fullmatch(name) for name in self._list_names())
        return (match[1] for match in found if match)

    def list_sizes(self) -> list[int]:
        """Return the sizes of all recordings in bytes."""
        return [int(each["size"] or 0) for each in self._list() if str(each["name"]).endswith(SUFFIX)]

    def count_free_bytes(self) -> int | None:
        """Return None: how much room there is, a storage does not tell."""
        return None

    def list_foreign_names(self) -> Iterator[str]:
        """Return the names of all sounds here that are not named as this app names them, in order."""
        names = (name for name in self._list_names() if name.endswith(SUFFIX))
        return iter(sorted(name for name in names if not FILE_NAME_PATTERN.fullmatch(name)))

    def _list_names(self) -> list[str]:
        return [str(each["name"]).rsplit("/", 1)[-1] for each in self._list()]

    def _list(self) -> list[dict[str, Any]]:
        """Return what lies directly below the address."""
        with self._translate("read"):
            self._files.invalidate_cache()
            try:
                found: list[dict[str, Any]] = self._files.ls(self._root, detail=True)
            except FileNotFoundError:  # nothing was saved yet
                return []
        return found

    @contextmanager
    def _translate(self, done: str) -> Iterator[None]:
        with translate_storage_errors(self.address, done):
            yield


def open_storage(address: str) -> tuple[Any, str]:
    """Return the file system of fsspec behind an address, and the path there; raises StoreError where there is none."""
    found = ADDRESS_PATTERN.match(address)
    if found is None:
        raise StoreError(NO_ADDRESS.format(address=address))
    kind = found["kind"]
    try:
        files = fsspec.filesystem(kind, use_listings_cache=False, **OPTIONS.get(kind, {}))
    except (ImportError, ValueError) as error:
        raise StoreError(NOT_INSTALLED.format(address=address, error=error)) from error
    return files, str(files._strip_protocol(address)).rstrip("/")


@contextmanager
def translate_storage_errors(address: str, done: str) -> Iterator[None]:
    """Turn whatever a storage raises into a StoreError.

    Args:
        address: The storage, for the sentence.
        done: What was not done, such as "saved".
    """
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # libraries of storages have errors of their own, of no common kind
        raise StoreError(AWAY.format(address=address, reason=type(error).__name__, done=done)) from error
