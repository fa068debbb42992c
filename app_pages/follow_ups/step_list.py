"""The steps of all interviews, grouped by due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from app_pages.follow_ups import step_row, wording
from app_pages.ui.wording import escape_markdown
from interview.follow_up.due import DueStatus, group_by_status
from interview.follow_up.follow_up import FollowUp
from services.interviews.follow_ups import FollowUpPlan

_FOLDED = (DueStatus.WAITING, DueStatus.DONE)


def show_steps(plans: tuple[FollowUpPlan, ...], now: datetime) -> None:
    """Show every step once; those without a day and those done are folded away."""
    by_interview = {each.interview.id: each for each in plans}
    found = group_by_status((step for each in plans for step in each.steps), now)
    if not found.overdue and not found.today:
        st.success(escape_markdown(wording.NOTHING_DUE_TODAY))
    for standing, label in wording.GROUPS.items():
        steps: tuple[FollowUp, ...] = getattr(found, standing.value)
        if steps:
            _show_group(standing, f"{label} ({len(steps)})", steps, by_interview)


def _show_group(
    standing: DueStatus, label: str, steps: tuple[FollowUp, ...], plans: Mapping[str, FollowUpPlan]
) -> None:
    if standing not in _FOLDED:
        st.subheader(label, anchor=False)
    place = st.expander(escape_markdown(label), key=f"group_{standing}") if standing in _FOLDED else st.container()
    with place:
        for step in steps:
            step_row.show_step(step, plans[step.interview])
