"""Write reports as a CSV table, one row per report; no text in a cell is ever read as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.verbalize import count_words

COLUMNS = ("name", "duration", "question", "words", *MEASURES)
MAX_DECIMALS = 4  # more than any measure is honest to, few enough to read

CSV_ENCODING = "utf-8-sig"  # spreadsheets take a table without its mark for another alphabet
FORMULA_STARTS = (  # what a spreadsheet takes for the beginning of one; the last four are full-width
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)

Cell = str | float | int | None


def make_row(report: Report) -> dict[str, Cell]:
    """Return one report as a row, by column name.

    The columns are the name, the duration in seconds, the question's id, the number of spoken words,
    and the value of every measure.
    """
    cells: dict[str, Cell] = {
        "name": report.name,
        "duration": round(report.duration, MAX_DECIMALS),
        "question": report.question.id if report.question else None,
        "words": count_words(report.words) if report.response else None,
    }
    for finding in report.findings:
        cells[finding.measure] = None if finding.value is None else round(finding.value, MAX_DECIMALS)
    return cells


def write_csv(reports: Iterable[Report], out: TextIO) -> None:
    """Write a header and one row per report; undefined values become empty cells.

    Args:
        reports: The reports, in the order of the rows.
        out: A text file opened with newline="".
    """
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(escape_formulas(make_row(report)) for report in reports)


def escape_formulas(cells: Mapping[str, object]) -> dict[str, object]:
    """Return a row's cells with an apostrophe before any text a spreadsheet would read as a formula."""
    return {
        name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
        for name, value in cells.items()
    }
