"""Keep the state of open forms in the session.

A form remembers the document it was opened with until it is closed, so that a change made in another
window meanwhile is detected when the form is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.ids import make_id

_KEY_PREFIX = "editing"  # begins the names of forms in the session
_SUBJECT_KEY = "about_edited"


@dataclass(frozen=True)
class OpenForm:
    """An open form or question: the id of its document, and the document as it was when it opened."""

    id: str
    original: Any  # None: it is new


def get_open_form(form: str) -> OpenForm | None:
    """Return the state of a form; None while it is closed.

    Args:
        form: name of the form.
    """
    found: OpenForm | None = st.session_state.get(f"{_KEY_PREFIX}_{form}")
    return found


def begin(form: str, thing: Any = None) -> None:
    """Open a form.

    Args:
        form: name of the form.
        thing: the document to edit, as it is on screen; None for a new one.
    """
    st.session_state[f"{_KEY_PREFIX}_{form}"] = OpenForm(thing.id if thing is not None else make_id(), thing)


def end(form: str) -> None:
    """Close a form."""
    st.session_state.pop(f"{_KEY_PREFIX}_{form}", None)


def close_forms_of_other_subjects(what: str) -> None:
    """Close all forms that were opened while the page was about something else.

    Args:
        what: what the page is about now, as any text that identifies it.
    """
    if st.session_state.get(_SUBJECT_KEY) != what:
        for name in [name for name in st.session_state if str(name).startswith(f"{_KEY_PREFIX}_")]:
            del st.session_state[name]
        st.session_state[_SUBJECT_KEY] = what


def make_widget_key(form: str, field: str) -> str:
    """Return the widget key of a field.

    It differs for each document, so no form shows what was typed in the form of another.
    """
    opened = get_open_form(form)
    return f"{form}_{field}_{opened.id}" if opened else f"{form}_{field}"


def save_form(form: str, new: Any) -> None:
    """Save the edited document and close the form.

    Args:
        form: name of the form.
        new: the document to save in the place of the one the form was opened with.

    Raises:
        StoreError: it was changed elsewhere since the form was opened, or it cannot be saved.
    """
    opened = get_open_form(form)
    get_store().save(new, expected=opened.original if opened else None)
    end(form)


def show_save_and_cancel(form: str) -> bool:
    """Draw the buttons "Save" and "Cancel" of a form; return True when it is to be saved."""
    with st.container(horizontal=True):
        saves = st.form_submit_button("Save", type="primary", key=f"{form}_save")
        st.form_submit_button("Cancel", key=f"{form}_cancel", on_click=end, args=(form,))
    return saves


def ask_to_confirm(form: str, warning: str, yes: str = "Yes, delete it") -> bool:
    """Ask for confirmation before something is deleted; return True once it is given.

    Args:
        form: name of the form, which "Keep it" closes.
        warning: the question, as Markdown.
        yes: label of the button that confirms.
    """
    st.warning(warning)
    with st.container(horizontal=True):
        is_sure = st.button(yes, key=f"{form}_yes", type="primary")
        st.button("Keep it", key=f"{form}_no", on_click=end, args=(form,))
    return is_sure
