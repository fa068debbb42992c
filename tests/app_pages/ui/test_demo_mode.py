"""Test demo mode: real values in a store of its own, clearly marked, one click in and out."""

from __future__ import annotations

import re
import threading
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui import demo_mode
from samples.demo import PLAN
from store.locations import DATABASE_FILE
from store.store import open_store
from tests.support.pages import APP, is_shown
from tests.support.stored_attempts import add_done

NOW = datetime.fromisoformat("2026-03-31T01:30:00+02:00")
AGAIN = "the recogniser hears otherwise now: run python -m samples.demo"
DATA, PROGRESS, PRACTISE = "app_pages/data/page.py", "app_pages/progress/page.py", "app_pages/practice/page.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's own data folder."""
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "own"))
    monkeypatch.delenv("ANSWER_ALOUD_DATABASE", raising=False)
    return tmp_path / "own"


def open_tab(page: str = DATA) -> AppTest:
    opened = AppTest.from_file(APP, default_timeout=60).run()
    return opened.switch_page(page).run()


def enter_demo(page: str = DATA) -> AppTest:
    inside = open_tab(page)
    inside.button(key="enter_demo").click().run()
    assert not inside.exception
    return inside


def list_answer_ids(page: AppTest) -> list[str]:
    return [
        key.removeprefix("delete_")
        for button in page.button
        if re.fullmatch("delete_[0-9a-f]{32}", key := f"{button.key}")
    ]


def test_one_click_enters_the_demo_on_every_page_and_one_click_leaves_it(folder):
    page = enter_demo()
    assert len(list_answer_ids(page)) == len(PLAN)
    for path in (DATA, PROGRESS, PRACTISE, "app_pages/settings/page.py", "app_pages/measures/page.py"):
        page.switch_page(path).run()
        assert not page.exception
        assert not page.error
        assert is_shown(page, "This is a demo.")
        assert "enter_demo" not in [button.key for button in page.button]
    page.button(key="leave_demo").click().run()
    page.switch_page(DATA).run()
    assert not is_shown(page, "This is a demo.")
    assert list_answer_ids(page) == []


def test_the_demo_neither_reads_nor_writes_the_users_data(folder, monkeypatch):
    page = enter_demo()
    assert len(list_answer_ids(page)) == len(PLAN)
    folder.mkdir(exist_ok=True)
    for path in folder.rglob("*"):
        path.unlink() if path.is_file() else None
    (folder / DATABASE_FILE).write_bytes(b"this cannot be read as a database " * 100)
    for path in (PROGRESS, PRACTISE, DATA):
        page.switch_page(path).run()
        assert not page.error
    first = list_answer_ids(page)[0]
    page.button(key=f"delete_{first}").click().run()
    page.button(key=f"sure_{first}").click().run()
    assert not page.error
    assert len(list_answer_ids(page)) == len(PLAN) - 1
    assert (folder / DATABASE_FILE).read_bytes() == b"this cannot be read as a database " * 100
    assert [path.name for path in folder.iterdir() if path.is_file()] == [DATABASE_FILE]
    demo_mode._load_demo.clear()


def test_deleting_everything_in_the_demo_keeps_the_users_own_answers(folder):
    own = open_store(folder=folder)
    mine = add_done(own)
    (folder / "takes-moved").mkdir()
    page = enter_demo()
    page.text_input(key="delete_phrase_0").set_value("delete everything").run()
    page.button(key="delete_all").click().run()
    assert list_answer_ids(page) == []
    page.button(key="leave_demo").click().run()
    assert list_answer_ids(page) == [mine]
    assert own.load_report(mine)
    assert (folder / "takes-moved").is_dir()
    own.close()
    demo_mode._load_demo.clear()


def test_other_sessions_and_background_jobs_use_the_users_own_answers(folder):
    own = open_store(folder=folder)
    mine = add_done(own)
    inside, outside = enter_demo(), open_tab()
    assert len(list_answer_ids(inside.run())) == len(PLAN)
    assert list_answer_ids(outside.run()) == [mine]
    seen: list[bool] = []
    worker = threading.Thread(target=lambda: seen.append(demo_mode.is_on()))
    worker.start()
    worker.join()
    assert seen == [False]
    own.close()


def test_leaving_the_demo_restores_what_was_on_screen_before(folder):
    own = open_store(folder=folder)
    mine = add_done(own)
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["take"] = mine
    page.run()
    page.switch_page(DATA).run()
    page.button(key="enter_demo").click().run()
    page.switch_page(PRACTISE).run()
    assert not page.error
    assert "take" not in page.query_params
    page.button(key="leave_demo").click().run()
    page.switch_page(PRACTISE).run()
    assert page.session_state["on_screen"].attempt_id == mine
    own.close()


def test_an_address_that_says_so_opens_the_demo_in_a_new_session_until_it_is_left(folder):
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["demo"] = "1"
    page.run()
    assert is_shown(page, "This is a demo.")
    page.button(key="leave_demo").click().run()
    assert not is_shown(page, "This is a demo.")
    page.query_params["demo"] = "1"  # as when the browser goes back
    page.run()
    assert not is_shown(page, "This is a demo.")
