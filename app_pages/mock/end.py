"""Show the report on a whole mock interview: its summary, the closing and each answer; never a score."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from analysis.wording import format_count
from app_pages.components import analysis_progress
from app_pages.components.follow_ups import describe_asked_for
from app_pages.mock import closing
from app_pages.mock.wording import describe_measures, describe_run
from app_pages.ui.links import link_to_report
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import escape_markdown, format_clock
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.mock.summary import describe_summary, summarise
from services.follow_up_answers import load_follow_up_answers
from services.interviews.mock_runs import AnswerStatus, load_answer_statuses
from services.job_queue import Pending, Running
from store.attempt import StoredAttempt

OPEN_LABEL = "Open full report"
NUMBERS_LATER = "Overall results will appear when all answers are analysed."
BEING_MEASURED = "Being analysed. Your recording is safe."
NOT_MEASURED_YET = "Your recording is safe, but the app was closed before it could be analysed."
DELETED = "You deleted this answer."
SKIPPED, NOT_ASKED = "Skipped.", "Not asked: you ended the interview before."


def show_report(run: MockRun, plan: MockPlan | None, interview: Interview | None) -> None:
    """Show the report on a run that is over.

    Args:
        run: the mock interview.
        plan: what it was begun from; None if that was deleted.
        interview: what it was for; None for no interview in particular.

    Raises:
        StoreError: the data cannot be read.
    """
    current_run.show_back()
    st.header("Your mock interview", anchor=False)
    st.caption(escape_markdown(describe_run(run, plan, interview)))
    answers = load_answer_statuses(get_store(), get_job_queue(), run)
    pending = tuple(each.step.attempt or "" for each in answers if each.is_pending)
    main = [each for each in answers if each.step.follows is None]
    with st.container(border=True, key="mock_whole"):
        if pending:
            _poll(pending)
            st.markdown(NUMBERS_LATER)
        else:
            _show_whole(main)
    closing.show_closing(main)
    show_answers(answers)


def _show_whole(answers: Sequence[AnswerStatus]) -> None:
    reports = [each.report for each in answers if each.report is not None]
    lines = [f"- {escape_markdown(line)}" for line in describe_summary(summarise(reports, len(answers)))]
    unmeasured = sum(each.attempt is not None and each.report is None for each in answers)
    if unmeasured:
        lines.append(
            f"- {format_count(unmeasured, 'answer')} couldn't be analysed, so these numbers leave it out."
            if unmeasured == 1
            else f"- {format_count(unmeasured, 'answer')} couldn't be analysed, so these numbers leave them out."
        )
    st.markdown("#### The whole interview")
    st.markdown("\n".join(lines))


@st.fragment(run_every=analysis_progress.POLL_SECONDS)
def _poll(pending: tuple[str, ...]) -> None:
    """Show the progress of the analyses; run the whole page again when one more is finished."""
    states = [state for state in map(get_job_queue().get_state, pending) if isinstance(state, Pending)]
    if len(states) < len(pending):
        st.rerun()
    st.markdown(f"**{format_count(len(pending), 'answer')} still to analyse.** {analysis_progress.SAVED_NOTE}")
    analysis_progress.show_progress_bar(
        next((state for state in states if isinstance(state, Running)), states[0])
    )  # measured one by one


def show_answers(answers: Sequence[AnswerStatus]) -> None:
    """Show a box for each question, in the order they were asked."""
    st.subheader("Each answer", anchor=False)
    for each in answers:
        if each.step.follows is not None:
            continue
        with st.container(border=True, key=f"mock_answer_{each.place}"):
            st.markdown(f"**{each.place}. {escape_markdown(each.step.text)}**")
            _show_answer(each)
            _show_follow_ups(each, [other for other in answers if other.step.follows == each.step.attempt])


def _show_follow_ups(answer: AnswerStatus, asked: Sequence[AnswerStatus]) -> None:
    """Show what the interviewer asked on, below the answer."""
    if not asked or answer.attempt is None:
        return
    heard = {each.attempt.id: each.asked_for for each in load_follow_up_answers(get_store(), answer.attempt.id)}
    for each in asked:
        st.markdown(f"↳ **{escape_markdown(each.step.text)}**")
        part = heard.get(each.step.attempt or "")
        if part is not None and each.step.attempt is not None:
            st.markdown(describe_asked_for(part))
            link_to_report(each.step.attempt, OPEN_LABEL)
        else:
            _show_answer(each)


def _show_answer(each: AnswerStatus) -> None:
    if each.report is not None and each.attempt is not None:
        _show_measured_answer(each.attempt.id, each.report)
    elif each.is_pending and each.attempt is not None:
        st.markdown(BEING_MEASURED)
        analysis_progress.offer_to_stop(each.attempt.id)
    elif each.attempt is not None:
        _offer_retry(each.attempt, each.failure)
    elif each.step.attempt is not None:
        st.markdown(DELETED)
    else:
        st.markdown(SKIPPED if each.step.skipped else NOT_ASKED)


def _show_measured_answer(attempt_id: str, report: Report) -> None:
    st.caption(escape_markdown(describe_measures(report)))
    if report.strength is not None:
        st.markdown(f"✓ **Keep:** {escape_markdown(report.strength.text)}")
    if report.next_step is not None:
        target = report.next_step.target
        told = f" **Goal:** {escape_markdown(target)}" if target else ""
        st.markdown(f"→ **Next:** {escape_markdown(report.next_step.text)}{told}")
    link_to_report(attempt_id, OPEN_LABEL)


def _offer_retry(attempt: StoredAttempt, failure: str | None) -> None:
    """Show an answer that failed or is not being analysed: the reason, and a button to analyse it."""
    if failure is not None:
        st.error(escape_markdown(failure))
    else:
        st.markdown(NOT_MEASURED_YET)
    st.caption(f"The recording is {format_clock(attempt.duration)} long.")
    label = "Try again" if failure is not None else "Analyse it"
    st.button(
        label, key=f"mock_measure_{attempt.id}", on_click=get_job_queue().enqueue, args=(attempt.id, attempt.duration)
    )
