"""Types and checks for the fields of content files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from codec.markers import Checked, WrittenAs
from codec.refusals import Complaint, shorten_repr

Many = TypeVar("Many", bound=Collection[Any])


def check_text(text: str) -> str:
    """Return a text, or raise Complaint if it is empty or not single-spaced."""
    if not text or text != " ".join(text.split()):
        raise Complaint(f"should be text with single spaces, not {shorten_repr(text)}")
    return text


def check_key(text: str) -> str:
    """Return a name, or raise Complaint if it is not in snake_case."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", check_text(text)):
        raise Complaint(f"should be in snake_case, not {shorten_repr(text)}")
    return text


def check_choice(text: str, allowed: Collection[str], *place: str | int) -> str:
    """Return a text, or raise Complaint if it is not one of those allowed.

    Args:
        text: what to check.
        allowed: the texts it may be.
        place: path from the value being checked to the text, for the error.
    """
    if text not in allowed:
        raise Complaint(f"{text!r} is none of {', '.join(allowed)}", *place)
    return text


def require_one_of(allowed: Callable[[], Collection[str]]) -> Checked:
    """Allow only some texts; `allowed` is called at each check, so that it may load content."""
    return Checked(lambda text: check_choice(text, allowed()))


def require_different_texts(fewest: int, most: int) -> Checked:
    """Allow only lists of `fewest` to `most` texts without duplicates."""

    def check(texts: tuple[str, ...]) -> tuple[str, ...]:
        if not fewest <= len(texts) <= most or len(set(texts)) < len(texts):
            count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            raise Complaint(f"should be a list of {count} different texts, not {shorten_repr(list(texts))}")
        return texts

    return Checked(check)


def require_between(low: int, high: int) -> Checked:
    """Allow only whole numbers from `low` to `high`, both included."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Complaint(f"should be a whole number from {low} to {high}, not {shorten_repr(value)}")
        return value

    return Checked(check)


def check_not_empty_array(found: Sequence[Any]) -> Sequence[Any]:
    """Return an array, or raise Complaint if it is empty."""
    if not found:
        raise Complaint("should be an array of tables that is not empty")
    return found


def require_entries(name: str) -> Checked:
    """Allow only non-empty arrays of tables with unique ids; `name` is the array's name in the file."""

    def check(found: Sequence[Any]) -> Sequence[Any]:
        ids = [each.id for each in check_not_empty_array(found)]
        for at, key in enumerate(ids):
            if key in ids[:at]:
                raise Complaint(f"another {name} has it", at, "id")
        return found

    return Checked(check)


def check_not_empty(table: Many) -> Many:
    """Return a table, or raise Complaint if it is empty."""
    if not table:
        raise Complaint("should be a table that is not empty")
    return table


def check_seconds_range(ends: tuple[float, ...]) -> tuple[float, float]:
    """Return (low, high) in seconds with 0 < low < high, or raise Complaint."""
    if len(ends) != 2:
        raise Complaint(f"should be [low, high] in seconds, not {shorten_repr(list(ends))}")
    low, high = ends
    if not 0 < low < high:
        raise Complaint(f"should rise from above 0, not {shorten_repr(list(ends))}")
    return float(low), float(high)


Text = Annotated[str, Checked(check_text)]
Key = Annotated[str, Checked(check_key)]
SecondsRange = Annotated[tuple[float, float], WrittenAs(tuple[float, ...], check_seconds_range, list)]


@dataclass(frozen=True)
class Label:
    """A table that holds a label and nothing else."""

    label: Text


Labels = Annotated[
    dict[str, str],
    WrittenAs(
        Annotated[dict[str, Label], Checked(check_not_empty)],
        lambda labels: {key: each.label for key, each in labels.items()},
        lambda labels: {key: {"label": label} for key, label in labels.items()},
    ),
]
