"""The page of the settings: checked, written to the one file, and used; answers are never lost by moving."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.finding import Verdict
from store.attempt import State
from store.settings import Settings, read_settings, settings_file, write_settings
from store.store import open_store
from tests.support.pages import APP, run_until, shows, sound, upload
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)
PAGE = "app_pages/settings/page.py"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: settings and, where nothing else is said, data."""
    for variable in ("ANSWER_ALOUD_DATA", "ANSWER_ALOUD_MODEL", "ANSWER_ALOUD_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    st.cache_resource.clear()
    return tmp_path


def opened() -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60).run()
    return page.switch_page(PAGE).run()


def save(page: AppTest) -> AppTest:
    page.button(key="save_settings").click().run()
    assert not page.exception
    return page


def saved(page: AppTest) -> dict[str, object]:
    """Save, see that it worked, and read the file."""
    save(page)
    assert [error.value for error in page.error] == []
    assert [shown.value.replace("\\", "") for shown in page.success] == [f"Saved in {settings_file()}."]
    return tomllib.loads(settings_file().read_text(encoding="utf-8"))


def refused(page: AppTest) -> str:
    """Save, see that nothing was written, and give the sentence."""
    before = settings_file().read_bytes() if settings_file().exists() else None
    (error,) = save(page).error
    assert (settings_file().read_bytes() if settings_file().exists() else None) == before
    return str(error.value.replace("\\", ""))


def test_the_page_says_which_file_it_writes_and_shows_what_is_in_it(home):
    write_settings(Settings("tiny.en", "en", {}, ("you see",), False, home / "data", "sqlite:////tmp/x.db"))
    page = opened()
    assert shows(page, str(home / "settings.toml"))
    assert page.selectbox(key="set_model").value == "tiny.en"
    assert page.radio(key="set_language").value == "en"
    assert page.text_area(key="set_filler_words").value == "you see"
    assert not page.checkbox(key="set_keep_recordings").value
    assert page.text_input(key="set_data_folder").value == str(home / "data")
    assert page.text_input(key="set_database").value == "sqlite:////tmp/x.db"


def test_everything_can_be_set_and_set_back(home):
    page = opened()
    page.selectbox(key="set_model").select("tiny.en")
    page.radio(key="set_language").set_value("en")
    page.text_area(key="set_filler_words").set_value(" you see \n\nsozusagen\n")
    page.text_area(key="set_holidays").set_value("2027-01-01\n 2026-12-25 ")
    page.multiselect(key="set_bands").select("speaking_rate").select("pause_placement")
    page.checkbox(key="set_keep_recordings").uncheck()
    page.text_input(key="set_data_folder").set_value(str(home / "data"))
    page.run()
    page.number_input(key="set_speaking_rate_fine_to").set_value(150.0)
    page.number_input(key="set_speaking_rate_watch_to").set_value(None)
    assert saved(page) == {
        "model": "tiny.en",
        "language": "en",
        "filler_words": ["you see", "sozusagen"],
        "keep_recordings": False,
        "holidays": ["2026-12-25", "2027-01-01"],
        "data_folder": str(home / "data"),
        "bands": {
            "speaking_rate": {"fine_from": 120, "fine_to": 150, "watch_from": 110},
            "pause_placement": {"fine_to": 0.5},
        },
    }
    page.selectbox(key="set_model").select_index(0)
    page.radio(key="set_language").set_value("")
    page.text_area(key="set_filler_words").set_value("")
    page.text_area(key="set_holidays").set_value("")
    page.multiselect(key="set_bands").set_value([])
    page.checkbox(key="set_keep_recordings").check()
    page.text_input(key="set_data_folder").set_value("")
    assert saved(page) == {}


def test_shares_are_set_in_percent(home):
    page = opened()
    page.multiselect(key="set_bands").select("pause_placement").run()
    assert page.number_input(key="set_pause_placement_fine_to").value == 50.0
    page.number_input(key="set_pause_placement_fine_to").set_value(30.0)
    assert saved(page) == {"bands": {"pause_placement": {"fine_to": 0.3}}}
    assert read_settings().bands["pause_placement"].verdict(0.31) is Verdict.WATCH


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("set_filler_words", "<b>bold</b>", "Own filler words: this should hold words, or phrases of up to 5 words"),
        ("set_filler_words", "right\nRight", "should hold each word once"),
        ("set_holidays", "Christmas", "Holidays: this should hold days such as"),
        ("set_data_folder", "answers", "Data folder: this should be the whole path of a folder"),
        ("set_database", "my answers", "Database: this should be the address of a database"),
        ("set_database", "nosuch://host/x", "lacks what it takes to use a database of the kind nosuch"),
    ],
)
def test_what_cannot_be_is_told_with_the_name_on_the_page_and_nothing_is_written(key, value, sentence):
    page = opened()
    widget = page.text_area(key=key) if key in ("set_filler_words", "set_holidays") else page.text_input(key=key)
    widget.set_value(value)
    assert sentence in refused(page)


def test_a_range_that_runs_backwards_is_told_in_the_words_of_the_page():
    page = opened()
    page.multiselect(key="set_bands").select("speaking_rate").run()
    page.number_input(key="set_speaking_rate_fine_to").set_value(100.0)
    told = refused(page)
    assert told.startswith("Own ranges, Speaking rate: this runs backwards: “Fine from” 120 is more than “Fine to” 100")


