"""Make names of recordings displayable: one line of at most 100 readable characters."""

from __future__ import annotations

import unicodedata

MAX_NAME_LENGTH = 100  # characters
INVISIBLE_CATEGORIES = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Zl",
    "Zp",
)  # categories: controls, marks of direction, halves of characters, breaks


def to_display_name(name: str) -> str:
    """Remove characters that break a line or change its direction; shorten a long name in the middle."""
    shown = " ".join(
        "".join(" " if unicodedata.category(sign) in INVISIBLE_CATEGORIES else sign for sign in name).split()
    )
    if len(shown) > MAX_NAME_LENGTH:
        half = (MAX_NAME_LENGTH - 1) // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return shown or "recording"
