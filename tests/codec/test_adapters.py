"""Dataclasses survive a round trip through JSON, and a value that does not fit is reported with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codec.adapters import make_json_schema, read_json, read_plain, to_plain
from codec.refusals import Refusal


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True)
class Part:
    name: str
    size: float

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(f"a size is not negative: {self.size}")


@dataclass(frozen=True)
class Thing:
    parts: tuple[Part, ...]
    colour: Colour
    count: int
    is_new: bool
    made_at: datetime
    sold_on: date | None = None
    spread: tuple[float | None, float] = (None, 1)


GOOD: dict[str, Any] = {
    "parts": [{"name": "lid", "size": 2.5}],
    "colour": "red",
    "count": 3,
    "is_new": True,
    "made_at": "2026-03-01T12:00:00+05:45",
}
VALUE = Thing((Part("lid", 2.5),), Colour.RED, 3, True, datetime(2026, 3, 1, 6, 15, tzinfo=UTC))


def test_values_are_read_with_the_types_of_their_fields() -> None:
    found = read_plain(Thing, GOOD)
    assert found == VALUE
    assert (type(found.parts), type(found.colour), found.made_at.utcoffset()) == (
        tuple,
        Colour,
        timedelta(hours=5, minutes=45),
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"parts": {}}, "parts should be a list, not {}"),
        ({"parts": [7]}, "parts[0] should be a table, not 7"),
        ({"parts": [{"name": "lid"}]}, "parts[0].size is missing"),
        ({"parts": [{"name": None, "size": 1}]}, "parts[0].name should be text, not None"),
        ({"parts": [{"name": "lid", "size": "1"}]}, "parts[0].size should be a number, not '1'"),
        ({"parts": [{"name": "lid", "size": -1}]}, "parts[0]: a size is not negative: -1"),
        ({"parts": [{"name": "lid", "size": 1, "x": 1}]}, "parts[0].x isn't known here; known are name, size"),
        ({"colour": "blue"}, "colour should be 'red' or 'green', not 'blue'"),
        ({"count": 3.0}, "count should be a whole number, not 3.0"),
        ({"count": True}, "count should be a whole number, not True"),
        ({"is_new": 1}, "is_new should be true or false, not 1"),
        ({"made_at": "2026-03-01T12:00:00"}, "made_at should be a moment with its zone, not '2026-03-01T12:00:00'"),
        ({"made_at": 5}, "made_at should be a moment with its zone, not 5"),
        ({"sold_on": "soon"}, "sold_on should be a day, not 'soon'"),
        ({"spread": [1]}, "spread[1] is missing"),
        ({"spread": [1, float("inf")]}, "spread[1] should be a number, not inf"),
        ({"more": None}, "more isn't known here; known are parts, colour, count, is_new, made_at, sold_on, spread"),
    ],
)
def test_a_refusal_names_the_place_of_the_value(change: dict[str, Any], told: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_plain(Thing, GOOD | change)
    assert str(refused.value) == told


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"\\ud800"', b"\xff", "nul"])
def test_text_that_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(Refusal):
        read_json(Thing, text)


def test_a_long_refused_value_is_shortened() -> None:
    with pytest.raises(Refusal) as refused:
        read_plain(Thing, GOOD | {"count": "9" * 10_000})
    assert len(str(refused.value)) < 120


def test_complete_requires_optional_fields_too() -> None:
    assert read_plain(Thing, GOOD).sold_on is None
    with pytest.raises(Refusal, match="sold_on is missing"):
        read_plain(Thing, GOOD, complete=True)


@given(
    st.builds(
        Thing,
        parts=st.lists(st.builds(Part, size=st.floats(0, allow_infinity=False) | st.integers(0, 2**53))).map(tuple),
        count=st.integers(-(2**62), 2**62),
        made_at=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-3, seconds=7))])),
        sold_on=st.none() | st.dates(),
        spread=st.tuples(st.none() | st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False)),
    )
)
def test_values_and_their_json_survive_a_round_trip(value: Thing) -> None:
    text = json.dumps(to_plain(Thing, value))
    assert read_json(Thing, text, complete=True) == value
    assert json.dumps(to_plain(Thing, read_json(Thing, text))) == text


def test_fields_are_written_in_order_as_plain_values() -> None:
    assert to_plain(Thing, VALUE) == {
        **GOOD,
        "made_at": "2026-03-01T06:15:00+00:00",
        "sold_on": None,
        "spread": [None, 1],
    }
    assert list(to_plain(Thing, VALUE)) == ["parts", "colour", "count", "is_new", "made_at", "sold_on", "spread"]


def test_a_schema_requires_every_field_and_allows_no_others() -> None:
    schema = make_json_schema(Part)
    assert (schema["required"], schema["additionalProperties"]) == (["name", "size"], False)


def test_pydantic_is_imported_only_on_first_use() -> None:
    code = "import sys, analysis.serialization, speech.transcript_json; print('pydantic' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
