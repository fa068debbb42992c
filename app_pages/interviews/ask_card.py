"""The card: the chosen questions in the order to ask them, to be reworded, ordered, printed and taken along."""

from __future__ import annotations

import streamlit as st

from app_pages.components import print_button
from app_pages.interviews import ask_card_form
from app_pages.interviews.card_page import render_card_page
from app_pages.interviews.questions_to_ask import warn
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.ask_card import CardQuestion
from interview.interview import Interview
from services.interviews.ask_cards import Card, find_card, move_question, remove_question
from services.interviews.belongings import people_of

NONE = "Nothing is on the card yet. Choose questions in the section Questions to ask, and they stand here."


def show(interview: Interview) -> None:
    """What is on the card, and the ways out of it; raises StoreError."""
    card, people = find_card(get_store(), interview), people_of(get_store(), interview)
    changing = ask_card_form.place()
    if changing is not None and changing >= len(card.questions):  # taken off in another window meanwhile
        ask_card_form.show(card, changing, people)
    if not card.questions or card.kept is None:
        st.info(NONE)
        return
    for place, question in enumerate(card.questions):
        with st.container(border=True, key=f"card_{place}"):
            if changing == place:
                ask_card_form.show(card, place, people)
            else:
                _question(place, question, interview)
                if changing is None:  # while one is reworded the card must stay as it is
                    _ways(card, place)
    page = render_card_page(card.kept, interview, people)
    with st.container(horizontal=True):
        print_button.button("Print the card", page)
        st.download_button(
            "Download the card (HTML)", page, "questions-to-ask.html", "text/html", on_click="ignore", key="card_file"
        )


def _question(place: int, question: CardQuestion, interview: Interview) -> None:
    st.markdown(f"**{place + 1}\\.** {plain(question.text)}")
    then = [f"Then: {each}" for each in question.follow_ups]
    whom = [f"Ask {question.ask}"] if question.ask else []
    if then or whom:
        st.caption("  \n".join(map(plain, (*whom, *then))))
    warn(question.text, interview)


def _ways(card: Card, place: int) -> None:
    last = len(card.questions) - 1
    with st.container(horizontal=True):
        _way("↑ Up", f"Move question {place + 1} up", f"up_{place}", place == 0, card, place, -1)
        _way("↓ Down", f"Move question {place + 1} down", f"down_{place}", place == last, card, place, 1)
        st.button("Change", key=f"reword_{place}", on_click=ask_card_form.begin, args=(card, place))
        st.button("Take off", key=f"off_{place}", type="tertiary", on_click=_remove, args=(card, place))


def _way(sign: str, says: str, key: str, is_end: bool, card: Card, place: int, by: int) -> None:
    st.button(sign, key=key, help=says, disabled=is_end, on_click=_move, args=(card, place, by))


def _move(card: Card, place: int, by: int) -> None:
    with show_errors():
        move_question(get_store(), card, place, by)


def _remove(card: Card, place: int) -> None:
    with show_errors():
        remove_question(get_store(), card, place)
