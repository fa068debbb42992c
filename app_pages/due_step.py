"""One step: what to do, when, why and by which document, and the ways to tick it off."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app_pages import due_clock, due_words, editing, interviews_current
from app_pages.due_plans import Plan
from app_pages.interviews_words import title
from app_pages.kept import store
from app_pages.telling import told
from app_pages.wording import plain
from interview.follow_up import FollowUp

DELETE = "delete_step"
SENT = "The note is marked as sent, so this is done."


def show(step: FollowUp, of: Plan) -> None:
    """A step in a box of its own."""
    with st.container(border=True, key=f"step_{step.id}"):
        head = f"**{plain(step.title)}**"
        st.markdown(f"{head}  \n{plain(title(of.interview))}")
        told_when = " · ".join(filter(None, (due_words.when(step), due_words.done(step))))
        if told_when:
            st.caption(plain(told_when))
        if step.text:
            st.markdown("  \n".join(plain(line) for line in step.text.splitlines()))
        _why(step)
        deleting = editing.now(DELETE)
        if deleting and deleting.id == step.id:
            _delete(step)
        else:
            _ways(step, of)


def _why(step: FollowUp) -> None:
    found = due_words.rule_of(step)
    if found is not None:
        st.caption(f"Why: {plain(found.why)} :small[{plain(str(found.citation))}]")
    elif step.own:
        st.caption("A step of your own.")


def _ways(step: FollowUp, of: Plan) -> None:
    found = due_words.rule_of(step)
    with st.container(horizontal=True, vertical_alignment="center"):
        if step.id in of.by_note:
            st.caption(SENT)
        elif step.done_at is not None:
            st.button("Not done after all", key=f"undone_{step.id}", on_click=_set, args=(step, False))
        elif found is None or not found.avoid or step.due is not None:  # what has a day would be overdue for ever
            st.button("Done", key=f"done_{step.id}", on_click=_set, args=(step, True))
        if step.own:
            args = (DELETE, step)
            st.button("Delete", key=f"delete_{step.id}", type="tertiary", on_click=editing.begin, args=args)
        if step.rule == due_words.DEBRIEF:
            interviews_current.link(of.interview, "Debrief", interviews_current.DEBRIEF)
        if step.rule in due_words.NOTES:
            interviews_current.link(of.interview, "Thank-you notes", interviews_current.THANKS)
        interviews_current.link(of.interview, "Interview")


def _set(step: FollowUp, is_done: bool) -> None:
    """Tick it off or back, unless another window changed it meanwhile."""
    with told():
        store().keep(replace(step, done_at=due_clock.now() if is_done else None), instead_of=step)


def _delete(step: FollowUp) -> None:
    if editing.sure(DELETE, f"Delete {plain(step.title)}? This cannot be undone."):
        with told():
            store().forget(step.id)
            editing.end(DELETE)
            st.rerun()
