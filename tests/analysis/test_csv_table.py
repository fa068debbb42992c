import csv
import dataclasses
import io

import pytest

from analysis.csv_table import COLUMNS, escape_formulas, make_row, write_csv
from analysis.measures.registry import MEASURES
from tests.analysis.test_serialization import make_full_report, make_silent_report


def test_a_row_has_name_duration_question_word_count_and_values():
    cells = make_row(make_full_report())
    assert (cells["name"], cells["duration"], cells["question"], cells["words"]) == (
        "answer.wav",
        10.3333,
        "about_you",
        3,
    )
    assert (cells["filler_sounds"], cells["hedges"], cells["pitch_variation"]) == (6.5, 0, None)


def test_every_measure_has_a_column():
    assert COLUMNS[4:] == tuple(MEASURES)


def test_a_table_has_a_header_and_one_row_per_report_and_undefined_values_are_empty():
    out = io.StringIO()
    awkward = dataclasses.replace(make_silent_report(), name='two\nlines, and "signs".wav')
    write_csv([make_full_report(), awkward], out)
    header, first, second = csv.reader(io.StringIO(out.getvalue()))
    assert tuple(header) == COLUMNS
    assert dict(zip(header, first, strict=True))["filler_sounds"] == "6.5"
    assert second[0] == awkward.name
    assert second[2:] == [""] * (len(COLUMNS) - 2)


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_name_is_never_read_as_a_spreadsheet_formula(beginning):
    cells = escape_formulas({"name": f"{beginning}cmd()", "value": -3.5, "none": None})
    assert cells == {"name": f"'{beginning}cmd()", "value": -3.5, "none": None}
    assert escape_formulas({"name": "5 = five"}) == {"name": "5 = five"}
