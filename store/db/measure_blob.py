"""The numbers of a report that charts need, small and quick to read for thousands of answers at once.

Two columns: keys as text, "speaking_rate,hedges;pitch_variation;hedges" for measures with a value, measures without,
and rates with events; and all numbers as 64-bit floats, little-endian, in that order: values, then count and exposure
of each rate. A test holds them against the report they come from.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.progress.attempt import Attempt
from analysis.progress.statistics import Events


@dataclass(frozen=True)
class Keys:
    """What the numbers are of."""

    defined: tuple[str, ...]
    undefined: Mapping[str, None]
    rates: tuple[str, ...]
    format: struct.Struct


def pack(attempt: Attempt) -> tuple[str, bytes]:
    """Values and events of an attempt as keys and numbers."""
    values = {key: value for key, value in attempt.values.items() if value is not None}
    undefined = [key for key in attempt.values if key not in values]
    events = [number for found in attempt.events.values() for number in (found.count, found.exposure)]
    keys = ";".join(map(",".join, (values, undefined, attempt.events)))
    return keys, _keys(keys).format.pack(*values.values(), *events)


def unpack(keys: str, numbers: bytes) -> tuple[Mapping[str, float | None], Mapping[str, Events]]:
    """What `pack` was given."""
    known = _keys(keys)
    found = known.format.unpack(numbers)
    values: dict[str, float | None] = dict(zip(known.defined, found, strict=False))  # the events follow
    values.update(known.undefined)
    return values, PackedEvents(known.rates, found)


class PackedEvents(Mapping[str, Events]):
    """The events of an attempt's rates, made when they are asked for: most charts want none of them."""

    __slots__ = ("_keys", "_numbers")

    def __init__(self, keys: tuple[str, ...], numbers: tuple[float, ...]) -> None:
        self._keys, self._numbers = keys, numbers  # numbers end with count and exposure of each key in turn

    def __getitem__(self, key: str) -> Events:
        """The events of one rate."""
        if key not in self._keys:
            raise KeyError(key)
        at = 2 * (self._keys.index(key) - len(self._keys))  # from the end
        return Events(int(self._numbers[at]), self._numbers[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@cache
def _keys(text: str) -> Keys:
    defined, undefined, rates = (tuple(part.split(",")) if part else () for part in text.split(";"))
    numbers = struct.Struct(f"<{len(defined) + 2 * len(rates)}d")
    return Keys(defined, dict.fromkeys(undefined), rates, numbers)
