"""Cells of a table that a spreadsheet may open: a text never becomes a formula."""

from __future__ import annotations

from collections.abc import Mapping

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one


def text_only(cells: Mapping[str, object]) -> dict[str, object]:
    """The cells of a row, with an apostrophe before every text that would be taken for a formula."""
    return {
        name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
        for name, value in cells.items()
    }
