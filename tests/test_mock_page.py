"""The page of mock interviews, run without a browser: plan, questions one by one, and the report over the whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from analysis.analyze import analyze
from analysis.closing_rules import Check
from analysis.heard import Part, State
from analysis.question import AskedQuestion, QuestionKind
from app_pages.mock_closing import Line
from app_pages.wording import plain
from interview.mock_plan import MockPlan
from interview.mock_questions import ENDING
from interview.mock_run import MockRun, MockStep
from speech import microphone
from speech.errors import LanguageError
from speech.recording import from_bytes
from speech.span import Span
from store.attempt import State as Kept
from tests.answers import sound_of, spoken
from tests.interviews import HELD
from tests.kept import NOON
from tests.pages import APP, record, run_until, shows, sound, texts
from tests.test_pages_machine import ScriptedTake

pytest_plugins = ("tests.pages",)

PLAN, RUN = "a" * 32, "b" * 32
MARKUP = "<img src=x onerror=alert(1)> **bold** [link](http://x.test) $x$ :red[no]"
WHY = AskedQuestion("why_this_company", "Why us?", QuestionKind.MOTIVATION)
STEPS = (
    MockStep("why_this_company", "Why us?", "motivation"),
    MockStep("proud_result", "Which result are you proud of?", "behavioural"),
    MockStep(ENDING, "Do you have any other questions for us?", "closing"),
)


def mock(run: str | None = None) -> AppTest:
    """The page in a new tab, with the address of a run."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    if run is not None:
        tab.query_params["run"] = run
    return tab.switch_page("app_pages/mock.py").run()


def begun(kept, *steps: MockStep, **changes: object) -> MockRun:
    run = MockRun(RUN, PLAN, steps or STEPS, NOON, **changes)
    kept.keep(MockPlan(PLAN, "first", thinking=30))
    kept.keep(run)
    return run


def answer(tab: AppTest, run: MockRun, place: int, seconds: float = 12.0) -> AppTest:
    data = ("2026-01-01T10-00_audio.wav", sound(seconds), "audio/wav")
    return tab.audio_input(key=f"recorder_{run.id}_{place}").set_value(data).run()


def asks(tab: AppTest) -> str | None:
    return tab.subheader[0].value.replace("\\", "") if tab.subheader and tab.get("bidi_component") else None


def is_measured(tab: AppTest) -> bool:
    return not tab.get("progress")


def press(tab: AppTest, label: str) -> AppTest:
    (button,) = [button for button in tab.button if button.label == label]
    return button.click().run()


def attempts(kept) -> list[str]:
    return [each.id for each in kept.history()]


# The plan


def test_a_plan_is_kept_with_every_change_and_is_there_in_the_next_tab(page, kept):
    tab = mock()
    assert kept.things(MockPlan) == ()  # looking is no plan
    tab.selectbox(key="mock_stage").select("technical").run()
    tab.number_input(key="mock_minutes").set_value(30).run()
    tab.multiselect(key="mock_competencies").select("trust").select("learning").run()
    tab.number_input(key="mock_thinking").set_value(0).run()
    assert not tab.exception
    (plan,) = kept.things(MockPlan)
    assert (plan.stage, plan.minutes, plan.thinking) == ("technical", 30, 0)
    assert plan.competencies == ("trust", "learning")
    other = mock()
    assert other.selectbox(key="mock_stage").value == "technical"
    assert other.multiselect(key="mock_competencies").value == ["trust", "learning"]


def test_other_questions_are_drawn_anew_and_the_same_seed_shows_the_same_ones(page, kept):
    def drawn(tab: AppTest) -> str:
        return next(text for text in texts(tab) if text.startswith("1. "))

    tab = press(mock(), "Other questions")
    first = drawn(tab)
    assert drawn(mock()) == first
    assert drawn(press(tab, "Other questions")) != first


def test_a_run_begins_with_the_questions_that_were_drawn_and_its_address_names_it(page, kept):
    tab = mock()
    told = next(text for text in texts(tab) if text.startswith("1. ")).splitlines()
    press(tab, "Begin")
    (run,) = kept.things(MockRun)
    assert tab.query_params["run"] in (run.id, [run.id])
    assert [f"{n}. {step.text}" for n, step in enumerate(run.steps, 1)] == [line.replace("\\", "") for line in told]
    assert asks(tab) == run.steps[0].text
    assert run.steps[-1].question == ENDING
    assert (run.plan, run.place) == (kept.things(MockPlan)[0].id, 0)


