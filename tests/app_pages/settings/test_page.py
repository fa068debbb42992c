"""Test the settings page: values are checked, written and used, and moving never loses answers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.finding import Verdict
from speech.asr.models import load_paces, save_pace
from store.attempt import AttemptState
from store.settings import Settings, get_settings_path, read_settings, write_settings
from store.store import open_store
from tests.support.pages import APP, is_shown, list_texts, make_sound, run_until, upload
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)
PAGE = "app_pages/settings/page.py"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new home folder for the settings and, by default, the data."""
    for variable in ("ANSWER_ALOUD_DATA", "ANSWER_ALOUD_MODEL", "ANSWER_ALOUD_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    st.cache_resource.clear()
    return tmp_path


def open_page() -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60).run()
    return page.switch_page(PAGE).run()


def save(page: AppTest) -> AppTest:
    page.button(key="save_settings").click().run()
    assert not page.exception
    return page


def read_saved(page: AppTest) -> dict[str, object]:
    """Save, check that it worked, and return the settings file."""
    save(page)
    assert [error.value for error in page.error] == []
    assert [shown.value.replace("\\", "") for shown in page.success] == ["Settings saved."]
    return tomllib.loads(get_settings_path().read_text(encoding="utf-8"))


def read_refusal(page: AppTest) -> str:
    """Save, check that nothing was written, and return the error message."""
    before = get_settings_path().read_bytes() if get_settings_path().exists() else None
    (error,) = save(page).error
    assert (get_settings_path().read_bytes() if get_settings_path().exists() else None) == before
    return str(error.value.replace("\\", ""))


def test_the_page_shows_the_settings_file_and_its_values(home):
    write_settings(Settings("tiny.en", "en", {}, ("you see",), False, home / "data", "sqlite:////tmp/x.db"))
    page = open_page()
    assert is_shown(page, str(home / "settings.toml"))
    assert page.selectbox(key="set_model").value == "tiny.en"
    assert page.radio(key="set_language").value == "en"
    assert page.text_area(key="set_filler_words").value == "you see"
    assert not page.checkbox(key="set_keep_recordings").value
    assert page.text_input(key="set_data_folder").value == str(home / "data")
    assert page.text_input(key="set_database").value == "sqlite:////tmp/x.db"


def test_addresses_and_folders_are_folded_away_and_nothing_else_is(home):
    page = open_page()
    (advanced,) = [each for each in page.expander if each.label == "Advanced: where everything is stored"]
    assert not advanced.proto.expanded
    assert {each.key for each in advanced.text_input} == {"set_data_folder", "set_database"}
    outside = [text for text in list_texts(page) if str(home) in text.replace("\\", "")]
    assert outside == [each.value for each in advanced.caption]


def test_every_setting_can_be_changed_and_reset(home):
    page = open_page()
    page.selectbox(key="set_model").select("tiny.en")
    page.radio(key="set_language").set_value("en")
    page.text_area(key="set_filler_words").set_value(" you see \n\nsozusagen\n")
    page.text_area(key="set_holidays").set_value("2027-01-01\n 25 December 2026 \n26 Dec 2026")
    page.multiselect(key="set_bands").select("speaking_rate").select("pause_placement")
    page.checkbox(key="set_keep_recordings").uncheck()
    page.checkbox(key="set_stutters").check()
    page.text_input(key="set_data_folder").set_value(str(home / "data"))
    page.run()
    page.number_input(key="set_speaking_rate_fine_to").set_value(150.0)
    page.number_input(key="set_speaking_rate_watch_to").set_value(None)
    assert read_saved(page) == {
        "model": "tiny.en",
        "language": "en",
        "filler_words": ["you see", "sozusagen"],
        "keep_recordings": False,
        "stutters": True,
        "holidays": ["2026-12-25", "2026-12-26", "2027-01-01"],
        "data_folder": str(home / "data"),
        "bands": {
            "speaking_rate": {"fine_from": 120, "fine_to": 150, "watch_from": 110},
            "pause_placement": {"fine_to": 0.5},
        },
    }
    assert open_page().text_area(key="set_holidays").value == "25 December 2026\n26 December 2026\n1 January 2027"
    page.selectbox(key="set_model").select_index(0)
    page.radio(key="set_language").set_value("")
    page.text_area(key="set_filler_words").set_value("")
    page.text_area(key="set_holidays").set_value("")
    page.multiselect(key="set_bands").set_value([])
    page.checkbox(key="set_keep_recordings").check()
    page.checkbox(key="set_stutters").uncheck()
    page.text_input(key="set_data_folder").set_value("")
    assert read_saved(page) == {}


