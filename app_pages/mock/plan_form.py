"""The form of a plan: stage, length, competencies, time to think, and the interview it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app_pages.interviews.wording import format_title
from app_pages.mock import ask, plan_draft
from app_pages.ui.errors import show_errors
from content.taxonomy import load_taxonomy
from interview.interview import Interview
from services.interviews.mock_plans import PlanDraft

NO_INTERVIEW = "No interview in particular"
FOLLOW_UPS_HELP = (
    "If you leave something out, such as how it turned out, the interviewer asks for it right after your answer: two "
    "follow-ups at most."
)
VOICE_TRIAL = "Hello, and thank you for coming. Shall we start?"
FOR_HELP = "Where a question names a company or a role, it is this one. The list below says which interview it was for."


def show_plan_form(draft: PlanDraft, interviews: Sequence[Interview]) -> None:
    """Show the plan in fields that store every change at once."""
    stages, competencies = load_taxonomy().stages, load_taxonomy().competencies
    left, right = st.columns(2)
    with left:
        if interviews:
            _select_interview(draft, interviews)
        _set_field("stage", draft.plan.stage if draft.plan.stage in stages else next(iter(stages)))
        st.selectbox("Stage", stages, format_func=stages.__getitem__, **_make_autosave_arguments("stage"))
        _set_field("field", draft.plan.field if draft.plan.field in load_taxonomy().fields else "")
        fields = {"": "Any field", **load_taxonomy().fields}
        st.selectbox("Field of work", fields, format_func=fields.__getitem__, **_make_autosave_arguments("field"))
        _set_field("competencies", [key for key in draft.plan.competencies if key in competencies])
        st.multiselect(
            "Topics",
            competencies,
            format_func=competencies.__getitem__,
            placeholder="Any",
            **_make_autosave_arguments("competencies"),
        )
    with right:
        _set_field("minutes", draft.plan.minutes)
        st.number_input("Length in minutes", 5, 120, step=5, **_make_autosave_arguments("minutes"))
        _set_field("thinking", draft.plan.thinking)
        st.number_input("Seconds to think before each answer", 0, 120, step=5, **_make_autosave_arguments("thinking"))
        _set_field("follow_ups", draft.plan.follow_ups)
        st.checkbox("Ask follow-up questions", help=FOLLOW_UPS_HELP, **_make_autosave_arguments("follow_ups"))
    ask.show_read_aloud("plan", VOICE_TRIAL, 0, is_trial=True)


def _select_interview(draft: PlanDraft, interviews: Sequence[Interview]) -> None:
    by_id: dict[str | None, str] = {None: NO_INTERVIEW, **{each.id: format_title(each) for each in interviews}}
    stages = {each.id: each.stage for each in interviews if each.stage in load_taxonomy().stages}
    st.session_state["mock_interview"] = draft.plan.interview if draft.plan.interview in by_id else None
    st.selectbox(
        "For which interview",
        list(by_id),
        format_func=by_id.__getitem__,
        placeholder=NO_INTERVIEW,
        help=FOR_HELP,
        key="mock_interview",
        on_change=_save_interview,
        args=(stages,),
    )


def _set_field(name: str, value: Any) -> None:
    st.session_state[f"mock_{name}"] = value


def _make_autosave_arguments(name: str) -> dict[str, Any]:
    return {"key": f"mock_{name}", "on_change": _save_field, "args": (name,)}


def _save_field(name: str) -> None:
    value = st.session_state[f"mock_{name}"]
    if value is None:
        return  # the field was emptied: the plan stays as it was
    with show_errors():
        plan_draft.change(**{name: tuple(value) if isinstance(value, list) else value})


def _save_interview(stages: dict[str, str]) -> None:
    chosen = st.session_state["mock_interview"]
    with show_errors():
        stage = {"stage": stages[chosen]} if chosen in stages else {}
        plan_draft.change(interview=chosen, **stage)
