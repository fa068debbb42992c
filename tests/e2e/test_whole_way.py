"""Go through plan, mock interview, debrief, note and follow-up in a real Chromium that speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from content.follow_up_rules import get_rule
from interview.debrief import Debrief
from interview.follow_up.follow_up import FollowUp
from interview.ids import make_id
from interview.interview import Interview, InterviewState
from interview.mock.run import MockRun
from interview.person import Person, PersonRole
from interview.questions.own_question import OwnQuestion
from interview.thank_you.note import ThankYou
from store.store import Store, open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.microphones.speaking_browser import SPOKEN_SECONDS, answer, speaking_browser

pytestmark = pytest.mark.browser

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
INTERVIEW = Interview(make_id(), "Harbour Analytics", "Data Analyst", at=BEGAN, zone="Europe/Vienna")
BEFORE = Interview(
    make_id(),
    "Ferry Works",
    "Data Analyst",
    at=BEGAN - timedelta(days=1),
    zone="Europe/Vienna",
    state=InterviewState.HELD,
)
MARIA = Person(make_id(), "Maria Okafor", INTERVIEW.id, PersonRole.SUPERVISOR, email="maria@harbour.example")
REMEMBER = "the move from nightly tables to a stream"
# s; what is typed or clicked while the page is drawn is lost, and then done again
PATIENCE = (MAX_WAIT_SECONDS / 4, MAX_WAIT_SECONDS / 4, MAX_WAIT_SECONDS)
ASKED = "How would you test a model nobody can explain?"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with an interview that is over, a person met there, and an earlier interview."""
    store = open_store(folder=tmp_path / "data")
    for thing in (INTERVIEW, BEFORE, MARIA):
        store.save(thing)
    store.close()
    return tmp_path / "data"


@pytest.fixture
def page(data: Path, tmp_path: Path) -> Iterator[Page]:
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as server, speaking_browser(tmp_path / "voice.wav") as browser:
        tab = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=server)
        let_in(tab, server)
        tab.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        yield tab


def test_plan_mock_interview_debrief_note_and_follow_up_work_together(page: Page, data: Path) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/mock")
    _make_plan(page)
    _give_the_interview(page)
    _go_to(page, "Debrief")
    _look_back(page)
    page.get_by_test_id("stMain").get_by_role("link", name="Thank-you notes").first.click()
    _write_the_note(page)
    _go_to(page, "What is due")
    _see_what_is_due(page)
    _be_turned_down(page)
    server = page.url.split("/due")[0]
    assert [url for url in fetched if not url.startswith((server, "data:", "blob:"))] == []
    _check_stored(data)


def _wait_until_drawn(page: Page) -> None:
    """Wait until the page is drawn.

    At the end of a run Streamlit builds rows again, and a click in that moment is lost.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def _go_to(page: Page, name: str) -> None:
    """Open a page from the interview's own page, so that it is about this interview."""
    page.goto("/interviews")
    page.get_by_role("button", name=re.compile(INTERVIEW.company)).click()
    expect(page).to_have_url(re.compile(rf"/interviews\?interview={INTERVIEW.id}$"))  # it stays after a reload
    page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(f"interview={INTERVIEW.id}"))


def _make_plan(page: Page) -> None:
    # With 35 s every draw from the bank has three; with 25 s one in eight has four.
    planned = page.get_by_text(re.compile("^3 questions, about . minutes with the time to think"))
    for patience in PATIENCE:
        _wait_until_drawn(page)
        for label, value in (("Length in minutes", "5"), ("Seconds to think before each answer", "35")):
            page.get_by_label(label).fill(value)
            page.get_by_label(label).press("Enter")
        with suppress(PlaywrightTimeout):
            planned.wait_for(timeout=patience * 1000)
            break
    expect(planned).to_be_visible()
    _wait_until_drawn(page)  # a choice made while the page is drawn again may be taken back
    page.get_by_role("combobox", name="For", exact=False).first.click()
    page.get_by_role("option", name=re.compile("Harbour Analytics")).click()
    expect(page.get_by_role("option")).to_have_count(0)
    _wait_until_drawn(page)
    _switch_off_follow_ups(page)
    page.get_by_role("button", name="Begin").click()


def _switch_off_follow_ups(page: Page) -> None:
    """Have no follow-ups: whether there is one depends on what the recogniser hears."""
    switched_on = page.get_by_text("and follow-ups where you leave something out")
    for patience in PATIENCE:
        _wait_until_drawn(page)
        if page.get_by_role("checkbox", name="Ask follow-up questions").is_checked():
            page.get_by_text("Ask follow-up questions").click()
        with suppress(PlaywrightTimeout):
            switched_on.wait_for(state="detached", timeout=patience * 1000)
            break
    expect(switched_on).to_have_count(0)


