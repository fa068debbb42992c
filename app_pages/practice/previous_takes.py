"""What came before: the earlier takes of a question, the target that the last of them set, and whether it was met."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.feedback.exercise import Exercise, choose_exercise, describe_exercise, describe_overshoot, was_met
from analysis.question import AskedQuestion
from analysis.report import Report
from app_pages.ui import practice_state
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import clock, moment, plain
from store.attempt import Filters, KeptAttempt, State

AT_ONCE = 3  # of the latest takes, before the rest is folded away
STATES = {State.RECORDED: ", not measured yet", State.FAILED: ", could not be measured", State.DONE: ""}
OUTCOMES = {
    True: "✓ The target of this take was met.",
    False: "→ The target of this take was not met yet.",
    None: "– Whether the target of this take was met could not be measured.",
}


def show(question: AskedQuestion) -> None:
    """Show which take the next answer will be, its target, and the takes there are, the latest first."""
    takes = _takes(question.id)
    if not takes:
        return
    goal = _exercise(takes)
    st.markdown(f"**Next: take {takes[-1].take + 1}.** {plain(describe_exercise(goal)) if goal else ''}")
    latest = takes[::-1]
    with st.container(horizontal=True, gap="small", key="earlier_takes"):
        _list(latest[:AT_ONCE])
        if latest[AT_ONCE:]:
            with st.popover(f"Earlier takes ({len(latest) - AT_ONCE})"):
                _list(latest[AT_ONCE:])


def outcome(attempt: KeptAttempt, report: Report) -> None:
    """Tell whether a take met the target that the take before it set, where it set one."""
    before = [take for take in _takes(attempt.question.id) if take.take < attempt.take]
    goal = _exercise(before)
    if goal is not None:
        told = f"{describe_overshoot(goal, report)} The take before asked for this: {describe_exercise(goal)}".strip()
        st.markdown(f"**{OUTCOMES[was_met(goal, report)]}** {plain(told)}")


def _takes(question: str) -> list[KeptAttempt]:
    return sorted(get_store().history(Filters(question=question)), key=lambda attempt: attempt.take)


def _exercise(takes: list[KeptAttempt]) -> Exercise | None:
    """What the latest of these takes that has a report asks of the next one."""
    done = [take for take in takes if take.state is State.DONE]
    return choose_exercise(get_store().report(done[-1].id)) if done else None


def _list(takes: list[KeptAttempt]) -> None:
    for take in takes:
        is_open = take.id == practice_state.now().attempt_id
        st.button(
            plain(_label(take) + (" · shown below" if is_open else "")),
            key=f"open_{take.id}",
            help=plain(f"Recorded {moment(take.recorded_at)}"),
            disabled=is_open,
            on_click=practice_state.show,
            args=(take,),
            kwargs={"into_view": True},
        )


def _label(take: KeptAttempt) -> str:
    at = take.recorded_at
    day = f"{at.day} {at:%b}" if at.year == datetime.now().astimezone().year else f"{at.day} {at:%b %Y}"
    return f"Take {take.take} · {day} · {clock(take.answer_seconds or take.duration)}{STATES[take.state]}"
