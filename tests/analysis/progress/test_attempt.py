from dataclasses import replace
from datetime import datetime

import pytest

from analysis.analyze import analyze
from analysis.measures.registry import RATES
from analysis.progress.attempt import Cohort, attempt_from_report, by_cohort, by_kind, by_question, own_median
from analysis.progress.statistics import Events
from analysis.question import AskedQuestion, QuestionKind
from tests.support.answers import silence, sound_of, spoken
from tests.support.histories import START, attempt, valued

TEXT = """{um} So, I led the (0.6) the team, you know, of five. {uh} Maybe we (1.2) shipped it. {um} It worked, I guess,
and the result was a third fewer calls."""
QUESTION = AskedQuestion("time_you_led", "Tell me about a time you led.", QuestionKind.BEHAVIOURAL)


def reported(transcript, question=QUESTION):
    return analyze(sound_of(transcript), transcript, question)


def test_an_attempt_has_what_the_report_says():
    report = reported(spoken(TEXT))
    made = attempt_from_report(report, "a1", START, 2)
    assert (made.id, made.at, made.take) == ("a1", START, 2)
    assert (made.question, made.kind) == ("time_you_led", QuestionKind.BEHAVIOURAL)
    assert made.cohort == Cohort("scripted", "none", report.formula_version)
    assert made.seconds == report.response.duration
    assert made.words == 26
    assert made.values == {finding.measure: finding.value for finding in report.findings}


def test_the_counts_of_every_rate_give_its_value():
    made = attempt_from_report(reported(spoken(TEXT)), "a1", START, 1)
    assert made.events.keys() == RATES
    for measure, events in made.events.items():
        assert events.count / events.exposure == pytest.approx(made.values[measure]), measure
    assert made.events["filler_sounds"].count == 3
    assert made.events["pause_rate"].count == 2


def test_the_intervals_of_rates_are_those_of_the_report():
    report = reported(spoken(TEXT))
    made = attempt_from_report(report, "a1", START, 1)
    for finding in report.findings:
        if finding.interval is not None:
            assert made.interval(finding.measure) == pytest.approx(finding.interval)


def test_an_answer_without_fillers_counts_none_in_its_time():
    made = attempt_from_report(reported(spoken("I led the team and it worked.")), "a1", START, 1)
    assert made.events["filler_sounds"] == Events(0, made.seconds / 60)


def test_silence_is_an_attempt_without_words_time_or_values():
    made = attempt_from_report(reported(silence(), None), "a1", START, 1)
    assert (made.seconds, made.words, made.question, made.kind) == (0, 0, None, None)
    assert set(made.values.values()) == {None}
    assert made.events == {}
    assert not made.is_eligible


@pytest.mark.parametrize(
    ("seconds", "words", "eligible"), [(20, 40, True), (19.99, 40, False), (20, 39, False), (300, 0, False)]
)
def test_twenty_seconds_and_forty_words_are_enough(seconds, words, eligible):
    assert attempt(seconds=seconds, words=words).is_eligible is eligible


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        attempt(at=datetime(2025, 3, 1))


@pytest.mark.parametrize(
    ("values", "median"), [([], None), ([None, None], None), ([3.0], 3), ([1.0, None, 5, 2], 2), ([4.0, 1], 2.5)]
)
def test_the_own_median_is_of_measured_values(values, median):
    assert own_median(valued("longest_pause", values), "longest_pause") == median


def test_the_own_median_leaves_short_answers_out():
    history = valued("longest_pause", [1.0, 9.0])
    assert own_median([history[0], replace(history[1], words=10)], "longest_pause") == 1


def test_answers_are_grouped_in_time_order():
    days = [(3, "a", 1), (1, "b", 2), (2, "a", 1), (0, "a", 2)]
    history = [
        attempt(day, question=question, cohort=Cohort("m", "s", version), kind=None) for day, question, version in days
    ]

    def shape(groups):
        return {key: [each.at.day - START.day for each in group] for key, group in groups.items()}

    assert shape(by_question(history)) == {"a": [0, 2, 3], "b": [1]}
    assert shape(by_kind(history)) == {None: [0, 1, 2, 3]}
    assert shape(by_cohort(history)) == {Cohort("m", "s", 2): [0, 1], Cohort("m", "s", 1): [2, 3]}
    assert list(by_cohort(history)) == [Cohort("m", "s", 2), Cohort("m", "s", 1)]


def test_no_answers_make_no_groups():
    assert by_cohort([]) == by_kind([]) == by_question([]) == {}


def test_a_report_of_an_earlier_version_has_no_events_of_a_measure_it_does_not_hold():
    report = reported(spoken(TEXT))
    earlier = replace(report, findings=tuple(each for each in report.findings if each.measure != "hedges"))
    assert attempt_from_report(earlier, "a1", START, 1).events.keys() == RATES - {"hedges"}