def test_the_next_plan_is_like_the_last_with_other_questions_and_leaves_the_begun_one_alone(page, kept):
    tab = mock()
    tab.number_input(key="mock_minutes").set_value(10).run()
    press(tab, "Begin")
    tab = mock()
    assert tab.number_input(key="mock_minutes").value == 10
    tab.number_input(key="mock_minutes").set_value(15).run()
    begun_from, draft = kept.things(MockPlan)
    assert (begun_from.minutes, draft.minutes) == (10, 15)
    assert begun_from.seed != draft.seed


def test_an_interview_gives_its_stage_company_and_role_to_the_questions(page, kept):
    kept.keep(HELD)
    tab = mock()
    tab.selectbox(key="mock_stage").select("closing").run()
    tab.selectbox(key="mock_interview").select(HELD.id).run()
    tab.number_input(key="mock_minutes").set_value(120).run()
    assert not tab.exception
    assert tab.selectbox(key="mock_stage").value == HELD.stage
    press(tab, "Begin")
    (run,) = kept.things(MockRun)
    assert run.interview == HELD.id
    assert kept.things(MockRun, interview=HELD.id) == (run,)
    worded = {step.question: step.text for step in run.steps}
    assert worded["why_this_company"] == "Why do you want to work for Harbour Analytics?"


def test_a_competency_without_room_is_named(page):
    tab = mock()
    tab.number_input(key="mock_minutes").set_value(5).run()
    tab.multiselect(key="mock_competencies").set_value(["trust", "learning", "influence", "leadership"]).run()
    assert shows(tab, "No question on: ")


# The run


def test_each_answer_is_kept_at_once_and_leads_to_the_next_question_without_a_report(page, recogniser, kept):
    recogniser.may_answer.clear()
    run = begun(kept)
    tab = mock(run.id)
    assert asks(tab) == "Why us?"
    answer(tab, run, 0)
    assert asks(tab) == "Which result are you proud of?"
    assert shows(tab, "Your last answer is saved.")
    assert not shows(tab, "Your report")
    assert kept.thing(MockRun, run.id).answers == tuple(attempts(kept))
    (attempt,) = kept.history()
    assert (attempt.question.id, attempt.question.text, attempt.state) == (
        "why_this_company",
        "Why us?",
        Kept.RECORDED,
    )


def test_after_a_reload_the_run_goes_on_at_its_question_and_the_page_offers_it_too(page, kept):
    run = begun(kept)
    answer(mock(run.id), run, 0)
    assert asks(mock(run.id)) == "Which result are you proud of?"
    start = mock()
    assert shows(start, "A mock interview was left at question 2 of 3.")
    assert asks(press(start, "Go on")) == "Which result are you proud of?"


def test_the_time_to_think_and_the_text_go_to_the_component_as_plain_values(page, kept):
    run = begun(kept, replace(STEPS[0], text=MARKUP))
    (component,) = mock(run.id).get("bidi_component")
    assert json.loads(component.proto.json) == {"place": f"{RUN} 0", "text": MARKUP, "thinking": 30}


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


def test_questions_companies_and_roles_are_shown_as_text_never_as_markup(page, kept):
    kept.keep(replace(HELD, company=MARKUP, role=MARKUP))
    run = begun(kept, *(replace(step, text=MARKUP) for step in STEPS), interview=HELD.id)
    tab = mock(run.id)
    shown = [texts(tab), texts(mock())]
    press(tab, "End it here")
    shown.append(texts(tab))
    for told in shown:
        assert any(plain(MARKUP) in text for text in told)
        others = [text.replace(plain(MARKUP), "") for text in told]
        assert not any(bad in text for text in others for bad in ("img", "bold", "[link]", "$x$", ":red["))


