"""Test the report on a whole mock interview, without a browser: numbers, answers and the closing."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.closing_rules import Check
from analysis.structure.element import Element, ElementState
from app_pages.mock.closing import ClosingLine
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from services.asked_questions import make_mock_question
from speech.audio.recording import from_bytes
from speech.errors import LanguageError
from speech.segment import Segment
from store.attempt import AttemptState as Kept
from tests.app_pages.mock.helpers import STEPS, is_measured, open_page, read_question, record_answer, start_run
from tests.support.answers import make_answer, synthesise
from tests.support.pages import is_shown, list_texts, make_sound, press, run_until
from tests.support.stored_attempts import NOON

pytest_plugins = ("tests.support.pages",)

WHY = AskedQuestion("why_this_company", "Why us?", QuestionKind.MOTIVATION)


def test_the_last_answer_ends_the_run_and_shows_the_summary(page, kept):
    run = start_run(kept)
    tab = open_page(run.id)
    for place in range(3):
        record_answer(tab, run, place, 12.0 + place)
    run_until(tab, is_measured)
    assert tab.header[0].value == "Your mock interview"
    assert kept.load_document(MockRun, run.id).finished_at is not None
    assert is_shown(tab, "3 of 3 questions answered, in 28 s of speech.")
    # one filler sound in each answer of 9.4 s: 60 * 3 / 28.2 per minute
    assert is_shown(tab, "6.4 per min over all answers.")
    assert not is_shown(tab, "interval")
    assert not any("score" in text.lower() for text in list_texts(tab))
    assert is_shown(tab, "First interview")


def test_skipped_questions_and_questions_never_asked_are_labelled_differently(page, kept):
    run = start_run(kept)
    tab = press(open_page(run.id), "Skip this question")
    assert read_question(tab) == "Which result are you proud of?"
    assert not is_shown(tab, "Answer saved.")
    record_answer(tab, run, 1)
    run_until(press(tab, "End it here"), is_measured)
    assert is_shown(tab, "1 of 3 questions answered")
    told = list_texts(tab)
    assert told.count("Skipped.") == 1
    assert told.count("Not asked: you ended the interview before.") == 1


def test_a_run_in_which_nothing_was_said_says_so(page, kept):
    tab = press(open_page(start_run(kept).id), "End it here")
    assert is_shown(tab, "You haven't said anything yet.")
    assert not tab.exception


def test_the_numbers_appear_when_every_answer_is_analysed(page, recogniser, kept):
    recogniser.may_answer.clear()
    run = start_run(kept, *STEPS[1:])
    tab = open_page(run.id)
    record_answer(tab, run, 0, 12.0)
    record_answer(tab, run, 1, 13.0)
    assert is_shown(tab, "2 answers still to analyse.")
    assert is_shown(tab, "Overall results will appear when")
    assert list_texts(tab).count("Being analysed. Your recording is safe.") == 2
    assert not is_shown(tab, "questions answered, in")
    recogniser.may_answer.set()
    run_until(tab, is_measured)
    assert is_shown(tab, "2 of 2 questions answered")


def test_a_failed_answer_shows_its_error_and_can_be_retried(page, recogniser, kept):
    run = start_run(kept, *STEPS[1:])
    tab = open_page(run.id)
    recogniser.error = LanguageError("This sounds like *Spanish*.")
    record_answer(tab, run, 0, 12.0)
    run_until(press(open_page(run.id), "End it here"), lambda _: kept.load_history()[0].state is Kept.FAILED)
    tab = open_page(run.id)
    assert [error.value.replace("\\", "") for error in tab.error] == ["This sounds like *Spanish*."]
    assert is_shown(tab, "1 answer couldn't be analysed")
    recogniser.error = None
    press(tab, "Try again")
    run_until(tab, lambda tab: is_shown(tab, "1 of 2 questions answered, in 9 s of speech."))
    assert not tab.error


def test_an_answer_left_unanalysed_can_be_analysed_later(page, recogniser, kept):
    recogniser.may_answer.clear()
    attempt = kept.add_recording(from_bytes(make_sound(), "Browser recording"), WHY)
    run = start_run(kept, replace(STEPS[0], attempt=attempt.id), finished_at=NOON)
    tab = open_page(run.id)
    assert is_shown(tab, "Your recording is safe, but the app was closed")
    recogniser.may_answer.set()
    run_until(press(tab, "Analyse it"), lambda tab: is_shown(tab, "1 of 1 question answered"))


def test_a_silent_answer_has_no_numbers(page, recogniser, kept):
    recogniser.hears_voice = False
    run = start_run(kept, STEPS[0])
    tab = record_answer(open_page(run.id), run, 0)
    run_until(tab, is_measured)
    assert is_shown(tab, "We couldn't hear any speech in this answer.")
    assert not is_shown(tab, "words/min")


def test_a_run_whose_answer_was_deleted_says_so(page, kept):
    run = start_run(kept, STEPS[0])
    tab = record_answer(open_page(run.id), run, 0)
    run_until(tab, is_measured)
    kept.delete_attempt(kept.load_history()[0].id)
    assert is_shown(open_page(run.id), "You deleted this answer.")


# One thing to do


def finish(kept, *said: tuple[MockStep, str]) -> AppTest:
    """Open the report on a run whose questions were answered in these words."""
    steps = []
    for step, text in said:
        heard, asked = make_answer(text), make_mock_question(step)
        attempt = kept.add_recording(synthesise(heard, text), asked)
        kept.finish(attempt.id, heard, analyze(synthesise(heard, text), heard, asked))
        steps.append(replace(step, attempt=attempt.id))
    return open_page(start_run(kept, *steps, finished_at=NOON).id)


PROUD, WHY_US = STEPS[1], STEPS[0]
NO_RESULT = "Last winter our ward lost two nurses. I rang the agency. I rewrote the rota. I took the Sunday shifts."
WHY_HERE = "I want to work here because I use your product every day and I know the people who make it."
GOOD_END = "What are the next steps? (1.0) When will I hear from you? (1.0) Thank you very much."


def test_the_report_names_one_thing_to_do_and_the_answer_to_give_again(page, kept):
    tab = finish(kept, (WHY_US, WHY_HERE), (PROUD, NO_RESULT), (STEPS[2], GOOD_END))
    assert [header.value for header in tab.header][:2] == ["Your mock interview", "Say how it turned out\\."]
    assert is_shown(tab, "This came up in answer 2.")
    tab.toggle(key="mock_hear").set_value(True).run()
    assert len(tab.get("audio")) == 1
    tab.button(key="mock_redo").click().run()
    assert tab.title[0].value == "Which result are you proud of?"
    assert tab.session_state["on_screen"].attempt_id == kept.load_history()[1].id


def test_the_closing_is_judged_by_its_own_rules_first(page, kept):
    tab = finish(kept, (STEPS[2], "What does a day look like? (4.5) Who would I work with? Um um um um um."))
    ask = "Ask about the next steps and when you'll hear."
    assert [header.value.replace("\\", "") for header in tab.header][1] == ask
    assert sum(ask in text.replace("\\", "") for text in list_texts(tab)) == 3  # on top, in the closing, in the answer


def test_a_good_closing_is_said_to_be_one(page, kept):
    tab = finish(kept, (STEPS[2], GOOD_END + " I would love to work here."))
    assert is_shown(tab, "✓ **You asked about the next steps and the timing, and you thanked them.**")


# The closing


def open_closed_run(kept, said: str, *steps: MockStep) -> AppTest:
    """Open the report on a run that ended with an answer in these words."""
    heard = make_answer(said)
    asked = AskedQuestion(ENDING_QUESTION, STEPS[-1].text, QuestionKind.CLOSING)
    attempt = kept.add_recording(synthesise(heard), asked)
    kept.finish(attempt.id, heard, analyze(synthesise(heard), heard, asked))
    return open_page(start_run(kept, *steps, replace(STEPS[-1], attempt=attempt.id), finished_at=NOON).id)


def find_line(tab: AppTest, label: str) -> str:
    lines = [line for text in list_texts(tab) for line in text.replace("\\", "").splitlines()]
    (line,) = [line for line in lines if f"**{label}:**" in line]
    return line.rstrip()


def test_each_closing_check_quotes_its_sentence_and_time(page, kept):
    tab = open_closed_run(kept, "What are the next steps? (1.0) Thank you very much. (1.0) What does your company do?")
    assert find_line(tab, "Next steps asked") == "✓ **Next steps asked:** “What are the next steps?” at 0:00"
    assert find_line(tab, "Thanks expressed") == "✓ **Thanks expressed:** “Thank you very much.” at 0:03"
    assert is_shown(tab, "– Ask when you'll hear from them. We didn't hear you ask.")
    assert is_shown(tab, "– Say that you'd like the job. We didn't hear you say it.")
    website = find_line(tab, "A question the website answers")
    assert website == "▲ **A question the website answers:** “What does your company do?” at 0:05. Better left out"
    assert is_shown(tab, "You asked 2 questions.")
    assert not any("missing" in text for text in list_texts(tab))


def test_an_inadvisable_question_that_was_not_asked_counts_as_good(page, kept):
    tab = open_closed_run(kept, "When will I hear from you? (1.0) I would love to work here.")
    assert is_shown(tab, "✓ You asked nothing their website answers – good.")
    assert find_line(tab, "Timing asked").startswith("✓ **Timing asked:** “When will I hear")
    assert find_line(tab, "Interest expressed").startswith("✓ **Interest expressed:** “I would love")


def test_a_possible_closing_element_is_marked_with_a_question_mark():
    doubtful = Element("x", "X", ElementState.POSSIBLE, "Perhaps so.", Segment(1.0, 2.0))
    assert {ClosingLine(check, doubtful, 1).sign for check in Check} == {"?"}


def test_an_interview_without_a_measured_closing_says_so(page, kept):
    tab = open_page(start_run(kept, finished_at=NOON).id)
    assert is_shown(tab, "None of your closing answers could be analysed")
    assert not is_shown(tab, "not heard")


def test_markup_in_a_closing_answer_is_shown_as_text(page, kept):
    tab = open_closed_run(kept, "What are the next steps <img> **now** $x$ for me?")
    assert not any("**now**" in text or " <img" in text or " $x$" in text for text in list_texts(tab))
