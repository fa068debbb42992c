"""Gaps in a text, written {name}, and what the user puts into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GAP = re.compile(r"\{([a-z_]+)\}")


def gaps(text: str) -> tuple[str, ...]:
    """The names of the gaps, in order."""
    return tuple(_GAP.findall(text))


def fill(text: str, fillings: Mapping[str, str]) -> str:
    """The text with its gaps filled; other braces, and those in the fillings, are text like any other."""
    return _GAP.sub(lambda gap: fillings.get(gap[1], gap[0]), text)
