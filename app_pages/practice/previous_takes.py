"""Show the earlier takes of a question, the goal that the last one set, and whether it was met."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.feedback.exercise import Exercise, choose_exercise, describe_exercise, describe_overshoot, is_exercise_met
from analysis.question import AskedQuestion
from analysis.report import Report
from app_pages.ui import practice_state
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from store.attempt import AttemptState, Filters, StoredAttempt

MAX_UNFOLDED = 3  # of the latest takes, before the rest is folded away
STATE_NOTES = {
    AttemptState.RECORDED: " – not analysed yet",
    AttemptState.FAILED: " – couldn't be analysed",
    AttemptState.DONE: "",
}
OUTCOMES = {
    True: "✓ You met your goal.",
    False: "→ Not quite there yet.",
    None: "– We couldn't check your goal in this take.",
}


def show_goal(question: AskedQuestion) -> None:
    """Show the number of the next take and its goal; nothing before the first take."""
    takes = _load_takes(question.id)
    if not takes:
        return
    goal = _find_exercise(takes)
    number = 1 + max((take.take for take in takes if not take.is_silent), default=0)
    st.markdown(
        f"**Take {number}:** {escape_markdown(describe_exercise(goal))}" if goal else f"**Next: take {number}.**"
    )


def show_previous_takes(question: AskedQuestion) -> None:
    """Show the earlier takes, the latest first; nothing before the first take."""
    latest = _load_takes(question.id)[::-1]
    if not latest:
        return
    with st.container(horizontal=True, gap="small", key="earlier_takes"):
        _show_takes(latest[:MAX_UNFOLDED])
        if latest[MAX_UNFOLDED:]:
            with st.popover(f"Earlier takes ({len(latest) - MAX_UNFOLDED})"):
                _show_takes(latest[MAX_UNFOLDED:])


def show_outcome(attempt: StoredAttempt, report: Report) -> None:
    """Show whether a take met the goal set by the take before it; nothing if there was none, or no speech."""
    if report.response is None:
        return
    before = [take for take in _load_takes(attempt.question.id) if take.take < attempt.take]
    goal = _find_exercise(before)
    if goal is not None:
        told = f"{describe_overshoot(goal, report)} Your goal: {describe_exercise(goal)}".strip()
        st.markdown(f"**{OUTCOMES[is_exercise_met(goal, report)]}** {escape_markdown(told)}")


def _load_takes(question: str) -> list[StoredAttempt]:
    return sorted(get_store().load_history(Filters(question=question)), key=lambda attempt: attempt.take)


def _find_exercise(takes: list[StoredAttempt]) -> Exercise | None:
    """Return the exercise from the latest analysed take with speech in it; None if there is none.

    Args:
        takes: takes of one question in order.
    """
    done = [take for take in takes if take.state is AttemptState.DONE and not take.is_silent]
    return choose_exercise(get_store().load_report(done[-1].id)) if done else None


def _show_takes(takes: list[StoredAttempt]) -> None:
    for take in takes:
        is_open = take.id == practice_state.get_practice_state().attempt_id
        st.button(
            escape_markdown(_make_label(take) + (" · shown below" if is_open else "")),
            key=f"open_{take.id}",
            help=escape_markdown(f"Recorded {format_date_time(take.recorded_at)}"),
            disabled=is_open,
            on_click=practice_state.show_attempt,
            args=(take,),
            kwargs={"into_view": True},
        )


def _make_label(take: StoredAttempt) -> str:
    at = take.recorded_at
    day = f"{at.day} {at:%b}" if at.year == datetime.now().astimezone().year else f"{at.day} {at:%b %Y}"
    if take.is_silent:
        return f"No speech · {day} · {format_clock(take.duration)}"
    return f"Take {take.take} · {day} · {format_clock(take.answer_seconds or take.duration)}{STATE_NOTES[take.state]}"
