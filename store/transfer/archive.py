"""An export as a file: the names in it, and what an import refuses before it reads anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from codec.adapters import read_json
from codec.refusals import Refusal
from store.errors import StoreError, translate_write_errors
from store.files import Recordings

FORMAT, VERSION = "answer-aloud", 3
ABOUT_FILE, TABLE_FILE, DOCUMENTS_FILE, HISTORY_FILE = "export.json", "attempts.csv", "things.json", "history.json"
FILES = (ABOUT_FILE, TABLE_FILE, DOCUMENTS_FILE, HISTORY_FILE)
MEMBER_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
MEMBER_PATTERN = re.compile(r"attempts/[0-9a-f]{32}\.json|recordings/[0-9a-f]{32}\.flac")
MAX_RECORDING_BYTES = 200_000_000  # bytes of one recording in an export; half an hour of sound is less
MAX_JSON_BYTES = 20_000_000  # bytes of JSON in one file; half an hour of words is two million
MAX_RATIO, MIN_BOMB_BYTES = 100, 1_000_000  # of a size to its packed size, in members from so many bytes on
RESERVE_BYTES = 200_000_000  # bytes of the disk that an import leaves free: the system and the database need some
NOTHING_IMPORTED = "Nothing was imported."


@contextmanager
def open_archive(source: Path | bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Open an export, as a file or as its bytes, called by a name; raises StoreError, also for what is read inside."""
    try:
        opened = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
        with opened as file, zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        where = source if isinstance(source, Path) else name
        raise StoreError(f"We can't read {where} ({error.strerror}). Check that you're allowed to open it.") from error
    except MEMBER_FAULTS as error:
        raise StoreError(f"{name} isn't an Answer Aloud export, or it's damaged ({error}).") from error


def check_members(archive: zipfile.ZipFile, called: str) -> list[str]:
    """Return the names of the attempts in an export; raises StoreError for what no export is."""
    names = archive.namelist()
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise StoreError(f"{called} contains {twice!r} more than once. {NOTHING_IMPORTED}")
    for member in archive.infolist():
        _check_member(member, called)
    about = _read_about(archive) if ABOUT_FILE in names else {}
    if about.get("format") != FORMAT:
        raise StoreError(f"{called} isn't an Answer Aloud export. {NOTHING_IMPORTED}")
    if about.get("version") not in range(1, VERSION + 1):
        raise StoreError(f"{called} was made by a newer version. Update Answer Aloud and try again. {NOTHING_IMPORTED}")
    return [name for name in names if name.startswith("attempts/")]


def _check_member(member: zipfile.ZipInfo, called: str) -> None:
    name = member.filename
    if name not in FILES and MEMBER_PATTERN.fullmatch(name) is None:
        raise StoreError(f"{called} contains {name!r}, which doesn't belong in an export. {NOTHING_IMPORTED}")
    if member.file_size > (MAX_JSON_BYTES if name.endswith(".json") else MAX_RECORDING_BYTES):
        raise StoreError(f"{name} in {called} is too large to be an answer. {NOTHING_IMPORTED}")
    if member.file_size > max(MIN_BOMB_BYTES, MAX_RATIO * member.compress_size):
        raise StoreError(
            f"{name} in {called} is nearly nothing made large, so it can't be an answer. {NOTHING_IMPORTED}"
        )


def check_free_space(archive: zipfile.ZipFile, recordings: Recordings) -> None:
    """Refuse an export that would fill the disk: a small archive can expand to a huge size."""
    needed = sum(member.file_size for member in archive.infolist() if not _is_stored_recording(member, recordings))
    with translate_write_errors(recordings.folder):
        there = recordings.count_free_bytes()
    if there is not None and needed + RESERVE_BYTES > there:
        raise StoreError(
            f"This export takes {needed / 1e6:,.0f} MB and {there / 1e6:,.0f} MB are free. Make some room on the disk "
            f"and try again. {NOTHING_IMPORTED}"
        )


def _is_stored_recording(member: zipfile.ZipInfo, recordings: Recordings) -> bool:
    """Return whether a member is a recording that is stored already, so it is not written again."""
    kind, _, name = member.filename.partition("/")
    return kind == "recordings" and recordings.has(Path(name).stem)


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member of an export, unpacked; raises StoreError."""
    try:
        return archive.read(name)
    except MEMBER_FAULTS as error:
        raise StoreError(f"{name} in this export is damaged ({error}).") from error


def _read_about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the description in an export; a newer version may add fields to it."""
    try:
        return read_json(dict[str, Any], read_member(archive, ABOUT_FILE))
    except Refusal as refusal:
        raise StoreError(f"{ABOUT_FILE} in this export is damaged ({refusal}). {NOTHING_IMPORTED}") from refusal
