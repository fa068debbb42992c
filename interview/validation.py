"""What a kept value may hold. A mistake is an `EntryError`: a sentence for the user, with what does not fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from reprlib import Repr
from typing import NoReturn

from speech.errors import AnswerAloudError

LINE = 300  # characters of a name, a title, one point
TEXT = 20_000  # characters of a note or a spoken answer
_ID = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[a-z0-9_:-]{1,64}")  # of stages, competencies, rules and questions
_YEARS = range(1970, 2200)
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 60


class EntryError(AnswerAloudError, ValueError):
    """Something entered or read back cannot be used; the text says what and why."""


def refuse(what: str, rule: str, value: object) -> NoReturn:
    """Raise EntryError: "The email address should have one @, not 'nobody'."."""
    raise EntryError(f"{what} should {rule}, not {_SHORT.repr(value)}.")


def check_id(what: str, value: str | None) -> None:
    """32 hex digits; None where it may be missing is let through."""
    if value is not None and not _ID.fullmatch(value):
        refuse(what, "be 32 hexadecimal digits", value)


def check_key(what: str, *values: str) -> None:
    """Names of entries in the content, or of the user's own questions."""
    for value in values:
        if not _KEY.fullmatch(value):
            refuse(what, "have only small letters, digits, _, - and :", value)


def check_line(what: str, *values: str) -> None:
    """Texts of one line each, which may be empty."""
    for value in values:
        check_text(what, value)
        if len(value) > LINE:
            refuse(what, f"be at most {LINE} characters long", value)
        if len(value.splitlines()) > 1 or value != value.strip():
            refuse(what, "be one line without space around it", value)


def check_named(what: str, *values: str) -> None:
    """Texts of one line each, none of them empty."""
    check_line(what, *values)
    if not all(values):
        refuse(what, "not be empty", "")


def check_text(what: str, *values: str) -> None:
    """Texts of any number of lines, without characters that no letter, page or database can hold."""
    for value in values:
        if len(value) > TEXT:
            refuse(what, f"be at most {TEXT} characters long", value)
        if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in value):
            refuse(what, "have no control characters", value)


def check_moment(what: str, value: datetime | None) -> None:
    """A moment with its zone."""
    check_day(what, value)
    if value is not None and value.utcoffset() is None:
        refuse(what, "have a time zone", value)


def check_day(what: str, value: date | None) -> None:
    """A day of our times, so that counting from it stays possible."""
    if value is not None and value.year not in _YEARS:
        refuse(what, f"lie between {_YEARS[0]} and {_YEARS[-1]}", value.isoformat())


def one_line(text: str) -> str:
    """A text as it was typed, as one line with single spaces."""
    return " ".join(text.split())


def lines(text: str) -> tuple[str, ...]:
    """Return what was typed one a line: single spaces, empty lines and what is there twice left out."""
    return tuple(dict.fromkeys(filter(None, map(one_line, text.splitlines()))))


def check_most(what: str, values: Sequence[object], most: int) -> None:
    """At most so many."""
    if len(values) > most:
        raise EntryError(f"{what} should be at most {most}, not {len(values)}.")


def check_between(what: str, value: float, low: float, high: float) -> None:
    """A number inside its range, ends included."""
    if not low <= value <= high:
        refuse(what, f"be between {low:g} and {high:g}", value)
