import json
import math
from pathlib import Path

import jsonschema
import pytest

import analysis
from analysis.finding import Finding, Side, Verdict
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Group, PacePoint, Pause, PauseLength, QualityNote, Report, Takeaway
from analysis.serialization import SCHEMA_VERSION, ReportFormatError, from_json, to_json
from speech.segment import Span
from speech.transcript import Word, WordKind

SCHEMA = json.loads((Path(analysis.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
THIRD = 1 / 3  # has no short decimal form


def full_report() -> Report:
    """One value of every kind that a report can hold."""
    band = MEASURES["filler_sounds"].band
    assert band is not None
    return Report(
        name="answer.wav",
        digest="ab" * 32,
        duration=10 + THIRD,
        response=Span(THIRD, 9.5),
        question=AskedQuestion("about_you", "Tell me about “yourself”.", QuestionKind.ABOUT_YOU),
        words=tuple(Word(kind.value.split("_")[-1], at, at + THIRD, THIRD, kind) for at, kind in enumerate(WordKind)),
        possible_fillers=(Word("um", 7, 7.2, 0.4, WordKind.FILLER_SOUND),),
        pauses=tuple(
            Pause(Span(at, at + 0.3), length, within)
            for at, (length, within) in enumerate(zip(PauseLength, (True, False, None, True), strict=True))
        ),
        pace=(PacePoint(2.5, 140 + THIRD), PacePoint(7.5, None)),
        findings=(
            Finding("filler_sounds", 6.5, Verdict.WATCH, Side.ABOVE, "Heard.", band, (THIRD, 23.1), (Span(1, 1.5),)),
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


def silent_report() -> Report:
    """Nothing was said."""
    nothing = Takeaway("nothing_said", "Nothing was heard.", "say one sentence")
    return Report("s", "0" * 64, 1.0, None, None, (), (), (), (), (), (), (), None, nothing, "base", "")


REPORTS = pytest.mark.parametrize("report", [full_report(), silent_report()], ids=["full", "silent"])


@REPORTS
def test_a_report_comes_back_from_json_text_exactly(report):
    assert from_json(json.loads(json.dumps(to_json(report), allow_nan=False))) == report


@REPORTS
def test_a_report_is_valid_by_the_published_schema(report):
    jsonschema.Draft202012Validator(SCHEMA).validate(to_json(report))


def test_the_published_schema_is_itself_valid_and_of_this_version():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("field", "value"),
    [("schema_version", 2), ("duration", -1), ("words", None), ("measures", [{}]), ("invented", 1)],
)
def test_the_published_schema_refuses_what_is_not_a_report(field, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(to_json(full_report()) | {field: value})


def test_the_published_schema_knows_every_kind_verdict_side_length_and_question_kind():
    defs = SCHEMA["$defs"]
    assert defs["word"]["properties"]["kind"]["enum"] == list(WordKind)
    assert defs["measure"]["properties"]["verdict"]["enum"] == list(Verdict)
    assert defs["measure"]["properties"]["side"]["enum"] == [*Side, None]
    assert defs["pause"]["properties"]["length"]["enum"] == list(PauseLength)
    assert defs["question"]["properties"]["kind"]["enum"] == list(QuestionKind)


def test_a_measure_in_json_carries_all_that_its_reader_needs():
    (fillers, *_) = to_json(full_report())["measures"]
    measure = MEASURES["filler_sounds"]
    assert (fillers["label"], fillers["unit"], fillers["definition"]) == (
        measure.label,
        measure.unit,
        measure.definition,
    )
    assert fillers["band"]["source"]["name"] == measure.band.source.name


def test_a_report_of_another_version_is_refused_with_both_versions():
    with pytest.raises(ReportFormatError, match=r"version 99 .* version 1 "):
        from_json(to_json(full_report()) | {"schema_version": 99})


@pytest.mark.parametrize(
    "damage",
    [{"words": [{"text": "x"}]}, {"words": None}, {"response": {"start": 3, "end": 1}}, {"measures": [{"key": "x"}]}],
)
def test_a_damaged_report_is_refused_with_a_sentence(damage):
    with pytest.raises(ReportFormatError, match="damaged"):
        from_json(to_json(full_report()) | damage)


def test_no_value_in_json_is_not_a_number():
    def values(node):
        if isinstance(node, dict | list):
            for inner in node.values() if isinstance(node, dict) else node:
                yield from values(inner)
        elif isinstance(node, float):
            yield node

    assert all(math.isfinite(value) for value in values(to_json(full_report())))
