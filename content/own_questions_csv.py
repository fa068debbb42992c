"""The user's own questions as a table: a line a question, columns by name in any order, as spreadsheets write it.

A text that a spreadsheet would take for a formula is written with an apostrophe before it, which reading takes off.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from content.loader import ContentError
from content.own_questions import MOST_PARTS, MOST_PROMPTS, Written, check_size, checked

PARTS = tuple(f"good_answer_{place}" for place in range(1, MOST_PARTS + 1))
PROMPTS = tuple(f"prompt_{place}" for place in range(1, MOST_PROMPTS + 1))
SECONDS = ("shortest_seconds", "longest_seconds")
COLUMNS = ("text", "kind", "competency", "stage", *SECONDS, *PARTS, *PROMPTS, "answer")
_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,]0{1,3})?")

Row = dict[str, str]


def read_csv(text: str, file: str) -> tuple[Written, ...]:
    """The questions of a CSV text with a line of column names; raises ContentError."""
    check_size(text, file)
    return checked(
        (_entry(f"{file}, line {line}", row) for line, row in _rows(text.removeprefix("\ufeff"), file)), file
    )


def write_csv(questions: Iterable[Written]) -> str:
    """Questions as a CSV text with all columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, questions))
    return out.getvalue()


def _rows(text: str, file: str) -> Iterator[tuple[int, Row]]:
    """Each row that is not empty, with the line it begins in."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    line = 1
    try:
        columns = _columns(next(reader, []), file)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, _row(columns, cells, f"{file}, line {line}")
            line = reader.line_num + 1
    except csv.Error as mistake:
        raise ContentError(f"{file}, line {line}, CSV: {mistake}") from mistake


def _columns(names: Sequence[str], file: str) -> list[str]:
    columns = [name.strip().lower() for name in names]
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            fault = "stands there twice" if name in COLUMNS else f"is no column known here; known are {_known()}"
            raise ContentError(f"{file}, line 1, {name[:40]!r}: {fault}")
    if "text" not in columns:
        raise ContentError(f"{file}, line 1: should name the columns, text among them; known are {_known()}")
    return columns


def _known() -> str:
    return ", ".join(COLUMNS)


def _row(columns: Sequence[str], cells: Sequence[str], where: str) -> Row:
    if len(cells) > len(columns):
        raise ContentError(f"{where}: has {len(cells)} cells for {len(columns)} columns; put quotes around texts")
    filled = {name: _from_cell(cell) for name, cell in zip(columns, cells, strict=False)}
    return {name: value for name, value in filled.items() if value.strip()}


def _entry(where: str, row: Row) -> tuple[str, dict[str, object]]:
    """Where a row stands, and its values by the fields of `Written`."""
    values: dict[str, object] = {name: row[name] for name in row if name not in (*SECONDS, *PARTS, *PROMPTS)}
    if any(name in row for name in SECONDS):
        values["target_seconds"] = [_number(where, row, name) for name in SECONDS]
    values["good_answer"] = [row[name] for name in PARTS if name in row]
    values["prompts"] = [row[name] for name in PROMPTS if name in row]
    return where, values


def _number(where: str, row: Row, field: str) -> float:
    if field not in row:
        raise ContentError(f"{where}, {field}: is missing")
    cell = row[field].strip()
    if not _NUMBER.fullmatch(cell):
        raise ContentError(f"{where}, {field}: should be a whole number of seconds, not {cell[:40]!r}")
    return float(cell.replace(",", "."))


def _cells(question: Written) -> list[str]:
    seconds = [f"{each:g}" for each in question.target_seconds] or ["", ""]
    parts = [*question.good_answer, *[""] * (MOST_PARTS - len(question.good_answer))]
    prompts = [*question.prompts, *[""] * (MOST_PROMPTS - len(question.prompts))]
    found = [question.text, question.kind, question.competency, question.stage, *seconds, *parts, *prompts]
    return [_to_cell(text) for text in [*found, question.answer]]


def _to_cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _from_cell(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
