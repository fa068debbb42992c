"""Word what was refused: the place, what should be there and what stood there. The only place that does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from reprlib import Repr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]

# By pydantic's type of error, what should stand there.
SHOULD_BE = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "number": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "dataclass_type": "a table",
    "enum": "{expected}",
    "literal_error": "{expected}",
}
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 60


class Refusal(ValueError):  # noqa: N818 - it is an answer to a bad input
    """A value cannot be read. `place` leads to it, `complaint` goes on after the name of the place.

    A sentence of the dataclass's own goes on after a colon, and is `cause`, the error it was raised as. `found` is what
    stood there, None where nothing did. `is_worded` tells a complaint of a check from one by the type of a field.
    """

    def __init__(
        self,
        place: Place,
        complaint: str,
        cause: Exception | None = None,
        found: object = None,
        *,
        is_worded: bool = False,
    ) -> None:
        between = " " if cause is None else ": "
        super().__init__(f"{place_name(place)}{between if place else ''}{complaint}")
        self.place = place
        self.complaint = complaint
        self.cause = cause
        self.found = found
        self.is_worded = is_worded


class Complaint(ValueError):  # noqa: N818 - as above
    """What is wrong with one value, as it goes on after the name of its place: "should be a day, not 7".

    `place` leads to it from the value that is checked.
    """

    def __init__(self, complaint: str, *place: str | int) -> None:
        super().__init__(complaint)
        self.place = place


def refusal(error: ValidationError, known_fields: Callable[[Place], Sequence[str]]) -> Refusal:
    """Return the first mistake that was found; `known_fields` gives those of the dataclass at a place."""
    first = error.errors(include_url=False)[0]
    place, found = tuple(first["loc"]), None if first["type"] == "missing" else first["input"]
    raised = first.get("ctx", {}).get("error") if first["type"] == "value_error" else None
    if isinstance(raised, Complaint):
        return Refusal((*place, *raised.place), str(raised), found=found, is_worded=True)
    if raised is not None:
        return Refusal(place, str(raised), raised, found)
    if first["type"] == "unexpected_keyword_argument":
        return Refusal(place, f"is not known here; known are {', '.join(known_fields(place[:-1]))}", found=found)
    return Refusal(place, _complaint(first), found=found)


def place_name(place: Sequence[str | int]) -> str:
    """Return a place as `words[3].start`; empty for the whole."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return name.removeprefix(".")


def _complaint(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "json_invalid":
        return f"is no JSON: {context['error']}"
    should = SHOULD_BE.get(kind)
    return f"should be {should.format(**context)}, not {shown(error['input'])}" if should else _other(error)


def _other(error: ErrorDetails) -> str:
    """What has no words of ours yet."""
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {shown(error['input'])}"


def shown(value: object) -> str:
    """Return a refused value for a sentence, however long it is."""
    return _SHORT.repr(value)
