"""The questions to ask as one page to print, with room to write; it loads nothing, and no text in it can be markup."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from interview.ask_card.card import AskCard
from interview.follow_up.situation import named
from interview.interview import Interview
from interview.person import INTERVIEWED, Person
from interview.working_days import day_told

HOME = Path(__file__).parent
ROWS = 3  # lines to write on, a question


def card_page(card: AskCard, interview: Interview | None = None, people: Iterable[Person] = ()) -> str:
    """The card as a whole HTML document."""
    style, digest = _style()
    return _template().render(
        title=f"Questions for {interview.company}" if interview else "Questions to ask",
        lines=_lines(interview, people) if interview else [],
        questions=card.questions,
        rows=ROWS,
        style=style,
        style_digest=digest,
    )


def _lines(interview: Interview, people: Iterable[Person]) -> list[str]:
    begins = interview.begins
    when = f"{day_told(begins.date())} {begins.year}, {begins:%H:%M} ({interview.zone})" if begins else ""
    those = "; ".join(named(each) for each in people if each.part in INTERVIEWED)
    return [line for line in (interview.role, when, interview.place, those and f"With {those}") if line]


@cache
def _template() -> Template:
    folder = Environment(loader=FileSystemLoader(HOME), autoescape=True, undefined=StrictUndefined)
    return folder.get_template("card_page.html")


@cache
def _style() -> tuple[Markup, str]:
    """The style, and the digest by which the page's own policy lets it through."""
    text = (HOME / "card_page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"  # noqa: S704 - our own file, which the user has no part in
