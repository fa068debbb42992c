"""From an interview to its note in a real Chromium: a debrief, a question to practise, a note, and the step it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from content.followups import rule
from interview.debrief import Debrief
from interview.follow_up import FollowUp
from interview.identity import new_id
from interview.interview import Interview, InterviewState
from interview.own_question import OwnQuestion
from interview.person import Part, Person
from interview.thank_you import ThankYou
from store.store import open_store
from system_packages import chromium
from tests.app_server import PATIENCE, app_server

pytestmark = pytest.mark.browser

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
HELD = Interview(
    new_id(), "Harbour Analytics", "Data Analyst", at=BEGAN, zone="Europe/Vienna", state=InterviewState.HELD
)
BEFORE = replace(HELD, id=new_id(), company="Ferry Works", at=BEGAN - timedelta(days=1))
MARIA = Person(new_id(), "Maria Okafor", HELD.id, Part.SUPERVISOR, email="maria@harbour.example")
REMEMBER = "the move from nightly tables to a stream"
ASKED = "How would you test a model nobody can explain?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an interview, somebody who asked there, and an interview of the day before."""
    folder: Path = tmp_path_factory.mktemp("data")
    store = open_store(folder=folder)
    for thing in (HELD, BEFORE, MARIA):
        store.keep(thing)
    store.close()
    return folder


@pytest.fixture(scope="module")
def page(data: Path) -> Iterator[Page]:
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(base_url=server)
        page.set_default_timeout(PATIENCE * 1000)
        yield page
        browser.close()


def test_from_the_debrief_by_way_of_the_note_to_what_is_due(page: Page, data: Path) -> None:
    page.goto("/debrief")
    _look_back(page)
    page.get_by_role("link", name="Write the thank-you notes").click()
    _write_the_note(page)
    page.goto("/due")
    page.get_by_text("Done (", exact=False).first.click()
    expect(page.get_by_text("The note is marked as sent, so this is done.")).to_be_visible()
    _is_kept(data)


def _look_back(page: Page) -> None:
    page.get_by_label("What they said that is worth remembering").fill(REMEMBER)
    page.get_by_role("button", name="Add a question they asked").click()
    page.get_by_label("The question, as they asked it").fill(ASKED)
    page.get_by_label("The answer you would give now").fill("I would begin with cases whose result is known.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Practise it aloud")).to_be_visible()
    expect(page.get_by_label("What they said that is worth remembering")).to_have_value(REMEMBER)
    page.get_by_role("button", name="Save the debrief").click()
    expect(page.get_by_text("Saved. It is kept with the interview")).to_be_visible()


def _write_the_note(page: Page) -> None:
    expect(page.get_by_label("A moment of the conversation")).to_have_value(REMEMBER)
    page.get_by_label("Your name, as it stands under the note").fill("Alex Doe")
    page.get_by_role("button", name="Make the text of it").click()
    expect(page.get_by_label("The note, to change as you like")).to_have_value(
        re.compile(f"Dear Maria Okafor,.*{REMEMBER}.*Alex Doe", re.DOTALL)
    )
    expect(page.get_by_text("It refers to what you talked about.")).to_be_visible()
    link = page.get_by_role("link", name="Open in your mail program")
    expect(link).to_have_attribute("href", re.compile(r"^mailto:maria@harbour\.example\?subject="))
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_text("✓ Sent on")).to_be_visible()


def _is_kept(data: Path) -> None:
    store = open_store(folder=data)
    (debrief,), (question,) = store.things(Debrief), store.things(OwnQuestion)
    (note,), steps = store.things(ThankYou), store.things(FollowUp)
    store.close()
    assert (debrief.remember.text, debrief.wished[0].question, question.text) == (REMEMBER, ASKED, ASKED)
    assert [step.done_at for step in steps if step.person == MARIA.id] == [note.sent_at]


def test_a_no_is_one_click_in_a_form_below_the_screen_and_brings_what_is_gracious(page: Page, data: Path) -> None:
    page.goto("/due")
    page.locator("summary").filter(has_text="Data Analyst at Ferry Works").click()
    page.get_by_role("button", name="Their date and their answer").click()
    page.get_by_text("Turned down", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Turned down")).to_be_visible()
    expect(page.get_by_text(rule("gracious_after_no").title)).to_be_visible()
    store = open_store(folder=data)
    assert store.thing(Interview, BEFORE.id).state is InterviewState.TURNED_DOWN
    store.close()


def test_a_click_that_ends_the_typing_does_not_take_along_the_text_before_it(page: Page) -> None:
    page.goto(f"/thanks?interview={HELD.id}")
    save, body = page.get_by_role("button", name="Save as an email"), page.get_by_label("The note, to change")
    save.wait_for()
    body.fill("Dear Maria Okafor,\n\nA newer text.")
    downloads: list[object] = []
    page.on("download", lambda started: downloads.append(started))
    save.scroll_into_view_if_needed()
    box = save.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("It does not say thank you.")).to_be_visible()
    assert downloads == []
    with page.expect_download() as saved:
        save.click()
    message = message_from_bytes(Path(saved.value.path()).read_bytes(), policy=policy.default)
    assert message.get_content().replace("\r\n", "\n") == "Dear Maria Okafor,\n\nA newer text."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["debrief", "thanks"])
def test_nothing_is_wider_than_a_telephone(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{name}?interview={HELD.id}")
    expect(page.get_by_role("button", name="Save the")).to_be_visible()
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0
