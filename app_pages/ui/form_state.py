"""A form that is open: what it was opened with stays until it is closed, so that a change in another window is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.ids import new_id

_STATE = "editing"  # begins the names of forms in the session
_ABOUT = "about_edited"


@dataclass(frozen=True)
class Editing:
    """What is being entered or asked, and what was kept when it began."""

    id: str
    thing: Any  # None: it is new


def now(form: str) -> Editing | None:
    """What a form of this name is open for; None while it is closed."""
    found: Editing | None = st.session_state.get(f"{_STATE}_{form}")
    return found


def begin(form: str, thing: Any = None) -> None:
    """Open a form for a thing as it is on screen, or for a new one."""
    st.session_state[f"{_STATE}_{form}"] = Editing(thing.id if thing is not None else new_id(), thing)


def end(form: str) -> None:
    """Close a form."""
    st.session_state.pop(f"{_STATE}_{form}", None)


def only_about(what: str) -> None:
    """Close every form that was opened while the page was about something else."""
    if st.session_state.get(_ABOUT) != what:
        for name in [name for name in st.session_state if str(name).startswith(f"{_STATE}_")]:
            del st.session_state[name]
        st.session_state[_ABOUT] = what


def key(form: str, field: str) -> str:
    """The name of a field's widget: one of its own for each thing, so that no form shows what was typed in another."""
    opened = now(form)
    return f"{form}_{field}_{opened.id}" if opened else f"{form}_{field}"


def keep(form: str, new: Any) -> None:
    """Keep what was entered in the place of what the form was opened with, and close it; raises StoreError."""
    opened = now(form)
    get_store().keep(new, instead_of=opened.thing if opened else None)
    end(form)


def buttons(form: str) -> bool:
    """The two ways out of a form; True when it is to be kept."""
    with st.container(horizontal=True):
        saves = st.form_submit_button("Save", type="primary", key=f"{form}_save")
        st.form_submit_button("Cancel", key=f"{form}_cancel", on_click=end, args=(form,))
    return saves


def sure(form: str, warning: str, yes: str = "Delete for good") -> bool:
    """Ask before something is deleted; the warning is Markdown. True when it is to be done."""
    st.warning(warning)
    with st.container(horizontal=True):
        is_sure = st.button(yes, key=f"{form}_yes", type="primary")
        st.button("Keep it", key=f"{form}_no", on_click=end, args=(form,))
    return is_sure
