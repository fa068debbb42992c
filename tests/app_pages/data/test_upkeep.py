"""Test that the page of the data names what is damaged, and that no page is lost to it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest

from app_pages.ui import store_access
from interview.ids import make_id
from interview.person import Person
from services.check import print_check
from services.user_store import list_copies
from store.db import database
from store.db.owner import LOCAL_ID
from store.locations import DATABASE_FILE
from tests.app_pages.data.helpers import list_answer_ids, open_page, press
from tests.store.test_odd_files import leave_recording
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")


@pytest.mark.parametrize("name", ["practice", "questions", "data"])
def test_odd_files_and_rows_leave_every_page_with_its_fields(kept, data, name):
    good, bad = add_done(kept), add_done(kept)
    leave_recording(data, lambda label: label.update(question_kind="riddle"))
    with sqlite3.connect(data / DATABASE_FILE) as connection:
        connection.execute("UPDATE attempts SET question_kind = 'riddle' WHERE id = ?", (bad,))
    connection.close()
    page = open_page(f"app_pages/{name}/page.py")
    assert not page.exception
    assert not page.error
    assert page.button or page.selectbox or page.get("segmented_control")
    assert [kept_one.id for kept_one in kept.load_history()] == [good]


def test_a_damaged_answer_is_a_line_with_a_deletion_that_asks_once_more(kept, data):
    good, bad = add_done(kept), add_done(kept)
    odd = leave_recording(data, lambda label: label.update(duration="long"))
    with sqlite3.connect(data / DATABASE_FILE) as connection:
        connection.execute("UPDATE attempts SET zone_offset = 1000000000 WHERE id = ?", (bad,))
    connection.close()
    page = open_page()
    told = [warning.value.replace("\\", "") for warning in page.warning]
    assert any("We can't read an answer" in each for each in told)
    assert any(f"{odd}.flac among the recordings has a label we can't read" in each for each in told)
    assert list_answer_ids(page) == [good]
    press(page, f"delete_trouble_{bad}")
    press(page, f"sure_trouble_{bad}")
    assert not any("We can't read an answer" in warning.value for warning in page.warning)
    assert [kept_one.id for kept_one in kept.load_history()] == [good]


def test_the_check_says_what_is_damaged_and_that_the_rest_is_whole(kept, data, capsys):
    add_done(kept)
    page = press(open_page(), "check_all")
    assert any("Everything is whole." in success.value for success in page.success)
    assert print_check() == 0
    bad = add_done(kept)
    (data / "recordings" / f"{bad}.flac").unlink()
    page = press(page, "check_all")
    assert any("is gone" in warning.value for warning in page.warning)
    assert print_check() == 1
    assert "is gone" in capsys.readouterr().out


def test_a_copy_is_put_back_with_one_click_even_if_the_database_cannot_be_opened(kept, data):
    done = add_done(kept)
    kept.copy_if_due()
    (copy,) = list_copies(data)
    kept.close()
    for beside in data.glob(f"{DATABASE_FILE}-*"):
        beside.unlink()
    (data / DATABASE_FILE).write_bytes(b"a letter to my aunt, " * 100)
    page = open_page()
    assert page.error
    press(page, f"restore_{copy.path.stem}")
    assert not page.error
    assert list_answer_ids(page) == [done]


def test_the_first_start_with_answers_copies_them_in_the_background(kept, data):
    add_done(kept)
    open_page()
    for thread in threading.enumerate():
        if thread.name == "weekly copy":
            thread.join(30)
    assert len(list_copies(data)) == 1


def test_a_version_that_cannot_be_read_is_a_line_that_can_be_deleted(kept, data):
    ann = Person(make_id(), "Ann")
    kept.save(ann)
    with sqlite3.connect(data / DATABASE_FILE) as connection:
        row = ("b" * 32, ann.id, "person", "2026-03-01 12:00:00.000000", "[]", LOCAL_ID)
        connection.execute(
            "INSERT INTO versions (id, of_id, kind, changed_at, body, owner) VALUES (?, ?, ?, ?, ?, ?)", row
        )
    connection.close()
    page = open_page()
    assert not page.exception
    assert any("another version of something you changed" in warning.value for warning in page.warning)
    press(page, f"delete_trouble_{row[0]}")
    press(page, f"sure_trouble_{row[0]}")
    assert not page.warning
    assert kept.check().troubles == ()


def test_a_cut_off_recording_that_cannot_be_offered_is_a_line_and_named_by_the_check(kept, data):
    add_done(kept)
    (data / "live").mkdir()
    (data / "live" / f"{'a' * 32}.json").write_text("half")
    (data / "live" / f"{'a' * 32}.pcm").write_bytes(bytes(1000))
    page = open_page()
    told = [warning.value.replace("\\", "") for warning in page.warning]
    assert len(told) == 2
    assert all("can't be offered" in each and "Move it out of" in each for each in told)
    assert print_check() == 1


def test_while_another_program_reads_the_page_says_that_deleted_bytes_are_there_still(kept, data, monkeypatch):
    monkeypatch.setattr(database, "PURGE_TIMEOUT_SECONDS", 0.05)
    add_done(kept)
    page = open_page()
    page.text_input(key="delete_phrase_0").set_value("delete everything").run()
    with closing(sqlite3.connect(data / DATABASE_FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM attempts").fetchall()
        press(page, "delete_all")
        assert any("its bytes are still in the file" in warning.value for warning in page.warning)
    page.run()
    assert not any("its bytes are still" in warning.value for warning in page.warning)


def test_an_app_that_is_never_stopped_is_copied_every_week_too(kept, data, monkeypatch):
    add_done(kept)
    open_page()
    store_access.wait_for_copies()
    (first,) = list_copies(data)
    old = first.path.with_name(first.path.name.replace(f"{first.made_at:%Y}", "2020", 1))
    first.path.rename(old)
    open_page()
    store_access.wait_for_copies()
    assert list_copies(data)[0].path == old  # looked at a moment ago
    monkeypatch.setattr(store_access, "SECONDS_BETWEEN_LOOKS", -1.0)
    open_page()
    store_access.wait_for_copies()
    assert len(list_copies(data)) == 2
