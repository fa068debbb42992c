import importlib
import pkgutil

import pytest

from analysis import measures as folder
from analysis.finding import Band, Side, Verdict
from analysis.measures.measure import Measure
from analysis.measures.registry import FAMILIES, MEASURES, RATE_KEYS
from analysis.question import QuestionKind

RELEASED_KEYS = (  # stored with answers; none of them may go or change
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
    "time_before_own_part",
    "situation_share",
    "longest_side_track",
    "repetitions",
    "restarts",
    "hedges",
    "lexical_variety",
    "outcome",
    "pitch_variation",
)


def _import_modules():
    found = list(pkgutil.walk_packages(folder.__path__, "analysis.measures."))
    return [each.name for each in found if not each.ispkg]


def get_band(key: str) -> Band:
    found = MEASURES[key].band
    assert found is not None
    return found


def test_every_released_measure_is_registered_in_the_same_order():
    assert tuple(key for key in MEASURES if key in RELEASED_KEYS) == RELEASED_KEYS


def test_every_measure_of_a_family_file_is_registered():
    modules = [importlib.import_module(name) for name in _import_modules()]
    values = [value for module in modules for value in vars(module).values()]
    families = [value for value in values if isinstance(value, tuple) and value and isinstance(value[0], Measure)]
    made = [value for value in values if isinstance(value, Measure)] + [each for family in families for each in family]
    assert {measure.key for measure in made} == MEASURES.keys()


def test_no_two_measures_share_a_key_a_priority_or_a_place_in_a_display():
    measures = [measure for family in FAMILIES for measure in family]
    assert len({measure.key for measure in measures}) == len(measures)
    priorities = [measure.priority for measure in measures if measure.priority is not None]
    assert len(set(priorities)) == len(priorities)
    places = [
        (place, rank, measure.key in RATE_KEYS) for measure in measures for place, rank in measure.shown_in.items()
    ]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("key", MEASURES)
def test_the_remedies_of_a_measure_fit_its_band(key):
    low, high = MEASURES[key].band.fine if MEASURES[key].band else (None, None)
    assert (MEASURES[key].if_below is not None) == (low is not None or key == "answer_length")  # users set a shortest
    assert (MEASURES[key].if_above is not None) == (high is not None)
    assert (MEASURES[key].praise is not None) == (MEASURES[key].band is not None)


@pytest.mark.parametrize("key", MEASURES)
def test_every_measure_has_a_definition_and_a_source(key):
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
        ("restarts", 3, Verdict.FINE),
        ("restarts", 5, Verdict.WATCH),
        ("restarts", 6.1, Verdict.ACT),
        ("pitch_variation", 1.5, Verdict.FINE),
        ("pitch_variation", 1.4, Verdict.WATCH),
        ("time_before_own_part", 31, Verdict.WATCH),
        ("answer_length", 5, Verdict.FINE),
    ],
)
def test_the_default_bands_judge_as_specified(key, value, verdict):
    assert get_band(key).judge(value) is verdict


def test_slow_and_fast_speech_lie_on_different_sides_of_the_band():
    assert get_band("speaking_rate").find_side(100) is Side.BELOW
    assert get_band("speaking_rate").find_side(200) is Side.ABOVE


@pytest.mark.parametrize(
    ("kind", "fine"),
    [
        (QuestionKind.SCREENING, (None, 90)),
        (QuestionKind.ABOUT_YOU, (None, 90)),
        (QuestionKind.BEHAVIOURAL, (None, 120)),
        (QuestionKind.TECHNICAL, (None, 120)),
        (QuestionKind.MOTIVATION, (None, 120)),
        (QuestionKind.CLOSING, (None, 90)),
        (None, (None, 120)),
    ],
)
def test_the_advised_length_depends_on_the_question_kind_and_is_marked_as_advice(kind, fine):
    found = MEASURES["answer_length"].choose_band(kind)
    assert found is not None
    assert found.fine == fine
    assert not found.source.is_evidence


def test_measures_without_a_norm_are_never_judged():
    for key in ("articulation_rate", "phonation_ratio", "lexical_variety", "hedges"):
        assert MEASURES[key].band is None
