"""Each question of a run that is over: its answer with the way to the full report, or what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from app_pages.mock.wording import numbers
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_job_queue
from app_pages.ui.wording import clock, plain
from services.interviews.mock_runs import AnswerStatus
from store.attempt import KeptAttempt

IN_HAND = "Being measured. Its recording is safe."
NOT_YET = "Recorded and safe, not measured yet: the app was closed before."
DELETED = "This answer was deleted."
SKIPPED, NOT_ASKED = "Skipped.", "Not asked: the interview ended before."


def show(answers: Sequence[AnswerStatus]) -> None:
    """A box for each question, in the order they were asked."""
    st.subheader("Each answer", anchor=False)
    for each in answers:
        with st.container(border=True, key=f"mock_answer_{each.place}"):
            st.markdown(f"**{each.place}. {plain(each.step.text)}**")
            _answer(each)


def _answer(each: AnswerStatus) -> None:
    if each.report is not None and each.attempt is not None:
        _measured(each.place, each.attempt.id, each.report)
    elif each.is_pending:
        st.markdown(IN_HAND)
    elif each.attempt is not None:
        _again(each.attempt, each.failure)
    elif each.step.attempt is not None:
        st.markdown(DELETED)
    else:
        st.markdown(SKIPPED if each.step.skipped else NOT_ASKED)


def _measured(place: int, attempt_id: str, report: Report) -> None:
    st.caption(plain(numbers(report)))
    if report.strength is not None:
        st.markdown(f"✓ **Keep:** {plain(report.strength.text)}")
    if report.next_step is not None:
        target = report.next_step.target
        told = f" **Target:** {plain(target)}" if target else ""
        st.markdown(f"→ **Next:** {plain(report.next_step.text)}{told}")
    link_to_report(attempt_id, f"Full report of answer {place}, to read and listen to")


def _again(attempt: KeptAttempt, failure: str | None) -> None:
    """An answer that failed, or that nobody measures: the reason and a way to have it measured."""
    if failure is not None:
        st.error(plain(failure))
    else:
        st.markdown(NOT_YET)
    st.caption(f"The recording is {clock(attempt.duration)} long.")
    label = "Try again" if failure is not None else "Measure it"
    st.button(label, key=f"mock_measure_{attempt.id}", on_click=get_job_queue().enqueue, args=(attempt.id,))
