"""One thing to do, one thing to keep and one answer to give again, over all answers of a mock interview."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.feedback.goals import NOTHING_TO_MEND
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report, Takeaway
from interview.mock.overall import (
    AnswerReport,
    choose_overall_step,
    choose_overall_strength,
    find_closing_step,
)
from tests.support.answers import make_answer, synthesise

STORY = AskedQuestion("proud", "Which result are you proud of?", QuestionKind.BEHAVIOURAL)
ENDING = AskedQuestion("questions_for_us", "Do you have any questions for us?", QuestionKind.CLOSING)
UMS, MORE_UMS = "filler_sounds", "I {um} led {um} it. (0.5) " * 12


def make_report(text: str, question: AskedQuestion = STORY) -> Report:
    heard = make_answer(text)
    return analyze(synthesise(heard, text), heard, question)


ANY = make_report("I led the team. (0.5) It worked well. (0.5) " * 6)
WITH_UMS, WITH_MORE_UMS = make_report("I {um} led the team. (0.5) It worked well. (0.5) " * 6), make_report(MORE_UMS)


def give(place: int, step: str, report: Report = ANY, kind: str = "behavioural", praise: str = "story") -> AnswerReport:
    """Make an answer whose report names this next step."""
    named = replace(report, next_step=Takeaway(step, f"Do {step}."), strength=Takeaway(praise, f"You had a {praise}."))
    return AnswerReport(place, kind, named)


def test_what_comes_up_most_is_the_one_thing_to_do():
    step = choose_overall_step([give(1, "outcome"), give(2, UMS, WITH_UMS), give(3, UMS, WITH_UMS)])
    assert step is not None
    assert (step.line, step.places, step.redo) == ("Do filler_sounds.", (2, 3), 2)


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ((UMS, "outcome"), "outcome"),
        ((UMS, "answer_length"), "answer_length"),
        (("answer_length", "own_part"), "own_part"),
        (("outcome", "two_voices"), "two_voices"),
        (("speaking_rate", UMS), "speaking_rate"),
    ],
)
def test_of_what_comes_up_equally_often_a_coach_names_what_was_said_first_and_length_next(keys, first):
    step = choose_overall_step([give(place, key) for place, key in enumerate(keys, 1)])
    assert step is not None
    assert step.line == f"Do {first}."


def test_the_answer_farthest_from_the_range_is_given_again_first():
    step = choose_overall_step([give(1, UMS, WITH_UMS), give(4, UMS, WITH_MORE_UMS), give(5, UMS, WITH_UMS)])
    assert step is not None
    assert (step.places, step.redo) == ((1, 4, 5), 4)


def test_where_nothing_is_to_mend_no_answer_is_given_again():
    step = choose_overall_step([give(1, NOTHING_TO_MEND), give(2, NOTHING_TO_MEND)])
    assert step is not None
    assert step.line.startswith("Nothing to fix.")
    assert step.redo is None
    other = choose_overall_step([give(1, NOTHING_TO_MEND), give(2, UMS, WITH_UMS)])
    assert other is not None
    assert other.redo == 2


def test_without_an_answer_there_is_nothing_to_do():
    assert choose_overall_step([]) is None
    assert choose_overall_strength([], None) is None


def test_something_said_is_praised_before_the_way_it_was_said():
    answers = [give(1, UMS, praise="speaking_rate"), give(2, UMS, praise="number"), give(3, UMS, praise="story")]
    best = choose_overall_strength(answers, None)
    assert best is not None
    assert (best.line, best.place) == ("You had a story.", 3)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("What does a day look like here? Thank you.", "Ask about the next steps and when you'll hear."),
        ("What are the next steps? Thank you.", "Ask when you'll hear from them."),
        ("When will I hear from you? Thank you.", "Ask what the next steps are."),
        ("What are the next steps? (1.0) When will I hear from you?", "Thank them for their time."),
        (
            "What are the next steps? (1.0) When will I hear from you? (1.0) Thank you very much.",
            "Say that you'd like the job.",
        ),
        (
            "What are the next steps? (1.0) When will I hear from you? (1.0) Thank you very much. "
            "I would love to work here. (1.0) What does your company do?",
            "Ask nothing that their website answers.",
        ),
    ],
)
def test_the_closing_lacks_next_steps_and_timing_before_thanks_and_interest(said, step):
    found = find_closing_step([make_report(said, ENDING)])
    assert found is not None
    assert found.text == step


def test_a_closing_with_all_of_it_lacks_nothing():
    said = "What are the next steps? (1.0) When will I hear from you? (1.0) Thank you. I would love to work here."
    assert find_closing_step([make_report(said, ENDING)]) is None


def test_the_last_closing_answer_is_judged_by_what_the_closing_lacks_and_not_by_how_it_was_said():
    closing = give(2, "time_to_first_word", make_report("What does a day look like here?", ENDING), "closing")
    step = choose_overall_step([give(1, NOTHING_TO_MEND), closing])
    assert step is not None
    assert (step.line, step.redo) == ("Ask about the next steps and when you'll hear.", 2)
