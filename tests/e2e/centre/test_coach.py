"""An answer is shared with a coach, heard, commented and taken back, each person in a browser of their own."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from analysis.question import AskedQuestion, QuestionKind
from tests.support import whole_store
from tests.support.centre.centre_server import Centre, go, sign_in
from tests.support.centre.overheard import Overheard
from tests.support.stored_attempts import add_said

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
QUESTION = AskedQuestion("platypus", "What is a platypus", QuestionKind.BEHAVIOURAL)
SAID = "Well {um} quokkas are what I know. (0.5) I kept quokkas for years, and I counted them."
UNSHARED = "Wombats are a thing that I never mention to anybody, because (0.5) wombats are my secret."
MARKS = ("quokkas", "wombats", "Only for me", "platypus", "Slower here", "Calm and clear")


def test_the_way_of_a_shared_answer(browser: Browser, centre: Centre) -> None:
    ann, ben, cam = (sign_in(browser, centre, name) for name in ("ann", "ben", "cam"))
    coach_heard, administrator_heard = Overheard(ben), Overheard(cam)
    with closing(centre.open("ann")) as store:
        answer, other = add_said(store, SAID, QUESTION), add_said(store, UNSHARED)
        store.add_note(answer, "Only for me")

    go(cam, "people")  # an administrator says who is a coach
    cam.get_by_role("combobox", name="Role of Ben").click()
    cam.get_by_role("option", name="Coach").click()
    expect(cam.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    go(ann, f"?take={answer}")
    ann.get_by_text("Share with a coach").click()
    ann.get_by_role("button", name="Share", exact=True).click()
    expect(ann.get_by_text("Shared with 1 coach")).to_be_visible()
    expect(ann.get_by_text("Not heard yet.")).to_be_attached()

    go(ben, "shared")
    ben.get_by_text(f"{QUESTION.text} · take 1").click()
    expect(ben.get_by_text("kept quokkas for years")).to_be_visible()
    assert coach_heard.find(MARKS) == ["quokkas", "platypus"]  # no note, and no other answer
    with ben.expect_response(lambda response: "/media/" in response.url and response.ok) as played:
        ben.get_by_role("button", name="Listen").click()
        expect(ben.locator("audio")).to_be_attached()
    sound = played.value.url
    ben.get_by_label("Moment (minutes:seconds)").fill("0:02")
    ben.get_by_label("Comment on this moment").fill("Slower here")
    ben.get_by_role("button", name="Add comment").click()
    expect(ben.get_by_text("Slower here")).to_be_visible()
    ben.get_by_label("What you'd say overall").fill("Calm and clear")
    ben.get_by_role("button", name="Save").click()
    expect(ben.get_by_text("Saved. They see it beside their answer.")).to_be_visible()
    for address in (f"?take={other}", f"?take={answer}", f"compare?take={other}&before={answer}"):
        go(ben, address)  # a share is no way into the pages of a member
    assert coach_heard.find(MARKS) == ["quokkas", "platypus", "Slower here"]

    with closing(centre.open("ann")) as store:
        (hearing,) = store.sharing.list_hearings()
    assert hearing.attempt_id == answer
    go(ann, f"?take={answer}")
    expect(ann.get_by_text("Slower here").first).to_be_attached()
    expect(ann.get_by_text("Calm and clear").first).to_be_attached()
    go(ann, "account")
    expect(ann.get_by_text("Heard on")).to_be_visible()

    go(ben, "shared")  # again in the same session, with the sound open
    ann.get_by_role("button", name="Take back").click()
    expect(ann.get_by_text("You took it back on")).to_be_visible()
    assert ben.request.get(sound).status in (403, 404)
    after = Overheard(ben)
    go(ben, "shared")
    expect(ben.get_by_text("Nobody shares anything with you")).to_be_visible()
    assert after.find(MARKS) == []

    for address in (*whole_store.ADDRESSES, "account", "people", "shared", f"?take={answer}", f"?take={other}"):
        go(cam, address)
    assert administrator_heard.find(MARKS) == []
    assert cam.request.get(sound).status in (403, 404)
