"""Placeholders in a text, written {name}, and the values that replace them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def find_placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders, in order."""
    return tuple(_PLACEHOLDER.findall(text))


def fill_placeholders(text: str, fillings: Mapping[str, str]) -> str:
    """Replace placeholders by their values; other braces, also those in values, are left as they are."""
    return _PLACEHOLDER.sub(lambda gap: fillings.get(gap[1], gap[0]), text)
