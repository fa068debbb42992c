"""A coach gives a group a question, a member joins with the code and answers aloud, and the coach sees a count."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from content.questions import get_question
from store.accounts import Role
from store.groups import MIN_COUNTED
from tests.support.app_server import MAX_WAIT_SECONDS
from tests.support.centre.centre_server import Centre, go, sign_in
from tests.support.centre.overheard import Overheard
from tests.support.microphones.speaking_browser import start_recording, stop_recording, wait_for_seconds
from tests.support.stored_attempts import NOON

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.model]
QUESTION = get_question("why_this_company").fill_slots()


def test_the_way_of_a_question_that_a_group_is_given(browser: Browser, centre: Centre) -> None:
    ben, ann = sign_in(browser, centre, "ben"), sign_in(browser, centre, "ann")
    coach_heard = Overheard(ben)
    with closing(centre.open("ben")) as store:
        store.accounts.set_role(store.owner.id, Role.COACH)
    go(ben, "groups")
    ben.get_by_label("Name of a new group").fill("Nurses of May")
    ben.get_by_label("Name of a new group").press("Enter")
    ben.get_by_role("button", name="Make a group").click()
    expect(ben.get_by_role("heading", name="Nurses of May")).to_be_visible()
    code = ben.get_by_test_id("stCode").inner_text().strip()
    ben.get_by_role("combobox", name="Question").click()
    ben.keyboard.type(QUESTION)
    ben.keyboard.press("Enter")
    ben.get_by_role("button", name="Add question").click()
    expect(ben.get_by_text("Counts show once at least 5 people are in the group")).to_be_visible()

    go(ann, "groups")
    ann.get_by_label("Code of a group").fill(code)
    ann.get_by_label("Code of a group").press("Enter")
    ann.get_by_role("button", name="Join").click()
    expect(ann.get_by_role("heading", name="Nurses of May")).to_be_visible()
    go(ann, "")
    ann.get_by_role("link", name="From Ben, until").click()
    expect(ann.get_by_role("heading", name=QUESTION)).to_be_visible()
    start_recording(ann)
    wait_for_seconds(ann, 3.0)
    stop_recording(ann)
    expect(ann.get_by_role("heading", name="Your report")).to_be_visible(timeout=2000 * MAX_WAIT_SECONDS)
    go(ann, "groups")
    expect(ann.get_by_text("Answered", exact=True)).to_be_visible()

    go(ben, "groups")
    assert "answered by" not in ben.get_by_test_id("stMain").inner_text()
    for number in range(1, MIN_COUNTED):
        with closing(centre.open(f"member {number}")) as store:
            store.groups.join(code[:32], code[32:], NOON)
    go(ben, "groups")
    expect(ben.get_by_text("answered by 1 of 5")).to_be_visible()
    with closing(centre.open("ann")) as store:
        (attempt,) = store.load_history()
        assert coach_heard.find([attempt.id, store.owner.id, "ann@uni"]) == []
