"""Compare two takes of one question in a real Chromium."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from analysis.analyze import analyze
from services.asked_questions import find_asked_question
from store.store import open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

QUESTION = find_asked_question("tell_me_about_yourself")
TAKES = ("I {um} led the project. (0.8) It {uh} worked. (1.0) ", "I led the team. (0.8) It worked. (1.0) ")


def test_two_takes_of_a_question_are_shown_side_by_side(tmp_path):
    store = open_store(folder=tmp_path)
    for number, said in enumerate(TAKES):
        heard = make_answer(said * 8)
        sound = synthesise(heard)
        kept = store.add_recording(sound, QUESTION, datetime.now(UTC) - timedelta(days=2 - number))
        store.finish(kept.id, heard, analyze(sound, heard, QUESTION))
    store.close()
    with app_server(tmp_path) as server, sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(base_url=server)
        let_in(page, server)
        page.goto("/compare")
        expect(page.get_by_role("heading", name="Compare two takes")).to_be_visible()
        for text in ("take 1", "take 2", "Fewer ums", "project", "team"):
            expect(page.get_by_text(text).first).to_be_attached()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        browser.close()
