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
from content.questions import Question, get_question, load_questions
from content.taxonomy import load_taxonomy
from interview.mock.plan import MockPlan
from interview.mock.questions import (
    ENDING_QUESTION,
    OPENERS,
    OPENING_STAGE,
    estimate_seconds,
    find_missing_competencies,
    make_run,
    select_questions,
)
from interview.mock.summary import NO_SPEECH_TEXT, NOT_COMPARABLE_TEXT, describe_summary, format_minutes, summarise
from interview.questions.own_question import OwnQuestion
from tests.support.answers import make_answer, make_silent_answer, synthesise
from tests.support.interviews import ONE, TWO

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
STAGES, COMPETENCIES = list(load_taxonomy().stages), list(load_taxonomy().competencies)

plans = st.builds(
    MockPlan,
    id=st.just(ONE),
    stage=st.sampled_from(STAGES),
    minutes=st.integers(5, 60),
    competencies=st.lists(st.sampled_from(COMPETENCIES), unique=True, max_size=6).map(tuple),
    thinking=st.integers(0, 60),
    interview=st.none(),
    seed=st.integers(0, 1000),
    field=st.sampled_from(["", *load_taxonomy().fields]),
)


def list_suitable(plan: MockPlan) -> list[Question]:
    """Return the questions that the field of a plan asks; managing people is asked of whoever practises it."""
    manages = "people" in plan.competencies
    return [
        each
        for each in load_questions()
        if not each.fields or plan.field in each.fields or (manages and each.competency == "people")
    ]


@settings(deadline=None)
@given(plans)
def test_no_question_of_another_field_is_asked(plan: MockPlan) -> None:
    chosen = select_questions(plan, load_questions(), {}, NOW)
    assert set(chosen) <= set(list_suitable(plan))


def test_a_nurse_is_asked_no_campaign_question_and_some_of_a_ward() -> None:
    plan = MockPlan(ONE, "technical", minutes=60, thinking=0, field="health")
    asked = {field for each in select_questions(plan, load_questions(), {}, NOW) for field in each.fields}
    assert "health" in asked
    assert "campaigns" not in asked
    assert "software" not in asked


@settings(deadline=None)
@given(plans)
def test_a_run_fits_its_length_has_opener_and_ending_and_repeats_no_question(
    plan: MockPlan,
) -> None:
    chosen = select_questions(plan, load_questions(), {}, NOW)
    assert sum(estimate_seconds(each, plan) for each in chosen) <= 60 * plan.minutes
    assert chosen[-1].id == ENDING_QUESTION
    assert chosen[0].id in OPENERS or plan.stage == "closing"
    assert len({each.id for each in chosen}) == len(chosen)


@settings(deadline=None)
@given(plans)
def test_a_run_leaves_no_room_for_another_question_of_its_stage(plan: MockPlan) -> None:
    chosen = select_questions(plan, load_questions(), {}, NOW)
    left = 60 * plan.minutes - sum(estimate_seconds(each, plan) for each in chosen)
    for each in list_suitable(plan):
        if each.stage == plan.stage and each.kind != "closing" and each not in chosen:
            assert estimate_seconds(each, plan) > left


@settings(deadline=None)
@given(plans)
def test_every_competency_is_covered_if_its_shortest_questions_fit(plan: MockPlan) -> None:
    chosen = select_questions(plan, load_questions(), {}, NOW)
    here = [each for each in list_suitable(plan) if each.stage == plan.stage]
    needed = sum(
        min((estimate_seconds(each, plan) for each in here if each.competency == key), default=10_000)
        for key in plan.competencies
        if key not in ("asking", "introduction")  # the ending and the opener are about these
    )
    # Which opener is drawn is chance, and some take longer.
    frame = sum(estimate_seconds(each, plan) for each in {chosen[0].id: chosen[0], chosen[-1].id: chosen[-1]}.values())
    if needed + frame <= 60 * plan.minutes and "introduction" not in plan.competencies:
        assert find_missing_competencies(plan, chosen) == ()


