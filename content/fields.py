"""What the fields of a content file may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from codec.markers import Checked, WrittenAs
from codec.refusals import Complaint, shown

Many = TypeVar("Many", bound=Collection[Any])


def check_text(text: str) -> str:
    """Return a text that is not empty and has single spaces only."""
    if not text or text != " ".join(text.split()):
        raise Complaint(f"should be a text with single spaces, not {shown(text)}")
    return text


def check_key(text: str) -> str:
    """Return a name in snake_case."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", check_text(text)):
        raise Complaint(f"should be in snake_case, not {shown(text)}")
    return text


def check_choice(text: str, allowed: Collection[str], *place: str | int) -> str:
    """Return one of the allowed texts; `place` leads to it from what is checked."""
    if text not in allowed:
        raise Complaint(f"{text!r} is none of {', '.join(allowed)}", *place)
    return text


def one_of(allowed: Callable[[], Collection[str]]) -> Checked:
    """Allow some texts only."""
    return Checked(lambda text: check_choice(text, allowed()))


def different(fewest: int, most: int) -> Checked:
    """Allow lists of `fewest` to `most` texts, none twice."""

    def check(texts: tuple[str, ...]) -> tuple[str, ...]:
        if not fewest <= len(texts) <= most or len(set(texts)) < len(texts):
            count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            raise Complaint(f"should be a list of {count} different texts, not {shown(list(texts))}")
        return texts

    return Checked(check)


def between(low: int, high: int) -> Checked:
    """Allow whole numbers from `low` to `high`."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Complaint(f"should be a whole number from {low} to {high}, not {shown(value)}")
        return value

    return Checked(check)


def check_not_empty_array(found: Sequence[Any]) -> Sequence[Any]:
    """Return an array with something in it."""
    if not found:
        raise Complaint("should be an array of tables that is not empty")
    return found


def entries(name: str) -> Checked:
    """Allow arrays of tables that are not empty and have no id twice; `name` is that of the array."""

    def check(found: Sequence[Any]) -> Sequence[Any]:
        ids = [each.id for each in check_not_empty_array(found)]
        for at, key in enumerate(ids):
            if key in ids[:at]:
                raise Complaint(f"another {name} has it", at, "id")
        return found

    return Checked(check)


def check_not_empty(table: Many) -> Many:
    """Return a table with something in it."""
    if not table:
        raise Complaint("should be a table that is not empty")
    return table


def rising_seconds(ends: tuple[float, ...]) -> tuple[float, float]:
    """Return two numbers of seconds, the lower one first, both above 0."""
    if len(ends) != 2:
        raise Complaint(f"should be [low, high] in seconds, not {shown(list(ends))}")
    low, high = ends
    if not 0 < low < high:
        raise Complaint(f"should rise from above 0, not {shown(list(ends))}")
    return float(low), float(high)


Text = Annotated[str, Checked(check_text)]
Key = Annotated[str, Checked(check_key)]
SecondsRange = Annotated[tuple[float, float], WrittenAs(tuple[float, ...], rising_seconds, list)]


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
