"""Edit one question of the card: its text, what to ask next, and whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.ask_card.card import CardQuestion
from interview.person import Person
from interview.validation import MAX_LINE_CHARACTERS, EntryError, split_lines, to_one_line
from services.interviews.ask_cards import CardDraft, replace_question

FORM, PLACE_KEY = "card_question", "card_place"
_make_key = partial(form_state.make_widget_key, FORM)
ANYBODY = ""


def open_form(card: CardDraft, place: int) -> None:
    """Open the form for the question at a place of the card, from 0."""
    form_state.begin(FORM, card.kept)
    st.session_state[PLACE_KEY] = place


def get_edited_place() -> int | None:
    """Return the place of the question being edited, from 0; None while the form is closed."""
    return st.session_state[PLACE_KEY] if form_state.get_open_form(FORM) else None


def show_form(card: CardDraft, at: int, people: Sequence[Person]) -> None:
    """Show the form if it is open.

    Args:
        card: it belongs to.
        at: the place of the question, from 0.
        people: of the interview.
    """
    opened = form_state.get_open_form(FORM)
    if opened is None:
        return
    old = opened.original.questions[at]
    with st.form(FORM, enter_to_submit=False, border=False):
        text = st.text_input("Question", old.text, MAX_LINE_CHARACTERS, key=_make_key("text"))
        then = st.text_area("What to ask then, one a line", "\n".join(old.follow_ups), 90, key=_make_key("then"))
        names = list(dict.fromkeys((ANYBODY, *(each.name for each in people), old.ask)))
        whom = st.selectbox(
            "Whom to ask", names, names.index(old.ask), lambda name: name or "Anybody", key=_make_key("whom")
        )
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                if not to_one_line(text):
                    raise EntryError("A question needs words. Write it, or take it off the card.")
                new = CardQuestion(to_one_line(text), split_lines(then), whom)
                replace_question(get_store(), CardDraft(card.interview, opened.original), at, new)
                form_state.end(FORM)
                st.rerun()