def test_the_same_seed_gives_the_same_run_and_other_seeds_give_others() -> None:
    plan = MockPlan(ONE, "first", 30)
    assert select_questions(plan, load_questions(), {}, NOW) == select_questions(plan, load_questions(), {}, NOW)
    runs = {
        tuple(each.id for each in select_questions(replace(plan, seed=seed), load_questions(), {}, NOW))
        for seed in range(20)
    }
    assert len(runs) == 20


def test_unpractised_questions_come_first_and_recently_practised_ones_last() -> None:
    plan = MockPlan(ONE, "technical", 8, field="software")
    here = [each for each in list_suitable(plan) if each.stage == "technical"]
    lately, long_ago = {each.id for each in here[::3]}, {each.id for each in here[1::3]}
    practised = dict.fromkeys(lately, NOW - timedelta(days=2)) | dict.fromkeys(long_ago, NOW - timedelta(days=40))
    for seed in range(10):
        middle = select_questions(replace(plan, seed=seed), load_questions(), practised, NOW)[1:-1]
        assert middle
        assert not {each.id for each in middle} & (lately | long_ago)
    everything = {each.id: NOW - timedelta(days=40) for each in load_questions()}
    few = select_questions(plan, load_questions(), everything | dict.fromkeys(lately, NOW), NOW)
    assert not {each.id for each in few} & lately


def test_hidden_questions_are_not_asked_and_own_ones_are() -> None:
    own = OwnQuestion(TWO, "What is {this}?", "technical", "trust", "technical").question
    plan = MockPlan(ONE, "technical", 30, ("trust",))
    shown = [each for each in load_questions() if each.competency != "technical_depth"]
    chosen = select_questions(plan, (*shown, own), {}, NOW)
    assert own in chosen
    assert "What is {this}?" in {step.text for step in make_run(plan, chosen, TWO, NOW).steps}
    assert "technical_depth" not in {each.competency for each in chosen}


def test_a_run_ends_with_the_ending_question_even_if_the_bank_is_empty() -> None:
    plan = MockPlan(ONE, "first", 10, ("trust",))
    assert [each.id for each in select_questions(plan, (), {}, NOW)] == [ENDING_QUESTION]
    assert find_missing_competencies(plan, select_questions(plan, (), {}, NOW)) == ("trust",)


def test_easy_questions_come_before_technical_ones() -> None:
    kinds = [each.kind for each in select_questions(MockPlan(ONE, "first", 60), load_questions(), {}, NOW)[1:]]
    order = ["screening", "about_you", "motivation", "behavioural", "technical", "closing"]
    assert kinds == sorted(kinds, key=order.index)


def test_the_keys_used_exist_in_the_content() -> None:
    assert get_question(ENDING_QUESTION).kind == "closing"
    assert all(isinstance(get_question(opener), Question) for opener in OPENERS)
    assert OPENING_STAGE in STAGES


def test_a_run_stores_its_questions_as_they_were_asked() -> None:
    plan = MockPlan(TWO, "technical", 20, interview=ONE)
    chosen = select_questions(plan, load_questions(), {}, NOW)
    run = make_run(plan, chosen, "a" * 32, NOW)
    assert [step.question for step in run.steps] == [each.id for each in chosen]
    assert run.steps[-1].text == get_question(ENDING_QUESTION).fill_slots()
    assert (run.plan, run.interview, run.answers) == (TWO, ONE, ())


def test_a_run_is_at_its_first_unanswered_unskipped_question_until_it_ends() -> None:
    run = make_run(MockPlan(TWO, "first"), load_questions()[:3], ONE, NOW, lambda each: f"So: {each.fill_slots()}")
    assert run.steps[1].text == f"So: {load_questions()[1].fill_slots()}"
    assert run.place == 0
    assert run.answer_step(0, TWO).place == 1
    assert run.skip_step(0).answer_step(1, TWO).place == 2
    assert run.skip_step(0).answers == ()
    assert run.skip_step(0).answer_step(0, TWO).steps[0].skipped is False
    assert run.skip_step(0).skip_step(1).answer_step(2, TWO).place is None
    assert run.end(NOW).place is None
    assert run.end(NOW).end(NOW + timedelta(hours=1)).finished_at == NOW


ASKED = AskedQuestion("why_us", "Why us?", QuestionKind.BEHAVIOURAL)


