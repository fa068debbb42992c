"""Render the questions to ask as a printable HTML page with room for notes, and print it.

The page loads nothing, and no text in it can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable

from app_pages.components.frontend_component import declare_component
from app_pages.ui.templates import load_inline, render_template
from interview.ask_card import AskCard
from interview.follow_up.situation import format_person
from interview.interview import Interview
from interview.person import INTERVIEWER_ROLES, Person
from interview.working_days import format_day

WRITING_LINES = 3  # a question
_COMPONENT = declare_component("printing", "print_button.html", "print_button.css", "print_button.js")


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
        style=style,
    )


def _describe_interview(interview: Interview, people: Iterable[Person]) -> list[str]:
    begins = interview.begins
    when = f"{format_day(begins.date())} {begins.year}, {begins:%H:%M} ({interview.zone})" if begins else ""
    those = "; ".join(format_person(each) for each in people if each.part in INTERVIEWER_ROLES)
    return [line for line in (interview.role, when, interview.place, those and f"With {those}") if line]


def show_print_button(label: str, page: str) -> None:
    """Draw a button that prints an HTML document.

    Args:
        label: label of the button.
        page: a complete HTML document.
    """
    _COMPONENT(key="printing", data={"label": label, "page": page}, width="content", height="content")
