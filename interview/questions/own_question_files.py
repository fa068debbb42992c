"""Own questions from a file, and into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from content.loader import ContentError
from content.own_questions import MOST_CHARACTERS, Written, read_toml, write_toml
from content.own_questions_csv import read_csv, write_csv
from interview.ids import new_id
from interview.questions.own_question import OwnQuestion, from_written
from interview.validation import EntryError, one_line

MOST_BYTES = 4 * MOST_CHARACTERS  # UTF-8 takes up to four for a character
_READERS: dict[str, Callable[[str, str], tuple[Written, ...]]] = {".csv": read_csv, ".toml": read_toml}
_COMPLAINT = 500  # characters


@dataclass(frozen=True)
class Imported:
    """What a file brings: questions that are new, and how many there were already."""

    new: tuple[OwnQuestion, ...]
    known: int


def import_questions(name: str, data: bytes, already: Iterable[str] = ()) -> Imported:
    """The questions of a file by its ending; `already` are the texts of those there are. Raises EntryError."""
    file = one_line(PurePath(name.replace("\\", "/")).name)[-80:]
    read = _READERS.get(PurePath(file).suffix.lower())
    if read is None:
        raise EntryError(f"{file} is no list of questions that can be read. Choose a file ending in .csv or .toml.")
    try:
        written = read(_text(file, data), file)
    except ContentError as mistake:
        raise EntryError(f"Nothing was imported. {_shortened(str(mistake))}. Mend the file and try again.") from mistake
    known = {text.casefold() for text in already}
    new = tuple(from_written(new_id(), each) for each in written if each.text.casefold() not in known)
    return Imported(new, len(written) - len(new))


def as_csv(own: Iterable[OwnQuestion]) -> str:
    """Own questions as a table."""
    return write_csv(each.written for each in own)


def as_toml(own: Iterable[OwnQuestion]) -> str:
    """Own questions as TOML."""
    return write_toml(each.written for each in own)


def _text(file: str, data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise ContentError(f"{file}: is longer than {MOST_BYTES:,} bytes; split it into several files")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        raise ContentError(f"{file}, line {line}: is not written in UTF-8; save the file in that encoding") from mistake


def _shortened(complaint: str) -> str:
    if len(complaint) <= _COMPLAINT:
        return complaint.rstrip(".")
    return f"{complaint[: _COMPLAINT // 2]} ... {complaint[-_COMPLAINT // 2 :]}"
