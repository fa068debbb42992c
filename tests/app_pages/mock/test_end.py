"""The report over a whole mock interview, on its page without a browser: numbers, answers and the closing."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.closing_rules import Check
from analysis.structure.element import Part, State
from app_pages.mock.closing import Line
from interview.mock.questions import ENDING
from interview.mock.run import MockRun, MockStep
from speech.audio.recording import from_bytes
from speech.errors import LanguageError
from speech.segment import Span
from store.attempt import State as Kept
from tests.app_pages.mock.helpers import STEPS, answer, asks, begun, is_measured, mock
from tests.support.answers import sound_of, spoken
from tests.support.pages import press, run_until, shows, sound, texts
from tests.support.stored_attempts import NOON

pytest_plugins = ("tests.support.pages",)

WHY = AskedQuestion("why_this_company", "Why us?", QuestionKind.MOTIVATION)


def test_the_last_answer_ends_the_run_and_shows_the_whole(page, kept):
    run = begun(kept)
    tab = mock(run.id)
    for place in range(3):
        answer(tab, run, place, 12.0 + place)
    run_until(tab, is_measured)
    assert tab.header[0].value == "Your mock interview"
    assert kept.thing(MockRun, run.id).finished_at is not None
    assert shows(tab, "3 of 3 questions answered, in 28 s of speech.")
    # one filler sound in each answer of 9.4 s: 60 * 3 / 28.2 per minute; exact Poisson interval of 3: 0.62 to 8.77
    assert shows(tab, "6.4 per min over all answers (95 % interval 1.3 to 18.7)")
    assert not any("score" in text.lower() for text in texts(tab))
    assert shows(tab, "First interview")


def test_a_skipped_question_and_those_not_asked_are_told_apart(page, kept):
    run = begun(kept)
    tab = press(mock(run.id), "Skip this question")
    assert asks(tab) == "Which result are you proud of?"
    assert not shows(tab, "Your last answer is saved.")
    answer(tab, run, 1)
    run_until(press(tab, "End it here"), is_measured)
    assert shows(tab, "1 of 3 questions answered")
    told = texts(tab)
    assert told.count("Skipped.") == 1
    assert told.count("Not asked: the interview ended before.") == 1


def test_a_run_in_which_nothing_was_said_says_so(page, kept):
    tab = press(mock(begun(kept).id), "End it here")
    assert shows(tab, "Nothing was said yet.")
    assert not tab.exception


def test_answers_still_being_measured_are_shown_as_such_and_numbers_come_when_all_are_done(page, recogniser, kept):
    recogniser.may_answer.clear()
    run = begun(kept, *STEPS[1:])
    tab = mock(run.id)
    answer(tab, run, 0, 12.0)
    answer(tab, run, 1, 13.0)
    assert shows(tab, "2 answers to be measured.")
    assert shows(tab, "The numbers over the whole interview follow")
    assert texts(tab).count("Being measured. Its recording is safe.") == 2
    assert not shows(tab, "questions answered, in")
    recogniser.may_answer.set()
    run_until(tab, is_measured)
    assert shows(tab, "2 of 2 questions answered")


def test_a_failed_answer_is_told_with_its_sentence_and_can_be_tried_again(page, recogniser, kept):
    run = begun(kept, *STEPS[1:])
    tab = mock(run.id)
    recogniser.error = LanguageError("This sounds like *Spanish*.")
    answer(tab, run, 0, 12.0)
    run_until(press(mock(run.id), "End it here"), lambda _: kept.history()[0].state is Kept.FAILED)
    tab = mock(run.id)
    assert [error.value.replace("\\", "") for error in tab.error] == ["This sounds like *Spanish*."]
    assert shows(tab, "1 answer not measured, and in none of these numbers.")
    recogniser.error = None
    press(tab, "Try again")
    run_until(tab, lambda tab: shows(tab, "1 of 2 questions answered, in 9 s of speech."))
    assert not tab.error


def test_an_answer_that_nobody_measures_any_more_is_offered(page, recogniser, kept):
    recogniser.may_answer.clear()
    attempt = kept.add_recording(from_bytes(sound(), "Browser recording"), WHY)
    run = begun(kept, replace(STEPS[0], attempt=attempt.id), finished_at=NOON)
    tab = mock(run.id)
    assert shows(tab, "Recorded and safe, not measured yet")
    recogniser.may_answer.set()
    run_until(press(tab, "Measure it"), lambda tab: shows(tab, "1 of 1 question answered"))


def test_silence_in_an_interview_is_told_without_numbers(page, recogniser, kept):
    recogniser.hears_voice = False
    run = begun(kept, STEPS[0])
    tab = answer(mock(run.id), run, 0)
    run_until(tab, is_measured)
    assert shows(tab, "nothing was said")
    assert not shows(tab, "words/min")


def test_a_run_whose_answer_was_deleted_says_so(page, kept):
    run = begun(kept, STEPS[0])
    tab = answer(mock(run.id), run, 0)
    run_until(tab, is_measured)
    kept.delete(kept.history()[0].id)
    assert shows(mock(run.id), "This answer was deleted.")


# The closing


def closed(kept, said: str, *steps: MockStep) -> AppTest:
    """The report of a run that ended on an answer with these words."""
    heard = spoken(said)
    asked = AskedQuestion(ENDING, STEPS[-1].text, QuestionKind.CLOSING)
    attempt = kept.add_recording(sound_of(heard), asked)
    kept.finish(attempt.id, heard, analyze(sound_of(heard), heard, asked))
    return mock(begun(kept, *steps, replace(STEPS[-1], attempt=attempt.id), finished_at=NOON).id)


def told_of(tab: AppTest, label: str) -> str:
    lines = [line for text in texts(tab) for line in text.replace("\\", "").splitlines()]
    (line,) = [line for line in lines if f"**{label}:**" in line]
    return line


def test_what_was_asked_and_said_at_the_end_is_told_with_its_sentence_and_moment(page, kept):
    tab = closed(kept, "What are the next steps? (1.0) Thank you very much. (1.0) What does your company do?")
    assert told_of(tab, "Next steps asked") == "- ✓ **Next steps asked:** “What are the next steps?” at 0:00"
    assert told_of(tab, "Thanks expressed") == "- ✓ **Thanks expressed:** “Thank you very much.” at 0:03"
    assert told_of(tab, "Timing asked") == "- – **Timing asked:** not heard"
    assert told_of(tab, "Interest expressed") == "- – **Interest expressed:** not heard"
    website = told_of(tab, "A question the website answers")
    assert website == "- ▲ **A question the website answers:** “What does your company do?” at 0:05, better left out"
    assert shows(tab, "2 questions of yours heard.")
    assert not any("missing" in text for text in texts(tab))


def test_what_is_better_not_heard_is_fine_when_it_was_not(page, kept):
    tab = closed(kept, "When will I hear from you? (1.0) I would love to work here.")
    website = told_of(tab, "A question the website answers")
    assert website == "- ✓ **A question the website answers:** not heard, and better so"
    assert told_of(tab, "Timing asked").startswith("- ✓ **Timing asked:** “When will I hear")
    assert told_of(tab, "Interest expressed").startswith("- ✓ **Interest expressed:** “I would love")


def test_what_was_perhaps_heard_is_neither_praised_nor_advised_against():
    doubtful = Part("x", "X", State.PERHAPS, "Perhaps so.", Span(1.0, 2.0))
    assert {Line(check, doubtful, 1).sign for check in Check} == {"?"}


def test_an_interview_without_a_measured_closing_says_so(page, kept):
    tab = mock(begun(kept, finished_at=NOON).id)
    assert shows(tab, "No closing answer was measured")
    assert not shows(tab, "not heard")


def test_what_was_said_at_the_end_is_shown_as_text(page, kept):
    tab = closed(kept, "What are the next steps <img> **now** $x$ for me?")
    assert not any("**now**" in text or " <img" in text or " $x$" in text for text in texts(tab))
