import pytest

from analysis.analyze import analyze
from analysis.feedback.exercise import drill
from analysis.feedback.exercise_wording import told_drill, told_met, told_past
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from tests.analysis.feedback.test_exercise import CALM, UMS, next_about, reported
from tests.support.answers import silence, sound_of, spoken


def test_a_drill_is_told_with_its_exercise_and_target():
    assert told_drill(drill(reported(UMS))) == (
        'Replace the next "um" by silence. Target: at most 9 filler sounds in the next take.'
    )


def test_an_exercise_that_is_its_target_is_told_once():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    assert told_drill(drill(next_about(reported(CALM, own), "mean_pause"))) == "Target: mean pause: 2 to 3 s."


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
    assert told_met(drill(reported(UMS)), later) == sentence


def test_a_target_about_a_value_is_told_by_the_value():
    slow = reported(CALM.replace("(0.8)", "(2.9)"))
    found = drill(next_about(slow, "longest_pause"))
    assert told_met(found, reported(CALM)) == "The later take met it: longest pause 0.8 s."
    assert told_met(found, slow) == "The later take did not meet it: longest pause 2.9 s."


def test_a_target_that_is_met_and_left_far_behind_is_told_so():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)  # 60 to 90 s
    short, fitting, long = (analyze(sound_of(each), each, question) for each in map(spoken, (CALM, CALM * 2, CALM * 5)))
    found = drill(next_about(short, "answer_length"))
    length = f"answer length {long.finding('answer_length').value:.0f} s"
    assert told_met(found, long) == f"The later take met it: {length}. That is past the other end of the range."
    assert told_past(found, long) == f"{length.capitalize()}. That is past the other end of the range."
    assert "past" not in told_met(found, fitting)
    assert told_past(found, fitting) == told_past(found, short) == ""


def test_a_silent_take_is_told_without_a_verdict():
    told = told_met(drill(reported(UMS)), analyze(sound_of(silence()), silence()))
    assert told == "Filler sounds could not be measured in the later take."
