"""The page of what is due: the steps after all interviews, grouped by due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from app_pages.components import past_interviews
from app_pages.follow_ups import interviews, wording
from app_pages.interviews.wording import format_title
from app_pages.ui import current_time, form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.links import DEBRIEF_PAGE, THANK_YOU_PAGE, link_to_interview, link_to_interviews
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_rule
from content.follow_up_rules import get_rule
from interview.follow_up.due import DueStatus, group_by_status
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from services.interviews.follow_ups import FollowUpPlan, find_past_interviews, mark_step, update_plans
from store.settings import read_settings

_FOLDED = (DueStatus.WAITING, DueStatus.DONE)
_MOST_COMING = 3  # steps that are due on other days, before the rest is folded away
DELETE_FORM, _PLACE = "delete_step", "steps"
SENT, LOOKED_BACK = "You sent the note, so this is done.", "Your debrief is saved, so this is done."


def show_steps(plans: tuple[FollowUpPlan, ...], now: datetime) -> None:
    """Show every step once; those without a day and those done are folded away."""
    by_interview = {each.interview.id: each for each in plans}
    found = group_by_status((step for each in plans for step in each.steps), now)
    _show_after_a_no(plans)
    if not found.overdue and not found.today:
        st.success(escape_markdown(wording.NOTHING_DUE_TODAY))
    for standing, label in wording.GROUPS.items():
        steps: tuple[FollowUp, ...] = getattr(found, standing.value)
        if steps:
            _show_group(standing, f"{label} ({len(steps)})", steps, by_interview)
    _show_meanwhile(plans)


def _show_after_a_no(plans: tuple[FollowUpPlan, ...]) -> None:
    if any(each.interview.state is InterviewState.TURNED_DOWN for each in plans):
        st.info(format_rule(get_rule(wording.A_NO_IS_NORMAL)))


def _show_meanwhile(plans: tuple[FollowUpPlan, ...]) -> None:
    """Show what goes on all the time, whatever is due."""
    rules = dict.fromkeys(rule for each in plans for rule in wording.MEANWHILE.get(each.interview.state, ()))
    if rules:
        st.header("Meanwhile", anchor=False)
        for rule in rules:
            st.markdown(format_rule(get_rule(rule)))


def _show_group(
    standing: DueStatus, label: str, steps: tuple[FollowUp, ...], plans: Mapping[str, FollowUpPlan]
) -> None:
    if standing not in _FOLDED:
        st.header(label, anchor=False)
    shown = steps[:_MOST_COMING] if standing is DueStatus.COMING else () if standing in _FOLDED else steps
    for step in shown:
        show_step(step, plans[step.interview])
    if folded := steps[len(shown) :]:
        title = f"Later ({len(folded)})" if shown else label
        with st.expander(escape_markdown(title), key=f"group_{standing}"):
            for step in folded:
                show_step(step, plans[step.interview])


def show_step(step: FollowUp, of: FollowUpPlan) -> None:
    """Show a step in a box of its own."""
    with st.container(border=True, key=f"step_{step.id}"):
        head = f"**{escape_markdown(step.title)}**"
        st.markdown(f"{head}  \n{escape_markdown(format_title(of.interview))}")
        told_when = " · ".join(filter(None, (wording.describe_due_time(step), wording.describe_done(step))))
        if told_when:
            st.caption(escape_markdown(told_when))
        if step.text:
            st.markdown("  \n".join(escape_markdown(line) for line in step.text.splitlines()))
        _show_reason(step)
        deleting = form_state.get_open_form(DELETE_FORM)
        if deleting and deleting.id == step.id:
            _delete(step)
        else:
            _show_actions(step, of)


def _show_reason(step: FollowUp) -> None:
    found = wording.find_rule(step)
    if found is not None:
        st.caption(f"Why: {escape_markdown(found.why)} :small[{escape_markdown(str(found.citation))}]")
    elif step.own:
        st.caption("A step of your own.")


def _show_actions(step: FollowUp, of: FollowUpPlan) -> None:
    found = wording.find_rule(step)
    with st.container(horizontal=True, vertical_alignment="center"):
        if step.id in of.by_note:
            st.caption(LOOKED_BACK if step.rule == wording.DEBRIEF_RULE else SENT)
        elif step.done_at is not None:
            st.button("Not done yet", key=f"undone_{step.id}", on_click=_mark, args=(step, False))
        elif found is None or not found.avoid or step.due is not None:  # what has a day would be overdue for ever
            st.button("Done", key=f"done_{step.id}", on_click=_mark, args=(step, True))
        if step.own:
            args = (DELETE_FORM, step)
            st.button("Delete", key=f"delete_{step.id}", type="tertiary", on_click=form_state.begin, args=args)
        if step.rule == wording.DEBRIEF_RULE:
            link_to_interview(of.interview.id, "Debrief", DEBRIEF_PAGE)
        if step.rule in wording.NOTE_RULES:
            link_to_interview(of.interview.id, "Thank-you notes", THANK_YOU_PAGE)
        link_to_interview(of.interview.id, "Interview")


def _mark(step: FollowUp, is_done: bool) -> None:
    """Mark a step as done or not done, unless another window changed it meanwhile."""
    with show_errors():
        mark_step(get_store(), step, current_time.now() if is_done else None)


def _delete(step: FollowUp) -> None:
    if form_state.ask_to_confirm(DELETE_FORM, f"Delete {escape_markdown(step.title)}?"):
        with show_errors():
            undo.delete_document(_PLACE, step.id, step.title)
            form_state.end(DELETE_FORM)
            st.rerun()


st.title("What is due", anchor=False)
with show_errors():
    only = current_interview.load_named()
    form_state.close_forms_of_other_subjects(f"due {only.id if only else ''}")
    if only is not None:
        current_interview.show_back("← All to-dos")
        st.header(escape_markdown(format_title(only)), anchor=False)
    undo.show_deleted(_PLACE)
    now = current_time.now()
    is_asking = past_interviews.ask_whether_held(find_past_interviews(get_store(), now, only))
    plans = update_plans(get_store(), read_settings().holidays, only)
    if plans:
        show_steps(plans, now)
        interviews.show_interviews(plans, now, only)
    elif only is not None:
        if not is_asking:
            st.info(wording.NOTHING_DUE_FOR_INTERVIEW)
        link_to_interview(only.id, "Open the interview")
    elif not is_asking:
        st.info(wording.NOTHING_DUE)
        link_to_interviews("Open your interviews")
