"""The card of questions to ask: edit and order them; print and download them as a page with room for notes.

The printed page loads nothing, and no text in it can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from app_pages.components.frontend_component import declare_component
from app_pages.interviews.questions_to_ask import warn_if_inadvisable
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import load_inline, render_template
from app_pages.ui.wording import escape_markdown
from content.checklists import list_closing_lines
from interview.ask_card import AskCard, CardQuestion
from interview.follow_up.situation import format_person
from interview.interview import Interview
from interview.person import INTERVIEWER_ROLES, Person
from interview.validation import MAX_LINE_CHARACTERS, EntryError, split_lines, to_one_line
from interview.working_days import format_day
from services.interviews.ask_cards import CardDraft, find_card, move_question, remove_question, replace_question
from services.interviews.belongings import find_people

EMPTY_CARD = "Choose questions under Questions to ask, and they'll appear on this card."
FORM, PLACE_KEY = "card_question", "card_place"
_make_key = partial(form_state.make_widget_key, FORM)
ANYBODY = ""
WRITING_LINES = 3  # a question
_COMPONENT = declare_component("printing", "print_button.html", "print_button.css", "print_button.js")


def show_card(interview: Interview) -> None:
    """Show the questions on the card, and the buttons to print and download it.

    Raises:
        StoreError: the data cannot be read.
    """
    card, people = find_card(get_store(), interview), find_people(get_store(), interview)
    changing = get_edited_place()
    if changing is not None and changing >= len(card.questions):  # taken off in another window meanwhile
        show_form(card, changing, people)
    if not card.questions or card.kept is None:
        st.info(EMPTY_CARD)
        _show_closing_lines()
        return
    for place, question in enumerate(card.questions):
        with st.container(border=True, key=f"card_{place}"):
            if changing == place:
                show_form(card, place, people)
            else:
                _show_question(place, question, interview)
                if changing is None:  # while one is reworded the card must stay as it is
                    _show_actions(card, place)
    _show_closing_lines()
    page = render_card_page(card.kept, interview, people)
    with st.container(horizontal=True):
        show_print_button("Print card", page)
        st.download_button(
            "Download card (HTML)", page, "questions-to-ask.html", "text/html", on_click="ignore", key="card_file"
        )


def _show_closing_lines() -> None:
    with st.container(border=True, key="closing_lines"):
        st.markdown("**Before you leave**")
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in list_closing_lines()))


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
        st.button("Change", key=f"reword_{place}", on_click=open_form, args=(card, place))
        st.button("Remove", key=f"off_{place}", type="tertiary", on_click=_remove, args=(card, place))


def _show_move_button(sign: str, says: str, key: str, is_end: bool, card: CardDraft, place: int, by: int) -> None:
    st.button(sign, key=key, help=says, disabled=is_end, on_click=_move, args=(card, place, by))


def _move(card: CardDraft, place: int, by: int) -> None:
    with show_errors():
        move_question(get_store(), card, place, by)


def _remove(card: CardDraft, place: int) -> None:
    with show_errors():
        remove_question(get_store(), card, place)


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
        then = st.text_area("Follow-up questions, one per line", "\n".join(old.follow_ups), 90, key=_make_key("then"))
        names = list(dict.fromkeys((ANYBODY, *(each.name for each in people), old.ask)))
        whom = st.selectbox(
            "Who to ask", names, names.index(old.ask), lambda name: name or "Anyone", key=_make_key("whom")
        )
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                if not to_one_line(text):
                    raise EntryError("Enter a question, or remove it from the card.")
                new = CardQuestion(to_one_line(text), split_lines(then), whom)
                replace_question(get_store(), CardDraft(card.interview, opened.original), at, new)
                form_state.end(FORM)
                st.rerun()


def render_card_page(card: AskCard, interview: Interview | None = None, people: Iterable[Person] = ()) -> str:
    """Render the card as a complete HTML document.

    Args:
        card: The questions.
        interview: The interview they are for; None leaves out its details.
        people: Those known around the interview; only its interviewers are named.
    """
    style = load_inline("interviews/templates/card_page.css")
    return render_template(
        "interviews/templates/card_page.html",
        title=f"Questions for {interview.company}" if interview else "Questions to ask",
        lines=_describe_interview(interview, people) if interview else [],
        questions=card.questions,
        rows=WRITING_LINES,
        closing=list_closing_lines(),
        style=style,
    )


def _describe_interview(interview: Interview, people: Iterable[Person]) -> list[str]:
    begins, day = interview.begins, interview.on_day
    clock = f", {begins:%H:%M} ({interview.zone})" if begins else ""
    when = f"{format_day(day)} {day.year}{clock}" if day else ""
    those = "; ".join(format_person(each) for each in people if each.part in INTERVIEWER_ROLES)
    return [line for line in (interview.role, when, interview.place, those and f"With {those}") if line]


def show_print_button(label: str, page: str) -> None:
    """Draw a button that prints an HTML document.

    Args:
        label: label of the button.
        page: a complete HTML document.
    """
    _COMPONENT(key="printing", data={"label": label, "page": page}, width="content", height="content")
