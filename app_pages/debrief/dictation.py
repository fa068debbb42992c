"""Saying a part of a debrief: the recording is kept at once; its words go into the field at a click.

Never by themselves: the browser keeps what is being typed in a field, so words put in meanwhile would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app_pages.components import analysis_progress, machine_microphone, recording_inputs
from app_pages.debrief import drafts
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import clock, plain
from interview.interview import Interview
from services.asked_questions import asked_in_debrief
from services.interviews.debriefs import DebriefDraft, dictated_text, new_dictations
from services.job_queue import Failed, Pending
from services.submission import Submission
from store.attempt import KeptAttempt, State

PUT_IN = "What you said stands in “{}” now. Read it through, change what was misheard, then save."
OFFER = "Put what I said into the field"
NO_WORDS = "No words were heard in it."
_TALKS_ABOUT = "debrief_talks_about"


def take_up(draft: DebriefDraft, labels: Mapping[str, str]) -> DebriefDraft:
    """The draft, after offering the words of recordings not put in yet, or how far each of them is."""
    for field, attempt in new_dictations(get_store(), draft, labels):
        _take_up(attempt, field, draft, labels[field])
    for field in dict.fromkeys(field for field, _ in draft.spoken):
        st.info(plain(PUT_IN.format(labels[field])))
    drafts.remember(draft)
    return draft


def recorder(interview: Interview, labels: Mapping[str, str]) -> None:
    """The ways to say a part, each with its own recorder."""
    with st.expander("Say it instead of typing"):
        fields = list(labels)
        field = st.selectbox(
            "What you talk about",
            fields,
            format_func=labels.__getitem__,
            key=f"{_TALKS_ABOUT}_{interview.id}",
            disabled=machine_microphone.is_recording(),  # what is being recorded belongs to what was chosen
        )
        asked = asked_in_debrief(interview.id, field, labels[field])
        part = f"_{interview.id}_{field}_{get_store().next_take(asked.id)}"
        recording_inputs.show(asked, _wait, part=part, with_samples=False)


def _wait(_submitted: Submission) -> None:
    """Do nothing more: whatever is kept under a field's name is found when the page runs again."""


def _take_up(attempt: KeptAttempt, field: str, draft: DebriefDraft, label: str) -> None:
    state = get_job_queue().state(attempt.id)
    now = get_store().attempt(attempt.id)
    if now.state is State.DONE:
        _offer(now, field, draft, label)
    elif isinstance(state, Pending):
        st.caption(plain(f"“{label}”: your recording is saved. Its words follow; you can go on typing."))
        _poll(attempt.id)
    else:
        _ask(now, state, label)


def _offer(attempt: KeptAttempt, field: str, draft: DebriefDraft, label: str) -> None:
    """The words of a recording, and the ways to use them or not."""
    text = dictated_text(get_store(), attempt.id)
    with st.container(border=True, key=f"said_{attempt.id}"):
        st.caption(plain(f"You said, for “{label}”:"))
        st.text(text or NO_WORDS)
        with st.container(horizontal=True):
            if text:
                args = (draft, field, attempt.id, text)
                st.button(OFFER, key=f"put_{attempt.id}", type="primary", on_click=drafts.insert_words, args=args)
            _deleting(attempt)


def _ask(attempt: KeptAttempt, state: Failed | None, label: str) -> None:
    """A recording whose words are missing: why, and what can be done."""
    failure = state.sentence if isinstance(state, Failed) else attempt.failure
    st.warning(plain(f"“{label}”, {clock(attempt.duration)} long: {failure or 'its words were not written down yet.'}"))
    with st.container(horizontal=True):
        again = "Try again" if failure else "Write it down"
        st.button(again, key=f"again_{attempt.id}", on_click=get_job_queue().enqueue, args=(attempt.id,))
        _deleting(attempt)


def _deleting(attempt: KeptAttempt) -> None:
    with st.popover("Delete it"):
        st.markdown("The recording will be gone for good.")
        st.button("Delete this recording", key=f"drop_{attempt.id}", on_click=_delete, args=(attempt.id,))


def _delete(attempt_id: str) -> None:
    with show_errors():
        get_store().delete(attempt_id)


@st.fragment(run_every=analysis_progress.POLL)
def _poll(attempt_id: str) -> None:
    state = get_job_queue().state(attempt_id)
    if not isinstance(state, Pending):
        st.rerun()
    analysis_progress.bar(state)
