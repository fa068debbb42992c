"""Checks of the values of documents. A mistake is an `EntryError`: a sentence for the user."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from reprlib import Repr
from typing import NoReturn

from speech.errors import AnswerAloudError

MAX_LINE_CHARACTERS = 300  # characters of a name, a title, one point
MAX_TEXT_CHARACTERS = 20_000  # characters of a note or a spoken answer
_ID = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[a-z0-9_:-]{1,64}")  # of stages, competencies, rules and questions
_YEARS = range(1970, 2200)
_SHORT_REPR = Repr()
_SHORT_REPR.maxstring = _SHORT_REPR.maxother = 60


class EntryError(AnswerAloudError, ValueError):
    """A value that was entered or read back cannot be used; the text says what and why."""


def refuse(what: str, rule: str, value: object) -> NoReturn:
    """Raise EntryError: "The email address should have one @, not 'nobody'.".

    Args:
        what: the subject of the sentence.
        rule: what it should do or be.
        value: what it is instead; it is shortened.
    """
    raise EntryError(f"{what} should {rule}, not {_SHORT_REPR.repr(value)}.")


def check_id(what: str, value: str | None) -> None:
    """Check that an id is 32 hex digits; None passes."""
    if value is not None and not _ID.fullmatch(value):
        refuse(what, "be 32 hexadecimal digits", value)


def check_key(what: str, *values: str) -> None:
    """Check that values are keys of content entries or ids of own questions."""
    for value in values:
        if not _KEY.fullmatch(value):
            refuse(what, "have only small letters, digits, _, - and :", value)


def check_line(what: str, *values: str) -> None:
    """Check that each text is a single line; it may be empty."""
    for value in values:
        check_text(what, value)
        if len(value) > MAX_LINE_CHARACTERS:
            refuse(what, f"be at most {MAX_LINE_CHARACTERS} characters long", value)
        if len(value.splitlines()) > 1 or value != value.strip():
            refuse(what, "be one line without space around it", value)


def check_filled_line(what: str, *values: str) -> None:
    """Check that each text is a single line and not empty."""
    check_line(what, *values)
    if not all(values):
        refuse(what, "not be empty", "")


def check_text(what: str, *values: str) -> None:
    """Check that texts are not too long and have no control characters; line breaks and tabs are allowed."""
    for value in values:
        if len(value) > MAX_TEXT_CHARACTERS:
            refuse(what, f"be at most {MAX_TEXT_CHARACTERS} characters long", value)
        if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in value):
            refuse(what, "have no control characters", value)


def check_moment(what: str, value: datetime | None) -> None:
    """Check that a time has a zone; None passes."""
    check_day(what, value)
    if value is not None and value.utcoffset() is None:
        refuse(what, "have a time zone", value)


def check_day(what: str, value: date | None) -> None:
    """Check that a date is between 1970 and 2199, so that days can be counted from it; None passes."""
    if value is not None and value.year not in _YEARS:
        refuse(what, f"lie between {_YEARS[0]} and {_YEARS[-1]}", value.isoformat())


def to_one_line(text: str) -> str:
    """Return typed text as one line with single spaces."""
    return " ".join(text.split())


def split_lines(text: str) -> tuple[str, ...]:
    """Split typed text into lines with single spaces, without empty or repeated ones."""
    return tuple(dict.fromkeys(filter(None, map(to_one_line, text.splitlines()))))


def check_max_count(what: str, values: Sequence[object], most: int) -> None:
    """Check that there are at most `most` values; `what` names them in the error."""
    if len(values) > most:
        raise EntryError(f"{what} should be at most {most}, not {len(values)}.")


def check_between(what: str, value: float, low: float, high: float) -> None:
    """Check that a number is in a range, both ends included."""
    if not low <= value <= high:
        refuse(what, f"be between {low:g} and {high:g}", value)
