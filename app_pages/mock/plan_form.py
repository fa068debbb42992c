"""What a mock interview should be like: stage, length, competencies, time to think, and which interview it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app_pages.interviews.wording import title
from app_pages.mock import plan_draft
from app_pages.ui.errors import show_errors
from content.taxonomy import sorting
from interview.interview import Interview
from services.interviews.mock_plans import PlanDraft

NOBODY = "No interview in particular"
FOR_HELP = "Where a question names a company or a role, it is this one. The list below says which interview it was for."


def show(draft: PlanDraft, interviews: Sequence[Interview]) -> None:
    """Fields that show the plan as it is kept; every change is kept at once."""
    stages, competencies = sorting().stages, sorting().competencies
    left, right = st.columns(2)
    with left:
        if interviews:
            _interview(draft, interviews)
        _field("stage", draft.plan.stage if draft.plan.stage in stages else next(iter(stages)))
        st.selectbox("Stage", stages, format_func=stages.__getitem__, **_keeping("stage"))
        _field("competencies", [key for key in draft.plan.competencies if key in competencies])
        st.multiselect(
            "Competencies to ask about",
            competencies,
            format_func=competencies.__getitem__,
            placeholder="Whatever the stage asks",
            **_keeping("competencies"),
        )
    with right:
        _field("minutes", draft.plan.minutes)
        st.number_input("Length in minutes", 5, 120, step=5, **_keeping("minutes"))
        _field("thinking", draft.plan.thinking)
        st.number_input("Seconds to think before each answer", 0, 120, step=5, **_keeping("thinking"))


def _interview(draft: PlanDraft, interviews: Sequence[Interview]) -> None:
    by_id: dict[str | None, str] = {None: NOBODY, **{each.id: title(each) for each in interviews}}
    stages = {each.id: each.stage for each in interviews if each.stage in sorting().stages}
    st.session_state["mock_interview"] = draft.plan.interview if draft.plan.interview in by_id else None
    st.selectbox(
        "For",
        list(by_id),
        format_func=by_id.__getitem__,
        placeholder=NOBODY,
        help=FOR_HELP,
        key="mock_interview",
        on_change=_keep_interview,
        args=(stages,),
    )


def _field(name: str, value: Any) -> None:
    st.session_state[f"mock_{name}"] = value


def _keeping(name: str) -> dict[str, Any]:
    return {"key": f"mock_{name}", "on_change": _keep, "args": (name,)}


def _keep(name: str) -> None:
    value = st.session_state[f"mock_{name}"]
    if value is None:
        return  # the field was emptied: the plan stays as it was
    with show_errors():
        plan_draft.change(**{name: tuple(value) if isinstance(value, list) else value})


def _keep_interview(stages: dict[str, str]) -> None:
    chosen = st.session_state["mock_interview"]
    with show_errors():
        stage = {"stage": stages[chosen]} if chosen in stages else {}
        plan_draft.change(interview=chosen, **stage)
