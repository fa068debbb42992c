"""The questions that a plan gives, hidden until they are asked, and the beginning of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from analysis.wording import count
from app_pages.mock import current_run, plan_draft
from app_pages.mock.plan_draft import Draft
from app_pages.ui.errors import told
from app_pages.ui.wording import plain
from app_pages.use_cases import question_bank
from app_pages.use_cases.question_bank import Bank
from app_pages.use_cases.store_access import store
from content.questions import Question
from content.taxonomy import sorting
from interview.ids import new_id
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.questions import begin, choose, not_covered, seconds


def show(draft: Draft, interview: Interview | None) -> None:
    """How many questions there are and how long they take; ways to look at them, draw others and begin."""
    known = question_bank.current()
    chosen = _chosen(draft.plan, known)
    worded = wording(known, interview)
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


def wording(known: Bank, interview: Interview | None) -> Callable[[Question], str]:
    """How questions are asked: with the company and the role of an interview in their gaps, then the user's words."""
    theirs = {"company": interview.company, "role": interview.role} if interview else {}

    def worded(question: Question) -> str:
        filled = known.fillings.get(question.id)
        own = filled.by_slot if filled else {}
        return question.asked({**own, **{name: text for name, text in theirs.items() if text}})

    return worded


def _last(chosen: Sequence[Question], worded: Callable[[Question], str]) -> str:
    return plain(f"The last one is “{worded(chosen[-1])}”, and you ask yours aloud.")


def _chosen(plan: MockPlan, known: Bank) -> tuple[Question, ...]:
    practised = {each.question.id: each.recorded_at for each in store().history()}
    return choose(plan, known.offered, practised, datetime.now().astimezone())


def _draw() -> None:
    with told():
        plan_draft.change(seed=(plan_draft.now().plan.seed + 1) % plan_draft.SEEDS)


def _begin() -> None:
    with told():
        plan, known = plan_draft.keep(), question_bank.current()
        interview = next((each for each in store().things(Interview) if each.id == plan.interview), None)
        worded = wording(known, interview)
        run = begin(plan, _chosen(plan, known), new_id(), datetime.now().astimezone(), worded)
        store().keep(run)
        current_run.choose(run.id)
