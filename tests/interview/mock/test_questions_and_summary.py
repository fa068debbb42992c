"""Mock interviews: which questions are asked, and what the whole run came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from content.questions import Question, question, questions
from content.taxonomy import sorting
from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING, OPENERS, OPENING_STAGE, begin, choose, not_covered, seconds
from interview.mock.summary import MIXED, NOTHING, describe_summary, format_minutes, summarise
from interview.questions.own_question import OwnQuestion
from tests.support.answers import silence, sound_of, spoken
from tests.support.interviews import ONE, TWO

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
STAGES, COMPETENCIES = list(sorting().stages), list(sorting().competencies)

plans = st.builds(
    MockPlan,
    id=st.just(ONE),
    stage=st.sampled_from(STAGES),
    minutes=st.integers(5, 60),
    competencies=st.lists(st.sampled_from(COMPETENCIES), unique=True, max_size=6).map(tuple),
    thinking=st.integers(0, 60),
    interview=st.none(),
    seed=st.integers(0, 1000),
)


@settings(deadline=None)
@given(plans)
def test_a_run_fits_its_length_begins_with_an_opener_ends_with_the_ending_and_asks_nothing_twice(
    plan: MockPlan,
) -> None:
    chosen = choose(plan, questions(), {}, NOW)
    assert sum(seconds(each, plan) for each in chosen) <= 60 * plan.minutes
    assert chosen[-1].id == ENDING
    assert chosen[0].id in OPENERS or plan.stage == "closing"
    assert len({each.id for each in chosen}) == len(chosen)


@settings(deadline=None)
@given(plans)
def test_no_question_of_the_stage_would_still_fit(plan: MockPlan) -> None:
    chosen = choose(plan, questions(), {}, NOW)
    left = 60 * plan.minutes - sum(seconds(each, plan) for each in chosen)
    for each in questions():
        if each.stage == plan.stage and each.kind != "closing" and each not in chosen:
            assert seconds(each, plan) > left


@settings(deadline=None)
@given(plans)
def test_every_competency_is_there_when_the_shortest_questions_on_them_would_fit(plan: MockPlan) -> None:
    chosen = choose(plan, questions(), {}, NOW)
    here = [each for each in questions() if each.stage == plan.stage]
    needed = sum(
        min((seconds(each, plan) for each in here if each.competency == key), default=10_000)
        for key in plan.competencies
        if key not in ("asking", "introduction")  # the ending and the opener are about these
    )
    frame = seconds(question(ENDING), plan) + seconds(question(OPENERS[0]), plan)
    if needed + frame <= 60 * plan.minutes and "introduction" not in plan.competencies:
        assert not_covered(plan, chosen) == ()


def test_the_same_seed_gives_the_same_run_and_others_give_variety() -> None:
    plan = MockPlan(ONE, "first", 30)
    assert choose(plan, questions(), {}, NOW) == choose(plan, questions(), {}, NOW)
    runs = {tuple(each.id for each in choose(replace(plan, seed=seed), questions(), {}, NOW)) for seed in range(20)}
    assert len(runs) == 20


def test_what_was_never_practised_comes_before_what_was_and_last_week_comes_last() -> None:
    plan = MockPlan(ONE, "technical", 15)
    here = [each for each in questions() if each.stage == "technical"]
    lately, long_ago = {each.id for each in here[::3]}, {each.id for each in here[1::3]}
    practised = dict.fromkeys(lately, NOW - timedelta(days=2)) | dict.fromkeys(long_ago, NOW - timedelta(days=40))
    for seed in range(10):
        middle = choose(replace(plan, seed=seed), questions(), practised, NOW)[1:-1]
        assert middle
        assert not {each.id for each in middle} & (lately | long_ago)
    everything = {each.id: NOW - timedelta(days=40) for each in questions()}
    few = choose(plan, questions(), everything | dict.fromkeys(lately, NOW), NOW)
    assert not {each.id for each in few} & lately


def test_hidden_questions_are_not_asked_and_own_ones_are() -> None:
    own = OwnQuestion(TWO, "What is {this}?", "technical", "trust", "technical").question
    plan = MockPlan(ONE, "technical", 30, ("trust",))
    shown = [each for each in questions() if each.competency != "technical_depth"]
    chosen = choose(plan, (*shown, own), {}, NOW)
    assert own in chosen
    assert "What is {this}?" in {step.text for step in begin(plan, chosen, TWO, NOW).steps}
    assert "technical_depth" not in {each.competency for each in chosen}


def test_a_run_always_ends_on_the_ending_even_from_an_empty_bank() -> None:
    plan = MockPlan(ONE, "first", 10, ("trust",))
    assert [each.id for each in choose(plan, (), {}, NOW)] == [ENDING]
    assert not_covered(plan, choose(plan, (), {}, NOW)) == ("trust",)


def test_easy_questions_come_before_technical_ones() -> None:
    kinds = [each.kind for each in choose(MockPlan(ONE, "first", 60), questions(), {}, NOW)[1:]]
    order = ["screening", "about_you", "motivation", "behavioural", "technical", "closing"]
    assert kinds == sorted(kinds, key=order.index)


def test_the_names_used_are_those_of_the_content() -> None:
    assert question(ENDING).kind == "closing"
    assert all(isinstance(question(opener), Question) for opener in OPENERS)
    assert OPENING_STAGE in STAGES


def test_a_run_keeps_the_questions_as_they_were_asked() -> None:
    plan = MockPlan(TWO, "technical", 20, interview=ONE)
    chosen = choose(plan, questions(), {}, NOW)
    run = begin(plan, chosen, "a" * 32, NOW)
    assert [step.question for step in run.steps] == [each.id for each in chosen]
    assert run.steps[-1].text == question(ENDING).asked()
    assert (run.plan, run.interview, run.answers) == (TWO, ONE, ())


def test_a_run_is_at_its_first_question_without_a_take_that_was_not_skipped_until_it_ends() -> None:
    run = begin(MockPlan(TWO, "first"), questions()[:3], ONE, NOW, lambda each: f"So: {each.asked()}")
    assert run.steps[1].text == f"So: {questions()[1].asked()}"
    assert run.place == 0
    assert run.answered(0, TWO).place == 1
    assert run.skipping(0).answered(1, TWO).place == 2
    assert run.skipping(0).answers == ()
    assert run.skipping(0).answered(0, TWO).steps[0].skipped is False
    assert run.skipping(0).skipping(1).answered(2, TWO).place is None
    assert run.ended(NOW).place is None
    assert run.ended(NOW).ended(NOW + timedelta(hours=1)).finished_at == NOW


ASKED = AskedQuestion("why_us", "Why us?", QuestionKind.BEHAVIOURAL)


def answer(text: str, asked: AskedQuestion = ASKED) -> Report:
    transcript = spoken(text)
    return analyze(sound_of(transcript), transcript, asked)


WORDS = "we moved the daily report to a faster store and it worked well for all teams there "


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """85 words with 2 filler sounds, and 170 words with 1; 0.3 s each."""
    return [answer("{um} " * 2 + WORDS * 5), answer("{um} " + WORDS * 10)]


def test_rates_of_the_whole_count_all_events_over_all_answers(reports: list[Report]) -> None:
    words = len(WORDS.split())
    seconds_spoken = 0.3 * (15 * words + 3)
    summary = summarise(reports, 5)
    (sounds,) = (each for each in summary.rates if each.measure == "filler_sounds")
    assert sounds.count == 3
    assert sounds.value == pytest.approx(3 * 60 / seconds_spoken)
    # Garwood's exact interval of a count of 3 is 0.6187 to 8.7673.
    assert sounds.interval == pytest.approx((0.6187 * 60 / seconds_spoken, 8.7673 * 60 / seconds_spoken), rel=1e-3)
    assert summary.speaking == pytest.approx(seconds_spoken)
    assert (summary.asked, summary.answered, summary.comparable) == (5, 2, True)


def test_a_median_lies_between_the_answers(reports: list[Report]) -> None:
    words = len(WORDS.split())
    rates = sorted(60 * n * words / (0.3 * (n * words + fillers)) for n, fillers in ((5, 2), (10, 1)))
    (rate,) = (each for each in summarise(reports, 2).medians if each.measure == "speaking_rate")
    assert (rate.lowest, rate.highest) == pytest.approx(tuple(rates))
    assert (rate.value, rate.answers) == (pytest.approx(sum(rates) / 2), 2)


def test_lengths_are_judged_by_the_kind_of_each_question(reports: list[Report]) -> None:
    closing = replace(ASKED, kind=QuestionKind.CLOSING)
    short = answer(WORDS * 5, closing)
    assert summarise([short], 1).fitting_length == 1  # 25 s: 20 to 90 for closing
    assert summarise([reports[0]], 1).fitting_length == 0  # 25 s: 60 to 120 for behavioural


def test_answers_measured_in_different_ways_have_no_numbers_in_common(reports: list[Report]) -> None:
    summary = summarise([reports[0], replace(reports[1], settings="other")], 2)
    assert not summary.comparable
    assert {each.value for each in (*summary.rates, *summary.medians)} == {None}
    assert describe_summary(summary)[-1] == MIXED


def test_silence_is_no_answer_and_nothing_is_said_of_it() -> None:
    quiet = silence()
    summary = summarise([analyze(sound_of(quiet), quiet, ASKED)], 3)
    assert (summary.answered, summary.speaking) == (0, 0)
    assert describe_summary(summary) == (NOTHING,) == describe_summary(summarise([], 3))


def test_a_short_answer_counts_for_rates_and_not_for_medians() -> None:
    summary = summarise([answer("{um} " + WORDS)], 1)
    assert {each.measure for each in summary.rates if each.value is not None} >= {"filler_sounds", "hedges"}
    assert {each.value for each in summary.medians} == {None}


def test_a_run_is_told_in_sentences(reports: list[Report]) -> None:
    sentences = describe_summary(summarise(reports, 5))
    assert sentences[0] == "2 of 5 questions answered, in 1 min 17 s of speech."
    assert "Filler sounds: 2.3 per min over all answers (95 % interval 0.5 to 6.8)." in sentences
    assert "Speaking rate: 197 words/min, the median of 2 long enough answers (195 to 199)." in sentences
    assert "Time to first word: 0.5 s in each of 2 long enough answers." in sentences
    assert all(each.endswith(".") for each in sentences)
    assert describe_summary(summarise(reports[:1], 1))[2].endswith("in the one answer long enough to tell.")


@pytest.mark.parametrize(("seconds_", "text"), [(0, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (492, "8 min 12 s")])
def test_lengths_of_time_are_told_in_minutes_and_seconds(seconds_: float, text: str) -> None:
    assert format_minutes(seconds_) == text
