"""Read own questions from CSV and TOML files, and write them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from content.loader import ContentError
from content.own_questions import MAX_FILE_CHARACTERS, QuestionFile, read_toml, write_toml
from content.own_questions_csv import read_csv, write_csv
from interview.ids import make_id
from interview.questions.own_question import OwnQuestion, from_written
from interview.validation import EntryError, to_one_line

MAX_BYTES = 4 * MAX_FILE_CHARACTERS  # UTF-8 takes up to four for a character
_READERS: dict[str, Callable[[str, str], QuestionFile]] = {".csv": read_csv, ".toml": read_toml}
_MAX_COMPLAINT_CHARACTERS = 500  # characters


@dataclass(frozen=True)
class ImportedQuestions:
    """The questions of a file that are new, the number of those already known, and those that could not be read."""

    new: tuple[OwnQuestion, ...]
    known_count: int
    mistakes: tuple[str, ...] = ()  # a sentence each, with the line and the field


def read_question_file(name: str, data: bytes, already: Iterable[str] = ()) -> ImportedQuestions:
    """Read the questions of a CSV or TOML file.

    Args:
        name: of the file; its ending tells the format.
        data: its bytes, UTF-8.
        already: the texts of the questions that exist; they are not read again.

    Raises:
        EntryError: the file cannot be read; the text says why and where.
    """
    file = to_one_line(PurePath(name.replace("\\", "/")).name)[-80:]
    read = _READERS.get(PurePath(file).suffix.lower())
    if read is None:
        raise EntryError(f"{file} isn't a list of questions we can read. Choose a file ending in .csv or .toml.")
    try:
        written = read(_decode(file, data), file)
    except ContentError as mistake:
        raise EntryError(f"Nothing was imported. {_shorten(str(mistake))}. Fix the file and try again.") from mistake
    known = {text.casefold() for text in already}
    new = tuple(from_written(make_id(), each) for each in written.questions if each.text.casefold() not in known)
    return ImportedQuestions(new, len(written.questions) - len(new), tuple(map(_shorten, written.mistakes)))


def as_csv(own: Iterable[OwnQuestion]) -> str:
    """Return own questions as CSV."""
    return write_csv(each.written for each in own)


def as_toml(own: Iterable[OwnQuestion]) -> str:
    """Return own questions as TOML."""
    return write_toml(each.written for each in own)


def _decode(file: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ContentError(f"{file}: is longer than {MAX_BYTES:,} bytes; split it into several files")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        raise ContentError(f"{file}, line {line}: isn't written in UTF-8; save the file in that encoding") from mistake


def _shorten(complaint: str) -> str:
    if len(complaint) <= _MAX_COMPLAINT_CHARACTERS:
        return complaint.rstrip(".")
    return f"{complaint[: _MAX_COMPLAINT_CHARACTERS // 2]} ... {complaint[-_MAX_COMPLAINT_CHARACTERS // 2 :]}"
