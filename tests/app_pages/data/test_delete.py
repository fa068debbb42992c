"""Test the deletion of an answer, or of everything, on the page of the user's data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.question import AskedQuestion, QuestionKind
from store.errors import StoreError
from store.locations import DATABASE_FILE
from store.store import Store
from tests.app_pages.data.helpers import PAGE, list_answer_ids, open_page, press, read_files
from tests.support.interviews import HELD
from tests.support.pages import APP, is_shown
from tests.support.stored_attempts import CONFLICT, add_done, add_recorded

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")


def test_deleting_an_answer_needs_a_second_click_and_removes_its_file(kept, data):
    stays, goes = add_done(kept), add_done(kept)
    page = press(open_page(), f"delete_{goes}")
    assert is_shown(page, "Delete this answer with its recording, report, notes, comments and follow-ups?")
    press(page, f"keep_{goes}")
    assert set(list_answer_ids(page)) == {stays, goes}
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    assert list_answer_ids(page) == [stays]
    assert [attempt.id for attempt in kept.load_history()] == [stays]
    assert [path.name for path in (data / "recordings").iterdir()] == [f"{stays}.flac"]


def test_a_deletion_says_what_it_deleted_and_can_be_undone(kept, data):
    goes = add_done(kept)
    kept.add_note(goes, "Slower next time.")
    before, sound, result = kept.load_history(), kept.read_flac(goes), kept.load_result(goes)
    page = press(press(open_page(), f"delete_{goes}"), f"sure_{goes}")
    assert [each.value.replace("\\", "") for each in page.success] == [
        "Deleted: “Tell me about “yourself”.”, 1 Mar 2026, 12:00. You can undo this until you leave this page."
    ]
    assert kept.load_history() == ()
    assert list((data / "recordings").iterdir()) == []
    press(page, "undo_delete")
    assert is_success(page, "is back.")
    assert (kept.load_history(), kept.read_flac(goes), kept.load_result(goes)) == (before, sound, result)
    assert [each.text for each in kept.load_notes(goes)] == ["Slower next time."]
    assert list_answer_ids(page) == [goes]


def test_who_leaves_the_page_or_deletes_everything_can_no_longer_undo(kept):
    goes, stays = add_done(kept), add_done(kept)
    page = press(press(open_page(), f"delete_{goes}"), f"sure_{goes}")
    page.switch_page("app_pages/measures/page.py").run()
    page.switch_page(PAGE).run()
    assert "undo_delete" not in [each.key for each in page.button]
    press(press(page, f"delete_{stays}"), f"sure_{stays}")
    add_done(kept)
    page.run().text_input(key="delete_phrase_0").set_value("delete everything").run()
    press(page, "delete_all")
    assert "undo_delete" not in [each.key for each in page.button]


def test_the_follow_ups_of_an_answer_come_back_with_it(kept):
    goes = add_done(kept)
    follow_up = AskedQuestion(f"follow_up:{goes}:result", "And what came of it?", QuestionKind.BEHAVIOURAL)
    asked = add_done(kept, follow_up)
    page = press(press(open_page(), f"delete_{goes}"), f"sure_{goes}")
    assert kept.load_history() == ()
    press(page, "undo_delete")
    assert {each.id for each in kept.load_history()} == {goes, asked}


def test_an_undo_that_fails_can_be_tried_again(kept, monkeypatch):
    goes = add_done(kept)
    page = press(press(open_page(), f"delete_{goes}"), f"sure_{goes}")
    with monkeypatch.context() as busy:
        busy.setattr(Store, "import_archive", lambda *_, **__: raise_error(StoreError("The disk is full.")))
        page.button(key="undo_delete").click().run()
    assert [each.value.replace("\\", "") for each in page.error] == ["The disk is full."]
    press(page, "undo_delete")
    assert list_answer_ids(page) == [goes]


def raise_error(error: Exception) -> None:
    raise error


def is_success(page: AppTest, text: str) -> bool:
    return any(text in each.value.replace("\\", "") for each in page.success)


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


def test_what_can_be_undone_is_in_memory_alone(kept, data, monkeypatch):
    gone = add_done(kept)
    monkeypatch.setattr("tempfile.mkdtemp", lambda *_, **__: pytest.fail("it was written to the disk"))
    page = open_page()
    press(page, f"delete_{gone}")
    press(page, f"sure_{gone}")
    assert list_answer_ids(page) == []
    press(page, "undo_delete")
    assert list_answer_ids(page) == [gone]
