"""Test that an unusable folder, database or disk is reported in a sentence, and nothing is lost."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from store.attempt import AttemptState
from store.db import database
from store.locations import DATABASE_FILE
from tests.app_pages.data.helpers import list_answer_ids, open_page, press, read_files
from tests.store.test_errors import without_rights
from tests.support.pages import APP
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")

EVERY_PAGE = tuple(re.findall(r'st\.Page\("(.+?)"', Path(APP).read_text(encoding="utf-8")))
WITH_ANSWERS = {f"app_pages/{name}/page.py" for name in ("practice", "progress", "compare", "data")}


def assert_shown_on_every_page(sentence: str) -> None:
    """Assert that each page that needs stored data shows a sentence as an error, and no traceback."""
    assert set(EVERY_PAGE) > WITH_ANSWERS
    page = AppTest.from_file(APP, default_timeout=60).run()
    for path in EVERY_PAGE:
        page.switch_page(path).run()
        assert not page.exception, path
        if path in WITH_ANSWERS:
            assert any(sentence in error.value.replace("\\", "") for error in page.error), path


def test_an_unwritable_folder_is_reported_on_every_page(data, monkeypatch, tmp_path_factory):
    shut = Path("/tmp") / f"answer-aloud-shut-{tmp_path_factory.getbasetemp().name}-{time.time_ns()}"
    shut.mkdir()
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(shut / "data"))
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(shut / "settings.toml"))
    try:
        page = AppTest.from_file(APP, default_timeout=60).run()  # what is imported now needs no rights later
        for path in EVERY_PAGE:
            page.switch_page(path).run()
        st.cache_resource.clear()
        for leftover in (shut / "data").rglob("*"):
            leftover.unlink() if leftover.is_file() else None
        for leftover in sorted((shut / "data").rglob("*"), reverse=True):
            leftover.rmdir()
        (shut / "data").rmdir()
        with without_rights(shut):
            assert_shown_on_every_page("We couldn't save anything in")
        assert list(shut.iterdir()) == []
    finally:
        shut.rmdir()


def test_a_foreign_database_file_is_reported_on_every_page_and_left_alone(data):
    data.mkdir()
    (data / DATABASE_FILE).write_bytes(b"a letter to my aunt, " * 100)
    assert_shown_on_every_page("isn't an Answer Aloud database, so we left it alone")
    assert (data / DATABASE_FILE).read_bytes() == b"a letter to my aunt, " * 100


def test_a_database_of_a_newer_version_is_reported_on_every_page_and_left_alone(kept, data):
    done = add_done(kept)
    with sqlite3.connect(data / DATABASE_FILE) as connection:
        connection.execute("UPDATE answer_aloud_version SET version_num = '9999'")
    assert_shown_on_every_page("newer version")
    assert [attempt.id for attempt in kept.load_history()] == [done]


def test_a_locked_database_is_reported_and_works_once_it_is_unlocked(kept, monkeypatch):
    done = add_done(kept)
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    page = press(open_page(), f"delete_{done}")
    holder = sqlite3.connect(kept.get_disk_usage().database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    page.button(key=f"sure_{done}").click().run()
    assert not page.exception
    assert any("Another program is using" in error.value for error in page.error)
    holder.execute("ROLLBACK")
    holder.close()
    assert kept.load_attempt(done).state is AttemptState.DONE
    press(page, f"sure_{done}")
    assert list_answer_ids(page) == []


def test_a_full_disk_is_reported_and_nothing_is_lost(kept, data, tmp_path, monkeypatch):
    done = add_done(kept)
    page = open_page()
    before = read_files(data)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr("os.fsync", full)
        page.text_input(key="export_path").set_value(str(tmp_path / "out.zip")).run()
        press(page, "save_export")
        assert any("No space left on device" in error.value for error in page.error)
        press(page, "prepare_export")
        assert any("No space left on device" in error.value for error in page.error)
    assert not list(tmp_path.glob("*.zip*"))
    assert {name: sound for name, sound in read_files(data).items() if name.endswith(".flac")} == {
        name: sound for name, sound in before.items() if name.endswith(".flac")
    }
    assert list_answer_ids(page.run()) == [done]
