from dataclasses import replace
from datetime import datetime

import pytest

from analysis.analyze import analyze
from analysis.measures.registry import RATE_KEYS
from analysis.progress.attempt import (
    Cohort,
    build_attempt,
    compute_own_median,
    group_by_cohort,
    group_by_kind,
    group_by_question,
)
from analysis.progress.statistics import EventCount
from analysis.question import AskedQuestion, QuestionKind
from tests.support.answers import make_answer, make_silent_answer, synthesise
from tests.support.histories import START, make_attempt, make_attempts_with_values

TEXT = """{um} So, I led the (0.6) the team, you know, of five. {uh} Maybe we (1.2) shipped it. {um} It worked, I guess,
and the result was a third fewer calls."""
QUESTION = AskedQuestion("time_you_led", "Tell me about a time you led.", QuestionKind.BEHAVIOURAL)


def reported(transcript, question=QUESTION):
    return analyze(synthesise(transcript), transcript, question)


def test_attempt_has_the_values_of_its_report():
    report = reported(make_answer(TEXT))
    made = build_attempt(report, "a1", START, 2)
    assert (made.id, made.at, made.take) == ("a1", START, 2)
    assert (made.question, made.kind) == ("time_you_led", QuestionKind.BEHAVIOURAL)
    assert made.cohort == Cohort("scripted", "none", report.formula_version)
    assert made.seconds == report.response.duration
    assert made.words == 26
    assert made.values == {finding.measure: finding.value for finding in report.findings}


def test_count_divided_by_exposure_is_the_value_of_every_rate():
    made = build_attempt(reported(make_answer(TEXT)), "a1", START, 1)
    assert made.events.keys() == RATE_KEYS
    for measure, events in made.events.items():
        assert events.count / events.exposure == pytest.approx(made.values[measure]), measure
    assert made.events["filler_sounds"].count == 3
    assert made.events["pause_rate"].count == 2


def test_intervals_of_rates_match_the_report():
    report = reported(make_answer(TEXT))
    made = build_attempt(report, "a1", START, 1)
    for finding in report.findings:
        if finding.interval is not None:
            assert made.compute_rate_interval(finding.measure) == pytest.approx(finding.interval)


def test_answer_without_fillers_has_a_zero_count_in_its_duration():
    made = build_attempt(reported(make_answer("I led the team and it worked.")), "a1", START, 1)
    assert made.events["filler_sounds"] == EventCount(0, made.seconds / 60)


def test_silence_is_an_attempt_without_words_duration_or_values():
    made = build_attempt(reported(make_silent_answer(), None), "a1", START, 1)
    assert (made.seconds, made.words, made.question, made.kind) == (0, 0, None, None)
    assert set(made.values.values()) == {None}
    assert made.events == {}
    assert not made.is_eligible


@pytest.mark.parametrize(
    ("seconds", "words", "eligible"), [(20, 40, True), (19.99, 40, False), (20, 39, False), (300, 0, False)]
)
def test_answer_is_eligible_from_20_seconds_and_40_words(seconds, words, eligible):
    assert make_attempt(seconds=seconds, words=words).is_eligible is eligible


def test_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        make_attempt(at=datetime(2025, 3, 1))


@pytest.mark.parametrize(
    ("values", "median"), [([], None), ([None, None], None), ([3.0], 3), ([1.0, None, 5, 2], 2), ([4.0, 1], 2.5)]
)
def test_own_median_ignores_missing_values(values, median):
    assert compute_own_median(make_attempts_with_values("longest_pause", values), "longest_pause") == median


def test_own_median_ignores_short_answers():
    history = make_attempts_with_values("longest_pause", [1.0, 9.0])
    assert compute_own_median([history[0], replace(history[1], words=10)], "longest_pause") == 1


def test_answers_are_grouped_in_time_order():
    days = [(3, "a", 1), (1, "b", 2), (2, "a", 1), (0, "a", 2)]
    history = [
        make_attempt(day, question=question, cohort=Cohort("m", "s", version), kind=None)
        for day, question, version in days
    ]

    def shape(groups):
        return {key: [each.at.day - START.day for each in group] for key, group in groups.items()}

    assert shape(group_by_question(history)) == {"a": [0, 2, 3], "b": [1]}
    assert shape(group_by_kind(history)) == {None: [0, 1, 2, 3]}
    assert shape(group_by_cohort(history)) == {Cohort("m", "s", 2): [0, 1], Cohort("m", "s", 1): [2, 3]}
    assert list(group_by_cohort(history)) == [Cohort("m", "s", 2), Cohort("m", "s", 1)]


def test_no_answers_make_no_groups():
    assert group_by_cohort([]) == group_by_kind([]) == group_by_question([]) == {}


def test_report_of_an_earlier_version_has_no_counts_for_a_missing_measure():
    report = reported(make_answer(TEXT))
    earlier = replace(report, findings=tuple(each for each in report.findings if each.measure != "hedges"))
    assert build_attempt(earlier, "a1", START, 1).events.keys() == RATE_KEYS - {"hedges"}
