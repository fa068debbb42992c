import ast
import inspect
import json
import math
import re
from pathlib import Path

import jsonschema
import pytest

import analysis
from analysis import quality, report_schema
from analysis.finding import Finding, Side, Verdict
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Group, PacePoint, Pause, PauseLength, QualityNote, Report, Takeaway
from analysis.serialization import SCHEMA_VERSION, ReportFormatError, from_json, to_json
from speech.segment import Segment
from speech.transcript import Word, WordKind

SCHEMA = json.loads((Path(analysis.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
THIRD = 1 / 3  # has no short decimal form


def make_full_report() -> Report:
    """Make a report that contains a value of every kind."""
    band = MEASURES["filler_sounds"].band
    assert band is not None
    return Report(
        name="answer.wav",
        digest="ab" * 32,
        duration=10 + THIRD,
        response=Segment(THIRD, 9.5),
        question=AskedQuestion("about_you", "Tell me about “yourself”.", QuestionKind.ABOUT_YOU),
        words=tuple(Word(kind.value.split("_")[-1], at, at + THIRD, THIRD, kind) for at, kind in enumerate(WordKind)),
        possible_fillers=(Word("um", 7, 7.2, 0.4, WordKind.FILLED_PAUSE),),
        pauses=tuple(
            Pause(Segment(at, at + 0.3), length, within)
            for at, (length, within) in enumerate(zip(PauseLength, (True, False, None, True), strict=True))
        ),
        pace=(PacePoint(2.5, 140 + THIRD), PacePoint(7.5, None)),
        findings=(
            Finding("filler_sounds", 6.5, Verdict.WATCH, Side.ABOVE, "Heard.", band, (THIRD, 23.1), (Segment(1, 1.5),)),
            Finding("pitch_variation", None, Verdict.UNDEFINED, None, "Too little voice."),
            Finding("hedges", 0.0, Verdict.INFO, None, "None."),
        ),
        groups=(Group("concise", "Concise", ("answer_length",), "filler_density", "Length holds."),),
        quality=(QualityNote("noisy", "Loud background. Move."),),
        strength=Takeaway("answer_length", "Good length."),
        next_step=Takeaway("filler_sounds", "Pause instead.", "at most 4 filler sounds in the next take", Side.ABOVE),
        model="base",
        settings="beam 5",
    )


def make_silent_report() -> Report:
    """Make the report of a recording in which nothing was said."""
    nothing = Takeaway("nothing_said", "Nothing was heard.", "say one sentence")
    return Report("s", "0" * 64, 1.0, None, None, (), (), (), (), (), (), (), None, nothing, "base", "")


REPORTS = pytest.mark.parametrize("report", [make_full_report(), make_silent_report()], ids=["full", "silent"])


@REPORTS
def test_a_report_round_trips_through_json_text_exactly(report):
    assert from_json(json.loads(json.dumps(to_json(report), allow_nan=False))) == report


@REPORTS
def test_a_report_matches_the_published_schema(report):
    jsonschema.Draft202012Validator(SCHEMA).validate(to_json(report))


def test_the_published_schema_is_valid_and_has_the_current_version():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("schema_version", 2), ("duration", -1), ("words", None), ("measures", [{}]), ("invented", 1)],
        ("words", [{"text": "x", "start": 1, "end": 2, "probability": 1.5, "kind": "word"}]),
        ("words", [{"text": "x", "start": 1, "end": 2, "probability": 1, "kind": "shout"}]),
        ("pauses", [{"start": 1, "end": 2, "length": "long"}]),
        ("pauses", [{"start": 1, "end": 2, "length": "long", "within_clause": None, "more": 1}]),
    ],
)
def test_the_published_schema_rejects_invalid_reports(field, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(to_json(make_full_report()) | {field: value})


def test_the_published_schema_lists_every_value_of_every_enum():
    for known in (WordKind, Verdict, Side, PauseLength, QuestionKind):
        assert SCHEMA["$defs"][known.__name__]["enum"] == list(known)


def test_the_published_schema_lists_every_kind_of_note_on_a_recording():
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(quality))) if isinstance(node, ast.Call)]
    made = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "QualityNote"]
    keys = {key.value if isinstance(key, ast.Constant) else getattr(quality, key.id) for key in made}
    assert keys == set(SCHEMA["$defs"]["QualityNote"]["properties"]["key"]["enum"])


def test_the_published_schema_is_up_to_date_with_the_report_types():
    assert report_schema.SCHEMA_PATH.read_text(encoding="utf-8") == report_schema.generate_schema()


def test_the_published_schema_describes_every_field_of_a_report():
    assert [name for name, field in SCHEMA["properties"].items() if "description" not in field] == []


def test_a_measure_in_json_has_its_definition_unit_band_and_source():
    (fillers, *_) = to_json(make_full_report())["measures"]
    measure = MEASURES["filler_sounds"]
    assert (fillers["label"], fillers["unit"], fillers["definition"]) == (
        measure.label,
        measure.unit,
        measure.definition,
    )
    assert fillers["band"]["source"]["name"] == measure.band.source.name


def test_a_report_of_another_version_is_rejected_with_both_versions_named():
    with pytest.raises(ReportFormatError, match=r"version 99 .* version 1 "):
        from_json(to_json(make_full_report()) | {"schema_version": 99})


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ({"words": [{"text": "x"}]}, "words[0].start is missing"),
        ({"words": None}, "words should be a list, not None"),
        ({"response": {"start": 3, "end": 1}}, "response: a span starts at 0 s or later"),
        ({"measures": [{"key": "x"}]}, "measures[0].label is missing"),
        ({"duration": True}, "duration should be a number, not True"),
        ({"duration": float("nan")}, "duration should be a number, not nan"),
        ({"duration": 10**400}, "duration should be a number, not 1000"),
        ({"formula_version": 1.5}, "formula_version should be a whole number, not 1.5"),
        ({"groups": [7]}, "groups[0] should be a table, not 7"),
        ({"invented": 1}, "invented isn't known here"),
        ({"pauses": [{"start": 3, "end": 1, "length": "long", "within_clause": None}]}, "pauses[0]: a span starts"),
    ],
)
def test_a_damaged_report_is_rejected_with_the_place_and_the_value_found(damage, told):
    with pytest.raises(ReportFormatError, match=re.escape(f"This report is damaged ({told}")):
        from_json(to_json(make_full_report()) | damage)


def test_an_integer_stays_an_integer_when_a_report_is_read_and_written_again():
    assert json.dumps(to_json(from_json(to_json(make_full_report())))) == json.dumps(to_json(make_full_report()))
    assert '"fine": [null, 5]' in json.dumps(to_json(make_full_report()))


def test_json_contains_no_nan():
    def values(node):
        if isinstance(node, dict | list):
            for inner in node.values() if isinstance(node, dict) else node:
                yield from values(inner)
        elif isinstance(node, float):
            yield node

    assert all(math.isfinite(value) for value in values(to_json(make_full_report())))
