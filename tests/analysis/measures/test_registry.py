import pytest

from analysis.finding import Band, Side, Verdict
from analysis.measures.registry import MEASURES, answer_length_band
from analysis.question import QuestionKind

KEYS = (
    "speaking_rate",
    "articulation_rate",
    "articulation_rate_words",
    "steady_pace",
    "filler_sounds",
    "filler_words",
    "filler_density",
    "filler_cluster",
    "pause_count",
    "pause_rate",
    "mean_pause",
    "longest_pause",
    "pause_placement",
    "pause_instead_of_filler",
    "phonation_ratio",
    "mean_length_of_run",
    "time_to_first_word",
    "answer_length",
    "time_to_the_point",
    "repetitions",
    "hedges",
    "lexical_variety",
    "outcome",
    "pitch_variation",
)


def band(key: str) -> Band:
    found = MEASURES[key].band
    assert found is not None
    return found


def test_every_measure_of_the_specification_is_there_under_its_own_key():
    assert sorted(MEASURES) == sorted(KEYS)
    assert all(measure.key == key for key, measure in MEASURES.items())


@pytest.mark.parametrize("key", KEYS)
def test_every_measure_says_what_it_is_and_where_it_comes_from(key):
    measure = MEASURES[key]
    assert measure.label
    assert measure.unit
    assert measure.formula
    assert measure.definition.endswith(".")
    assert measure.source.name
    assert measure.source.says.endswith(".")
    if measure.band is not None:
        assert measure.band.source.name
        assert measure.band.source.says.endswith(".")


@pytest.mark.parametrize(
    ("key", "value", "verdict"),
    [
        ("speaking_rate", 145, Verdict.FINE),
        ("speaking_rate", 115, Verdict.WATCH),
        ("speaking_rate", 180, Verdict.WATCH),
        ("speaking_rate", 109, Verdict.ACT),
        ("speaking_rate", 191, Verdict.ACT),
        ("filler_sounds", 5, Verdict.FINE),
        ("filler_sounds", 5.1, Verdict.WATCH),
        ("filler_sounds", 12, Verdict.ACT),
        ("filler_words", 8, Verdict.WATCH),
        ("filler_words", 12, Verdict.ACT),
        ("filler_density", 3.9, Verdict.FINE),
        ("filler_density", 4, Verdict.WATCH),
        ("filler_cluster", 0, Verdict.FINE),
        ("longest_pause", 2, Verdict.FINE),
        ("longest_pause", 4.1, Verdict.ACT),
        ("time_to_first_word", 3.5, Verdict.WATCH),
        ("time_to_the_point", 15, Verdict.FINE),
        ("steady_pace", 0, Verdict.FINE),
        ("steady_pace", 12, Verdict.WATCH),
    ],
)
def test_the_default_bands_judge_as_specified(key, value, verdict):
    assert band(key).verdict(value) is verdict


def test_slow_and_fast_speech_lie_on_different_sides_of_the_band():
    assert band("speaking_rate").side(100) is Side.BELOW
    assert band("speaking_rate").side(200) is Side.ABOVE


@pytest.mark.parametrize(
    ("kind", "fine"),
    [
        (QuestionKind.SCREENING, (30, 90)),
        (QuestionKind.ABOUT_YOU, (60, 90)),
        (QuestionKind.BEHAVIOURAL, (60, 120)),
        (QuestionKind.TECHNICAL, (90, 180)),
        (QuestionKind.MOTIVATION, (60, 120)),
        (QuestionKind.CLOSING, (20, 90)),
        (None, (60, 120)),
    ],
)
def test_the_advised_length_depends_on_the_kind_of_question_and_is_marked_as_advice(kind, fine):
    found = answer_length_band(kind)
    assert found is not None
    assert found.fine == fine
    assert not found.source.is_evidence


def test_measures_without_a_norm_are_never_judged():
    for key in ("articulation_rate", "phonation_ratio", "pitch_variation", "lexical_variety", "hedges"):
        assert MEASURES[key].band is None
