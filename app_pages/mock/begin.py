"""The questions that a plan gives, hidden until they are asked, and the beginning of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from analysis.wording import count
from app_pages.mock import plan_draft
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from content.questions import Question
from content.taxonomy import sorting
from interview.interview import Interview
from interview.mock.questions import not_covered, seconds
from services.interviews.mock_plans import SEEDS, PlanDraft, choose_questions, save_plan
from services.interviews.mock_runs import begin_run, question_wording
from services.question_bank import load_question_bank


def show(draft: PlanDraft, interview: Interview | None) -> None:
    """How many questions there are and how long they take; ways to look at them, draw others and begin."""
    known = load_question_bank(get_store())
    chosen = choose_questions(get_store(), draft.plan, known, datetime.now().astimezone())
    worded = question_wording(known, interview)
    minutes = sum(seconds(each, draft.plan) for each in chosen) / 60
    thinking = " with the time to think" if draft.plan.thinking else ""
    st.markdown(f"**{count(len(chosen), 'question')}, about {minutes:.0f} minutes{thinking}.** {_last(chosen, worded)}")
    if lacking := not_covered(draft.plan, chosen):
        names = ", ".join(sorting().competencies.get(key, key) for key in lacking)
        st.caption(plain(f"No question on: {names}. A longer interview has room for more."))
    with st.container(horizontal=True):
        st.button("Begin", type="primary", key="mock_begin", on_click=_begin)
        st.button("Other questions", key="mock_others", on_click=_draw)
    with st.expander("See the questions first"):
        st.markdown("\n".join(f"{place}. {plain(worded(each))}" for place, each in enumerate(chosen, 1)))


def _last(chosen: Sequence[Question], worded: Callable[[Question], str]) -> str:
    return plain(f"The last one is “{worded(chosen[-1])}”, and you ask yours aloud.")


def _draw() -> None:
    with show_errors():
        plan_draft.change(seed=(plan_draft.now().plan.seed + 1) % SEEDS)


def _begin() -> None:
    with show_errors():
        plan = save_plan(get_store(), plan_draft.now())
        current_run.choose(begin_run(get_store(), plan, datetime.now().astimezone()).id)