def _give_the_interview(page: Page) -> None:
    answer(page, 1, of=3)
    expect(page.get_by_text("Answer saved.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/mock\?run=[0-9a-f]{32}$"))
    page.reload()  # nothing is lost by it
    answer(page, 2, of=3)
    answer(page, 3, of=3)
    expect(page.get_by_role("heading", name="Your mock interview")).to_be_visible()
    expect(page.get_by_role("heading", name="How you closed")).to_be_visible()
    page.get_by_text("All numbers").click()
    expect(page.get_by_text("3 of 3 questions answered, in ")).to_be_visible()
    report = page.get_by_role("heading", name="Your report")
    for patience in PATIENCE:  # the page draws itself again as the last answers are analysed
        _wait_until_drawn(page)
        page.get_by_role("link", name="Open full report").nth(1).click()
        with suppress(PlaywrightTimeout):
            report.wait_for(timeout=patience * 1000)
            break
    expect(report).to_be_visible()


def _look_back(page: Page) -> None:
    page.get_by_label("What they said that you want to remember").fill(REMEMBER)
    page.get_by_role("button", name="Add a question they asked").click()
    page.get_by_label("The question, as they asked it").fill(ASKED)
    page.get_by_label("The answer you would give now").fill("I would begin with cases whose result is known.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Practise it aloud")).to_be_visible()
    expect(page.get_by_label("What they said that you want to remember")).to_have_value(REMEMBER)
    _wait_until_drawn(page)
    page.get_by_role("button", name="Save debrief").click()
    expect(page.get_by_text("Debrief saved.")).to_be_visible()
    _wait_until_drawn(page)
    page.get_by_role("link", name="See what is due").click()
    expect(page).to_have_url(re.compile(rf"/due\?interview={INTERVIEW.id}$"))
    page.get_by_role("button", name="Yes", exact=True).click()


def _write_the_note(page: Page) -> None:
    expect(page.get_by_label("Something you talked about")).to_have_value(REMEMBER)
    page.get_by_label("Your name").fill("Alex Doe")
    page.get_by_role("button", name="Write draft").click()
    expect(page.get_by_label("Your note", exact=True)).to_have_value(
        re.compile(f"Dear Maria,.*{REMEMBER}.*Alex Doe", re.DOTALL)
    )
    expect(page.locator(".st-key-note_checks")).to_contain_text("It mentions what you talked about.")
    link = page.get_by_role("link", name="Open in your mail program")
    expect(link).to_have_attribute("href", re.compile(r"^mailto:maria@harbour\.example\?subject="))
    _wait_until_drawn(page)
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_text("✓ Sent on")).to_be_visible()


def _see_what_is_due(page: Page) -> None:
    page.get_by_text("Done (", exact=False).first.click()
    expect(page.get_by_text("You sent the note, so this is done.")).to_be_visible()


def _be_turned_down(page: Page) -> None:
    """Enter a refusal in the form below the screen, and check the step that follows from it."""
    page.goto(f"/due?interview={BEFORE.id}")
    other = page.locator(f".st-key-of_{BEFORE.id}")
    other.get_by_role("button", name="Enter their date or their answer").click()
    other.get_by_text("Turned down", exact=True).click()
    _wait_until_drawn(page)
    other.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(get_rule("gracious_after_no").title)).to_be_visible()


def _check_stored(data: Path) -> None:
    store = open_store(folder=data)
    assert [abs(each.duration - SPOKEN_SECONDS - 0.8) < 1.5 for each in store.load_history()] == [True] * 3
    assert [run.interview for run in store.load_documents(MockRun)] == [INTERVIEW.id]
    _check_stored_words(store)
    states = {each.id: each.state for each in store.load_documents(Interview)}
    assert states == {INTERVIEW.id: InterviewState.HELD, BEFORE.id: InterviewState.TURNED_DOWN}
    store.close()


def _check_stored_words(store: Store) -> None:
    (debrief,), (question,), (note,) = (
        store.load_documents(Debrief),
        store.load_documents(OwnQuestion),
        store.load_documents(ThankYou),
    )
    assert (debrief.remember.text, debrief.wished[0].question, question.text) == (REMEMBER, ASKED, ASKED)
    assert [step.done_at for step in store.load_documents(FollowUp) if step.person == MARIA.id] == [note.sent_at]
