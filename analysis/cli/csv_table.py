"""Several reports as one table, a row each: for spreadsheets (CSV) and for comparing takes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from analysis.csv_cells import text_only
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.verbalize import word_count

COLUMNS = ("name", "duration", "question", "words", *MEASURES)
DECIMALS = 4  # more than any measure is honest to, few enough to read

Cell = str | float | int | None


def row(report: Report) -> dict[str, Cell]:
    """One report by column: name, duration in s, question id, spoken words, and the value of every measure."""
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
    writer.writerows(text_only(row(report)) for report in reports)
