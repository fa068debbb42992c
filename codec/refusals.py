"""Describe values that were refused: where, what was expected and what was found instead.

No other module words these errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from reprlib import Repr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]

# By pydantic's type of error, what should stand there.
EXPECTED_BY_ERROR_TYPE = {
    "string_type": "text",
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
_SHORT_REPR = Repr()
_SHORT_REPR.maxstring = _SHORT_REPR.maxother = 60


class Refusal(ValueError):  # noqa: N818 - it is an answer to a bad input
    """A value cannot be read.

    Attributes:
        place: Field names, keys and positions that lead to the value.
        complaint: What is wrong, phrased to follow the name of the place.
        cause: The error that the dataclass itself raised; its text follows the place after a colon.
            None if the type of a field did not fit.
        found: The value that was refused; None if there was none.
        is_worded: Whether a check wrote the complaint, rather than the type of a field.
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
        super().__init__(f"{format_place(place)}{between if place else ''}{complaint}")
        self.place = place
        self.complaint = complaint
        self.cause = cause
        self.found = found
        self.is_worded = is_worded


class Complaint(ValueError):  # noqa: N818 - as above
    """What is wrong with one value, phrased to follow the name of its place: "should be a day, not 7".

    `place` leads to it from the value that is checked.
    """

    def __init__(self, complaint: str, *place: str | int) -> None:
        super().__init__(complaint)
        self.place = place


def make_refusal(error: ValidationError, known_fields: Callable[[Place], Sequence[str]]) -> Refusal:
    """Convert the first mistake that pydantic found to a Refusal.

    Args:
        error: Pydantic's error.
        known_fields: Returns the field names of the dataclass at a place.
    """
    first = error.errors(include_url=False)[0]
    place, found = tuple(first["loc"]), None if first["type"] == "missing" else first["input"]
    raised = first.get("ctx", {}).get("error") if first["type"] == "value_error" else None
    if isinstance(raised, Complaint):
        return Refusal((*place, *raised.place), str(raised), found=found, is_worded=True)
    if raised is not None:
        return Refusal(place, str(raised), raised, found)
    if first["type"] == "unexpected_keyword_argument":
        return Refusal(place, f"isn't known here; known are {', '.join(known_fields(place[:-1]))}", found=found)
    return Refusal(place, _describe_mistake(first), found=found)


def format_place(place: Sequence[str | int]) -> str:
    """Format a place as `words[3].start`; empty for the whole value."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return name.removeprefix(".")


def _describe_mistake(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "json_invalid":
        return f"isn't JSON: {context['error']}"
    should = EXPECTED_BY_ERROR_TYPE.get(kind)
    return (
        f"should be {should.format(**context)}, not {shorten_repr(error['input'])}"
        if should
        else _describe_other_mistake(error)
    )


def _describe_other_mistake(error: ErrorDetails) -> str:
    """Describe a mistake that has no entry in EXPECTED_BY_ERROR_TYPE."""
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {shorten_repr(error['input'])}"


def shorten_repr(value: object) -> str:
    """Return the repr of a refused value, shortened to fit into a sentence."""
    return _SHORT_REPR.repr(value)