def test_shares_are_set_in_percent(home):
    page = open_page()
    page.multiselect(key="set_bands").select("pause_placement").run()
    assert page.number_input(key="set_pause_placement_fine_to").value == 50.0
    page.number_input(key="set_pause_placement_fine_to").set_value(30.0)
    assert read_saved(page) == {"bands": {"pause_placement": {"fine_to": 0.3}}}
    assert read_settings().bands["pause_placement"].judge(0.31) is Verdict.WATCH


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("set_filler_words", "<b>bold</b>", "My filler words: this should be words or phrases of up to 5 words"),
        ("set_filler_words", "right\nRight", "should have each word once"),
        ("set_holidays", "Christmas", "Holidays: this should be dates such as"),
        ("set_data_folder", "answers", "Data folder: this should be the full path of a folder"),
        ("set_database", "my answers", "Database: this should be the address of a database"),
        ("set_database", "nosuch://host/x", "lacks what it takes to use a database of the kind nosuch"),
    ],
)
def test_an_invalid_value_is_reported_with_its_label_and_nothing_is_written(key, value, sentence):
    page = open_page()
    widget = page.text_area(key=key) if key in ("set_filler_words", "set_holidays") else page.text_input(key=key)
    widget.set_value(value)
    assert sentence in read_refusal(page)


def test_a_reversed_range_is_reported_with_the_labels_of_the_page():
    page = open_page()
    page.multiselect(key="set_bands").select("speaking_rate").run()
    page.number_input(key="set_speaking_rate_fine_to").set_value(100.0)
    told = read_refusal(page)
    assert told.startswith(
        "My ranges, Speaking rate: this runs backwards: “Green from” 120 is more than “Green to” 100"
    )


def test_an_unusable_folder_is_reported_before_anything_is_written(home):
    (home / "file").write_text("mine")
    page = open_page()
    page.text_input(key="set_data_folder").set_value(str(home / "file"))
    assert "We couldn't save anything in" in read_refusal(page)
    assert (home / "file").read_text() == "mine"


def test_an_unknown_recogniser_is_reported(home):
    write_settings(Settings(model=str(home)))
    assert "There's no model.bin in the folder" in read_refusal(open_page())
    write_settings(Settings(model="nano"))
    assert "There's no model or folder called nano" in read_refusal(open_page())


def test_the_page_says_which_settings_the_environment_overrides(home, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "base")
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(home / "named"))
    page = open_page()
    assert is_shown(page, "Recogniser: this is set by ANSWER_ALOUD_MODEL and can't be changed here")
    assert is_shown(page, "Data folder: this is set by ANSWER_ALOUD_DATA")
    assert not is_shown(page, "ANSWER_ALOUD_DATABASE")
    page.selectbox(key="set_model").select("tiny.en")
    assert read_saved(page) == {"model": "tiny.en"}
    assert read_settings().model == "base"


def test_an_invalid_settings_file_is_reported_on_every_page_and_can_be_reset(home):
    get_settings_path().write_text("langage = 'en'\n")
    page = AppTest.from_file(APP, default_timeout=60).run()
    for path in ("app_pages/practice/page.py", "app_pages/progress/page.py", "app_pages/data/page.py", PAGE):
        page.switch_page(path).run()
        assert not page.exception
        told = [error.value.replace("\\", "") for error in page.error]
        assert any("line 1: langage isn't a setting" in sentence for sentence in told), path
    page.button(key="set_aside").click().run()
    assert not page.error
    assert page.selectbox(key="set_model").value.startswith("default")
    assert (home / "settings.toml.old").read_text() == "langage = 'en'\n"
    assert read_saved(page) == {}


def test_a_change_made_in_another_window_is_not_overwritten():
    page = open_page()
    write_settings(Settings(language="en"))
    page.checkbox(key="set_keep_recordings").uncheck()
    assert "You changed the settings in another window" in read_refusal(page)
    again = open_page()
    assert again.radio(key="set_language").value == "en"


def test_settings_are_read_again_whenever_the_page_is_opened():
    page = open_page()
    page.switch_page("app_pages/measures/page.py").run()
    write_settings(Settings(language="en"))
    page.switch_page(PAGE).run()
    assert page.radio(key="set_language").value == "en"


def list_answers(folder: Path) -> list[str]:
    store = open_store(folder=folder)
    try:
        return [attempt.id for attempt in store.load_history()]
    finally:
        store.close()


def test_answers_in_the_old_folder_can_be_copied_to_the_new_one(home):
    old, new = home / "old", home / "new"
    write_settings(Settings(data_folder=old))
    store = open_store(folder=old)
    mine = add_done(store)
    page = open_page()
    page.text_input(key="set_data_folder").set_value(str(new))
    save(page)
    assert is_shown(page, f"Your **1 earlier answer** stayed in {old}")
    assert (list_answers(old), list_answers(new)) == ([mine], [])
    page.button(key="copy_answers").click().run()
    assert not page.exception
    assert "1 answer copied. The old place is unchanged." in [shown.value for shown in page.success]
    assert (list_answers(old), list_answers(new)) == ([mine], [mine])
    assert not is_shown(page.run(), "stayed in")
    copy = open_store(folder=new)
    assert (copy.read_flac(mine), copy.load_report(mine)) == (store.read_flac(mine), store.load_report(mine))
    copy.close()
    store.close()


