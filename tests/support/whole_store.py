"""A store with something of everything, and the addresses of all pages over it, for axe and for pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from playwright.sync_api import Page, expect

from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.interview import Interview, InterviewState
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep
from interview.questions.key_points import KeyPoints
from interview.questions.own_question import OwnQuestion
from interview.research import ResearchNotes, make_research_id
from services.key_points import make_points
from services.listener_comments import add_listener_comments
from store.store import Store
from tests.support.interviews import DEBRIEF, HELD, MARIA, RECEPTION, TOM
from tests.support.listeners import make_comments_file
from tests.support.practised_store import load_asked_question, practise
from tests.support.stored_attempts import UMS, add_said
from tests.torture.network import PAGES

SIZES = {"light": ((1280, 800), "light"), "dark": ((1280, 800), "dark"), "phone": ((390, 844), "light")}
OVER, LEFT, PLAN, COMING, UNSURE = "b" * 32, "c" * 32, "a" * 32, "e" * 32, "f" * 32
OWN_QUESTION = OwnQuestion("9" * 32, "Why maps?", "technical", "learning", "second", target_seconds=(20.0, 40.0))
SECTIONS = ("People", "Research", "Questions to ask", "Card", "Practice plan")  # of an interview, besides the first
ADDRESSES = (
    "",
    *PAGES,
    f"mock?run={OVER}",
    f"mock?run={LEFT}",
    *(f"interviews?interview={each}" for each in (COMING, HELD.id)),
    *(f"interviews?interview={COMING}&section={section}" for section in SECTIONS),
    *(f"{page}?interview={HELD.id}" for page in ("debrief", "thanks", "due")),
)


def fill(store: Store) -> str:
    """Store answers, mock interviews and interviews in every state; return a take with comments on it."""
    now = datetime.now().astimezone()
    ids = practise(store, [8, 2], since=now - timedelta(days=9))
    ids += practise(store, [6, 5, 2, 1], load_asked_question("why_this_company"), since=now - timedelta(days=6))
    coming = Interview(COMING, "Ferry Works", "Analyst", at=now + timedelta(days=3), place="Pier 4")
    held = replace(HELD, at=now - timedelta(hours=20), zone="UTC", decision_by=now.date() + timedelta(days=5))
    unsure = Interview(UNSURE, "Clean Rivers", "Planner", day=now.date() - timedelta(days=2))
    refused = Interview("8" * 32, "Mapwise", state=InterviewState.TURNED_DOWN, day=date(2026, 3, 2))
    plan = MockPlan(PLAN, "first", thinking=5, interview=COMING)
    asked = (
        MockStep("tell_me_about_yourself", "Tell me about yourself.", "about_you", ids[0]),
        MockStep("why_this_company", "Why us?", "motivation", ids[-1]),
    )
    left = (MockStep("why_this_company", "Why us?", "motivation"),)
    for thing in (
        *(coming, held, unsure, refused),
        *(plan, MockRun(OVER, PLAN, asked, now, now), MockRun(LEFT, PLAN, left, now)),
        *(MARIA, TOM, RECEPTION, replace(TOM, id="7" * 32, interview=COMING), DEBRIEF, OWN_QUESTION),
        ResearchNotes(make_research_id(COMING), COMING, ("open data",), ("a new line to the islands",)),
        AskCard(make_ask_card_id(COMING), COMING, (CardQuestion("What comes first?", ("Why that?",), TOM.name),)),
        make_key_points(),
    ):
        store.save(thing)
    take = add_said(store, UMS, load_asked_question(), now - timedelta(days=1))
    comments = make_comments_file(store.load_attempt(take).digest)
    add_listener_comments(store, take, "comments.json", comments)
    store.add_note(take, "Slower at the end.")
    return take


def make_key_points() -> KeyPoints:
    """Return the points to make in the answer to one question."""
    return make_points("why_this_company", ("The ferry line", "Their open data"))


def open_page(page: Page, address: str) -> None:
    """Open a page of the app and wait until all of it is drawn."""
    page.goto(f"/{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def read_height(page: Page) -> int:
    """Return the height of everything on the page, in px."""
    return int(page.evaluate("document.querySelector('.stMain').scrollHeight"))
