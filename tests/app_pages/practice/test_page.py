"""Test the practice page without a browser: from a recording to its report, in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app_pages.practice.question_picker import CHOICES_AT_ONCE, MORE_CHOICES
from app_pages.ui.wording import LINK_BREAK
from content.questions import get_question
from services.asked_questions import find_asked_question
from speech import whisper
from speech.audio.recording import from_bytes
from speech.errors import LanguageError
from store.attempt import AttemptState
from tests.support.pages import (
    QUESTION,
    SAID,
    choose,
    get_take,
    has_report,
    is_shown,
    is_working,
    list_choices,
    list_drawn,
    list_texts,
    make_sound,
    open_tab,
    press,
    record,
    run_until,
    upload,
)

pytest_plugins = ("tests.support.pages",)


def test_the_page_opens_with_a_question_a_target_length_and_two_prompts(page):
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == "Tell me about yourself."
    assert is_shown(page, "Aim for 45 to 90 seconds")
    assert sum(line.startswith("- ") for text in list_texts(page) for line in text.splitlines()) == 2
    assert [recorder["aim"] for recorder in list_drawn(page, "recorder")] == [[45.0, 90.0]]


def test_the_list_holds_only_questions_of_the_chosen_kind_and_competency(page):
    everything = len(list_choices(page))
    page.selectbox(key="filter_kind").select("behavioural").run()
    of_kind = len(list_choices(page))
    page.selectbox(key="filter_competency").select("teamwork").run()
    assert 0 < len(list_choices(page)) < of_kind < everything


def test_a_question_chosen_from_the_list_is_shown_and_marked_there(page):
    choose(page, "why_this_company")
    assert not page.exception
    assert page.session_state["on_screen"].question == "why_this_company"
    assert page.header[0].value.replace("\\", "") == get_question("why_this_company").fill_slots()
    assert page.button(key="choose_tell_me_about_yourself").label.replace("\\", "") == "Tell me about yourself."
    list_choices(page)
    assert page.button(key="choose_why_this_company").label.startswith("✓")
    assert page.button(key="choose_why_this_company").disabled


def test_the_list_begins_with_a_few_questions_and_shows_more_on_request(page):
    def count() -> int:
        return sum(str(button.key).startswith("choose_") for button in page.button)

    assert count() == CHOICES_AT_ONCE
    press(page, "Show more questions")
    assert count() == CHOICES_AT_ONCE + MORE_CHOICES


def test_words_find_questions_that_say_it_otherwise_and_a_miss_says_what_to_do(page):
    page.text_input(key="filter_words").set_value("weakness").run()
    assert "greatest_weakness" in list_choices(page)[:5]
    page.text_input(key="filter_words").set_value("xqzzy").run()
    assert is_shown(page, "No matches. Try fewer words or other filters.")


def test_a_random_question_is_another_one_of_the_chosen_kind(page):
    page.selectbox(key="filter_kind").select("technical").run()
    press(page, "Random question")
    assert not page.exception
    assert is_shown(page, "Technical")
    assert page.session_state["on_screen"].question != QUESTION


def test_a_recording_is_saved_before_it_is_transcribed(page, recogniser, kept):
    recogniser.may_answer.clear()
    record(page, make_sound())
    run_until(page, lambda _: recogniser.asked == 1)
    assert is_working(page)
    (attempt,) = kept.load_history()
    assert (attempt.id, attempt.state, attempt.take) == (get_take(page), AttemptState.RECORDED, 1)
    assert (kept.load_recording(attempt.id).samples == from_bytes(make_sound(), "").samples).all()


def test_all_files_are_readable_by_their_owner_only(page, data):
    run_until(record(page, make_sound()), has_report)
    paths = [data, *data.rglob("*")]
    assert {path.suffix for path in paths if path.is_file()} >= {".sqlite3", ".flac"}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}


def test_a_recorded_answer_becomes_a_report(page):
    run_until(record(page, make_sound()), has_report)
    assert is_shown(page, "✓ Keep")
    assert is_shown(page, "→ Next")
    assert is_shown(page, "Goal:")
    assert is_shown(page, "**Concise:**")
    assert is_shown(page, "**Calm:**")
    press(page, "Skip")  # the guess that comes before the numbers
    assert is_shown(page, "95 % sure")
    assert is_shown(page, "Evidence: Laske")
    assert not page.error


def test_the_player_gets_every_word_pause_and_filler(page):
    run_until(record(page, make_sound()), has_report)
    (data,) = list_drawn(page, "listening")
    assert " ".join(word["text"] for word in data["tokens"] if word["kind"] != "pause") == " ".join(
        text.strip("[]") for text in SAID
    )
    assert [word["kind"] for word in data["tokens"]].count("filler_sound") == 1
    assert data["pauses"] == [{"start": 3.9, "end": 6.5, "length": "long", "label": "Long pause of 2.6 s"}]
    assert len(data["envelope"]) == 1200
    assert max(data["envelope"]) == 100
    assert data["url"].endswith(".wav")


def test_the_report_stays_when_other_widgets_are_used(page):
    run_until(record(page, make_sound()), has_report)
    page.selectbox(key="filter_kind").select("technical").run()
    page.selectbox(key="sample").select("too_fast").run()
    press(page, "Random question")
    assert has_report(page)
    assert [title.value for title in page.title] == ["Tell me about yourself\\."]


def test_the_url_of_a_take_opens_its_report_in_another_tab(page, recogniser):
    run_until(record(page, make_sound()), has_report)
    assert has_report(open_tab(take=get_take(page)))
    assert recogniser.asked == 1


def test_the_report_is_still_there_after_visiting_another_page(page):
    run_until(record(page, make_sound()), has_report)
    page.switch_page("app_pages/measures/page.py").run()
    assert is_shown(page, "Speaking rate")
    assert not has_report(page)
    page.switch_page("app_pages/practice/page.py").run()
    assert has_report(page)
    assert "take" in page.query_params


def test_a_queued_take_shows_how_many_are_before_it(page, recogniser):
    recogniser.may_answer.clear()
    record(page, make_sound())
    second, third = record(open_tab(), make_sound(seconds=9)), record(open_tab(), make_sound(seconds=10))
    assert second.get("progress")[0].proto.text == "Waiting for 1 answer before yours…"
    assert third.get("progress")[0].proto.text == "Waiting for 2 answers before yours…"
    recogniser.may_answer.set()
    for tab in (third, second, page):
        run_until(tab, has_report)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nonsense", "doesn't lead to an answer"),
        ("../../etc/passwd", "doesn't lead to an answer"),
        ("0" * 31, "doesn't lead to an answer"),
        (f"{'0' * 24}.{QUESTION}", "an earlier version of Answer Aloud"),
        ("0" * 32, "We can't find that answer"),
    ],
)
def test_a_url_without_a_valid_take_is_reported_in_a_sentence(recogniser, given, told):
    tab = open_tab(take=given)
    assert len(tab.error) == 1
    assert is_shown(tab, told)
    assert not tab.exception
    assert not is_working(tab)


def test_loud_sound_without_a_voice_is_told_as_what_it_is(page, recogniser):
    recogniser.hears_voice = False
    run_until(record(page, make_sound(loudness=0.3)), has_report)
    assert is_shown(page, "There's sound in this recording, but no voice we could make out.")
    assert is_shown(page, "This doesn't count as a take.")
    assert not is_shown(page, "Check your microphone")
    assert len([*page.warning, *page.info]) == 1  # said once


def test_silence_is_reported_kindly_and_without_numbers(page, recogniser):
    recogniser.hears_voice = False
    run_until(record(page, make_sound(loudness=0.0)), has_report)
    assert is_shown(page, "We couldn't hear any speech")
    assert len([*page.warning, *page.info]) == 1  # said once
    assert is_shown(page, "Next: take 1.")
    assert not is_shown(page, "✓ Keep")
    assert not is_shown(page, "→ Next")
    assert not is_shown(page, "words/min")
    assert not page.error


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"these are only notes", "notes.wav isn't a sound file we can read"),
        (make_sound(seconds=0.2), "notes.wav lasts 0.2 s, too short to analyse"),
    ],
)
def test_an_unusable_file_is_reported_in_a_sentence_and_not_saved(page, recogniser, kept, data, bad, told):
    upload(page, "notes.wav", bad)
    assert is_shown(page.run(), told)
    assert not has_report(page)
    assert recogniser.asked == 0
    assert kept.load_history() == ()
    assert not list(data.glob("recordings/*"))


def test_the_name_of_a_file_is_escaped(page):
    name = "my *own* [take](http://x.test) $1 <b>.wav"
    run_until(upload(page, name, make_sound()), has_report)
    (told,) = [text for text in list_texts(page) if text.startswith("Take 1, ")]
    assert rf"my \*own\* \[take\]\(http{LINK_BREAK}\:" in told
    assert name in told.replace("\\", "").replace(LINK_BREAK, "")


def test_an_internal_error_is_a_sentence_and_the_analysis_can_be_retried(page, recogniser, monkeypatch):
    monkeypatch.setattr(whisper, "load", lambda model=None, language=None: 1 / 0)
    record(page, make_sound())
    run_until(page, lambda page: bool(page.error))
    assert is_shown(page, "Your recording is safe")
    assert not is_shown(page, "ZeroDivisionError")
    monkeypatch.setattr(whisper, "load", lambda model=None, language=None: recogniser)
    (again,) = [button for button in page.button if button.label == "Try again"]
    run_until(again.click().run(), has_report)


def test_an_answer_in_another_language_stays_reported_until_retried(page, recogniser, kept):
    recogniser.error = LanguageError("This sounds like Spanish.")
    run_until(record(page, make_sound()), lambda page: bool(page.error))
    assert kept.load_attempt(get_take(page)).state is AttemptState.FAILED
    assert is_shown(open_tab(take=get_take(page)), "This sounds like Spanish.")
    recogniser.error = None
    (again,) = [button for button in page.button if button.label == "Try again"]
    run_until(again.click().run(), has_report)


def test_an_unreadable_database_is_reported_in_a_sentence(recogniser, data):
    data.mkdir()
    (data / "answers.sqlite3").write_bytes(b"a letter to a friend, and no database at all" * 100)
    tab = open_tab()
    assert is_shown(tab, "isn't an Answer Aloud database")
    assert not tab.exception


def test_a_sample_keeps_its_own_question_but_does_not_count_as_a_take(page, kept):
    page.selectbox(key="sample").select("too_fast").run()
    run_until(page.button(key="use_sample").click().run(), has_report)
    question = kept.load_attempt(get_take(page)).question
    assert question == replace(find_asked_question("why_this_company"), id="sample:too_fast")
    assert kept.get_next_take("why_this_company") == 1
    assert is_shown(page, "This is a sample")
