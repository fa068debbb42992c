"""The page of what is kept: everything is listed, goes out, comes in, and is gone when it is deleted."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.question import AskedQuestion, QuestionKind
from app_pages.data_list import AT_ONCE
from app_pages.data_place import size
from app_pages.wording import CUT
from interview.identity import new_id
from interview.mock_run import MockRun, MockStep
from interview.own_question import OwnQuestion
from interview.person import Person
from interview.points import Points, points_id
from interview.thank_you import ThankYou, thank_you_id
from store import database
from store.attempt import State
from store.place import DATABASE_FILE
from store.store import Store, open_store
from tests.interviews import HELD
from tests.kept import ABOUT_YOU, CONFLICT, NOON, add, add_done, heard
from tests.pages import APP, shows, texts
from tests.test_store_errors import without_rights

PAGE = "app_pages/data.py"
EVERY_PAGE = tuple(re.findall(r'st\.Page\("(.+?)"', Path(APP).read_text(encoding="utf-8")))
WITH_ANSWERS = {f"app_pages/{name}.py" for name in ("practice", "progress", "compare", "data")}
HOSTILE = AskedQuestion(
    "odd", "**bold** <script>alert(1)</script> {x} [a](http://b) $1$ :red[x]", QuestionKind.SCREENING
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the page."""
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.delenv("ANSWER_ALOUD_DATABASE", raising=False)
    st.cache_resource.clear()
    return tmp_path / "data"


@pytest.fixture
def kept(folder: Path) -> Iterator[Store]:
    opened = open_store(folder=folder)
    yield opened
    opened.close()


def opened(path: str = PAGE) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60).run()
    return page.switch_page(path).run()


def listed(page: AppTest) -> list[str]:
    """The ids of the answers on the screen, from above."""
    keys = [button.key or "" for button in page.button]
    return [key[len("delete_") :] for key in keys if len(key) == len("delete_") + 32]


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def downloads(page: AppTest) -> list[str]:
    return [element.proto.label for element in page.get("download_button")]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_store_says_how_answers_come_here():
    page = opened()
    assert not page.exception
    assert shows(page, "Nothing is kept yet")
    assert shows(page, "**No recordings**, 0 bytes")


def test_every_answer_is_listed_with_its_facts_the_latest_first(kept):
    first = add_done(kept, ABOUT_YOU, NOON)
    second = add_done(kept, ABOUT_YOU, NOON + timedelta(days=1), keep=False)
    third = add(kept, CONFLICT, NOON + timedelta(days=2))
    kept.fail(third, "Not *English*.")
    fourth = add(kept, CONFLICT, NOON + timedelta(days=3))
    page = opened()
    assert listed(page) == [fourth, third, second, first]
    rows = [text.replace("\\", "") for text in texts(page) if "take " in text]
    assert "take 2" in rows[0]
    assert "not measured yet · sound kept" in rows[0]
    assert "could not be measured: Not *English*. · sound kept" in rows[1]
    assert "measured · sound not kept" in rows[2]
    assert "Tell me about “yourself”." in rows[3]
    seconds = round(heard()[2].response.duration)
    assert f"1 Mar 2026, 12:00 · take 1 · 0:{seconds:02d} · measured · sound kept" in rows[3]
    assert shows(page, "**3 recordings**")


def test_text_that_looks_like_markup_is_shown_as_text(kept):
    add_done(kept, HOSTILE)
    page = opened()
    (shown,) = (text for text in texts(page) if "bold" in text)
    assert shown.replace("\\", "").replace(CUT, "").startswith(f"**{HOSTILE.text}**")
    for sign in ("*bold", "<script", "{x", "[a", "$1", ":red"):
        assert f"\\{sign}" in shown


def test_many_answers_are_shown_a_screenful_at_a_time(kept):
    ids = [add(kept, CONFLICT, NOON + timedelta(days=day)) for day in range(2 * AT_ONCE + 1)][::-1]
    page = opened()
    assert listed(page) == ids[:AT_ONCE]
    assert page.button(key="data_later").disabled
    assert listed(press(page, "data_earlier")) == ids[AT_ONCE : 2 * AT_ONCE]
    page.number_input(key="data_page").set_value(3).run()
    assert listed(page) == ids[2 * AT_ONCE :]
    assert page.button(key="data_earlier").disabled
    kept.delete(ids[-1])  # elsewhere; the third page is gone with it
    assert listed(page.run()) == ids[AT_ONCE:-1]


def test_of_ten_thousand_answers_a_screenful_is_shown(kept):
    add_done(kept)
    with sqlite3.connect(f"{kept.usage().database}") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(attempts)")]
        changed = {"id": "printf('%032x', n)", "take": "n + 1"}
        chosen = ", ".join(changed.get(column, column) for column in columns)
        connection.execute(
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9999) "
            f"INSERT INTO attempts ({', '.join(columns)}) SELECT {chosen} FROM attempts, many"
        )
    page = opened()
    assert shows(page, "10,000")
    press(page, "data_earlier")
    assert len(listed(page)) == AT_ONCE


