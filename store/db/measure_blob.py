"""Compact form of a report's numbers, so that charts load thousands of answers quickly.

There are two columns. The keys are text: "speaking_rate,hedges;pitch_variation;hedges" lists the
measures with a value, the measures without one, and the rates with events. The numbers are 64-bit
floats, little-endian, in that order: the values, then count and exposure of each rate. A test
compares them with the report they come from.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.progress.attempt import Attempt
from analysis.progress.statistics import EventCount


@dataclass(frozen=True)
class PackedKeys:
    """Parsed keys of the numbers, and their binary format."""

    defined: tuple[str, ...]
    undefined: Mapping[str, None]
    rates: tuple[str, ...]
    format: struct.Struct


def pack(attempt: Attempt) -> tuple[str, bytes]:
    """Return the values and events of an attempt as keys and binary numbers."""
    values = {key: value for key, value in attempt.values.items() if value is not None}
    undefined = [key for key in attempt.values if key not in values]
    events = [number for found in attempt.events.values() for number in (found.count, found.exposure)]
    keys = ";".join(map(",".join, (values, undefined, attempt.events)))
    return keys, _parse_keys(keys).format.pack(*values.values(), *events)


def unpack(keys: str, numbers: bytes) -> tuple[Mapping[str, float | None], Mapping[str, EventCount]]:
    """Return the values and events that `pack` was given.

    Args:
        keys: Keys as `pack` wrote them.
        numbers: 64-bit floats as `pack` wrote them.

    Returns:
        Values by measure, None where undefined; and events by rate.
    """
    known = _parse_keys(keys)
    found = known.format.unpack(numbers)
    values: dict[str, float | None] = dict(zip(known.defined, found, strict=False))  # the events follow
    values.update(known.undefined)
    return values, PackedEvents(known.rates, found)


class PackedEvents(Mapping[str, EventCount]):
    """The events of an attempt's rates, created on access since most charts need none."""

    __slots__ = ("_keys", "_numbers")

    def __init__(self, keys: tuple[str, ...], numbers: tuple[float, ...]) -> None:
        self._keys, self._numbers = keys, numbers  # numbers end with count and exposure of each key in turn

    def __getitem__(self, key: str) -> EventCount:
        """Return the events of one rate."""
        if key not in self._keys:
            raise KeyError(key)
        at = 2 * (self._keys.index(key) - len(self._keys))  # from the end
        return EventCount(int(self._numbers[at]), self._numbers[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@cache
def _parse_keys(text: str) -> PackedKeys:
    defined, undefined, rates = (tuple(part.split(",")) if part else () for part in text.split(";"))
    numbers = struct.Struct(f"<{len(defined) + 2 * len(rates)}d")
    return PackedKeys(defined, dict.fromkeys(undefined), rates, numbers)