def answer(text: str, asked: AskedQuestion = ASKED) -> Report:
    transcript = make_answer(text)
    return analyze(synthesise(transcript), transcript, asked)


WORDS = "we moved the daily report to a faster store and it worked well for all teams there "


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """85 words with 2 filler sounds, and 170 words with 1; 0.3 s each."""
    return [answer("{um} " * 2 + WORDS * 5), answer("{um} " + WORDS * 10)]


def test_pooled_rates_count_the_events_of_all_answers(reports: list[Report]) -> None:
    words = len(WORDS.split())
    seconds_spoken = 0.3 * (15 * words + 3)
    summary = summarise(reports, 5)
    (sounds,) = (each for each in summary.rates if each.measure == "filler_sounds")
    assert sounds.count == 3
    assert sounds.value == pytest.approx(3 * 60 / seconds_spoken)
    # Garwood's exact interval of a count of 3 is 0.6187 to 8.7673.
    assert sounds.interval == pytest.approx((0.6187 * 60 / seconds_spoken, 8.7673 * 60 / seconds_spoken), rel=1e-3)
    assert summary.speaking_seconds == pytest.approx(seconds_spoken)
    assert (summary.asked, summary.answered, summary.comparable) == (5, 2, True)


def test_a_median_lies_between_the_values_of_the_answers(reports: list[Report]) -> None:
    words = len(WORDS.split())
    rates = sorted(60 * n * words / (0.3 * (n * words + fillers)) for n, fillers in ((5, 2), (10, 1)))
    (rate,) = (each for each in summarise(reports, 2).medians if each.measure == "speaking_rate")
    assert (rate.lowest, rate.highest) == pytest.approx(tuple(rates))
    assert (rate.value, rate.answers) == (pytest.approx(sum(rates) / 2), 2)


def test_lengths_are_judged_by_the_kind_of_each_question(reports: list[Report]) -> None:
    closing = replace(ASKED, kind=QuestionKind.CLOSING)
    assert summarise([answer(WORDS * 20, closing)], 1).fitting_length == 0  # 100 s: up to 90 for closing
    assert summarise([answer(WORDS * 20, ASKED)], 1).fitting_length == 1  # up to 120 for behavioural


def test_answers_measured_in_different_ways_have_no_numbers_in_common(reports: list[Report]) -> None:
    summary = summarise([reports[0], replace(reports[1], settings="other")], 2)
    assert not summary.comparable
    assert {each.value for each in (*summary.rates, *summary.medians)} == {None}
    assert describe_summary(summary)[-1] == NOT_COMPARABLE_TEXT


def test_silence_is_not_counted_as_an_answer() -> None:
    quiet = make_silent_answer()
    summary = summarise([analyze(synthesise(quiet), quiet, ASKED)], 3)
    assert (summary.answered, summary.speaking_seconds) == (0, 0)
    assert describe_summary(summary) == (NO_SPEECH_TEXT,) == describe_summary(summarise([], 3))


def test_a_short_answer_counts_for_rates_but_not_for_medians() -> None:
    summary = summarise([answer("{um} " + WORDS)], 1)
    assert {each.measure for each in summary.rates if each.value is not None} >= {"filler_sounds", "hedges"}
    assert {each.value for each in summary.medians} == {None}


def test_a_run_is_summarised_in_sentences(reports: list[Report]) -> None:
    sentences = describe_summary(summarise(reports, 5))
    assert sentences[0] == "2 of 5 questions answered, in 1 min 17 s of speech."
    assert "Um and uh: 2.3 per min over all answers." in sentences
    assert "Speaking rate: about 197 words/min (195 to 199)." in sentences
    assert "Time to first word: 0.5 s in each of your longer answers." in sentences
    assert all(each.endswith(".") for each in sentences)
    assert describe_summary(summarise(reports[:1], 1))[2].endswith("in your one longer answer.")


@pytest.mark.parametrize(("seconds_", "text"), [(0, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (492, "8 min 12 s")])
def test_durations_are_shown_in_minutes_and_seconds(seconds_: float, text: str) -> None:
    assert format_minutes(seconds_) == text
