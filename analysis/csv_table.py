"""Reports as a table for spreadsheets (CSV), a row each; a text in a cell never becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.verbalize import word_count

COLUMNS = ("name", "duration", "question", "words", *MEASURES)
DECIMALS = 4  # more than any measure is honest to, few enough to read

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one

Cell = str | float | int | None


def make_row(report: Report) -> dict[str, Cell]:
    """Return one report by column: name, duration in s, question id, spoken words, and the value of every measure."""
    cells: dict[str, Cell] = {
        "name": report.name,
        "duration": round(report.duration, DECIMALS),
        "question": report.question.id if report.question else None,
        "words": word_count(report.words) if report.response else None,
    }
    for finding in report.findings:
        cells[finding.measure] = None if finding.value is None else round(finding.value, DECIMALS)
    return cells


def write_csv(reports: Iterable[Report], out: TextIO) -> None:
    """Write the header and a row a report; undefined values are empty cells. `out` is opened with newline=""."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(escape_formulas(make_row(report)) for report in reports)


def escape_formulas(cells: Mapping[str, object]) -> dict[str, object]:
    """Return the cells of a row, with an apostrophe before every text that would be taken for a formula."""
    return {
        name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
        for name, value in cells.items()
    }
