"""Show hostile text from every stored field on every page, and check that it stays text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from app_pages.interviews.ask_card import render_card_page
from app_pages.report.html_report import render_html_report
from interview.ask_card import AskCard, CardQuestion
from interview.checklist_tick import ListTick
from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.document_kinds import DOCUMENT_KINDS
from interview.follow_up.follow_up import FollowUp
from interview.ids import make_id
from interview.interview import Interview, InterviewState
from interview.listener_comments import ListenerComments, MarkedMoment, make_listener_comments_id
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep
from interview.person import Person
from interview.questions.key_points import KeyPoints, make_points_id
from interview.questions.own_question import HiddenQuestion, OwnQuestion
from interview.questions.placeholder_values import PlaceholderValue, PlaceholderValues, make_placeholder_values_id
from interview.questions.practice_loop import IfThenPlan, TakePractice, make_if_then_id
from interview.research import ResearchNotes
from interview.thank_you.note import ThankYou, make_thank_you_id
from store.store import Store, open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.torture.network import PAGES
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

MARK = "pwned"
HOSTILE = (
    f"<script>window.{MARK}=1</script><img src=x onerror=window.{MARK}=2>![i](http://192.0.2.1/{MARK}.png)"
    f"[l](javascript:window.{MARK}=3){{{{7*7}}}} ${{HOME}} $x^2$ :red[r] **b** `c` "
    "www.e.example http://e.example/x a@e.example"
)
ONE_WORD = f"<img/src=x/onerror=window.{MARK}=4>"
NOW = datetime.now(UTC)
WITHOUT_WORDS = {HiddenQuestion, ListTick, TakePractice}  # nothing in them but names that the app gave


def fill(store: Store) -> SimpleNamespace:
    """Store hostile text in every field that takes text."""
    own = OwnQuestion(make_id(), HOSTILE, "behavioural", "projects", "first", (HOSTILE,), (HOSTILE,), answer=HOSTILE)
    question = AskedQuestion(own.id, own.text, QuestionKind.BEHAVIOURAL)
    heard = make_answer("I led the project. (0.8) We finished it early. (1.0) " * 5)
    words = [replace(word, text=ONE_WORD) if place % 3 == 0 else word for place, word in enumerate(heard.words)]
    heard = replace(heard, words=tuple(words), possible_fillers=(replace(words[0], probability=0.3),))
    sound = replace(synthesise(heard), name=HOSTILE[:90])
    for take in range(3):
        kept = store.add_recording(sound, question, NOW - timedelta(days=3 - take))
        store.finish(kept.id, heard, analyze(sound, heard, question))
        store.add_note(kept.id, HOSTILE)
    interview = Interview(
        make_id(), HOSTILE[:80], HOSTILE[:80], at=NOW - timedelta(hours=5), place=HOSTILE[:80], notes=HOSTILE,
        state=InterviewState.HELD,
    )  # fmt: skip
    person = Person(make_id(), HOSTILE[:80], interview.id, position=HOSTILE[:80], notes=HOSTILE)
    card = AskCard(make_id(), interview.id, (CardQuestion(HOSTILE, (HOSTILE,)),))
    said = DebriefNote(HOSTILE)
    plan = MockPlan(make_id(), "first", interview=interview.id, follow_ups=False)  # one would push HOSTILE away
    steps = (MockStep(own.id, HOSTILE, "behavioural", kept.id, 3.0), MockStep(own.id, HOSTILE, "closing"))
    over, left = (MockRun(make_id(), plan.id, steps, NOW, end, interview.id) for end in (NOW, None))
    for thing in (
        *(own, interview, person, card, plan, over, left),
        PlaceholderValues(
            make_placeholder_values_id("why_company"), "why_company", (PlaceholderValue("company", HOSTILE[:80]),)
        ),
        FollowUp(
            make_id(), interview.id, "own", HOSTILE[:80], HOSTILE, person.id, NOW, NOW + timedelta(days=1), own=True
        ),
        KeyPoints(make_points_id(own.id), own.id, (HOSTILE[:100],)),
        IfThenPlan(make_if_then_id(own.id), own.id, HOSTILE[:200].strip(), NOW),
        ResearchNotes(make_id(), interview.id, (HOSTILE[:100],), (HOSTILE[:100],), (HOSTILE[:100],), (HOSTILE[:100],)),
        ListenerComments(
            make_listener_comments_id(kept.id, own.id),
            kept.id,
            own.id,
            NOW,
            HOSTILE[:80].strip(),
            HOSTILE,
            (MarkedMoment(1.0, HOSTILE),),
        ),
        Debrief(make_id(), interview.id, NOW, said, said, said, wished=(WishedAnswer(HOSTILE[:100], said),)),
        ThankYou(
            make_thank_you_id(interview.id, person.id), interview.id, person.id, HOSTILE, HOSTILE, HOSTILE, HOSTILE
        ),
    ):
        store.save(thing)
    kept_kinds = {kind for kind in DOCUMENT_KINDS.values() if store.load_documents(kind)}
    assert kept_kinds | WITHOUT_WORDS == set(DOCUMENT_KINDS.values())  # a new kind of thing belongs here too
    return SimpleNamespace(own=own, attempt=kept, interview=interview, card=card, person=person, over=over, left=left)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Start the app with hostile texts; return a browser page and the requests it makes."""
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    kept = fill(store)
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(base_url=server)
        let_in(page, server)
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        yield SimpleNamespace(page=page, asked=asked, server=server, store=store, kept=kept)
        browser.close()
    store.close()


def assert_only_text(page: Page, asked: list[str], server: str) -> None:
    assert page.evaluate(f"window.{MARK}") is None
    made = 'img[src="x"], img[src*="192.0.2.1"], a[href^="javascript"], a[href*="e.example"]'
    assert page.locator(made).count() == 0
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []


ADDRESSES = {  # of one thing on a page, and which thing
    "?take": "attempt",
    "?question": "own",
    "compare?take": "attempt",
    "interviews?interview": "interview",
    "debrief?interview": "interview",
    "thanks?interview": "interview",
    "mock?run": "over",
    "mock?run=": "left",
}


@pytest.mark.parametrize("name", [*PAGES, *ADDRESSES])
def test_no_page_interprets_stored_text_as_markup(filled: SimpleNamespace, name: str) -> None:
    kept, page = filled.kept, filled.page
    page.goto(f"/{name.rstrip('=')}={getattr(kept, ADDRESSES[name]).id}" if name in ADDRESSES else f"/{name}")
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert_only_text(page, filled.asked, filled.server)
    if name in ADDRESSES:
        expect(page.get_by_text(f"window.{MARK}=").first).to_be_attached()  # it is there, as text


@pytest.mark.parametrize("what", ["report", "card"])
def test_no_downloaded_page_interprets_stored_text_as_markup(
    filled: SimpleNamespace, what: str, tmp_path: Path
) -> None:
    kept, store = filled.kept, filled.store
    if what == "report":
        html = render_html_report(store.load_report(kept.attempt.id), store.read_flac(kept.attempt.id))
    else:
        html = render_card_page(kept.card, kept.interview, (kept.person,))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    filled.asked.clear()
    filled.page.goto((tmp_path / "page.html").as_uri())
    filled.asked[:] = [url for url in filled.asked if not url.startswith("file:")]
    assert_only_text(filled.page, filled.asked, filled.server)
    assert f"window.{MARK}=" in filled.page.locator("body").inner_text()
