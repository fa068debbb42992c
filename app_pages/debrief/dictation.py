"""Dictate a part of a debrief: the recording is stored at once, its words go into the field on a click.

They are never inserted automatically: the browser holds what is being typed in a field, so words
inserted meanwhile would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app_pages.components import analysis_progress, machine_microphone, recording_inputs
from app_pages.debrief import drafts
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue, get_store, prepare_deletion
from app_pages.ui.wording import escape_markdown, format_clock
from interview.interview import Interview
from services.asked_questions import make_debrief_question
from services.interviews.debriefs import DebriefDraft, find_new_dictations, load_dictated_text
from services.job_queue import Failed, Pending
from services.submission import Submission
from store.attempt import AttemptState, StoredAttempt

WORDS_INSERTED = "What you said is in “{}” now. Read it through, fix what was misheard, then save."
INSERT_LABEL = "Insert what I said"
NO_WORDS = "We couldn't hear any words."
NOT_TRANSCRIBED = "it hasn't been transcribed yet."
_TALKS_ABOUT = "debrief_talks_about"


def offer_dictations(draft: DebriefDraft, labels: Mapping[str, str]) -> DebriefDraft:
    """Offer the words of new recordings, or show the progress of each; return the draft.

    Args:
        draft: of the debrief.
        labels: of the fields, by name.
    """
    for field, attempt in find_new_dictations(get_store(), draft, labels):
        _show_dictation(attempt, field, draft, labels[field])
    for field in dict.fromkeys(field for field, _ in draft.spoken):
        st.info(escape_markdown(WORDS_INSERTED.format(labels[field])))
    drafts.remember(draft)
    return draft


def show_recorder(interview: Interview, labels: Mapping[str, str]) -> None:
    """Show a recorder for the field that the user chooses to talk about."""
    with st.expander("Say it instead of typing"):
        fields = list(labels)
        field = st.selectbox(
            "What you're talking about",
            fields,
            format_func=labels.__getitem__,
            key=f"{_TALKS_ABOUT}_{interview.id}",
            disabled=machine_microphone.is_recording(),  # what is being recorded belongs to what was chosen
        )
        asked = make_debrief_question(interview.id, field, labels[field])
        part = f"_{interview.id}_{field}_{get_store().get_next_take(asked.id)}"
        recording_inputs.show_recording_inputs(asked, _ignore_submission, part=part, with_samples=False)


def _ignore_submission(_submitted: Submission) -> None:
    """Do nothing: a recording stored for a field is found when the page runs again."""


def _show_dictation(attempt: StoredAttempt, field: str, draft: DebriefDraft, label: str) -> None:
    state = get_job_queue().get_state(attempt.id)
    now = get_store().load_attempt(attempt.id)
    if now.state is AttemptState.DONE:
        _offer_words(now, field, draft, label)
    elif isinstance(state, Pending):
        st.caption(
            escape_markdown(f"“{label}”: your recording is saved. Its words will appear here; you can keep typing.")
        )
        _poll(attempt.id)
    else:
        _offer_retry(now, state, label)


def _offer_words(attempt: StoredAttempt, field: str, draft: DebriefDraft, label: str) -> None:
    """Show the words of a recording, with buttons to insert them or to delete the recording."""
    text = load_dictated_text(get_store(), attempt.id)
    with st.container(border=True, key=f"said_{attempt.id}"):
        st.caption(escape_markdown(f"You said, for “{label}”:"))
        st.text(text or NO_WORDS)
        with st.container(horizontal=True):
            if text:
                args = (draft, field, attempt.id, text)
                st.button(
                    INSERT_LABEL, key=f"put_{attempt.id}", type="primary", on_click=drafts.insert_words, args=args
                )
            _offer_deletion(attempt)


def _offer_retry(attempt: StoredAttempt, state: Failed | None, label: str) -> None:
    """Show a recording that has no words yet: the reason, and buttons to try again or delete it."""
    failure = state.sentence if isinstance(state, Failed) else attempt.failure
    st.warning(escape_markdown(f"“{label}”, {format_clock(attempt.duration)} long: {failure or NOT_TRANSCRIBED}"))
    with st.container(horizontal=True):
        again = "Try again" if failure else "Transcribe it"
        st.button(
            again, key=f"again_{attempt.id}", on_click=get_job_queue().enqueue, args=(attempt.id, attempt.duration)
        )
        _offer_deletion(attempt)


def _offer_deletion(attempt: StoredAttempt) -> None:
    with st.popover("Delete it"):
        st.markdown("This deletes the recording for good.")
        st.button("Delete this recording", key=f"drop_{attempt.id}", on_click=_delete, args=(attempt.id,))


def _delete(attempt_id: str) -> None:
    with show_errors():
        prepare_deletion(get_store(), attempt_id)
        get_store().delete_attempt(attempt_id)


@st.fragment(run_every=analysis_progress.POLL_SECONDS)
def _poll(attempt_id: str) -> None:
    state = get_job_queue().get_state(attempt_id)
    if not isinstance(state, Pending):
        st.rerun()
    analysis_progress.show_progress_bar(state)
    analysis_progress.offer_to_stop(attempt_id, "Stop transcribing")
