"""Test that the page of the data names what is damaged, and that no page is lost to it."""

from __future__ import annotations

import sqlite3

import pytest

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
    assert any("An answer cannot be read" in each for each in told)
    assert any(f"{odd}.flac among the recordings has a label that cannot be read" in each for each in told)
    assert list_answer_ids(page) == [good]
    press(page, f"delete_trouble_{bad}")
    press(page, f"sure_trouble_{bad}")
    assert not any("An answer cannot be read" in warning.value for warning in page.warning)
    assert [kept_one.id for kept_one in kept.load_history()] == [good]
