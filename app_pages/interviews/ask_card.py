"""The card of questions to ask: edit, order, print and download them."""

from __future__ import annotations

import streamlit as st

from app_pages.components import print_button
from app_pages.interviews import ask_card_form
from app_pages.interviews.questions_to_ask import warn_if_inadvisable
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.ask_card.card import CardQuestion
from interview.ask_card.card_page import render_card_page
from interview.interview import Interview
from services.interviews.ask_cards import CardDraft, find_card, move_question, remove_question
from services.interviews.belongings import find_people

EMPTY_CARD = "Nothing is on the card yet. Choose questions in the section Questions to ask, and they stand here."


def show_card(interview: Interview) -> None:
    """Show the questions on the card, and the buttons to print and download it.

    Raises:
        StoreError: the data cannot be read.
    """
    card, people = find_card(get_store(), interview), find_people(get_store(), interview)
    changing = ask_card_form.get_edited_place()
    if changing is not None and changing >= len(card.questions):  # taken off in another window meanwhile
        ask_card_form.show_form(card, changing, people)
    if not card.questions or card.kept is None:
        st.info(EMPTY_CARD)
        return
    for place, question in enumerate(card.questions):
        with st.container(border=True, key=f"card_{place}"):
            if changing == place:
                ask_card_form.show_form(card, place, people)
            else:
                _show_question(place, question, interview)
                if changing is None:  # while one is reworded the card must stay as it is
                    _show_actions(card, place)
    page = render_card_page(card.kept, interview, people)
    with st.container(horizontal=True):
        print_button.show_print_button("Print the card", page)
        st.download_button(
            "Download the card (HTML)", page, "questions-to-ask.html", "text/html", on_click="ignore", key="card_file"
        )


def _show_question(place: int, question: CardQuestion, interview: Interview) -> None:
    st.markdown(f"**{place + 1}\\.** {escape_markdown(question.text)}")
    then = [f"Then: {each}" for each in question.follow_ups]
    whom = [f"Ask {question.ask}"] if question.ask else []
    if then or whom:
        st.caption("  \n".join(map(escape_markdown, (*whom, *then))))
    warn_if_inadvisable(question.text, interview)


def _show_actions(card: CardDraft, place: int) -> None:
    last = len(card.questions) - 1
    with st.container(horizontal=True):
        _show_move_button("↑ Up", f"Move question {place + 1} up", f"up_{place}", place == 0, card, place, -1)
        _show_move_button("↓ Down", f"Move question {place + 1} down", f"down_{place}", place == last, card, place, 1)
        st.button("Change", key=f"reword_{place}", on_click=ask_card_form.open_form, args=(card, place))
        st.button("Take off", key=f"off_{place}", type="tertiary", on_click=_remove, args=(card, place))


def _show_move_button(sign: str, says: str, key: str, is_end: bool, card: CardDraft, place: int, by: int) -> None:
    st.button(sign, key=key, help=says, disabled=is_end, on_click=_move, args=(card, place, by))


def _move(card: CardDraft, place: int, by: int) -> None:
    with show_errors():
        move_question(get_store(), card, place, by)


def _remove(card: CardDraft, place: int) -> None:
    with show_errors():
        remove_question(get_store(), card, place)
