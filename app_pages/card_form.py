"""Rewording one question of the card: its text, what to ask then, and whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app_pages import card_keeping, editing
from app_pages.card_keeping import Card
from app_pages.telling import told
from interview.ask_card import CardQuestion
from interview.checks import LINE, EntryError, one_line
from interview.person import Person

FORM, PLACE = "card_question", "card_place"
_key = partial(editing.key, FORM)
ANYBODY = ""


def begin(card: Card, place: int) -> None:
    """Open the form for the question at a place of the card."""
    editing.begin(FORM, card.kept)
    st.session_state[PLACE] = place


def place() -> int | None:
    """The place whose question is being changed; None while the form is closed."""
    return st.session_state[PLACE] if editing.now(FORM) else None


def show(card: Card, at: int, people: Sequence[Person]) -> None:
    """The open form."""
    opened = editing.now(FORM)
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
        if editing.buttons(FORM):
            with told():
                if not one_line(text):
                    raise EntryError("A question needs words. Write it, or take it off the card.")
                new = CardQuestion(one_line(text), editing.lines(then), whom)
                if card_keeping.change(Card(card.interview, opened.thing), _at(opened.thing.questions, at, new)):
                    editing.end(FORM)
                    st.rerun()


def _at(questions: tuple[CardQuestion, ...], place: int, new: CardQuestion) -> tuple[CardQuestion, ...]:
    return (*questions[:place], new, *questions[place + 1 :])
