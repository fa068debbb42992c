"""The printable card of questions to ask."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_pages.interviews.ask_card import WRITING_LINES, render_card_page
from content.checklists import list_closing_lines
from interview.ask_card import AskCard, CardQuestion
from tests.support.interviews import HELD, MARIA, ONE, RECEPTION, TOM, TWO, make_interview

CARD = AskCard(
    TWO,
    ONE,
    (
        CardQuestion("What does a first month look like?", ("Who would show me around?",), "Maria"),
        CardQuestion("What are the next steps?"),
    ),
)
LINE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=100).map(lambda text: " ".join(text.split()))


class Reader(HTMLParser):
    """The tags of a page in order, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_card_tells_the_interview_and_every_question_with_room_to_write() -> None:
    page = Reader(render_card_page(CARD, make_interview(place="Pier 3"), (MARIA, TOM, RECEPTION)))
    text = "".join(page.texts)
    for said in (
        "Questions for Harbour Analytics",
        "Data Analyst",
        "Wednesday 11 March 2026, 10:00 (Europe/Vienna)",
        "Pier 3",
        "With Maria Okafor, Head of Data; Tom Brandl",
        "What does a first month look like?",
        "Ask Maria",
        "Then: Who would show me around?",
        "What are the next steps?",
        "What they said about next steps and timing",
    ):
        assert said in text
    assert "Ines Roth" not in text
    assert page.tags.count("li") == 2 + len(list_closing_lines())
    assert page.tags.count("div") == 3 * (1 + WRITING_LINES)


def test_a_card_without_interview_or_questions_is_still_a_page() -> None:
    text = "".join(Reader(render_card_page(AskCard(TWO))).texts)
    assert "Questions to ask" in text
    assert "No questions are on this card yet." in text
    assert "With" not in "".join(Reader(render_card_page(CARD, replace(HELD, at=None, role=""))).texts)


EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "![x](http://x.example/y)",
    "&lt;b&gt;",
    "<!--",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_becomes_markup(evil: str) -> None:
    card = replace(CARD, questions=(CardQuestion(evil, (evil,), evil),))
    held = replace(HELD, company=evil, role=evil, place=evil)
    page = Reader(render_card_page(card, held, (replace(MARIA, name=evil, position=""),)))
    assert set(page.tags) <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "header",
            "h1",
            "h2",
            "p",
            "ol",
            "ul",
            "li",
            "div",
            "section",
        )
    }
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "role", "aria-label"}
    assert "".join(page.texts).count(evil) == 8


@settings(deadline=None)
@given(LINE.filter(bool), LINE)
def test_any_text_is_shown_as_it_is(text: str, ask: str) -> None:
    page = Reader(render_card_page(AskCard(TWO, questions=(CardQuestion(text, (), ask),))))
    assert text in page.texts
    assert not ask or f"Ask {ask}" in page.texts


def test_the_page_loads_nothing_and_lets_only_its_own_style_through() -> None:
    page = render_card_page(CARD, HELD)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "http:" not in page.replace("http-equiv", "")
    assert "https:" not in page
    assert "url(" not in page
    assert "@media print" in style
