"""The page of the main job, run without a browser: from a recording to its report, in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app_pages.ui.wording import CUT
from services.asked_questions import asked_by_id
from speech import whisper
from speech.audio.recording import from_bytes
from speech.errors import LanguageError
from store.attempt import State
from tests.support.pages import (
    QUESTION,
    SAID,
    address,
    drawn,
    has_report,
    is_working,
    new_tab,
    record,
    run_until,
    shows,
    sound,
    texts,
    upload,
)

pytest_plugins = ("tests.support.pages",)


def test_the_page_opens_with_a_question_its_target_length_and_two_prompts(page):
    assert not page.exception
    assert page.subheader[0].value.replace("\\", "") == "Tell me about yourself."
    assert shows(page, "Aim for 60 to 90 seconds")
    assert sum(line.startswith("- ") for text in texts(page) for line in text.splitlines()) == 2
    assert [recorder["aim"] for recorder in drawn(page, "recorder")] == [[60.0, 90.0]]


def test_the_list_holds_only_questions_of_the_chosen_kind_and_competency(page):
    everything = len(page.selectbox(key="chosen_question").options)
    page.selectbox(key="filter_kind").select("behavioural").run()
    of_kind = len(page.selectbox(key="chosen_question").options)
    page.selectbox(key="filter_competency").select("teamwork").run()
    assert 0 < len(page.selectbox(key="chosen_question").options) < of_kind < everything


def test_a_question_chosen_from_the_list_is_shown(page):
    page.selectbox(key="chosen_question").select("why_this_company").run()
    assert not page.exception
    assert "why_this_company" in page.session_state["on_screen"].question


def test_a_random_question_is_another_one_of_the_chosen_kind(page):
    page.selectbox(key="filter_kind").select("technical").run()
    page.button[0].click().run()
    assert not page.exception
    assert shows(page, "Technical")
    assert page.session_state["on_screen"].question != QUESTION


def test_a_recording_is_on_disk_before_anything_is_heard_in_it(page, recogniser, kept):
    recogniser.may_answer.clear()
    record(page, sound())
    run_until(page, lambda _: recogniser.asked == 1)
    assert is_working(page)
    (attempt,) = kept.history()
    assert (attempt.id, attempt.state, attempt.take) == (address(page), State.RECORDED, 1)
    assert (kept.recording(attempt.id).samples == from_bytes(sound(), "").samples).all()


def test_everything_on_disk_is_private_to_its_owner(page, data):
    run_until(record(page, sound()), has_report)
    paths = [data, *data.rglob("*")]
    assert {path.suffix for path in paths if path.is_file()} >= {".sqlite3", ".flac"}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}


def test_a_recorded_answer_becomes_a_report(page):
    run_until(record(page, sound()), has_report)
    assert shows(page, "Keep")
    assert shows(page, "Next")
    assert shows(page, "Target:")
    assert shows(page, "Concise")
    assert shows(page, "Calm")
    assert shows(page, "95 % interval")
    assert shows(page, "Evidence: Laske")
    assert not page.error


def test_the_component_gets_every_word_pause_and_filler_but_no_markup(page):
    run_until(record(page, sound()), has_report)
    (data,) = drawn(page, "listening")
    assert " ".join(word["text"] for word in data["tokens"] if word["kind"] != "pause") == " ".join(
        text.strip("[]") for text in SAID
    )
    assert [word["kind"] for word in data["tokens"]].count("filler_sound") == 1
    assert data["pauses"] == [{"start": 3.9, "end": 6.5, "length": "long", "label": "Long pause of 2.6 s"}]
    assert len(data["envelope"]) == 1200
    assert max(data["envelope"]) == 100
    assert data["url"].endswith(".wav")


def test_the_report_stays_when_other_widgets_are_touched(page):
    run_until(record(page, sound()), has_report)
    page.selectbox(key="filter_kind").select("technical").run()
    page.selectbox(key="sample").select("too_fast").run()
    page.button[0].click().run()
    assert has_report(page)
    assert shows(page, "“Tell me about yourself.”")


def test_a_take_is_found_again_by_its_address_in_another_tab(page, recogniser):
    run_until(record(page, sound()), has_report)
    assert has_report(new_tab(take=address(page)))
    assert recogniser.asked == 1


def test_another_page_and_back_loses_nothing(page):
    run_until(record(page, sound()), has_report)
    page.switch_page("app_pages/measures/page.py").run()
    assert shows(page, "Speaking rate")
    assert not has_report(page)
    page.switch_page("app_pages/practice/page.py").run()
    assert has_report(page)
    assert "take" in page.query_params


def test_a_take_that_waits_for_others_says_for_how_many(page, recogniser):
    recogniser.may_answer.clear()
    record(page, sound())
    second, third = record(new_tab(), sound(seconds=9)), record(new_tab(), sound(seconds=10))
    assert second.get("progress")[0].proto.text == "Waiting: 1 answer before yours"
    assert third.get("progress")[0].proto.text == "Waiting: 2 answers before yours"
    recogniser.may_answer.set()
    for tab in (third, second, page):
        run_until(tab, has_report)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nonsense", "names no answer"),
        ("../../etc/passwd", "names no answer"),
        ("0" * 31, "names no answer"),
        (f"{'0' * 24}.{QUESTION}", "an earlier version of Answer Aloud"),
        ("0" * 32, "There is no such answer here"),
    ],
)
def test_an_address_that_names_no_take_is_told_in_a_sentence(recogniser, given, told):
    tab = new_tab(take=given)
    assert len(tab.error) == 1
    assert shows(tab, told)
    assert not tab.exception
    assert not is_working(tab)


def test_silence_is_told_kindly_and_without_numbers(page, recogniser):
    recogniser.hears_voice = False
    run_until(record(page, sound(loudness=0.0)), has_report)
    assert shows(page, "No voice was heard")
    assert not shows(page, "words/min")
    assert not page.error


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"these are only notes", "notes.wav is not a sound file that can be read"),
        (sound(seconds=0.2), "notes.wav lasts 0.2 s, too short to measure"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence_and_not_kept(page, recogniser, kept, data, bad, told):
    upload(page, "notes.wav", bad)
    assert shows(page.run(), told)
    assert not has_report(page)
    assert recogniser.asked == 0
    assert kept.history() == ()
    assert not list(data.glob("recordings/*"))


def test_a_name_is_shown_as_it_is_and_never_as_markup(page):
    name = "my *own* [take](http://x.test) $1 <b>.wav"
    run_until(upload(page, name, sound()), has_report)
    (told,) = [text for text in texts(page) if "heard by" in text]
    assert rf"my \*own\* \[take\]\(http{CUT}\:" in told
    assert name in told.replace("\\", "").replace(CUT, "")


def test_a_fault_inside_the_app_is_a_sentence_and_the_take_can_be_tried_again(page, recogniser, monkeypatch):
    monkeypatch.setattr(whisper, "load", lambda model=None, language=None: 1 / 0)
    record(page, sound())
    run_until(page, lambda page: bool(page.error))
    assert shows(page, "The recording is safe")
    assert not shows(page, "ZeroDivisionError")
    monkeypatch.setattr(whisper, "load", lambda model=None, language=None: recogniser)
    (again,) = [button for button in page.button if button.label == "Try again"]
    run_until(again.click().run(), has_report)


def test_an_answer_in_another_language_is_told_and_stays_told(page, recogniser, kept):
    recogniser.error = LanguageError("This sounds like Spanish.")
    run_until(record(page, sound()), lambda page: bool(page.error))
    assert kept.attempt(address(page)).state is State.FAILED
    assert shows(new_tab(take=address(page)), "This sounds like Spanish.")
    recogniser.error = None
    (again,) = [button for button in page.button if button.label == "Try again"]
    run_until(again.click().run(), has_report)


def test_a_database_that_cannot_be_opened_is_a_sentence(recogniser, data):
    data.mkdir()
    (data / "answers.sqlite3").write_bytes(b"a letter to a friend, and no database at all" * 100)
    tab = new_tab()
    assert shows(tab, "is not a database of Answer Aloud")
    assert not tab.exception


def test_a_sample_is_measured_as_the_answer_to_its_own_question_but_is_no_take_of_it(page, kept):
    page.selectbox(key="sample").select("too_fast").run()
    run_until(page.button(key="use_sample").click().run(), has_report)
    question = kept.attempt(address(page)).question
    assert question == replace(asked_by_id("why_this_company"), id="sample:too_fast")
    assert kept.next_take("why_this_company") == 1
    assert shows(page, "This is a sample")
