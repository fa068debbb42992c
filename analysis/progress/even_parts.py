"""Things in a row cut into parts of about equal size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

_T = TypeVar("_T")


def even_parts(things: Sequence[_T], parts: int) -> list[Sequence[_T]]:
    """So many runs of neighbours, none with two more than another; no part at all for 0 parts."""
    borders = [len(things) * part // parts for part in range(parts + 1)] if parts else []
    return [things[start:end] for start, end in pairwise(borders)]
