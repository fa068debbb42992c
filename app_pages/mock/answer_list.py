"""Show each question of a finished mock interview with its answer, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from app_pages.mock.wording import describe_measures
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_job_queue
from app_pages.ui.wording import escape_markdown, format_clock
from services.interviews.mock_runs import AnswerStatus
from store.attempt import StoredAttempt

BEING_MEASURED = "Being measured. Its recording is safe."
NOT_MEASURED_YET = "Recorded and safe, not measured yet: the app was closed before."
DELETED = "This answer was deleted."
SKIPPED, NOT_ASKED = "Skipped.", "Not asked: the interview ended before."


def show_answers(answers: Sequence[AnswerStatus]) -> None:
    """Show a box for each question, in the order they were asked."""
    st.subheader("Each answer", anchor=False)
    for each in answers:
        with st.container(border=True, key=f"mock_answer_{each.place}"):
            st.markdown(f"**{each.place}. {escape_markdown(each.step.text)}**")
            _show_answer(each)


def _show_answer(each: AnswerStatus) -> None:
    if each.report is not None and each.attempt is not None:
        _show_measured_answer(each.place, each.attempt.id, each.report)
    elif each.is_pending:
        st.markdown(BEING_MEASURED)
    elif each.attempt is not None:
        _offer_retry(each.attempt, each.failure)
    elif each.step.attempt is not None:
        st.markdown(DELETED)
    else:
        st.markdown(SKIPPED if each.step.skipped else NOT_ASKED)


def _show_measured_answer(place: int, attempt_id: str, report: Report) -> None:
    st.caption(escape_markdown(describe_measures(report)))
    if report.strength is not None:
        st.markdown(f"✓ **Keep:** {escape_markdown(report.strength.text)}")
    if report.next_step is not None:
        target = report.next_step.target
        told = f" **Target:** {escape_markdown(target)}" if target else ""
        st.markdown(f"→ **Next:** {escape_markdown(report.next_step.text)}{told}")
    link_to_report(attempt_id, f"Full report of answer {place}, to read and listen to")


def _offer_retry(attempt: StoredAttempt, failure: str | None) -> None:
    """Show an answer that failed or is not being analysed: the reason, and a button to analyse it."""
    if failure is not None:
        st.error(escape_markdown(failure))
    else:
        st.markdown(NOT_MEASURED_YET)
    st.caption(f"The recording is {format_clock(attempt.duration)} long.")
    label = "Try again" if failure is not None else "Measure it"
    st.button(label, key=f"mock_measure_{attempt.id}", on_click=get_job_queue().enqueue, args=(attempt.id,))
