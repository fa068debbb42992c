"""Show the practice page: choose a question, answer it aloud, read the report."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.components import analysis_progress, follow_ups, interrupted_takes, recording_inputs, today
from app_pages.practice import previous_takes, question_picker
from app_pages.report import report_view
from app_pages.ui import practice_state, store_access
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_comparison
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.templates import render_template
from app_pages.ui.wording import escape_markdown, format_date_time
from services.asked_questions import is_sample
from store.attempt import AttemptState, Filters, StoredAttempt

_STATE_KEY = "unfinished"
MAX_UNFOLDED = 2  # shown before the rest is folded away


def show_answer(attempt_id: str, question: AskedQuestion, was_in_hand: bool) -> None:
    """Show an attempt below the chosen question.

    Args:
        attempt_id: id of the attempt.
        question: the chosen question, which may be another than that of the attempt.
        was_in_hand: the attempt was queued or being analysed when this run of the page began. If it is done
            by now, what was drawn above is out of date and the page reruns.

    Raises:
        StoreError: the attempt does not exist (any more) or cannot be read.
    """
    state = get_job_queue().get_state(
        attempt_id
    )  # before the store is asked: what is done meanwhile is then seen as done
    attempt = get_store().load_attempt(attempt_id)
    is_done = attempt.state is AttemptState.DONE
    if is_done and was_in_hand:
        st.rerun()
    with st.container(key="report" if is_done else "measuring"):
        _show_notices(attempt, question)
        if is_done:
            result = get_store().load_result(attempt_id)
            previous_takes.show_outcome(attempt, result.report)
            if attempt.take > 1 and result.report.response is not None and not is_sample(attempt.question):
                link_to_comparison(attempt.id)
            report_view.show_report(attempt, result, partial(follow_ups.show_follow_ups, attempt))
        else:
            analysis_progress.show_progress(attempt, state)
    scroll_to("report" if is_done else "measuring")


def _show_notices(attempt: StoredAttempt, question: AskedQuestion) -> None:
    if practice_state.get_practice_state().seen_before == attempt.id:
        st.info(
            f"You've added this recording before: it's take {attempt.take}, "
            f"{escape_markdown(format_date_time(attempt.recorded_at))}. Nothing new was saved."
        )
    if is_sample(attempt.question):
        st.info("This is a sample, so it doesn't count as one of your takes.")
    elif attempt.question.id != question.id:
        st.info(escape_markdown(f"This report is for a different question: “{attempt.question.text}”"))


def scroll_to(key: str) -> None:
    """Scroll to a container, once for each new take; not for a take named in the URL.

    Args:
        key: key of the container.
    """
    arrivals = practice_state.get_practice_state().arrivals
    if arrivals:
        script = render_template("practice/templates/scroll_into_view.html", key=key, arrivals=arrivals)
        st.html(script, unsafe_allow_javascript=True)


def show_interrupted_attempts() -> None:
    """Offer the attempts that were interrupted before this session began; none is analysed unasked."""
    open_ones = [attempt for attempt in _load_interrupted() if _is_ours(attempt)]
    for attempt in open_ones[:MAX_UNFOLDED]:
        _show_attempt(attempt)
    if open_ones[MAX_UNFOLDED:]:
        with st.expander(f"More unfinished answers ({len(open_ones) - MAX_UNFOLDED})"):
            for attempt in open_ones[MAX_UNFOLDED:]:
                _show_attempt(attempt)


def _load_interrupted() -> list[StoredAttempt]:
    """Return the interrupted attempts.

    The search for lost recordings reads the whole folder, so it runs once per session.
    """
    if _STATE_KEY not in st.session_state:
        st.session_state[_STATE_KEY] = frozenset(attempt.id for attempt in get_store().list_interrupted())
    ids: frozenset[str] = st.session_state[_STATE_KEY]
    recorded = get_store().load_history(Filters(state=AttemptState.RECORDED)) if ids else ()
    return [attempt for attempt in recorded if attempt.id in ids]


def _is_ours(attempt: StoredAttempt) -> bool:
    return not get_job_queue().is_pending(attempt.id) and attempt.id != practice_state.get_practice_state().attempt_id


def _show_attempt(attempt: StoredAttempt) -> None:
    with st.container(border=True, key=f"unfinished_{attempt.id}"):
        analysis_progress.show_offer(attempt)


st.title("Answer Aloud", anchor=False)
st.caption("Answer a question aloud, then see how it came across. Everything stays on this computer.")
with show_errors():
    practice_state.open_url()
    store_access.show_migration_warning()
take = practice_state.get_practice_state().attempt_id
was_in_hand = take is not None and get_job_queue().is_pending(take)
with st.container(), show_errors():  # one place whatever is offered, so that what stands below keeps its own
    interrupted_takes.show_all()
    show_interrupted_attempts()
with st.container(), show_errors():
    today.show_today()
question = question_picker.pick_question()
with show_errors():
    question_picker.show_key_points_box(question)
with show_errors():
    previous_takes.show_previous_takes(question)
recording_inputs.show_recording_inputs(question)

if take is not None:
    st.divider()
    with show_errors():
        show_answer(take, question, was_in_hand)
        today.show_next_question()