def test_answers_are_found_by_what_was_asked_said_or_noted(kept):
    first, second = add_done(kept, ABOUT_YOU), add(kept, CONFLICT)
    kept.note(second, "Breathe out before Łódź")
    page = opened()
    for words, found in (("conflict", [second]), ("worked", [first]), ("łódź", [second]), ("nowhere", [])):
        page.text_input(key="data_find").set_value(words).run()
        assert listed(page) == found
    assert shows(page, "no answers found")


def test_what_was_planned_is_found_with_the_way_to_its_page(kept):
    kept.keep(HELD)
    person = Person(new_id(), "Zoë Needle", HELD.id)
    run = MockRun(new_id(), new_id(), (MockStep("needle_question", "Which needle?", "closing"),), NOON)
    own = OwnQuestion(new_id(), "Why a needle?", "technical", "learning", "second")
    note = ThankYou(thank_you_id(HELD.id, person.id), HELD.id, person.id, "Needle", "Thank you.", "", "")
    points = Points(points_id("why_this_company"), "why_this_company", ("The needle in the haystack",))
    for thing in (person, run, own, note, points):
        kept.keep(thing)
    page = opened()
    page.text_input(key="data_find").set_value("needle").run()
    assert not page.exception
    assert shows(page, "no answers found, and 5 other things")
    found = [text for text in texts(page) if "eedle" in text]
    assert "Person: Zoë Needle" in found
    assert "Thank-you note: Needle" in found
    assert "Points to make: The needle in the haystack" in found
    links = {(link.proto.page, link.proto.query_string) for link in page.get("page_link") if link.proto.label == "Open"}
    assert links == {
        ("interviews", f"interview={HELD.id}"),
        ("mock", f"run={run.id}"),
        ("", f"question={own.id}"),
        ("thanks", f"interview={HELD.id}"),
        ("", "question=why_this_company"),
    }


def test_an_answer_is_deleted_only_after_a_second_click_and_with_its_file(kept, folder):
    stays, goes = add_done(kept), add_done(kept)
    page = press(opened(), f"delete_{goes}")
    assert shows(page, "This cannot be undone")
    press(page, f"keep_{goes}")
    assert set(listed(page)) == {stays, goes}
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    assert listed(page) == [stays]
    assert [attempt.id for attempt in kept.history()] == [stays]
    assert [path.name for path in (folder / "recordings").iterdir()] == [f"{stays}.flac"]


def test_an_answer_that_is_on_screen_elsewhere_leaves_it_when_it_is_deleted(kept):
    goes = add_done(kept)
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["take"] = goes
    page.run()
    assert page.session_state["on_screen"].take == goes
    page.switch_page(PAGE).run()
    press(press(page, f"delete_{goes}"), f"sure_{goes}")
    page.switch_page("app_pages/practice.py").run()
    assert not page.error


def test_an_answer_that_was_deleted_in_another_window_is_told(kept):
    goes = add_done(kept)
    page = press(opened(), f"delete_{goes}")
    kept.delete(goes)
    page.button(key=f"sure_{goes}").click().run()
    assert not page.exception
    assert listed(page) == []


def test_everything_is_deleted_after_typing_the_phrase_files_too(kept, folder):
    add_done(kept), add(kept, CONFLICT)
    (folder / "takes-moved" / "abc").mkdir(parents=True)
    (folder / "takes-moved" / "abc" / "sound").write_bytes(b"private")
    page = opened()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value("delete").run()
    assert page.button(key="delete_all").disabled
    page.text_input(key="delete_phrase_0").set_value(" Delete everything ").run()
    press(page, "delete_all")
    assert any("Everything is deleted" in shown.value for shown in page.success)
    assert kept.history() == ()
    assert {path.split("/")[0].removesuffix("-wal").removesuffix("-shm") for path in files(folder)} == {DATABASE_FILE}
    assert not any(b"yourself" in content for content in files(folder).values())
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


def test_the_export_is_prepared_on_demand_and_offered(kept):
    add_done(kept)
    page = opened()
    assert downloads(page) == []
    press(page, "prepare_export")
    assert [label.split(" (")[0] for label in downloads(page)] == ["Download the export"]
    press(page, "prepare_csv")
    assert downloads(page) == ["Download the table (CSV)"]


def test_an_export_saved_on_the_disk_holds_everything_and_comes_back_in(kept, folder, tmp_path):
    ids = {add_done(kept), add_done(kept, CONFLICT)}
    page = opened()
    page.text_input(key="export_path").set_value(str(tmp_path / "out.zip")).run()
    press(page, "save_export")
    assert not page.error
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name for name in archive.namelist() if name.startswith("rec")} == {f"recordings/{i}.flac" for i in ids}
        assert len(list(csv.DictReader(io.StringIO(archive.read("attempts.csv").decode())))) == 2
    kept.delete_all()
    page.text_input(key="import_path").set_value(str(tmp_path / "out.zip")).run()
    press(page, "import")
    assert [shown.value for shown in page.success] == ["2 answers added."]
    press(page, "import")
    assert [shown.value for shown in page.success] == [
        "No answers added. 2 answers were here already and stayed as before."
    ]
    assert {attempt.id for attempt in kept.history()} == ids
    assert all(kept.sound(each) for each in ids)


