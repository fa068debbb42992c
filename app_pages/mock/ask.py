"""Ask one question of a mock interview: time to think, one recording, and the report only at the end."""

from __future__ import annotations

import time
from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.components import analysis_progress, machine_microphone, recorder, recording_inputs
from app_pages.components.frontend_component import declare_component
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import escape_markdown
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from services.asked_questions import make_mock_question
from services.interviews.mock_runs import AskingOn, MovedOnError, answer_question, ask_on, end_run, skip_question
from services.submission import Submission

SAVED = "✓ Answer saved. You'll see its report at the end."
NO_FOLLOW_UP = (
    "The words of your last answer weren't there in time, so there was no follow-up. Carry on with this question."
)
LISTENING = "**One moment: your interviewer is thinking about your answer …**"
PATIENCE_SECONDS = 8.0  # s to wait for the words of an answer; after that the interview goes on without a follow-up
FOLLOW_UP_LENGTH = "**A sentence or two is enough.**"
STOP_FIRST = "Stop the recording first."
_SHOWN_QUESTION = "mock_here"  # id of the run and place of the question that this window shows
_MOVED_ON = "mock_moved_on"  # a sentence
_WAITING = "mock_waiting"  # id of the run, place of the question to come, and when the wait began
_WITHOUT = "mock_without_follow_up"  # id of the run and place of a question that came without a follow-up before it
ASK_ALOUD = "Ask your questions aloud, as you would there, and find out what happens next and when."
_COMPONENT = declare_component("mock_question", "read_aloud.html", "read_aloud.css", "read_aloud.js")
READ_ALOUD_KEY = "mock_aloud"


def find_shown_place(run: MockRun) -> int | None:
    """Return the place of the question to show, from 0; None when the run is over.

    A run may have gone on in another window while this one recorded. That recording is taken in first,
    on the question it was made for, because a recorder that is not drawn loses what it holds.
    """
    here: tuple[str, int] | None = st.session_state.get(_SHOWN_QUESTION)
    if here is not None and here[0] == run.id and recording_inputs.has_unsaved_recording(_make_recorder_part(*here)):
        return here[1]
    return run.place


def wait_for_follow_up(run: MockRun) -> bool:
    """Ask on after the last answer if it calls for that; return whether the page waits for its words instead.

    Raises:
        StoreError: the data cannot be read or changed.
    """
    begun: tuple[str, int | None, float] = st.session_state.get(_WAITING, ("", None, 0.0))
    if begun[:2] != (run.id, run.place):
        begun = st.session_state[_WAITING] = (run.id, run.place, time.monotonic())
    outcome = ask_on(get_store(), get_job_queue(), run, may_wait=time.monotonic() - begun[2] < PATIENCE_SECONDS)
    if outcome is AskingOn.WAITING:
        _show_waiting(run, begun[2] + PATIENCE_SECONDS)
        return True
    if outcome is AskingOn.TOO_LATE:
        st.session_state[_WITHOUT] = (run.id, run.place)
    if outcome is AskingOn.ASKED:
        st.rerun()
    return False


def _show_waiting(run: MockRun, until: float) -> None:
    current_run.show_back()
    with st.container(border=True, key="mock_waiting"):
        st.markdown(LISTENING)
        _poll(run.answers, until)
        st.button("Next question", key="mock_no_wait", on_click=_stop_waiting, args=(run.id, run.place))


@st.fragment(run_every=analysis_progress.POLL_SECONDS)
def _poll(answers: tuple[str, ...], until: float) -> None:
    """Run the whole page again when the words are there, or the time to wait for them is over."""
    if time.monotonic() >= until or not any(map(get_job_queue().is_pending, answers)):
        st.rerun()


def _stop_waiting(run_id: str, place: int) -> None:
    st.session_state[_WAITING] = (run_id, place, -PATIENCE_SECONDS)


def warn_moved_on() -> None:
    """Warn once that a recording came too late for its question."""
    moved_on = st.session_state.pop(_MOVED_ON, None)
    if moved_on is not None:
        st.warning(escape_markdown(moved_on))


