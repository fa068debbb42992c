"""Show the report on a whole mock interview: its summary, the closing and each answer; never a score."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.report import Report, Takeaway
from analysis.wording import format_count
from app_pages.centre import share_form
from app_pages.components import analysis_progress
from app_pages.components.follow_ups import describe_asked_for
from app_pages.components.moment import play_moment
from app_pages.mock import closing
from app_pages.mock.wording import describe_measures, describe_run
from app_pages.ui.links import link_to_report, open_report
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import escape_markdown, format_clock
from interview.interview import Interview
from interview.mock.overall import AnswerReport, choose_overall_step, choose_overall_strength, find_step
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.mock.summary import NO_SPEECH_TEXT, describe_summary, summarise
from services.follow_up_answers import load_follow_up_answers
from services.interviews.mock_runs import AnswerStatus, load_answer_statuses
from services.job_queue import Pending, Running
from speech.segment import Segment
from store.attempt import StoredAttempt
from store.sharing import SharedKind

OPEN_LABEL = "Open full report"
NOTHING_HEARD = "We couldn't hear any speech in this answer."
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
    said = list_reports(main)
    with st.container(border=True, key="mock_whole"):
        if pending:
            _poll(pending)
            st.markdown(NUMBERS_LATER)
        else:
            _show_one_thing(main, said)
    closing.show_closing(main)
    show_answers(answers, said)
    share_form.show_share_form(SharedKind.MOCK_INTERVIEW, run.id)
    if not pending:
        with st.expander("All numbers", key="mock_numbers"):
            _show_numbers(main)


def list_reports(answers: Sequence[AnswerStatus]) -> list[AnswerReport]:
    """Return the reports of the answers in which something was said, each with its question."""
    return [
        AnswerReport(each.place, each.step.kind, each.report)
        for each in answers
        if each.report is not None and each.report.response is not None
    ]


def _show_one_thing(answers: Sequence[AnswerStatus], said: Sequence[AnswerReport]) -> None:
    """Show the one thing to do over all answers, which answer to say again first, and what to keep."""
    step = choose_overall_step(said)
    if step is None:
        st.markdown(NO_SPEECH_TEXT)
        return
    st.caption("One thing to do next")
    st.header(escape_markdown(step.line), anchor=False)
    if step.places:
        st.markdown(escape_markdown(_describe_places(step.places, len(said))))
    redo = next((each for each in answers if each.place == step.redo), None)
    if redo is not None and redo.attempt is not None:
        _show_redo(redo, redo.attempt, step.moment)
    strength = choose_overall_strength(said, step)
    if strength is not None:
        st.markdown(f"✓ **Keep:** {escape_markdown(strength.line)} :small[(answer {strength.place})]")


def _show_redo(answer: AnswerStatus, attempt: StoredAttempt, moment: Segment | None) -> None:
    """Show the button that opens the answer to give again, and the moment to hear before."""
    with st.container(horizontal=True, vertical_alignment="center"):
        label, asked = f"Answer question {answer.place} again", escape_markdown(answer.step.text)
        if st.button(label, type="primary", key="mock_redo", help=asked):
            open_report(attempt.id)
        hears = moment is not None and st.toggle("Hear the moment", key="mock_hear")
    if hears and moment is not None:
        play_moment(attempt.id, moment, f"The moment in answer {answer.place}")


def _describe_places(places: Sequence[int], answers: int) -> str:
    """Return where something came up: "This came up in answer 2." or "This came up in 3 of 5 answers: 1, 2 and 4."."""
    if len(places) == 1:
        return f"This came up in answer {places[0]}."
    named = f"{', '.join(map(str, places[:-1]))} and {places[-1]}"
    return f"This came up in {len(places)} of {format_count(answers, 'answer')}: {named}."


def _show_numbers(answers: Sequence[AnswerStatus]) -> None:
    reports = [each.report for each in answers if each.report is not None]
    lines = [f"- {escape_markdown(line)}" for line in describe_summary(summarise(reports, len(answers)))]
    unmeasured = sum(each.attempt is not None and each.report is None for each in answers)
    if unmeasured:
        lines.append(
            f"- {format_count(unmeasured, 'answer')} couldn't be analysed, so these numbers leave it out."
            if unmeasured == 1
            else f"- {format_count(unmeasured, 'answer')} couldn't be analysed, so these numbers leave them out."
        )
    lines += [
        f"- Answer {each.place}: {escape_markdown(describe_measures(each.report))}"
        for each in answers
        if each.report is not None
    ]
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


def show_answers(answers: Sequence[AnswerStatus], said: Sequence[AnswerReport]) -> None:
    """Show a box for each question, in the order they were asked.

    Args:
        answers: all of them, with follow-ups.
        said: the reports of those without follow-ups.
    """
    st.header("Each answer", anchor=False)
    steps = {each.place: find_step(each, said) for each in said}
    for each in answers:
        if each.step.follows is not None:
            continue
        with st.container(border=True, key=f"mock_answer_{each.place}"):
            st.markdown(f"**{each.place}. {escape_markdown(each.step.text)}**")
            _show_answer(each, steps.get(each.place))
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
            _show_answer(each, each.report.next_step if each.report else None)


def _show_answer(each: AnswerStatus, step: Takeaway | None) -> None:
    if each.report is not None and each.attempt is not None:
        _show_measured_answer(each.attempt.id, each.report, step)
    elif each.is_pending and each.attempt is not None:
        st.markdown(BEING_MEASURED)
        analysis_progress.offer_to_stop(each.attempt.id)
    elif each.attempt is not None:
        _offer_retry(each.attempt, each.failure)
    elif each.step.attempt is not None:
        st.markdown(DELETED)
    else:
        st.markdown(SKIPPED if each.step.skipped else NOT_ASKED)


def _show_measured_answer(attempt_id: str, report: Report, step: Takeaway | None) -> None:
    if report.response is None:
        st.markdown(NOTHING_HEARD)
    if step is not None:
        st.markdown(f"→ **Next:** {escape_markdown(step.text)}")
    if report.strength is not None:
        st.markdown(f"✓ **Keep:** {escape_markdown(report.strength.text)}")
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
