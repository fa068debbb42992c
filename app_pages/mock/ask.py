"""Ask one question of a mock interview: time to think, one recording, and the report only at the end."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.components import machine_microphone, recording_inputs
from app_pages.components.frontend_component import declare_component
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun
from services.asked_questions import make_mock_question
from services.interviews.mock_runs import MovedOnError, answer_question, end_run, skip_question
from services.submission import Submission

SAVED = "✓ Your last answer is saved. It is measured in the background; its report comes at the end."
STOP_FIRST = "Stop the recording first."
_SHOWN_QUESTION = "mock_here"  # id of the run and place of the question that this window shows
_MOVED_ON = "mock_moved_on"  # a sentence
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
        st.caption(SAVED)
    with st.container(border=True, key="mock_question"):
        st.caption(f"Question {place + 1} of {len(run.steps)}")
        st.subheader(escape_markdown(step.text), anchor=False)
        if step.question == ENDING_QUESTION:
            st.markdown(ASK_ALOUD)
        show_read_aloud(f"{run.id} {place}", step.text, thinking)

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
    st.caption("One take each. You can leave and go on later: what you said is kept, and the place too.")


def _make_recorder_part(run_id: str, place: int) -> str:
    return f"_{run_id}_{place}"


def _show_next_actions(run: MockRun, place: int) -> None:
    left, runs_on = len(run.steps) - place, machine_microphone.is_recording()
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
            st.markdown(f"{format_count(left, 'question')} {'was' if left == 1 else 'were'} not answered yet.")
            st.button("End it here", key="mock_end", disabled=runs_on, on_click=_end, args=(run.id,))


def _skip(run_id: str, place: int) -> None:
    with show_errors():
        skip_question(get_store(), run_id, place, datetime.now().astimezone())


def _end(run_id: str) -> None:
    with show_errors():
        end_run(get_store(), run_id, datetime.now().astimezone())


def show_read_aloud(place: str, text: str, thinking: int) -> None:
    """Offer to read a text aloud, and count down the time to think.

    Args:
        place: identifies the question; a new value starts the countdown again.
        text: the question.
        thinking: seconds to think; 0 for none.
    """
    _COMPONENT(key=READ_ALOUD_KEY, data={"place": place, "text": text, "thinking": thinking})