def test_a_folder_that_cannot_be_used_is_told_before_anything_is_written(home):
    (home / "file").write_text("mine")
    page = opened()
    page.text_input(key="set_data_folder").set_value(str(home / "file"))
    assert "Nothing could be saved in" in refused(page)
    assert (home / "file").read_text() == "mine"


def test_a_recogniser_that_is_neither_a_name_nor_a_folder_with_one_is_told(home):
    write_settings(Settings(model=str(home)))
    assert "holds no model.bin" in refused(opened())
    write_settings(Settings(model="nano"))
    assert "There is no model called nano" in refused(opened())


def test_what_the_environment_says_has_the_last_word_and_that_is_said(home, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "base")
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(home / "named"))
    page = opened()
    assert shows(page, "Recogniser: ANSWER_ALOUD_MODEL is set in the environment and has the last word")
    assert shows(page, "Data folder: ANSWER_ALOUD_DATA is set in the environment")
    assert not shows(page, "ANSWER_ALOUD_DATABASE")
    page.selectbox(key="set_model").select("tiny.en")
    assert saved(page) == {"model": "tiny.en"}
    assert read_settings().model == "base"


def test_a_file_with_a_mistake_is_told_on_every_page_and_the_defaults_are_a_click_away(home):
    settings_file().write_text("langage = 'en'\n")
    page = AppTest.from_file(APP, default_timeout=60).run()
    for path in ("app_pages/practice/page.py", "app_pages/progress/page.py", "app_pages/data/page.py", PAGE):
        page.switch_page(path).run()
        assert not page.exception
        told = [error.value.replace("\\", "") for error in page.error]
        assert any("line 1: langage is not a setting" in sentence for sentence in told), path
    page.button(key="set_aside").click().run()
    assert not page.error
    assert page.selectbox(key="set_model").value.startswith("default")
    assert (home / "settings.toml.old").read_text() == "langage = 'en'\n"
    assert saved(page) == {}


def test_a_change_made_in_another_window_is_not_overwritten():
    page = opened()
    write_settings(Settings(language="en"))
    page.checkbox(key="set_keep_recordings").uncheck()
    assert "changed in another window" in refused(page)
    again = opened()
    assert again.radio(key="set_language").value == "en"


def test_settings_are_read_anew_when_the_page_is_opened_again():
    page = opened()
    page.switch_page("app_pages/measures/page.py").run()
    write_settings(Settings(language="en"))
    page.switch_page(PAGE).run()
    assert page.radio(key="set_language").value == "en"


def answers_in(folder: Path) -> list[str]:
    store = open_store(folder=folder)
    try:
        return [attempt.id for attempt in store.history()]
    finally:
        store.close()


def test_earlier_answers_stay_in_the_old_folder_and_can_be_copied_to_the_new_one(home):
    old, new = home / "old", home / "new"
    write_settings(Settings(data_folder=old))
    store = open_store(folder=old)
    mine = add_done(store)
    page = opened()
    page.text_input(key="set_data_folder").set_value(str(new))
    save(page)
    assert shows(page, f"Your **1 earlier answer** stayed in {old}")
    assert (answers_in(old), answers_in(new)) == ([mine], [])
    page.button(key="copy_answers").click().run()
    assert not page.exception
    assert "1 answer copied. The old place was left as it is." in [shown.value for shown in page.success]
    assert (answers_in(old), answers_in(new)) == ([mine], [mine])
    assert not shows(page.run(), "stayed in")
    copy = open_store(folder=new)
    assert (copy.sound(mine), copy.report(mine)) == (store.sound(mine), store.report(mine))
    copy.close()
    store.close()


def test_earlier_answers_can_be_left_where_they_are(home):
    store = open_store(folder=home / "share" / "answer-aloud")
    mine = add_done(store)
    store.close()
    page = opened()
    page.text_input(key="set_data_folder").set_value(str(home / "new"))
    save(page)
    page.button(key="leave_answers").click().run()
    assert not shows(page, "stayed in")
    assert answers_in(home / "share" / "answer-aloud") == [mine]
    assert answers_in(home / "new") == []


def test_without_earlier_answers_nothing_is_said_about_moving(home):
    page = opened()
    page.text_input(key="set_data_folder").set_value(str(home / "new"))
    save(page)
    assert not shows(page, "stayed in")


def test_the_next_answer_is_measured_and_kept_by_the_settings(recogniser, home, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(home / "settings.toml"))
    page = opened()
    page.text_area(key="set_filler_words").set_value("data tools")
    page.multiselect(key="set_bands").select("longest_pause").run()
    page.number_input(key="set_longest_pause_fine_to").set_value(0.5)
    page.number_input(key="set_longest_pause_watch_to").set_value(1.0)
    page.checkbox(key="set_keep_recordings").uncheck()
    saved(page)
    page.switch_page("app_pages/practice/page.py").run()
    kept = open_store()
    run_until(upload(page, "answer.wav", sound()), lambda _: kept.history() and kept.history()[0].state is State.DONE)
    (attempt,) = kept.history()
    report = kept.report(attempt.id)
    assert len(report.finding("filler_words").moments) == 2  # "like" and the user's own
    assert report.finding("longest_pause").verdict is Verdict.ACT
    assert report.finding("longest_pause").band.source.name == "Your own range"
    assert not attempt.has_recording
    kept.close()
