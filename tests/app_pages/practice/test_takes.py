"""Test takes on the practice page: numbered, listed, never duplicated, offered again if interrupted."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from app_pages.ui.store_access import get_job_queue
from services.asked_questions import find_asked_question
from services.question_bank import load_own_answers
from speech.audio.encoding import encode_wav
from speech.audio.recording import from_bytes
from speech.segment import Segment
from store.attempt import AttemptState
from store.settings import Settings, write_settings
from tests.support.answers import make_answer, synthesise
from tests.support.pages import (
    QUESTION,
    choose,
    get_take,
    has_report,
    is_shown,
    is_working,
    list_button_labels,
    list_texts,
    make_sound,
    open_tab,
    press,
    record,
    run_until,
    upload,
)

pytest_plugins = ("tests.support.pages",)

SENTENCE = "I led the move of a large service to new machines and it took half a year. (0.8) "
WITH_UMS = SENTENCE.replace("large", "{um} large").replace("half", "{um} half")
EVENING = datetime(2020, 3, 3, 18, 5, tzinfo=timezone(timedelta(hours=1)))


def add_interrupted(kept, seconds: float = 12.0, at: datetime = EVENING) -> str:
    """Store an answer whose process was killed after recording; return its id."""
    return kept.add_recording(
        from_bytes(make_sound(seconds), "Browser recording"), find_asked_question(QUESTION), at
    ).id


def test_each_recording_of_a_question_is_the_next_take(page, kept):
    run_until(record(page, make_sound()), has_report)
    first = get_take(page)
    run_until(record(page, make_sound(seconds=9)), lambda page: has_report(page) and get_take(page) != first)
    assert [(attempt.take, attempt.state) for attempt in kept.load_history()] == [
        (1, AttemptState.DONE),
        (2, AttemptState.DONE),
    ]
    assert is_shown(page, "**Take 3:** ")
    assert is_shown(page, "Take 2, ")


def test_earlier_takes_are_listed_with_their_day_and_length_and_can_be_opened(page, recogniser, kept):
    first = add_interrupted(kept)
    run_until(record(page, make_sound(seconds=9)), has_report)
    listed = [label for label in list_button_labels(page) if label.startswith("Take ")]
    today = date.today()
    assert listed[1] == "Take 1 · 3 Mar 2020 · 0:12 – not analysed yet"
    assert listed[0] == f"Take 2 · {today.day} {today:%b} · 0:09 · shown below"
    page.button(key=f"open_{first}").click().run()
    assert get_take(page) == first
    assert not has_report(page)


def test_all_but_the_latest_three_takes_are_folded_away(page, kept):
    for hour in range(5):
        add_interrupted(kept, at=EVENING + timedelta(hours=hour))
    page.run()
    assert [label[:6] for label in list_button_labels(page) if label.startswith("Take ")] == [
        f"Take {n}" for n in (5, 4, 3, 2, 1)
    ]
    assert "Earlier takes (2)" in [block.proto.popover.label for block in page.get("popover")]


def test_a_target_is_shown_before_a_take_and_judged_after_it(page, recogniser):
    shown, before = [], None
    for heard in (WITH_UMS, WITH_UMS, SENTENCE):
        recogniser.hears = make_answer(heard * 4)
        record(page, encode_wav(synthesise(recogniser.hears)))
        run_until(page, lambda page: has_report(page) and get_take(page) != before)  # noqa: B023 - called at once
        before = get_take(page)
        shown.append([text.replace("\\", "") for text in list_texts(page) if "oal" in text or "**Take " in text])
    first, second, third = shown
    asked_for = "Replace your next “um” with silence. Try for 4 ums or fewer, about half as many as now."
    assert f"**Take 2:** {asked_for}" in first
    assert not any("Your goal:" in text for text in first)
    not_met = f"**→ Not quite there yet.** Your goal: {asked_for}"
    assert not_met in second
    assert any(text.startswith("**✓ You met your goal.**") for text in third)


def test_silence_counts_as_no_take_and_leaves_the_standing_goal(page, recogniser, kept):
    recogniser.hears = make_answer(WITH_UMS * 4)
    record(page, encode_wav(synthesise(recogniser.hears)))
    run_until(page, has_report)
    first = get_take(page)
    (goal,) = [text for text in list_texts(page) if text.startswith("**Take 2:**")]
    recogniser.hears_voice = False
    run_until(record(page, make_sound(loudness=0.0)), lambda page: has_report(page) and get_take(page) != first)
    assert goal in list_texts(page)
    assert any(label.startswith("No speech · ") for label in list_button_labels(page))
    assert [label[:6] for label in list_button_labels(page) if label.startswith("Take ")] == ["Take 1"]
    assert [answer.id for answer in load_own_answers(kept)] == [first]


def test_the_same_audio_for_the_same_question_is_no_new_take(page, recogniser, kept):
    run_until(upload(page, "answer.wav", make_sound()), has_report)
    first = get_take(page)
    assert not is_shown(page, "Nothing new was saved")
    again = upload(open_tab(), "copy.wav", make_sound())
    assert get_take(again) == first
    assert is_shown(again, "You've added this recording before: it's take 1")
    assert has_report(again)
    assert (recogniser.asked, len(kept.load_history())) == (1, 1)


def test_analysing_a_sample_again_shows_the_same_attempt(page, recogniser, kept):
    page.selectbox(key="sample").select("too_fast").run()
    run_until(page.button(key="use_sample").click().run(), has_report)
    page.button(key="use_sample").click().run()
    assert has_report(page)
    assert is_shown(page, "Nothing new was saved")
    assert (recogniser.asked, len(kept.load_history())) == (1, 1)


def test_the_same_audio_for_another_question_is_not_transcribed_again(page, recogniser, kept):
    run_until(upload(page, "mine.wav", make_sound()), has_report)
    first = get_take(page)
    upload(choose(page, "why_this_company"), "copy.wav", make_sound())
    run_until(page, lambda page: has_report(page) and get_take(page) != first)
    assert [attempt.question.id for attempt in kept.load_history()] == [QUESTION, "why_this_company"]
    assert kept.load_report(get_take(page)).question.id == "why_this_company"
    assert recogniser.asked == 1


def test_a_stored_report_is_kept_when_the_model_changes(page, recogniser, monkeypatch):
    run_until(record(page, make_sound()), has_report)
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "small")
    assert has_report(open_tab(take=get_take(page)))
    assert recogniser.asked == 1


def test_an_interrupted_answer_is_offered_and_analysed_only_on_request(recogniser, kept):
    attempt_id = add_interrupted(kept)
    tab = open_tab().run()
    assert is_shown(tab, "You have an answer without a report.")
    assert is_shown(tab, "“Tell me about yourself.” Take 1, 3 Mar 2020, 18:05, 0:12 long.")
    assert recogniser.asked == 0
    run_until(press(tab, "Get the report"), has_report)
    assert get_take(tab) == attempt_id
    assert not is_shown(tab, "You have an answer without a report.")


def test_an_interrupted_answer_named_in_the_url_is_offered_only_once(recogniser, kept):
    tab = open_tab(take=add_interrupted(kept))
    assert sum("an answer without a report" in text for text in list_texts(tab)) == 1
    assert not is_working(tab)
    run_until(press(tab, "Get the report"), has_report)
    assert recogniser.asked == 1


def test_an_interrupted_answer_can_be_deleted(recogniser, kept, data):
    add_interrupted(kept)
    tab = press(open_tab(), "Delete this answer")
    assert not tab.exception
    assert not is_shown(tab, "You have an answer without a report.")
    assert kept.load_history() == ()
    assert not list(data.glob("recordings/*.flac"))


def test_an_attempt_being_analysed_is_not_offered_as_interrupted(page, recogniser):
    recogniser.may_answer.clear()
    record(page, make_sound())
    assert not is_shown(open_tab(), "You have an answer without a report.")
    recogniser.may_answer.set()
    run_until(page, has_report)


def test_a_measurement_can_be_stopped_and_asked_for_again(page, recogniser, kept):
    recogniser.may_answer.clear()
    record(page, make_sound())
    press(page, "Stop analysing")
    assert not is_working(page)
    assert is_shown(page, "You have an answer without a report.")
    recogniser.may_answer.set()
    run_until(page, lambda _: get_job_queue().is_idle)
    assert kept.load_attempt(get_take(page)).state is AttemptState.RECORDED
    run_until(press(page, "Get the report"), has_report)


def test_deleting_an_answer_stops_its_measurement_and_those_behind_it_go_on(page, recogniser, kept):
    recogniser.may_answer.clear()
    record(page, make_sound())
    run_until(page, lambda _: recogniser.asked == 1)
    second = record(open_tab(), make_sound(seconds=13))
    data = open_tab().switch_page("app_pages/data/page.py").run()
    data.button(key=f"delete_{get_take(page)}").click().run()
    press(data, "Delete answer")
    assert not get_job_queue().is_pending(get_take(page))
    recogniser.may_answer.set()
    run_until(second, has_report)
    assert [attempt.id for attempt in kept.load_history()] == [get_take(second)]


def test_an_answer_finished_by_another_process_is_no_longer_offered(recogniser, kept):
    attempt_id = add_interrupted(kept)
    tab = open_tab()
    assert is_shown(tab, "You have an answer without a report.")
    run_until(press(open_tab(take=attempt_id), "Get the report"), has_report)
    assert not is_shown(tab.run(), "You have an answer without a report.")


def test_a_recording_not_to_be_kept_is_deleted_after_its_analysis(page, kept, data):
    write_settings(Settings(keep_recordings=False))
    run_until(record(page, make_sound()), has_report)
    assert is_shown(page, "This recording wasn't kept")
    assert not list(data.glob("recordings/*.flac"))
    assert not kept.load_attempt(get_take(page)).has_recording


def test_own_filler_words_from_the_settings_count_in_the_report(page, kept):
    write_settings(Settings(filler_words=("data tools",)))
    run_until(record(page, make_sound()), has_report)
    report = kept.load_report(get_take(page))
    assert Segment(1.5, 2.4) in report.get_finding("filler_words").moments
    assert "data tools" in report.settings


def test_a_note_is_saved_with_its_attempt_and_shown_literally(page, kept):
    run_until(record(page, make_sound()), has_report)
    (note,) = (area for area in page.text_area if area.label.startswith("Private note"))
    note.input("Said *nothing* of the result")
    press(page, "Save note")
    assert [note.text for note in kept.load_notes(get_take(page))] == ["Said *nothing* of the result"]
    assert [shown.value for shown in page.text] == ["Said *nothing* of the result"]
    assert has_report(page)
