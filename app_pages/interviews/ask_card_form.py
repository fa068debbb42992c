"""Rewording one question of the card: its text, what to ask then, and whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.ask_card import CardQuestion
from interview.person import Person
from interview.validation import LINE, EntryError, lines, one_line
from services.interviews.ask_cards import Card, replace_question

FORM, PLACE = "card_question", "card_place"
_key = partial(form_state.key, FORM)
ANYBODY = ""


def begin(card: Card, place: int) -> None:
    """Open the form for the question at a place of the card."""
    form_state.begin(FORM, card.kept)
    st.session_state[PLACE] = place


def place() -> int | None:
    """The place whose question is being changed; None while the form is closed."""
    return st.session_state[PLACE] if form_state.now(FORM) else None


def show(card: Card, at: int, people: Sequence[Person]) -> None:
    """The open form."""
    opened = form_state.now(FORM)
    if opened is None:
        return
    old = opened.thing.questions[at]
    with st.form(FORM, enter_to_submit=False, border=False):
        text = st.text_input("Question", old.text, LINE, key=_key("text"))
        then = st.text_area("What to ask then, one a line", "\n".join(old.follow_ups), 90, key=_key("then"))
        names = list(dict.fromkeys((ANYBODY, *(each.name for each in people), old.ask)))
        whom = st.selectbox(
            "Whom to ask", names, names.index(old.ask), lambda name: name or "Anybody", key=_key("whom")
        )
        if form_state.buttons(FORM):
            with show_errors():
                if not one_line(text):
                    raise EntryError("A question needs words. Write it, or take it off the card.")
                new = CardQuestion(one_line(text), lines(then), whom)
                replace_question(get_store(), Card(card.interview, opened.thing), at, new)
                form_state.end(FORM)
                st.rerun()
