from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.feedback.exercise import drill, was_met
from analysis.feedback.goals import aim, is_met, target
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


def test_fillers_are_to_be_replaced_by_silence_and_the_aim_is_half_as_many():
    found = drill(reported(UMS))
    assert (found.measure, found.exercise) == ("filler_sounds", 'Replace the next "um" by silence.')
    assert (found.aim.text, found.aim.high) == ("at most 9 filler sounds in the next take", 9)


@pytest.mark.parametrize(("ums", "met"), [(9, True), (10, False), (0, True)])
def test_the_next_take_meets_the_aim_or_not(ums, met):
    assert was_met(drill(reported(UMS)), reported(CALM.replace("(0.8)", "{um} (0.8)", ums))) is met


def test_a_silent_take_neither_meets_an_aim_nor_fails_it():
    assert was_met(drill(reported(UMS)), analyze(sound_of(silence()), silence())) is None


def test_a_long_answer_is_to_land_in_time():
    question = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
    long = spoken(CALM * 3)
    report = next_about(analyze(sound_of(long), long, question), "answer_length")
    assert drill(report).exercise == "Land in 90 s: say what came of it, then stop."


def test_when_all_holds_the_drill_is_one_filler_less():
    report = next_about(reported(CALM.replace("and", "{um} and", 2)), "filler_sounds")
    assert drill(report).aim.text == "at most 1 filler sound in the next take"


def test_a_band_that_only_the_user_set_has_its_range_as_exercise():
    own = {"mean_pause": Band((2, 3), (1, 4), MEASURES["mean_pause"].source)}
    found = drill(next_about(reported(CALM, own), "mean_pause"))
    assert (found.exercise, found.aim.low, found.aim.high) == ("Mean pause: 2 to 3 s.", 2, 3)


@pytest.mark.parametrize("measure", ["noisy", "nothing_said", "speaking_rate"])
def test_there_is_no_drill_for_the_recording_or_for_what_holds(measure):
    calm = {"speaking_rate": Band((0, 999), (0, 999), MEASURES["speaking_rate"].source)}
    report = reported(CALM, calm)
    assert drill(next_about(report, measure)) is None


def test_there_is_no_drill_after_silence():
    assert drill(analyze(sound_of(silence()), silence())) is None


@pytest.mark.parametrize(("measure", "value"), [("answer_length", 20), ("outcome", 0), ("speaking_rate", 90)])
def test_every_target_from_below_is_an_aim_with_a_lower_end(measure, value):
    finding = judged(measure, value)
    goal = aim(finding, 60)
    assert goal.text == target(finding, 60)
    assert is_met(goal, judged(measure, goal.low))
    assert not is_met(goal, judged(measure, goal.low - 0.5))
