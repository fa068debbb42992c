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
    assert (found.measure, found.instruction) == ("filler_sounds", "Replace your next “um” with silence.")
    assert (found.goal.text, found.goal.high) == ("9 ums or fewer, about half as many as now", 9)


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
    assert choose_exercise(report).instruction == "Make it shorter: cut the side-tracks and aim for 70 seconds."


def test_exercise_for_the_users_own_band_is_its_range():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = choose_exercise(next_about(reported(CALM, own), "mean_pause"))
    assert (found.instruction, found.goal.low, found.goal.high) == ("Average pause: 2 to 3 s.", 2, 3)


@pytest.mark.parametrize("measure", ["noisy", "nothing_said", "speaking_rate"])
def test_there_is_no_exercise_for_the_recording_or_a_measure_inside_its_band(measure):
    calm = {"speaking_rate": Band((0, 999), (0, 999), MEASURES["speaking_rate"].source)}
    report = reported(CALM, calm)
    assert choose_exercise(next_about(report, measure)) is None


def test_there_is_no_exercise_after_silence():
    assert choose_exercise(analyze(synthesise(make_silent_answer()), make_silent_answer())) is None


@pytest.mark.parametrize(("measure", "value"), [("pitch_variation", 1.2), ("outcome", 0), ("speaking_rate", 90)])
def test_goal_for_a_value_below_its_band_has_a_lower_limit(measure, value):
    finding = judged(measure, value)
    goal = set_goal(finding, 60)
    assert is_goal_met(goal, judged(measure, goal.low))
    assert not is_goal_met(goal, judged(measure, goal.low - 0.4))


def test_exercise_is_described_with_instruction_and_goal():
    assert describe_exercise(choose_exercise(reported(UMS))) == (
        "Replace your next “um” with silence. Try for 9 ums or fewer, about half as many as now."
    )


def test_instruction_that_equals_the_target_is_not_repeated():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = choose_exercise(next_about(reported(CALM, own), "mean_pause"))
    assert describe_exercise(found) == "Average pause: 2 to 3 s."


@pytest.mark.parametrize(
    ("ums", "sentence"),
    [
        (0, "You did it: no ums."),
        (1, "You did it: 1 um."),
        (9, "You did it: 9 ums."),
        (10, "Not quite there yet: 10 ums."),
    ],
)
def test_result_of_a_target_on_counts_names_the_count(ums, sentence):
    later = reported(CALM.replace("(0.8)", "{um} (0.8)", ums))
    assert describe_result(choose_exercise(reported(UMS)), later) == sentence


def test_result_of_a_target_on_a_value_names_the_value():
    slow = reported(CALM.replace("(0.8)", "(2.9)"))
    found = choose_exercise(next_about(slow, "longest_pause"))
    assert describe_result(found, reported(CALM)) == "You did it: longest pause 0.8 s."
    assert describe_result(found, slow) == "Not quite there yet: longest pause 2.9 s."


def test_result_says_that_a_take_went_past_the_range():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
    own = {"answer_length": Band((60, 90), (30, 180), MEASURES["answer_length"].source)}
    short, fitting, long = (
        analyze(synthesise(each), each, question, own) for each in map(make_answer, (CALM, CALM * 2, CALM * 5))
    )
    found = choose_exercise(next_about(short, "answer_length"))
    length = f"answer length {long.get_finding('answer_length').value:.0f} s"
    assert describe_result(found, long) == f"You did it: {length}. That's a bit too far the other way."
    assert describe_overshoot(found, long) == f"{length.capitalize()}. That's a bit too far the other way."
    assert "too far" not in describe_result(found, fitting)
    assert describe_overshoot(found, fitting) == describe_overshoot(found, short) == ""


def test_result_of_a_silent_take_has_no_verdict():
    told = describe_result(
        choose_exercise(reported(UMS)), analyze(synthesise(make_silent_answer()), make_silent_answer())
    )
    assert told == "There was too little speech in the later take to check this."


STORY = AskedQuestion("story", "Tell me about a time when you helped somebody.", QuestionKind.BEHAVIOURAL)
BEGUN = "Last year I worked in a shop . (0.8) I called every customer and I wrote a list of their orders . (0.8) "


def test_exercise_for_something_not_said_is_met_when_it_is_said():
    before, after = make_answer(BEGUN * 2), make_answer(BEGUN + "In the end every one of them got the order in time .")
    found = choose_exercise(analyze(synthesise(before), before, STORY))
    assert (found.measure, found.instruction) == ("outcome", "Say how it turned out.")
    assert is_exercise_met(found, analyze(synthesise(after), after, STORY)) is True
    assert is_exercise_met(found, analyze(synthesise(before), before, STORY)) is False
    assert describe_result(found, analyze(synthesise(after), after, STORY)) == "You said it in the later take."


def test_exercise_after_an_answer_with_nothing_to_fix_is_the_same_in_less_time():
    report = next_about(reported(CALM), "nothing_to_mend")
    found = choose_exercise(report)
    assert found.goal.text == "the same answer in 30 seconds"
    assert is_exercise_met(found, reported(CALM)) is False


@pytest.mark.parametrize(
    ("seconds", "result"),
    [
        (31.0, "You did it: answer length 31 s."),
        (16.0, "You did it: answer length 16 s."),
        (11.0, "Not quite there yet: answer length 11 s. That's too short to be the same answer."),
    ],
)
def test_a_much_shorter_answer_is_not_the_same_in_less_time(seconds, result):
    found = choose_exercise(next_about(reported(CALM), "nothing_to_mend"))
    take = reported(CALM)
    findings = tuple(replace(each, value=seconds) if each.measure == found.measure else each for each in take.findings)
    assert describe_result(found, replace(take, findings=findings)).startswith(result)


def test_earlier_report_without_the_measure_of_a_goal_is_not_judged():
    found = choose_exercise(next_about(reported(CALM.replace("(0.8)", "(2.9)")), "longest_pause"))
    earlier = reported(CALM)
    kept = tuple(each for each in earlier.findings if each.measure != "longest_pause")
    assert is_exercise_met(found, replace(earlier, findings=kept)) is None
