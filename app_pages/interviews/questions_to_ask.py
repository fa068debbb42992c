"""Questions to ask, made from the research notes or written by the user, to put on the card."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.questions_to_ask import CompanyResearch, ProposedQuestion, load_question_templates, propose_questions
from content.questions_to_avoid import find_broken_rule
from interview.ask_card import CardQuestion
from interview.interview import Interview
from interview.validation import MAX_LINE_CHARACTERS, to_one_line
from services.interviews.ask_cards import CardDraft, add_question, find_card
from services.interviews.belongings import find_research

NO_NOTES = "You have no research notes yet, so these questions fit any company. What you note under Research adds more."
_OWN, _THEN = "own_ask", "own_then"


def show_questions_to_ask(interview: Interview) -> None:
    """Show the suggested questions by topic, and a field for the user's own.

    Raises:
        StoreError: the data cannot be read.
    """
    card = find_card(get_store(), interview)
    st.markdown("Choose what you'd really like to ask. On the card you can reword and reorder it.")
    with st.container(border=True, key="own_question_to_ask"):
        _show_own_question(card, interview)
    notes = find_research(get_store(), interview)
    found = (notes.values, notes.news, notes.projects, notes.people) if notes else ()
    if not any(found):
        st.info(NO_NOTES)
    questions = propose_questions(CompanyResearch(interview.company, *found))
    for topic, label in load_question_templates().topics.items():
        of_topic = [each for each in questions if each.template.topic == topic]
        if of_topic:
            with st.expander(escape_markdown(f"{label} ({len(of_topic)})"), key=f"topic_{topic}"):
                for each in of_topic:
                    _show_proposed(each, card, interview)


def warn_if_inadvisable(text: str, interview: Interview) -> None:
    """Warn about a question the sources advise against: why, what to ask instead, and the source."""
    found = find_broken_rule(text, interview.company)
    if found is not None:
        source = f":small[{escape_markdown(str(found.citation))}]"
        st.warning(
            f"**{escape_markdown(found.label)}.** {escape_markdown(found.reason)}  \n"
            f"**Instead:** {escape_markdown(found.instead)}  \n{source}"
        )


def _show_proposed(each: ProposedQuestion, card: CardDraft, interview: Interview) -> None:
    is_on = any(question.text == each.text for question in card.questions)
    with st.container(border=True):
        always = "  \n**Never leave without asking this.**" if each.template.always else ""
        st.markdown(f"{escape_markdown(each.text)}{always}")
        st.caption(
            f"Then: {escape_markdown(each.follow_up)}  \nListen for: {escape_markdown(each.template.listen_for)}  \n"
            f":small[{escape_markdown(str(each.template.citation))}]"
        )
        warn_if_inadvisable(each.text, interview)
        st.button(
            "✓ On your card" if is_on else "Add to card",
            key=f"ask_{each.template.id}_{each.note or ''}",
            disabled=is_on,
            on_click=_add,
            args=(
                card,
                CardQuestion(
                    to_one_line(each.text[:MAX_LINE_CHARACTERS]), (to_one_line(each.follow_up[:MAX_LINE_CHARACTERS]),)
                ),
            ),
        )


def _add(card: CardDraft, question: CardQuestion) -> None:
    with show_errors():
        add_question(get_store(), card, question)


def _show_own_question(card: CardDraft, interview: Interview) -> None:
    text = st.text_input("Your own question", max_chars=MAX_LINE_CHARACTERS, key=_OWN)
    st.text_input("Follow-up question, if any", max_chars=MAX_LINE_CHARACTERS, key=_THEN)
    if any(question.text == to_one_line(text) for question in card.questions):
        st.info("This question is already on your card.")
        return
    warn_if_inadvisable(text, interview)
    st.button("Add to card", key="ask_own", on_click=_add_own, args=(card,))


def _add_own(card: CardDraft) -> None:
    text, then = to_one_line(st.session_state[_OWN]), to_one_line(st.session_state[_THEN])
    if not text:
        st.error("Enter a question first.")
        return
    with show_errors():
        add_question(get_store(), card, CardQuestion(text, (then,) if then else ()))
        st.session_state[_OWN] = st.session_state[_THEN] = ""