def test_an_uploaded_export_comes_in(kept, tmp_path):
    done = add_done(kept)
    kept.export(tmp_path / "out.zip")
    kept.delete(done)
    page = opened()
    page.file_uploader(key="import_upload").set_value(
        ("mine.zip", (tmp_path / "out.zip").read_bytes(), "application/zip")
    )
    page.run()
    press(page, "import")
    assert [shown.value for shown in page.success] == ["1 answer added."]
    assert kept.report(done)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.zip", b"Dear aunt"),
        ("../../x.zip", b"PK\3\4"),
        ("a" * 300 + ".zip", b""),
        ("<b>.zip", b"PK\5\6" + bytes(18)),
    ],
)
def test_what_is_no_export_is_told_and_changes_nothing(kept, folder, name, data):
    done = add_done(kept)
    before = files(folder / "recordings")
    page = opened()
    page.file_uploader(key="import_upload").set_value((name, data, "application/zip")).run()
    press(page, "import")
    (error,) = page.error
    assert "is not an export of Answer Aloud" in error.value.replace("\\", "")
    assert [attempt.id for attempt in kept.history()] == [done]
    assert files(folder / "recordings") == before


@pytest.mark.parametrize("path", ["none.zip", "~nobody-of-this-name/x.zip", "a\0b.zip"])
def test_a_file_to_import_that_is_not_there_is_told(path):
    page = opened()
    page.text_input(key="import_path").set_value(path).run()
    press(page, "import")
    assert len(page.error) == 1


@pytest.mark.parametrize(
    "path", ["relative.zip", "/tmp/table.csv", "~nobody-of-this-name/x.zip", "/a\0b.zip", "/proc/x/y.zip"]
)
def test_an_export_is_written_only_to_a_whole_path_of_a_zip_file(kept, path):
    page = opened()
    page.text_input(key="export_path").set_value(path).run()
    press(page, "save_export")
    assert len(page.error) == 1
    assert not page.success


def test_an_export_never_takes_the_place_of_a_file(kept, tmp_path):
    (tmp_path / "mine.zip").write_bytes(b"precious")
    page = opened()
    page.text_input(key="export_path").set_value(str(tmp_path / "mine.zip")).run()
    press(page, "save_export")
    assert "is there already" in page.error[0].value
    assert (tmp_path / "mine.zip").read_bytes() == b"precious"


def told_on_every_page(sentence: str) -> None:
    """Every page opens with a sentence where it needs what is kept, and never with a traceback."""
    assert set(EVERY_PAGE) > WITH_ANSWERS
    page = AppTest.from_file(APP, default_timeout=60).run()
    for path in EVERY_PAGE:
        page.switch_page(path).run()
        assert not page.exception, path
        if path in WITH_ANSWERS:
            assert any(sentence in error.value.replace("\\", "") for error in page.error), path


def test_a_folder_that_cannot_be_written_is_told_on_every_page(folder, monkeypatch, tmp_path_factory):
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
            told_on_every_page("Nothing could be saved in")
        assert list(shut.iterdir()) == []
    finally:
        shut.rmdir()


def test_a_foreign_file_in_the_place_of_the_database_is_told_on_every_page_and_stays(folder):
    folder.mkdir()
    (folder / DATABASE_FILE).write_bytes(b"a letter to my aunt, " * 100)
    told_on_every_page("is not a database of Answer Aloud; it was left as it is")
    assert (folder / DATABASE_FILE).read_bytes() == b"a letter to my aunt, " * 100


def test_a_database_of_a_newer_version_is_told_on_every_page_and_stays(kept, folder):
    done = add_done(kept)
    with sqlite3.connect(folder / DATABASE_FILE) as connection:
        connection.execute("UPDATE answer_aloud_version SET version_num = '9999'")
    told_on_every_page("newer version")
    assert [attempt.id for attempt in kept.history()] == [done]


def test_a_database_that_another_program_holds_is_told_on_the_page_and_works_once_it_is_free(kept, monkeypatch):
    done = add_done(kept)
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    page = press(opened(), f"delete_{done}")
    holder = sqlite3.connect(kept.usage().database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    page.button(key=f"sure_{done}").click().run()
    assert not page.exception
    assert any("held by another program" in error.value for error in page.error)
    holder.execute("ROLLBACK")
    holder.close()
    assert kept.attempt(done).state is State.DONE
    press(page, f"sure_{done}")
    assert listed(page) == []


def test_a_disk_that_is_full_is_told_on_the_page_and_nothing_is_lost(kept, folder, tmp_path, monkeypatch):
    done = add_done(kept)
    page = opened()
    before = files(folder)

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
    assert {name: data for name, data in files(folder).items() if name.endswith(".flac")} == {
        name: data for name, data in before.items() if name.endswith(".flac")
    }
    assert listed(page.run()) == [done]


@pytest.mark.parametrize(
    ("many", "told"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1_250_000, "1.2 MB"),
        (5_000_000_000, "5.0 GB"),
        (10**16, "10000.0 TB"),
    ],
)
def test_sizes_are_told_as_people_say_them(many, told):
    assert size(many) == told
