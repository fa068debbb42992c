"""Show how many questions a plan gives, hidden until they are asked, and begin the interview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.mock import plan_draft
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from interview.interview import Interview
from interview.mock.questions import estimate_seconds, find_missing_competencies
from services.interviews.mock_plans import SEED_COUNT, PlanDraft, choose_questions, save_plan
from services.interviews.mock_runs import begin_run, make_question_wording
from services.question_bank import load_question_bank


def show_chosen_questions(draft: PlanDraft, interview: Interview | None) -> None:
    """Show the number and length of the questions; let the user see them, draw others and begin.

    Args:
        draft: the plan.
        interview: whose company and role go into the questions; None for no interview in particular.

    Raises:
        StoreError: the data cannot be read.
    """
    known = load_question_bank(get_store())
    chosen = choose_questions(get_store(), draft.plan, known, datetime.now().astimezone())
    worded = make_question_wording(known, interview)
    minutes = sum(estimate_seconds(each, draft.plan) for each in chosen) / 60
    thinking = " with the time to think" if draft.plan.thinking else ""
    st.markdown(
        f"**{format_count(len(chosen), 'question')}, about {minutes:.0f} minutes{thinking}.** "
        f"{_describe_last_question(chosen, worded)}"
    )
    if lacking := find_missing_competencies(draft.plan, chosen):
        names = ", ".join(load_taxonomy().competencies.get(key, key) for key in lacking)
        st.caption(escape_markdown(f"No question on: {names}. A longer interview has room for more."))
    with st.container(horizontal=True):
        st.button("Begin", type="primary", key="mock_begin", on_click=_begin)
        st.button("Other questions", key="mock_others", on_click=_draw_questions)
    with st.expander("See the questions first"):
        st.markdown("\n".join(f"{place}. {escape_markdown(worded(each))}" for place, each in enumerate(chosen, 1)))


def _describe_last_question(chosen: Sequence[Question], worded: Callable[[Question], str]) -> str:
    return escape_markdown(f"The last one is “{worded(chosen[-1])}”, and you ask yours aloud.")


def _draw_questions() -> None:
    with show_errors():
        plan_draft.change(seed=(plan_draft.read_draft().plan.seed + 1) % SEED_COUNT)


def _begin() -> None:
    with show_errors():
        plan = save_plan(get_store(), plan_draft.read_draft())
        current_run.set_subject(begin_run(get_store(), plan, datetime.now().astimezone()).id)
