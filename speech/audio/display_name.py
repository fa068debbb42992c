"""Names of recordings as they are shown: one line of at most 100 readable characters, whatever the file is called."""

from __future__ import annotations

import unicodedata

LONGEST = 100  # characters
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # categories: controls, marks of direction, halves of characters, breaks


def readable(name: str) -> str:
    """A name without signs that break a line or turn its direction, its middle left out where it is too long."""
    shown = " ".join("".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in name).split())
    if len(shown) > LONGEST:
        half = (LONGEST - 1) // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return shown or "recording"
