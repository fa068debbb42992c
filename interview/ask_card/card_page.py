"""Render the questions to ask as a printable HTML page with room for notes.

The page loads nothing, and no text in it can become markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from interview.ask_card.card import AskCard
from interview.follow_up.situation import format_person
from interview.interview import Interview
from interview.person import INTERVIEWER_ROLES, Person
from interview.working_days import format_day

TEMPLATE_FOLDER = Path(__file__).parent
WRITING_LINES = 3  # lines to write on, a question


def render_card_page(card: AskCard, interview: Interview | None = None, people: Iterable[Person] = ()) -> str:
    """Render the card as a complete HTML document.

    Args:
        card: the questions.
        interview: the interview they are for; None leaves out its details.
        people: those known around the interview; only its interviewers are named.
    """
    style, digest = _load_style()
    return _load_template().render(
        title=f"Questions for {interview.company}" if interview else "Questions to ask",
        lines=_describe_interview(interview, people) if interview else [],
        questions=card.questions,
        rows=WRITING_LINES,
        style=style,
        style_digest=digest,
    )


def _describe_interview(interview: Interview, people: Iterable[Person]) -> list[str]:
    begins = interview.begins
    when = f"{format_day(begins.date())} {begins.year}, {begins:%H:%M} ({interview.zone})" if begins else ""
    those = "; ".join(format_person(each) for each in people if each.part in INTERVIEWER_ROLES)
    return [line for line in (interview.role, when, interview.place, those and f"With {those}") if line]


@cache
def _load_template() -> Template:
    folder = Environment(loader=FileSystemLoader(TEMPLATE_FOLDER), autoescape=True, undefined=StrictUndefined)
    return folder.get_template("card_page.html")


@cache
def _load_style() -> tuple[Markup, str]:
    """Return the style sheet, and the digest that lets it through the page's content security policy."""
    text = (TEMPLATE_FOLDER / "card_page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"  # noqa: S704 - our own file, which the user has no part in
