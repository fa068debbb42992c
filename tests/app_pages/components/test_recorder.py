"""The recorder's side of the page: what was stopped becomes a take, what was cut off is offered, on each page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from services.live.live_takes import live_takes
from store import files
from tests.app_pages.mock.helpers import open_page, read_question, start_run
from tests.support.pages import (
    assert_fine,
    has_report,
    is_shown,
    list_button_labels,
    list_drawn,
    make_sound,
    open_tab,
    press,
    record,
    run_until,
    speak,
)

pytest_plugins = ("tests.support.pages",)

CUT_OFF = "Your recording was cut off, but it's saved."


def next_take(page: AppTest) -> str:
    (recorder,) = list_drawn(page, "recorder")
    take: str = recorder["take"]
    return take


def test_a_recording_that_was_stopped_gets_its_report_and_the_next_one_is_another_take(page, kept, data):
    first = next_take(page)
    run_until(record(page, make_sound()), has_report)
    assert next_take(page) != first
    run_until(record(page, make_sound(9)), lambda page: len(kept.load_history()) == 2)
    assert [attempt.take for attempt in kept.load_history()] == [1, 2]
    assert list(live_takes(data).files.all()) == []


def test_the_recorder_is_told_what_it_records_for_and_may_go_on_with_its_ticket(page, data):
    (recorder,) = list_drawn(page, "recorder")
    assert recorder["purpose"]["question"]["id"] == "tell_me_about_yourself"
    assert live_takes(data).files.is_ticket(recorder["take"], recorder["ticket"])
    assert recorder["longest"] == 30 * 60


def test_the_take_stays_the_same_however_often_the_page_is_drawn(page):
    first = next_take(page)
    assert next_take(page.run()) == first


def test_what_a_tab_said_before_it_died_is_offered_at_once_and_gets_its_report(page, kept):
    speak(page, make_sound(20), stop=False)
    tab = open_tab()
    assert is_shown(tab, CUT_OFF)
    assert is_shown(tab, "“Tell me about yourself.” 0:20 long")
    assert kept.load_history() == ()
    run_until(press(tab, "Get the report"), has_report)
    assert not is_shown(tab, CUT_OFF)
    assert not is_shown(open_tab(), CUT_OFF)
    assert [attempt.question.id for attempt in kept.load_history()] == ["tell_me_about_yourself"]


def test_what_was_cut_off_can_be_deleted(page, kept, data):
    speak(page, make_sound(), stop=False)
    tab = press(open_tab(), "Delete this recording")
    assert not is_shown(assert_fine(tab), CUT_OFF)
    assert kept.load_history() == ()
    assert [path.name for path in (data / "live").iterdir()] == ["secret"]


def test_a_cut_off_recording_that_lost_its_sound_says_so_and_can_be_deleted(page, data):
    take = speak(page, make_sound(20), stop=False)
    sound = live_takes(data).files.sound(take)
    sound.write_bytes(sound.read_bytes()[:1000])
    tab = open_tab()
    assert not is_shown(tab, CUT_OFF)
    assert is_shown(tab, "Your recording was cut off, and it has lost sound on the disk since it was made.")
    press(tab, "Get the report")
    assert "too short" in tab.error[0].value
    assert not is_shown(tab, "was cut off")


def test_three_are_offered_two_at_once(page):
    for _ in range(3):
        speak(open_tab(), make_sound(), stop=False)
    tab = open_tab()
    assert list_button_labels(tab).count("Get the report") == 3
    assert [each.label for each in tab.expander if "cut off" in each.label] == ["More recordings that were cut off (1)"]


def test_a_microphone_that_was_unplugged_leaves_an_offer_and_a_new_recorder(page):
    take = speak(page, make_sound())
    page.session_state["recorder"] = {"stopped": None, "interrupted": take, "lacking": None}
    page.run()
    assert is_shown(page, CUT_OFF)
    assert next_take(page) != take


def test_a_recording_left_with_its_page_is_offered_on_the_way_back(page):
    speak(page, make_sound(), stop=False)
    page.switch_page("app_pages/data/page.py").run()
    page.switch_page("app_pages/practice/page.py").run()
    assert is_shown(page, CUT_OFF)


def test_a_recording_too_short_to_measure_is_told_until_the_next_one_and_is_gone(page, kept, data):
    take = next_take(page)
    record(page, make_sound(0.2))
    assert is_shown(page, "Browser recording lasts 0.2 s, too short to analyse")
    assert is_shown(page.run(), "too short to analyse")
    assert next_take(page) != take
    assert not live_takes(data).is_there(take)
    run_until(record(page, make_sound()), lambda page: len(kept.load_history()) == 1)
    assert not is_shown(page, "too short to analyse")


def test_a_full_disk_is_told_and_the_recording_is_offered_again(page, kept, monkeypatch):
    take = speak(page, make_sound())
    with monkeypatch.context() as full:
        full.setattr(files.os, "fsync", _full)
        page.session_state["recorder"] = {"stopped": take, "interrupted": None, "lacking": None}
        page.run()
    assert is_shown(page, "We couldn't save anything in")
    page.run()
    assert is_shown(page, CUT_OFF)
    run_until(_press_whatever_is_told(page, "Get the report"), lambda _: len(kept.load_history()) == 1)


def _press_whatever_is_told(page: AppTest, label: str) -> AppTest:
    page.session_state["recorder"] = {"stopped": None, "interrupted": None, "lacking": None}
    return press(page, label)


def _full(_handle):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("lacking", "word"),
    [
        ("worklet", "too old to save your answer while you speak"),
        ("socket", "too old to save your answer while you speak"),
        ("sound", "because it can't play sound"),
        ("secure", "address isn't secure"),
        ("microphone", "doesn't let pages use the microphone"),
    ],
)
def test_where_the_browser_lacks_something_there_is_a_word_and_the_simple_recorder(page, kept, lacking, word):
    page.session_state["recorder"] = {"stopped": None, "interrupted": None, "lacking": lacking}
    page.run()
    assert is_shown(page, word)
    simple = page.audio_input(key="simple_recorder")
    run_until(simple.set_value(("2026-01-01T10-00_audio.wav", make_sound(), "audio/wav")).run(), has_report)
    assert [attempt.name for attempt in kept.load_history()] == ["Browser recording"]


def test_in_a_mock_interview_what_was_cut_off_can_answer_its_question(page, kept):
    run = start_run(kept)
    speak(open_page(run.id), make_sound(), f"_{run.id}_0", stop=False)
    tab = open_page(run.id)
    assert read_question(tab) == "Why us?"
    press(tab, "Use this recording")
    assert read_question(tab) == "Which result are you proud of?"
    (attempt,) = kept.load_history()
    assert kept.load_documents(type(run))[0].answers == (attempt.id,)


def test_what_was_cut_off_in_a_mock_interview_is_offered_on_the_first_page_too(page, kept):
    run = start_run(kept)
    speak(open_page(run.id), make_sound(), f"_{run.id}_0", stop=False)
    assert is_shown(open_tab(), "“Why us?” 0:12 long")
