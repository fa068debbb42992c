"""Questions to ask, made from the research notes or the user's own, to be put on the card."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from content.questions_to_ask import Proposed, Research, asking, proposed
from content.questions_to_avoid import advised_against
from interview.ask_card import CardQuestion
from interview.interview import Interview
from interview.validation import LINE, one_line
from services.interviews.ask_cards import Card, add_question, find_card
from services.interviews.belongings import find_research

NO_NOTES = (
    "There are no research notes yet, so these are only the questions that go with every company. What you note in "
    "the section Research adds others."
)
_OWN, _THEN = "own_ask", "own_then"


def show(interview: Interview) -> None:
    """What could be asked, by topic, and a place for own questions; raises StoreError."""
    card = find_card(get_store(), interview)
    st.markdown("Put on the card what you would really like to ask. There you can reword it and set the order.")
    with st.container(border=True, key="own_question_to_ask"):
        _own(card, interview)
    notes = find_research(get_store(), interview)
    found = (notes.values, notes.news, notes.projects, notes.people) if notes else ()
    if not any(found):
        st.info(NO_NOTES)
    questions = proposed(Research(interview.company, *found))
    for topic, label in asking().topics.items():
        of_topic = [each for each in questions if each.template.topic == topic]
        if of_topic:
            with st.expander(plain(f"{label} ({len(of_topic)})"), key=f"topic_{topic}"):
                for each in of_topic:
                    _proposed(each, card, interview)


def warn(text: str, interview: Interview) -> None:
    """Where the documents advise against asking this, say why, what to ask instead, and which of them says so."""
    found = advised_against(text, interview.company)
    if found is not None:
        source = f":small[{plain(str(found.citation))}]"
        st.warning(
            f"**{plain(found.label)}.** {plain(found.reason)}  \n**Instead:** {plain(found.instead)}  \n{source}"
        )


def _proposed(each: Proposed, card: Card, interview: Interview) -> None:
    is_on = any(question.text == each.text for question in card.questions)
    with st.container(border=True):
        always = "  \n**Never leave without asking this.**" if each.template.always else ""
        st.markdown(f"{plain(each.text)}{always}")
        st.caption(
            f"Then: {plain(each.follow_up)}  \nListen for: {plain(each.template.listen_for)}  \n"
            f":small[{plain(str(each.template.citation))}]"
        )
        warn(each.text, interview)
        st.button(
            "✓ On the card" if is_on else "Put on the card",
            key=f"ask_{each.template.id}_{each.note or ''}",
            disabled=is_on,
            on_click=_add,
            args=(card, CardQuestion(one_line(each.text[:LINE]), (one_line(each.follow_up[:LINE]),))),
        )


def _add(card: Card, question: CardQuestion) -> None:
    with show_errors():
        add_question(get_store(), card, question)


def _own(card: Card, interview: Interview) -> None:
    text = st.text_input("A question of your own", max_chars=LINE, key=_OWN)
    st.text_input("What you would ask after the answer, if anything", max_chars=LINE, key=_THEN)
    if any(question.text == one_line(text) for question in card.questions):
        st.info("This question is on the card already.")
        return
    warn(text, interview)
    st.button("Put it on the card", key="ask_own", on_click=_add_own, args=(card,))


def _add_own(card: Card) -> None:
    text, then = one_line(st.session_state[_OWN]), one_line(st.session_state[_THEN])
    if not text:
        st.error("Write the question first.")
        return
    with show_errors():
        add_question(get_store(), card, CardQuestion(text, (then,) if then else ()))
        st.session_state[_OWN] = st.session_state[_THEN] = ""