def test_what_is_damaged_in_the_old_folder_is_named_when_the_rest_is_copied(home):
    old, new = home / "old", home / "new"
    write_settings(Settings(data_folder=old))
    store = open_store(folder=old)
    good, bad = add_done(store), add_done(store)
    (old / "recordings" / f"{bad}.flac").unlink()
    store.close()
    page = open_page()
    page.text_input(key="set_data_folder").set_value(str(new))
    save(page)
    page.button(key="copy_answers").click().run()
    assert "2 answers copied. The old place is unchanged." in [shown.value for shown in page.success]
    (told,) = [warning.value for warning in page.warning]
    assert "is gone" in told
    assert set(list_answers(new)) == {good, bad}


def test_answers_can_be_left_in_the_old_folder(home):
    store = open_store(folder=home / "share" / "answer-aloud")
    mine = add_done(store)
    store.close()
    page = open_page()
    page.text_input(key="set_data_folder").set_value(str(home / "new"))
    save(page)
    page.button(key="leave_answers").click().run()
    assert not is_shown(page, "stayed in")
    assert list_answers(home / "share" / "answer-aloud") == [mine]
    assert list_answers(home / "new") == []


def test_without_earlier_answers_the_page_does_not_offer_to_copy(home):
    page = open_page()
    page.text_input(key="set_data_folder").set_value(str(home / "new"))
    save(page)
    assert not is_shown(page, "stayed in")


def test_the_next_answer_is_analysed_and_stored_by_the_settings(recogniser, home, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(home / "settings.toml"))
    page = open_page()
    page.text_area(key="set_filler_words").set_value("data tools")
    page.multiselect(key="set_bands").select("longest_pause").run()
    page.number_input(key="set_longest_pause_fine_to").set_value(0.5)
    page.number_input(key="set_longest_pause_watch_to").set_value(1.0)
    page.checkbox(key="set_keep_recordings").uncheck()
    read_saved(page)
    page.switch_page("app_pages/practice/page.py").run()
    kept = open_store()
    run_until(
        upload(page, "answer.wav", make_sound()),
        lambda _: kept.load_history() and kept.load_history()[0].state is AttemptState.DONE,
    )
    (attempt,) = kept.load_history()
    report = kept.load_report(attempt.id)
    assert len(report.get_finding("filler_words").moments) == 2  # "like" and the user's own
    assert report.get_finding("longest_pause").verdict is Verdict.ACT
    assert report.get_finding("longest_pause").band.source.name == "Your own range"
    assert not attempt.has_recording
    kept.close()


def test_the_few_models_worth_having_stand_there_with_size_and_what_they_lack():
    page = open_page()
    assert page.selectbox(key="set_model").options == [
        "default (base)",
        "tiny.en, comes with the app",
        "base, comes with the app",
        "small.en, is downloaded when first used",
        "large-v3-turbo, is downloaded when first used",
    ]
    (table,) = [shown.value for shown in page.markdown if shown.value.startswith("| Recogniser")]
    rows = {row.split(" | ")[0].strip("| "): row for row in table.splitlines()[2:]}
    assert "145 MB, included" in rows["base"]
    assert "1.6 GB, downloaded when first used" in rows["large-v3-turbo"]
    assert [name for name, row in rows.items() if "um finder isn't trained for it" in row] == [
        "small.en",
        "large-v3-turbo",
    ]
    assert all(row.endswith("| Not tried yet |") for row in rows.values())


def test_a_model_is_tried_on_this_computer_and_what_came_of_it_is_remembered(recogniser):
    page = open_page()
    page.button(key="try_model").click().run()
    assert not page.exception
    assert recogniser.asked == 1
    assert is_shown(page, "On this computer, base keeps up with your voice.")
    assert load_paces().keys() == {"base"}
    assert is_shown(open_page(), "On this computer, base keeps up with your voice.")


@pytest.mark.parametrize(
    ("pace", "told"),
    [
        (0.5, "keeps up with your voice"),
        (0.51, "only just keeps up with your voice"),
        (1.05, "falls behind: you'd wait about 10 seconds for each minute you speak"),
        (3.0, "falls behind: you'd wait about 120 seconds for each minute you speak"),
    ],
)
def test_the_pace_of_a_model_is_told_in_words(pace, told):
    save_pace("tiny.en", pace)
    page = open_page()
    page.selectbox(key="set_model").select("tiny.en").run()
    assert is_shown(page, f"On this computer, tiny.en {told}.")


def test_a_damaged_file_of_paces_is_as_good_as_none(home):
    save_pace("base", 0.1)
    (file,) = home.rglob("pace.json")
    file.write_text('{"base": "quick"}')
    assert load_paces() == {}
    assert not is_shown(open_page(), "On this computer, base")


def test_another_recogniser_is_said_to_begin_progress_anew_before_it_is_saved(home):
    page = open_page()
    assert not is_shown(page, "Progress and Compare start again")
    page.selectbox(key="set_model").select("tiny.en").run()
    assert is_shown(page, "Progress and Compare start again")
    page.selectbox(key="set_model").select_index(0).run()
    assert not is_shown(page, "Progress and Compare start again")
