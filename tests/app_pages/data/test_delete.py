"""The page of what is kept: an answer, or everything, is gone when it is deleted, and only then."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from store.locations import DATABASE_FILE
from tests.app_pages.data.helpers import PAGE, files, listed, opened, press
from tests.support.interviews import HELD
from tests.support.pages import APP, shows
from tests.support.stored_attempts import CONFLICT, add, add_done

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")


def test_an_answer_is_deleted_only_after_a_second_click_and_with_its_file(kept, data):
    stays, goes = add_done(kept), add_done(kept)
    page = press(opened(), f"delete_{goes}")
    assert shows(page, "This cannot be undone")
    press(page, f"keep_{goes}")
    assert set(listed(page)) == {stays, goes}
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    assert listed(page) == [stays]
    assert [attempt.id for attempt in kept.history()] == [stays]
    assert [path.name for path in (data / "recordings").iterdir()] == [f"{stays}.flac"]


def test_an_answer_that_is_on_screen_elsewhere_leaves_it_when_it_is_deleted(kept):
    goes = add_done(kept)
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["take"] = goes
    page.run()
    assert page.session_state["on_screen"].attempt_id == goes
    page.switch_page(PAGE).run()
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    page.switch_page("app_pages/practice/page.py").run()
    assert not page.error


def test_an_answer_that_was_deleted_in_another_window_is_told(kept):
    goes = add_done(kept)
    page = press(opened(), f"delete_{goes}")
    kept.delete(goes)
    page.button(key=f"sure_{goes}").click().run()
    assert not page.exception
    assert listed(page) == []


def test_everything_is_deleted_after_typing_the_phrase_files_too(kept, data):
    add_done(kept), add(kept, CONFLICT)
    (data / "takes-moved" / "abc").mkdir(parents=True)
    (data / "takes-moved" / "abc" / "sound").write_bytes(b"private")
    page = opened()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value("delete").run()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value(" Delete everything ").run()
    press(page, "delete_all")
    assert any("Everything is deleted" in shown.value for shown in page.success)
    assert kept.history() == ()
    assert {path.split("/")[0].removesuffix("-wal").removesuffix("-shm") for path in files(data)} == {DATABASE_FILE}
    assert not any(b"yourself" in content for content in files(data).values())
    assert not page.run().success
    assert shows(page, "there is nothing to delete")
    assert "delete_all" not in [button.key for button in page.button]


def test_without_answers_only_what_was_planned_is_named_as_deleted_and_none_is_told(kept):
    assert shows(opened(), "there is nothing to delete")
    kept.keep(HELD)
    page = opened()
    assert shows(page, "This deletes all interviews, people, plans and lists.")
    add_done(kept)
    assert shows(opened(), "This deletes **1 answer** with recordings, reports and notes, and all interviews")
