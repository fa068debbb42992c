from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.feedback.exercise import (
    choose_exercise,
    describe_exercise,
    describe_overshoot,
    describe_result,
    is_exercise_met,
)
from analysis.feedback.goals import is_goal_met, set_goal
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Takeaway
from tests.analysis.feedback.test_takeaways import judged
from tests.support.answers import make_answer, make_silent_answer, synthesise

CALM = "I led the team and we shipped it . (0.8) The result was a third fewer calls . (0.8) " * 6
UMS = CALM.replace("and", "{um} and {uh}").replace("third", "{um} third")


def reported(text: str, bands=None):
    return analyze(synthesise(make_answer(text)), make_answer(text), None, bands)


def next_about(report, measure: str):
    return replace(report, next_step=Takeaway(measure, "About it.", "target"))


def test_filler_exercise_is_silence_instead_and_half_as_many():
    found = choose_exercise(reported(UMS))
    assert (found.measure, found.instruction) == ("filler_sounds", 'Replace the next "um" by silence.')
    assert (found.goal.text, found.goal.high) == ("at most 9 filler sounds in the next take", 9)


@pytest.mark.parametrize(("ums", "met"), [(9, True), (10, False), (0, True)])
def test_next_take_meets_the_goal_up_to_its_limit(ums, met):
    assert is_exercise_met(choose_exercise(reported(UMS)), reported(CALM.replace("(0.8)", "{um} (0.8)", ums))) is met


def test_silent_take_neither_meets_nor_fails_a_goal():
    assert (
        is_exercise_met(choose_exercise(reported(UMS)), analyze(synthesise(make_silent_answer()), make_silent_answer()))
        is None
    )


def test_exercise_for_a_long_answer_names_the_target_length():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
    long = make_answer(CALM * 3)
    report = next_about(analyze(synthesise(long), long, question), "answer_length")
    assert choose_exercise(report).instruction == "Land in 90 s: say what came of it, then stop."


def test_exercise_is_one_filler_less_if_all_measures_are_inside_their_bands():
    report = next_about(reported(CALM.replace("and", "{um} and", 2)), "filler_sounds")
    assert choose_exercise(report).goal.text == "at most 1 filler sound in the next take"


def test_exercise_for_the_users_own_band_is_its_range():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = choose_exercise(next_about(reported(CALM, own), "mean_pause"))
    assert (found.instruction, found.goal.low, found.goal.high) == ("Mean pause: 2 to 3 s.", 2, 3)


@pytest.mark.parametrize("measure", ["noisy", "nothing_said", "speaking_rate"])
def test_there_is_no_exercise_for_the_recording_or_a_measure_inside_its_band(measure):
    calm = {"speaking_rate": Band((0, 999), (0, 999), MEASURES["speaking_rate"].source)}
    report = reported(CALM, calm)
    assert choose_exercise(next_about(report, measure)) is None


def test_there_is_no_exercise_after_silence():
    assert choose_exercise(analyze(synthesise(make_silent_answer()), make_silent_answer())) is None


@pytest.mark.parametrize(("measure", "value"), [("answer_length", 20), ("outcome", 0), ("speaking_rate", 90)])
def test_goal_for_a_value_below_its_band_has_a_lower_limit(measure, value):
    finding = judged(measure, value)
    goal = set_goal(finding, 60)
    assert is_goal_met(goal, judged(measure, goal.low))
    assert not is_goal_met(goal, judged(measure, goal.low - 0.5))


def test_exercise_is_described_with_instruction_and_target():
    assert describe_exercise(choose_exercise(reported(UMS))) == (
        'Replace the next "um" by silence. Target: at most 9 filler sounds in the next take.'
    )


def test_instruction_that_equals_the_target_is_not_repeated():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = choose_exercise(next_about(reported(CALM, own), "mean_pause"))
    assert describe_exercise(found) == "Target: mean pause: 2 to 3 s."


@pytest.mark.parametrize(
    ("ums", "sentence"),
    [
        (0, "The later take met it: no filler sounds heard."),
        (1, "The later take met it: 1 filler sound heard."),
        (9, "The later take met it: 9 filler sounds heard."),
        (10, "The later take did not meet it: 10 filler sounds heard."),
    ],
)
def test_result_of_a_target_on_counts_names_the_count(ums, sentence):
    later = reported(CALM.replace("(0.8)", "{um} (0.8)", ums))
    assert describe_result(choose_exercise(reported(UMS)), later) == sentence


def test_result_of_a_target_on_a_value_names_the_value():
    slow = reported(CALM.replace("(0.8)", "(2.9)"))
    found = choose_exercise(next_about(slow, "longest_pause"))
    assert describe_result(found, reported(CALM)) == "The later take met it: longest pause 0.8 s."
    assert describe_result(found, slow) == "The later take did not meet it: longest pause 2.9 s."


def test_result_says_that_a_take_went_past_the_range():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)  # 60 to 90 s
    short, fitting, long = (
        analyze(synthesise(each), each, question) for each in map(make_answer, (CALM, CALM * 2, CALM * 5))
    )
    found = choose_exercise(next_about(short, "answer_length"))
    length = f"answer length {long.get_finding('answer_length').value:.0f} s"
    assert describe_result(found, long) == f"The later take met it: {length}. That is past the other end of the range."
    assert describe_overshoot(found, long) == f"{length.capitalize()}. That is past the other end of the range."
    assert "past" not in describe_result(found, fitting)
    assert describe_overshoot(found, fitting) == describe_overshoot(found, short) == ""


def test_result_of_a_silent_take_has_no_verdict():
    told = describe_result(
        choose_exercise(reported(UMS)), analyze(synthesise(make_silent_answer()), make_silent_answer())
    )
    assert told == "Filler sounds could not be measured in the later take."
