from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.feedback.exercise import (
    choose_exercise,
    describe_exercise,
    describe_overshoot,
    describe_result,
    was_met,
)
from analysis.feedback.goals import is_met, set_goal
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Takeaway
from tests.analysis.feedback.test_takeaways import judged
from tests.support.answers import silence, sound_of, spoken

CALM = "I led the team and we shipped it . (0.8) The result was a third fewer calls . (0.8) " * 6
UMS = CALM.replace("and", "{um} and {uh}").replace("third", "{um} third")


def reported(text: str, bands=None):
    return analyze(sound_of(spoken(text)), spoken(text), None, bands)


def next_about(report, measure: str):
    return replace(report, next_step=Takeaway(measure, "About it.", "target"))


def test_fillers_are_to_be_replaced_by_silence_and_the_goal_is_half_as_many():
    found = choose_exercise(reported(UMS))
    assert (found.measure, found.instruction) == ("filler_sounds", 'Replace the next "um" by silence.')
    assert (found.goal.text, found.goal.high) == ("at most 9 filler sounds in the next take", 9)


@pytest.mark.parametrize(("ums", "met"), [(9, True), (10, False), (0, True)])
def test_the_next_take_meets_the_goal_or_not(ums, met):
    assert was_met(choose_exercise(reported(UMS)), reported(CALM.replace("(0.8)", "{um} (0.8)", ums))) is met


def test_a_silent_take_neither_meets_a_goal_nor_fails_it():
    assert was_met(choose_exercise(reported(UMS)), analyze(sound_of(silence()), silence())) is None


def test_a_long_answer_is_to_land_in_time():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
    long = spoken(CALM * 3)
    report = next_about(analyze(sound_of(long), long, question), "answer_length")
    assert choose_exercise(report).instruction == "Land in 90 s: say what came of it, then stop."


def test_when_all_holds_the_exercise_is_one_filler_less():
    report = next_about(reported(CALM.replace("and", "{um} and", 2)), "filler_sounds")
    assert choose_exercise(report).goal.text == "at most 1 filler sound in the next take"


def test_a_band_that_only_the_user_set_has_its_range_as_exercise():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = choose_exercise(next_about(reported(CALM, own), "mean_pause"))
    assert (found.instruction, found.goal.low, found.goal.high) == ("Mean pause: 2 to 3 s.", 2, 3)


@pytest.mark.parametrize("measure", ["noisy", "nothing_said", "speaking_rate"])
def test_there_is_no_exercise_for_the_recording_or_for_what_holds(measure):
    calm = {"speaking_rate": Band((0, 999), (0, 999), MEASURES["speaking_rate"].source)}
    report = reported(CALM, calm)
    assert choose_exercise(next_about(report, measure)) is None


def test_there_is_no_exercise_after_silence():
    assert choose_exercise(analyze(sound_of(silence()), silence())) is None


@pytest.mark.parametrize(("measure", "value"), [("answer_length", 20), ("outcome", 0), ("speaking_rate", 90)])
def test_every_goal_from_below_is_one_with_a_lower_end(measure, value):
    finding = judged(measure, value)
    goal = set_goal(finding, 60)
    assert is_met(goal, judged(measure, goal.low))
    assert not is_met(goal, judged(measure, goal.low - 0.5))


def test_an_exercise_is_described_with_its_exercise_and_target():
    assert describe_exercise(choose_exercise(reported(UMS))) == (
        'Replace the next "um" by silence. Target: at most 9 filler sounds in the next take.'
    )


def test_an_exercise_that_is_its_target_is_told_once():
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
def test_the_later_take_is_told_by_the_count_that_the_target_is_about(ums, sentence):
    later = reported(CALM.replace("(0.8)", "{um} (0.8)", ums))
    assert describe_result(choose_exercise(reported(UMS)), later) == sentence


def test_a_target_about_a_value_is_told_by_the_value():
    slow = reported(CALM.replace("(0.8)", "(2.9)"))
    found = choose_exercise(next_about(slow, "longest_pause"))
    assert describe_result(found, reported(CALM)) == "The later take met it: longest pause 0.8 s."
    assert describe_result(found, slow) == "The later take did not meet it: longest pause 2.9 s."


def test_a_target_that_is_met_and_left_far_behind_is_told_so():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)  # 60 to 90 s
    short, fitting, long = (analyze(sound_of(each), each, question) for each in map(spoken, (CALM, CALM * 2, CALM * 5)))
    found = choose_exercise(next_about(short, "answer_length"))
    length = f"answer length {long.finding('answer_length').value:.0f} s"
    assert describe_result(found, long) == f"The later take met it: {length}. That is past the other end of the range."
    assert describe_overshoot(found, long) == f"{length.capitalize()}. That is past the other end of the range."
    assert "past" not in describe_result(found, fitting)
    assert describe_overshoot(found, fitting) == describe_overshoot(found, short) == ""


def test_a_silent_take_is_told_without_a_verdict():
    told = describe_result(choose_exercise(reported(UMS)), analyze(sound_of(silence()), silence()))
    assert told == "Filler sounds could not be measured in the later take."
