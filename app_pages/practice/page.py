"""Show the practice page: choose a question, answer it aloud, read the report."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.question import AskedQuestion
from analysis.wording import format_seconds
from app_pages.components import analysis_progress, follow_ups, interrupted_takes, recorder, recording_inputs, today
from app_pages.practice import previous_takes, question_picker
from app_pages.report import filler_drill, practice_loop, report_view
from app_pages.report.topics import UMS
from app_pages.ui import practice_state, store_access
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_comparison
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.templates import render_template
from app_pages.ui.wording import escape_markdown, format_date_time
from services.asked_questions import is_sample
from services.job_queue import Pending
from services.practice_loop import choose_shorter, save_take_practice
from services.submission import Submission
from store.attempt import AttemptState, Filters, StoredAttempt

_STATE_KEY = "unfinished"
MAX_UNFOLDED = 2  # shown before the rest is folded away
AGAIN = "Answer again"
ANALYSING = "Saved. Analysing your answer…"
REPORT_READY = "Your report is ready."


def show_answer(attempt_id: str, question: AskedQuestion, has_report: bool) -> str:
    """Show an attempt below the chosen question; return what a screen reader is to say of it.

    Args:
        attempt_id: id of the attempt.
        question: the chosen question, which may be another than that of the attempt.
        has_report: what stands above was drawn for an attempt with a report. If it got one since, the page reruns.

    Raises:
        StoreError: the attempt does not exist (any more) or cannot be read.
    """
    state = get_job_queue().get_state(
        attempt_id
    )  # before the store is asked: what is done meanwhile is then seen as done
    attempt = get_store().load_attempt(attempt_id)
    is_done = attempt.state is AttemptState.DONE
    if is_done and not has_report:
        st.rerun()
    with st.container(key="report" if is_done else "measuring", gap="xsmall"):
        _show_notices(attempt, question)
        if is_done:
            result = get_store().load_result(attempt_id)
            previous_takes.show_outcome(attempt, result.report)
            practice_loop.show_outcomes(attempt, result.report)
            report_view.show_report(attempt, result, partial(follow_ups.show_follow_ups, attempt))
            if attempt.take > 1 and result.report.response is not None and not is_sample(attempt.question):
                link_to_comparison(attempt.id)
        else:
            analysis_progress.show_progress(attempt, state)
            if isinstance(state, Pending) and practice_loop.is_guess_open(attempt):
                practice_loop.show_guess(attempt)
    scroll_to("report" if is_done else "measuring")
    if not practice_state.get_practice_state().arrivals:
        return ""  # it was opened by its address: nothing happened that is news
    return REPORT_READY if is_done else ANALYSING if isinstance(state, Pending) else ""


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
    """Scroll to a container and move the focus there, once for each new take; not for a take named in the URL.

    Somebody who records again meanwhile is left alone.

    Args:
        key: key of the container.
    """
    arrivals = practice_state.get_practice_state().arrivals
    if arrivals and not recorder.is_recording():
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


def load_attempt_with_report(attempt_id: str | None) -> StoredAttempt | None:
    """Return the attempt on the page if it has a report; raises StoreError."""
    if attempt_id is None or get_job_queue().is_pending(attempt_id):
        return None
    attempt = get_store().load_attempt(attempt_id)
    return attempt if attempt.state is AttemptState.DONE else None


def show_question_and_recorder(attempt: StoredAttempt | None) -> AskedQuestion:
    """Show the question with its recorder, which are folded away above a report; return the question to answer.

    Args:
        attempt: the attempt whose report is on the page; None without a report.
    """
    if attempt is None:
        return show_answering(None)
    key = f"again_{attempt.id}"
    with st.container(key="again", horizontal=True, gap="small"):
        st.session_state.setdefault(key, attempt.is_silent or recorder.is_recording())
        box = st.expander(AGAIN, key=key, on_change="rerun")
        with box:
            question = show_answering(_count_openings(key, is_open=bool(box.open)))
        with show_errors():
            _offer_harder_ways(key, attempt, question)
    return question


def _offer_harder_ways(key: str, attempt: StoredAttempt, question: AskedQuestion) -> None:
    """Offer the same answer in less time, and where ums are the next thing to work on, the drill of them."""
    report = get_store().load_report(attempt.id)
    if report.next_step is not None and report.next_step.measure == UMS:
        filler_drill.offer_drill(attempt, report)
    seconds = choose_shorter(report)
    if seconds is not None and question.id == attempt.question.id:
        label = f"Again, shorter: in {format_seconds(seconds)}"
        st.button(label, key=f"shorter_{attempt.id}", on_click=_begin_shorter, args=(key, question.id, seconds))


def show_answering(opened: int | None) -> AskedQuestion:
    """Show the question to answer with its goal, and the ways to answer it; return it.

    Args:
        opened: how often the recorder was opened: it takes the keyboard focus each time; None leaves the focus alone.
    """
    question = question_picker.pick_question()
    with show_errors():
        question_picker.show_key_points_box(question)
    with show_errors():
        previous_takes.show_goal(question)
        practice_loop.show_plan_before_take(question.id)
    most = practice_state.get_practice_state().most_seconds.get(question.id)
    recording_inputs.show_recording_inputs(question, partial(_show_new_take, most), opened=opened, most_seconds=most)
    with show_errors():
        previous_takes.show_previous_takes(question)
    return question


def _begin_shorter(key: str, question_id: str, seconds: int) -> None:
    st.session_state[key] = True
    practice_state.set_most_seconds(question_id, seconds)


def _show_new_take(most_seconds: float | None, submitted: Submission) -> None:
    """Show a take that has just been given, and remember the time it was to be said in."""
    practice_state.set_most_seconds(submitted.attempt.question.id, None)
    practice_state.show_new_attempt(submitted)
    if most_seconds is not None and submitted.is_new:
        save_take_practice(get_store(), submitted.attempt.id, most_seconds=most_seconds)


def _show_drilled_take(drilled_id: str, submitted: Submission) -> None:
    filler_drill.store_drill(submitted.attempt.id, drilled_id)
    practice_state.show_new_attempt(submitted)


def show_drill(attempt: StoredAttempt) -> None:
    """Show the um drill for an answer, with the recorder for the take that ends it; raises StoreError."""
    question = attempt.question
    again = partial(recording_inputs.show_recording_inputs, question, partial(_show_drilled_take, attempt.id), opened=1)
    with st.container(key="drilling"):
        filler_drill.show_drill(attempt, get_store().load_result(attempt.id).report, again)


def _count_openings(key: str, *, is_open: bool) -> int:
    """Return how often a box was opened in this session."""
    count, was_open = st.session_state.get(f"{key}_openings", (0, False))
    count += is_open and not was_open
    st.session_state[f"{key}_openings"] = (count, is_open)
    return int(count)


status = st.empty()  # in its place from the start, so that what is said there is announced
report_of, news = None, ""
with show_errors():
    practice_state.open_url()
    report_of = load_attempt_with_report(practice_state.get_practice_state().attempt_id)
take = practice_state.get_practice_state().attempt_id
with st.container(key="question_head"):
    if report_of is None:
        st.title("Answer Aloud", anchor=False)
    else:
        st.title(escape_markdown(report_of.question.text), anchor=False)
with st.container(), show_errors():  # one place whatever is offered, so that what stands below keeps its own
    store_access.show_migration_warning()
    interrupted_takes.show_all()
    show_interrupted_attempts()
with st.container(), show_errors():
    today.show_today()
if report_of is not None and filler_drill.is_drilling(report_of.id):
    with show_errors():
        show_drill(report_of)
else:
    question = show_question_and_recorder(report_of)
    if take is not None:
        if report_of is None:
            st.divider()
        with show_errors():
            news = show_answer(take, question, report_of is not None)
            today.show_next_question()
with status:
    analysis_progress.announce(news)
