"""The steps of all interviews by how they stand to now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from app_pages.follow_ups import step_row, wording
from app_pages.ui.wording import plain
from interview.follow_up.due import Standing, due
from interview.follow_up.follow_up import FollowUp
from services.interviews.follow_ups import Plan

_FOLDED = (Standing.WAITING, Standing.DONE)


def show(plans: tuple[Plan, ...], now: datetime) -> None:
    """Every step once; what has no day and what is done is folded away."""
    by_interview = {each.interview.id: each for each in plans}
    found = due((step for each in plans for step in each.steps), now)
    if not found.overdue and not found.today:
        st.success(plain(wording.NOTHING_NOW))
    for standing, label in wording.GROUPS.items():
        steps: tuple[FollowUp, ...] = getattr(found, standing.value)
        if steps:
            _group(standing, f"{label} ({len(steps)})", steps, by_interview)


def _group(standing: Standing, label: str, steps: tuple[FollowUp, ...], plans: Mapping[str, Plan]) -> None:
    if standing not in _FOLDED:
        st.subheader(label, anchor=False)
    place = st.expander(plain(label), key=f"group_{standing}") if standing in _FOLDED else st.container()
    with place:
        for step in steps:
            step_row.show(step, plans[step.interview])
