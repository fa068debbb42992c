"""The page of mock interviews: a plan and the earlier runs, or the run that the address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.mock import ask, end, plan_draft, plan_form
from app_pages.mock.wording import describe_progress, describe_run
from app_pages.ui import demo_mode, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.identity import say_where_kept
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store, prepare_deletion
from app_pages.ui.wording import escape_markdown, format_date_time
from content.questions import Question
from content.taxonomy import load_taxonomy
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.questions import estimate_seconds, find_missing_competencies
from interview.mock.run import MockRun
from services.interviews.mock_plans import SEED_COUNT, PlanDraft, choose_questions, save_plan
from services.interviews.mock_runs import begin_run, delete_run, make_question_wording
from services.question_bank import load_question_bank

_PLACE = "mock_interviews"  # the part of the page that says which one was deleted
INTRODUCTION = "Answer a series of questions, one take each, and get one report at the end."


def show_page() -> None:
    """Show the run that the address names, or the plan and the earlier runs."""
    run = current_run.load_named()
    plans = {plan.id: plan for plan in get_store().load_documents(MockPlan)}
    interviews = {each.id: each for each in get_store().load_documents(Interview)}
    if run is None:
        _show_start(plans, interviews)
        return
    plan, place = plans.get(run.plan), ask.find_shown_place(run)
    ask.warn_moved_on()
    if plan is not None and plan.follow_ups and place == run.place and ask.wait_for_follow_up(run):
        return
    if place is None:
        end.show_report(run, plan, interviews.get(run.interview or ""))
    else:
        ask.show_question(run, place, plan.thinking if plan else 0)


def _show_start(plans: dict[str, MockPlan], interviews: dict[str, Interview]) -> None:
    st.caption(f"{INTRODUCTION} {say_where_kept()}")
    undo.show_deleted(_PLACE)
    runs = get_store().load_documents(MockRun)
    show_unfinished_runs(runs, plans, interviews)
    if demo_mode.is_on():
        st.info("Leave the demo to start a mock interview: nothing you say here could be saved.")
    else:
        draft = plan_draft.open_draft(plans.values(), runs)
        st.header("Plan a mock interview", anchor=False)
        plan_form.show_plan_form(draft, tuple(interviews.values()))
        show_chosen_questions(draft, interviews.get(draft.plan.interview or ""))
    show_finished_runs(runs, plans, interviews)


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
    follow_ups = ", and follow-ups where you leave something out" if draft.plan.follow_ups else ""
    length = f"**{format_count(len(chosen), 'question')}, about {minutes:.0f} minutes{thinking}{follow_ups}.**"
    st.markdown(f"{length} {_describe_last_question(chosen, worded)}")
    if lacking := find_missing_competencies(draft.plan, chosen):
        names = ", ".join(load_taxonomy().competencies.get(key, key) for key in lacking)
        st.caption(escape_markdown(f"No question on: {names}. A longer interview has room for more."))
    with st.container(horizontal=True):
        st.button("Begin", type="primary", key="mock_begin", on_click=_begin)
        st.button("Shuffle questions", key="mock_others", on_click=_draw_questions)
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


def show_unfinished_runs(
    runs: Sequence[MockRun], plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]
) -> None:
    """Offer to continue the unfinished runs, the latest first."""
    for run in reversed(runs):
        if run.place is None:
            continue
        with st.container(border=True, key=f"mock_left_{run.id}"):
            told_at = f"at question {run.count_main_steps(run.place)} of {len(run.main_steps)}"
            st.markdown(f"**You stopped {told_at}.** {escape_markdown(_describe(run, plans, interviews))}")
            with st.container(horizontal=True):
                st.button("Continue", key=f"mock_go_on_{run.id}", on_click=current_run.set_subject, args=(run.id,))
                _offer_deletion(run)


def show_finished_runs(
    runs: Sequence[MockRun], plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]
) -> None:
    """List the finished runs, the latest first."""
    ended = [run for run in reversed(runs) if run.place is None]
    if not ended:
        return
    st.header("Earlier mock interviews", anchor=False)
    for run in ended:
        with st.container(border=True, key=f"mock_over_{run.id}"):
            st.markdown(f"**{escape_markdown(_describe(run, plans, interviews))}** · {describe_progress(run)}")
            with st.container(horizontal=True):
                st.button("Open report", key=f"mock_read_{run.id}", on_click=current_run.set_subject, args=(run.id,))
                _offer_deletion(run)


def _describe(run: MockRun, plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]) -> str:
    return describe_run(run, plans.get(run.plan), interviews.get(run.interview or ""))


def _offer_deletion(run: MockRun) -> None:
    with st.popover("Delete"):
        st.markdown("Your answers stay with their questions.")
        too = f"Delete my {format_count(len(run.answers), 'answer')} too, with recordings and reports"
        also = bool(run.answers) and st.checkbox(too, key=f"mock_also_{run.id}")
        st.button("Delete this mock interview", key=f"mock_delete_{run.id}", on_click=_delete, args=(run, also))


def _delete(run: MockRun, with_answers: bool) -> None:
    with show_errors():
        for answer in run.answers if with_answers else ():
            prepare_deletion(get_store(), answer)
        packed = delete_run(get_store(), run, with_answers=with_answers)
        undo.remember_deleted(_PLACE, f"Mock interview of {format_date_time(run.started_at)}", packed)


st.title("Mock interview", anchor=False)
with show_errors():
    show_page()
