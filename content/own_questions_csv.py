"""Read and write the user's own questions as a spreadsheet table (CSV) with named columns in any order.

A text that a spreadsheet would take for a formula is written with an apostrophe before it, which is
removed on reading.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from content.loader import ContentError
from content.own_questions import (
    MAX_GOOD_ANSWER_PARTS,
    MAX_PROMPTS,
    OwnQuestionEntry,
    QuestionFile,
    check_size,
    parse_entries,
)

PART_COLUMNS = tuple(f"good_answer_{place}" for place in range(1, MAX_GOOD_ANSWER_PARTS + 1))
PROMPT_COLUMNS = tuple(f"prompt_{place}" for place in range(1, MAX_PROMPTS + 1))
SECONDS_COLUMNS = ("shortest_seconds", "longest_seconds")
COLUMNS = ("text", "kind", "competency", "stage", *SECONDS_COLUMNS, *PART_COLUMNS, *PROMPT_COLUMNS, "answer")
_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,]0{1,3})?")

Row = dict[str, str]
Values = dict[str, object]


def read_csv(text: str, file: str) -> QuestionFile:
    """Read the questions of a CSV text with a header line; raises ContentError."""
    check_size(text, file)
    return parse_entries(_read_rows(text.removeprefix("\ufeff"), file), file)


def write_csv(questions: Iterable[OwnQuestionEntry]) -> str:
    """Write questions as CSV with all columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_format_cells, questions))
    return out.getvalue()


def _read_rows(text: str, file: str) -> Iterator[tuple[str, Callable[[], Values]]]:
    """Yield for each row that is not empty the place of its first line, and what returns its values."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    line = 1
    try:
        columns = _parse_header(next(reader, []), file)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                where = f"{file}, line {line}"
                yield where, partial(_build_values, columns, cells, where)
            line = reader.line_num + 1
    except csv.Error as mistake:
        raise ContentError(f"{file}, line {line}, CSV: {mistake}") from mistake


def _parse_header(names: Sequence[str], file: str) -> list[str]:
    columns = [name.strip().lower() for name in names]
    for name in columns:
        if name not in COLUMNS or columns.count(name) > 1:
            fault = "stands there twice" if name in COLUMNS else f"is no column known here; known are {_list_columns()}"
            raise ContentError(f"{file}, line 1, {name[:40]!r}: {fault}")
    if "text" not in columns:
        raise ContentError(f"{file}, line 1: should name the columns, text among them; known are {_list_columns()}")
    return columns


def _list_columns() -> str:
    return ", ".join(COLUMNS)


def _parse_row(columns: Sequence[str], cells: Sequence[str], where: str) -> Row:
    if len(cells) > len(columns):
        raise ContentError(f"{where}: has {len(cells)} cells for {len(columns)} columns; put quotes around texts")
    filled = {name: _unescape_formula(cell) for name, cell in zip(columns, cells, strict=False)}
    return {name: value for name, value in filled.items() if value.strip()}


def _build_values(columns: Sequence[str], cells: Sequence[str], where: str) -> Values:
    """Return the values of a row by the fields of `OwnQuestionEntry`; raises ContentError."""
    row = _parse_row(columns, cells, where)
    values: Values = {name: row[name] for name in row if name not in (*SECONDS_COLUMNS, *PART_COLUMNS, *PROMPT_COLUMNS)}
    if any(name in row for name in SECONDS_COLUMNS):
        values["target_seconds"] = [_parse_seconds(where, row, name) for name in SECONDS_COLUMNS]
    values["good_answer"] = [row[name] for name in PART_COLUMNS if name in row]
    values["prompts"] = [row[name] for name in PROMPT_COLUMNS if name in row]
    return values


def _parse_seconds(where: str, row: Row, field: str) -> float:
    if field not in row:
        raise ContentError(f"{where}, {field}: is missing")
    cell = row[field].strip()
    if not _NUMBER.fullmatch(cell):
        raise ContentError(f"{where}, {field}: should be a whole number of seconds, not {cell[:40]!r}")
    return float(cell.replace(",", "."))


def _format_cells(question: OwnQuestionEntry) -> list[str]:
    seconds = [f"{each:g}" for each in question.target_seconds] or ["", ""]
    parts = [*question.good_answer, *[""] * (MAX_GOOD_ANSWER_PARTS - len(question.good_answer))]
    prompts = [*question.prompts, *[""] * (MAX_PROMPTS - len(question.prompts))]
    found = [question.text, question.kind, question.competency, question.stage, *seconds, *parts, *prompts]
    return [_escape_formula(text) for text in [*found, question.answer]]


def _escape_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _unescape_formula(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