def test_a_question_answered_in_another_window_is_told_and_the_second_recording_is_not_lost(page, kept):
    run = begun(kept)
    first, second = mock(run.id), mock(run.id)
    answer(first, run, 0, 12.0)
    answer(second, run, 0, 13.0)
    assert shows(second, "in another window in the meantime. Your recording is safe")
    assert len(kept.history()) == 2
    assert len(kept.thing(MockRun, run.id).answers) == 1
    assert asks(second.run()) == "Which result are you proud of?"


def test_skipping_what_was_skipped_elsewhere_skips_nothing_more(page, kept):
    run = begun(kept)
    tab = mock(run.id)
    kept.keep(run.skipping(0), instead_of=run)
    press(tab, "Skip this question")
    assert shows(tab, "in another window in the meantime")
    assert [step.skipped for step in kept.thing(MockRun, run.id).steps] == [True, False, False]


def test_this_machines_microphone_answers_the_question_that_is_asked(page, kept, monkeypatch):
    monkeypatch.setattr(microphone, "devices", lambda: (microphone.Device(3, "Desk microphone", 1, 48000.0),))
    monkeypatch.setattr(microphone.Take, "start", lambda device: ScriptedTake())
    run = begun(kept)
    tab = mock(run.id)
    tab.session_state["way_in"] = "This machine"
    tab.run().button(key="machine_record").click().run()
    assert tab.button(key="mock_skip_0").disabled
    assert tab.button(key="mock_end").disabled
    tab.button(key="machine_stop").click().run()
    assert asks(tab) == "Which result are you proud of?"
    assert len(kept.thing(MockRun, run.id).answers) == 1


def test_a_file_that_cannot_be_used_is_told_and_the_question_stays(page, kept):
    run = begun(kept)
    tab = mock(run.id)
    tab.file_uploader(key=f"upload_{run.id}_0").set_value(("notes.wav", b"only notes", "audio/wav")).run()
    assert shows(tab.run(), "not a sound file")
    assert asks(tab) == "Why us?"
    assert kept.history() == ()


def test_the_practise_page_is_as_it_was_after_a_mock_interview(page, kept):
    run = begun(kept)
    tab = answer(mock(run.id), run, 0)
    assert "take" not in tab.query_params
    tab.switch_page("app_pages/practice.py").run()
    assert not tab.exception
    assert "Try a sample" in [each.label for each in tab.tabs]
    run_until(record(tab, sound(9)), lambda tab: any(header.value == "Your report" for header in tab.header))


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
    assert told_of(tab, "A question the website answers").startswith("- ✓")
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


# Earlier runs


def test_earlier_runs_are_listed_and_their_report_opens(page, kept):
    run = begun(kept, *STEPS, finished_at=NOON + timedelta(minutes=9))
    tab = mock()
    assert shows(tab, "First interview · 1 Mar 2026, 12:00** · 0 of 3 questions answered")
    press(tab, "Read its report")
    assert tab.header[0].value == "Your mock interview"
    assert tab.query_params["run"] in (run.id, [run.id])


@pytest.mark.parametrize("also", [False, True])
def test_a_deleted_run_leaves_its_answers_unless_they_are_to_go_too(page, kept, also):
    run = begun(kept, STEPS[0])
    tab = answer(mock(run.id), run, 0)
    run_until(tab, is_measured)
    tab = mock()
    tab.checkbox(key=f"mock_also_{run.id}").set_value(also).run()
    press(tab, "Delete this mock interview")
    assert not tab.exception
    assert kept.things(MockRun) == ()
    assert kept.things(MockPlan) == ()
    assert len(kept.history()) == (0 if also else 1)


def test_a_run_whose_answer_was_deleted_says_so(page, kept):
    run = begun(kept, STEPS[0])
    tab = answer(mock(run.id), run, 0)
    run_until(tab, is_measured)
    kept.delete(attempts(kept)[0])
    assert shows(mock(run.id), "This answer was deleted.")


@pytest.mark.parametrize("named", ["nonsense", "../../etc/passwd", "0" * 32])
def test_an_address_that_names_no_run_is_told_in_a_sentence(page, named):
    tab = mock(named)
    assert shows(tab, "is not here (any more)")
    assert not tab.exception
    assert shows(press(tab, "← All mock interviews"), "Plan a mock interview")
