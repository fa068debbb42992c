"""The numbers of a report that charts need, small and quick to read for thousands of answers at once.

Two columns: the keys of measures and of rates' events as text, "speaking_rate,hedges;hedges", and all numbers as 64-bit
floats, little-endian, in that order: a value for each measure, NaN where there is none, then count and exposure of
each rate. A test holds them against the report they come from.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from functools import cache

from analysis.attempt import Attempt
from analysis.chance import Events

Keys = tuple[tuple[str, ...], tuple[str, ...]]  # of measures, of rates


def pack(attempt: Attempt) -> tuple[str, bytes]:
    """Values and events of an attempt as keys and numbers."""
    values = [math.nan if value is None else value for value in attempt.values.values()]
    events = [number for found in attempt.events.values() for number in (found.count, found.exposure)]
    keys = f"{','.join(attempt.values)};{','.join(attempt.events)}"
    return keys, struct.pack(f"<{len(values) + len(events)}d", *values, *events)


def unpack(keys: str, numbers: bytes) -> tuple[Mapping[str, float | None], Mapping[str, Events]]:
    """What `pack` was given."""
    measures, rates = _keys(keys)
    found = struct.unpack(f"<{len(measures) + 2 * len(rates)}d", numbers)
    values = {key: None if value != value else value for key, value in zip(measures, found, strict=False)}
    return values, PackedEvents(rates, found[len(measures) :])


class PackedEvents(Mapping[str, Events]):
    """The events of an attempt's rates, made when they are asked for: most charts want none of them."""

    __slots__ = ("_keys", "_numbers")

    def __init__(self, keys: tuple[str, ...], numbers: tuple[float, ...]) -> None:
        self._keys, self._numbers = keys, numbers  # count and exposure of each key in turn

    def __getitem__(self, key: str) -> Events:
        """The events of one rate."""
        if key not in self._keys:
            raise KeyError(key)
        at = 2 * self._keys.index(key)
        return Events(int(self._numbers[at]), self._numbers[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@cache
def _keys(keys: str) -> Keys:
    measures, rates = keys.split(";")
    return _split(measures), _split(rates)


def _split(keys: str) -> tuple[str, ...]:
    return tuple(keys.split(",")) if keys else ()