def show_question(run: MockRun, place: int, thinking: int) -> None:
    """Ask the question at a place.

    Args:
        run: the mock interview.
        place: of the question, from 0.
        thinking: seconds to think before the answer; 0 for none.

    Raises:
        StoreError: the data cannot be read or changed.
    """
    st.session_state[_SHOWN_QUESTION] = (run.id, place)
    step = run.steps[place]
    current_run.show_back()
    if place and run.steps[place - 1].attempt is not None:
        st.caption(NO_FOLLOW_UP if st.session_state.get(_WITHOUT) == (run.id, place) else SAVED)
    with st.container(border=True, key="mock_question"):
        number = f"Question {run.count_main_steps(place)} of {len(run.main_steps)}"
        st.caption(number if step.follows is None else f"{number} · Follow-up")
        st.header(escape_markdown(step.text), anchor=False)
        _show_aim(step)
        if step.question == ENDING_QUESTION:
            st.markdown(ASK_ALOUD)
        saved = "Saved. " if place and run.steps[place - 1].attempt else ""
        news = f"{saved}This is number {run.count_main_steps(place)} of {len(run.main_steps)}."
        show_read_aloud(f"{run.id} {place}", step.text, thinking if step.follows is None else 0, news=news)

    def give_answer(submitted: Submission) -> None:
        try:
            answer_question(get_store(), run.id, place, submitted.attempt.id, datetime.now().astimezone())
        except MovedOnError as error:
            st.session_state[_MOVED_ON] = str(error)

    with st.container(key="mock_answer"):
        recording_inputs.show_recording_inputs(
            make_mock_question(step),
            give_answer,
            part=_make_recorder_part(run.id, place),
            with_samples=False,
        )
    _show_next_actions(run, place)
    st.caption("One take per question. You can stop any time and continue later.")


def _show_aim(step: MockStep) -> None:
    """Say how long the answer should be, by which it is judged at the end."""
    aim = recorder.find_aim(make_mock_question(step))
    if step.follows is not None:
        st.markdown(FOLLOW_UP_LENGTH)
    elif aim is not None:
        st.markdown(f"**Aim for {aim[0]:.0f} to {aim[1]:.0f} seconds.**")


def _make_recorder_part(run_id: str, place: int) -> str:
    return f"_{run_id}_{place}"


def _show_next_actions(run: MockRun, place: int) -> None:
    left, runs_on = len(run.main_steps) - run.count_main_steps(place) + 1, machine_microphone.is_recording()
    with st.container(horizontal=True, key="mock_ways_on"):
        st.button(
            "Skip this question",
            key=f"mock_skip_{place}",
            disabled=runs_on,  # what is being recorded would be the answer to the next question
            help=STOP_FIRST if runs_on else None,
            on_click=_skip,
            args=(run.id, place),
        )
        with st.popover("End the interview"):
            st.markdown(f"{format_count(left, 'question')} left.")
            st.button("End it here", key="mock_end", disabled=runs_on, on_click=_end, args=(run.id,))


def _skip(run_id: str, place: int) -> None:
    with show_errors():
        skip_question(get_store(), run_id, place, datetime.now().astimezone())


def _end(run_id: str) -> None:
    with show_errors():
        end_run(get_store(), run_id, datetime.now().astimezone())


def show_read_aloud(place: str, text: str, thinking: int, *, news: str = "", is_trial: bool = False) -> None:
    """Offer to read a text aloud, now or always, and count down the time to think.

    Args:
        place: identifies the question; a new value starts the countdown again.
        text: the question.
        thinking: seconds to think; 0 for none.
        news: what is said to those who do not see that another question is on the page.
        is_trial: the text is only there to hear the voice by, before the interview.
    """
    data = {"place": place, "text": text, "thinking": thinking, "news": news, "trial": is_trial}
    _COMPONENT(key=f"{READ_ALOUD_KEY}_trial" if is_trial else READ_ALOUD_KEY, data=data)
