"""One step: what to do, when, why and by which document, and the ways to tick it off."""

from __future__ import annotations

import streamlit as st

from app_pages.follow_ups import wording
from app_pages.interviews.wording import title
from app_pages.ui import current_time, form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import DEBRIEF, THANKS, link_to_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.follow_up.follow_up import FollowUp
from services.interviews.follow_ups import Plan, mark_step

DELETE = "delete_step"
SENT = "The note is marked as sent, so this is done."


def show(step: FollowUp, of: Plan) -> None:
    """A step in a box of its own."""
    with st.container(border=True, key=f"step_{step.id}"):
        head = f"**{plain(step.title)}**"
        st.markdown(f"{head}  \n{plain(title(of.interview))}")
        told_when = " · ".join(filter(None, (wording.when(step), wording.done(step))))
        if told_when:
            st.caption(plain(told_when))
        if step.text:
            st.markdown("  \n".join(plain(line) for line in step.text.splitlines()))
        _why(step)
        deleting = form_state.now(DELETE)
        if deleting and deleting.id == step.id:
            _delete(step)
        else:
            _ways(step, of)


def _why(step: FollowUp) -> None:
    found = wording.rule_of(step)
    if found is not None:
        st.caption(f"Why: {plain(found.why)} :small[{plain(str(found.citation))}]")
    elif step.own:
        st.caption("A step of your own.")


def _ways(step: FollowUp, of: Plan) -> None:
    found = wording.rule_of(step)
    with st.container(horizontal=True, vertical_alignment="center"):
        if step.id in of.by_note:
            st.caption(SENT)
        elif step.done_at is not None:
            st.button("Not done after all", key=f"undone_{step.id}", on_click=_set, args=(step, False))
        elif found is None or not found.avoid or step.due is not None:  # what has a day would be overdue for ever
            st.button("Done", key=f"done_{step.id}", on_click=_set, args=(step, True))
        if step.own:
            args = (DELETE, step)
            st.button("Delete", key=f"delete_{step.id}", type="tertiary", on_click=form_state.begin, args=args)
        if step.rule == wording.DEBRIEF:
            link_to_interview(of.interview.id, "Debrief", DEBRIEF)
        if step.rule in wording.NOTES:
            link_to_interview(of.interview.id, "Thank-you notes", THANKS)
        link_to_interview(of.interview.id, "Interview")


def _set(step: FollowUp, is_done: bool) -> None:
    """Tick it off or back, unless another window changed it meanwhile."""
    with show_errors():
        mark_step(get_store(), step, current_time.now() if is_done else None)


def _delete(step: FollowUp) -> None:
    if form_state.sure(DELETE, f"Delete {plain(step.title)}? This cannot be undone."):
        with show_errors():
            get_store().forget(step.id)
            form_state.end(DELETE)
            st.rerun()
