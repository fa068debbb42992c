"""Test the deletion of an answer, or of everything, on the page of the user's data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from store.locations import DATABASE_FILE
from tests.app_pages.data.helpers import PAGE, list_answer_ids, open_page, press, read_files
from tests.support.interviews import HELD
from tests.support.pages import APP, is_shown
from tests.support.stored_attempts import CONFLICT, add_done, add_recorded

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")


def test_deleting_an_answer_needs_a_second_click_and_removes_its_file(kept, data):
    stays, goes = add_done(kept), add_done(kept)
    page = press(open_page(), f"delete_{goes}")
    assert is_shown(page, "You can't undo this")
    press(page, f"keep_{goes}")
    assert set(list_answer_ids(page)) == {stays, goes}
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    assert list_answer_ids(page) == [stays]
    assert [attempt.id for attempt in kept.load_history()] == [stays]
    assert [path.name for path in (data / "recordings").iterdir()] == [f"{stays}.flac"]


def test_a_deleted_answer_disappears_from_the_practice_page(kept):
    goes = add_done(kept)
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["take"] = goes
    page.run()
    assert page.session_state["on_screen"].attempt_id == goes
    page.switch_page(PAGE).run()
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    page.switch_page("app_pages/practice/page.py").run()
    assert not page.error


def test_an_answer_deleted_in_another_window_is_no_longer_listed(kept):
    goes = add_done(kept)
    page = press(open_page(), f"delete_{goes}")
    kept.delete_attempt(goes)
    page.button(key=f"sure_{goes}").click().run()
    assert not page.exception
    assert list_answer_ids(page) == []


def test_typing_the_phrase_deletes_all_data_and_files(kept, data):
    add_done(kept), add_recorded(kept, CONFLICT)
    (data / "takes-moved" / "abc").mkdir(parents=True)
    (data / "takes-moved" / "abc" / "sound").write_bytes(b"private")
    page = open_page()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value("delete").run()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value(" Delete everything ").run()
    press(page, "delete_all")
    assert any("Everything has been deleted" in shown.value for shown in page.success)
    assert kept.load_history() == ()
    assert {path.split("/")[0].removesuffix("-wal").removesuffix("-shm") for path in read_files(data)} == {
        DATABASE_FILE
    }
    assert not any(b"yourself" in content for content in read_files(data).values())
    assert not page.run().success
    assert is_shown(page, "there's nothing to delete")
    assert "delete_all" not in [button.key for button in page.button]


def test_the_deletion_names_only_what_there_is(kept):
    assert is_shown(open_page(), "there's nothing to delete")
    kept.save(HELD)
    page = open_page()
    assert is_shown(page, "This deletes all interviews, people, plans and lists.")
    add_done(kept)
    assert is_shown(open_page(), "This deletes **1 answer** with recordings, reports and notes, and all interviews")
