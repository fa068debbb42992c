"""Takes on the page: counted, listed, never made twice of the same sound, offered again when they were interrupted."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from services.asked_questions import asked_by_id
from speech.audio.recording import from_bytes
from speech.audio.wav import wav
from speech.segment import Span
from store.attempt import State
from store.settings import Settings, write_settings
from tests.support.answers import sound_of, spoken
from tests.support.pages import (
    QUESTION,
    address,
    choose,
    has_report,
    is_working,
    labels,
    new_tab,
    press,
    record,
    run_until,
    shows,
    sound,
    texts,
    upload,
)

pytest_plugins = ("tests.support.pages",)

SENTENCE = "I led the move of a large service to new machines and it took half a year. (0.8) "
EVENING = datetime(2020, 3, 3, 18, 5, tzinfo=timezone(timedelta(hours=1)))


def interrupted(kept, seconds: float = 12.0, at: datetime = EVENING) -> str:
    """An answer that another process recorded before it was killed; gives its id."""
    return kept.add_recording(from_bytes(sound(seconds), "Browser recording"), asked_by_id(QUESTION), at).id


def test_each_recording_of_a_question_is_its_next_take(page, kept):
    run_until(record(page, sound()), has_report)
    first = address(page)
    run_until(record(page, sound(seconds=9)), lambda page: has_report(page) and address(page) != first)
    assert [(attempt.take, attempt.state) for attempt in kept.history()] == [(1, State.DONE), (2, State.DONE)]
    assert shows(page, "Next: take 3.")
    assert shows(page, "take 2 of ")


def test_earlier_takes_are_listed_with_their_day_and_length_and_can_be_opened(page, recogniser, kept):
    first = interrupted(kept)
    run_until(record(page, sound(seconds=9)), has_report)
    listed = [label for label in labels(page) if label.startswith("Take ")]
    today = date.today()
    assert listed[1] == "Take 1 · 3 Mar 2020 · 0:12, not measured yet"
    assert listed[0] == f"Take 2 · {today.day} {today:%b} · 0:09 · shown below"
    page.button(key=f"open_{first}").click().run()
    assert address(page) == first
    assert not has_report(page)


def test_many_takes_are_folded_away_but_the_latest_three(page, kept):
    for hour in range(5):
        interrupted(kept, at=EVENING + timedelta(hours=hour))
    page.run()
    assert [label[:6] for label in labels(page) if label.startswith("Take ")] == [f"Take {n}" for n in (5, 4, 3, 2, 1)]
    assert "Earlier takes (2)" in [block.proto.popover.label for block in page.get("popover")]


def test_the_target_of_a_take_is_shown_before_it_and_told_after_it(page, recogniser):
    shown, before = [], None
    for sentences in (4, 5, 9):  # 23, 29 and 52 s of answer
        recogniser.hears = spoken(SENTENCE * sentences)
        record(page, wav(sound_of(recogniser.hears)))
        run_until(page, lambda page: has_report(page) and address(page) != before)  # noqa: B023 - called at once
        before = address(page)
        shown.append([text.replace("\\", "") for text in texts(page) if "arget" in text])
    first, second, third = shown
    asked_for = (  # 1.5 times the first answer
        "Speak for at least 34 s: add one example with what came of it. Target: an answer of at least 34 s."
    )
    assert f"**Next: take 2.** {asked_for}" in first
    assert not any("The target of this take" in text for text in first)
    not_met = f"**→ The target of this take was not met yet.** The take before asked for this: {asked_for}"
    assert not_met in second
    assert any(text.startswith("**✓ The target of this take was met.**") for text in third)


def test_the_same_bytes_for_the_same_question_are_no_new_take(page, recogniser, kept):
    run_until(upload(page, "answer.wav", sound()), has_report)
    first = address(page)
    assert not shows(page, "No new take was made")
    again = upload(new_tab(), "copy.wav", sound())
    assert address(again) == first
    assert shows(again, "This very recording was brought before: it is take 1")
    assert has_report(again)
    assert (recogniser.asked, len(kept.history())) == (1, 1)


def test_a_sample_measured_again_is_the_attempt_there_was(page, recogniser, kept):
    page.selectbox(key="sample").select("too_fast").run()
    run_until(page.button(key="use_sample").click().run(), has_report)
    page.button(key="use_sample").click().run()
    assert has_report(page)
    assert shows(page, "No new take was made")
    assert (recogniser.asked, len(kept.history())) == (1, 1)


def test_the_same_bytes_for_another_question_are_another_answer_but_not_transcribed_again(page, recogniser, kept):
    run_until(upload(page, "mine.wav", sound()), has_report)
    first = address(page)
    upload(choose(page, "why_this_company"), "copy.wav", sound())
    run_until(page, lambda page: has_report(page) and address(page) != first)
    assert [attempt.question.id for attempt in kept.history()] == [QUESTION, "why_this_company"]
    assert kept.report(address(page)).question.id == "why_this_company"
    assert recogniser.asked == 1


def test_a_kept_report_stays_when_the_model_is_another_one(page, recogniser, monkeypatch):
    run_until(record(page, sound()), has_report)
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "small")
    assert has_report(new_tab(take=address(page)))
    assert recogniser.asked == 1


def test_an_interrupted_answer_is_offered_and_not_measured_unasked(recogniser, kept):
    attempt_id = interrupted(kept)
    tab = new_tab().run()
    assert shows(tab, "An answer was not finished.")
    assert shows(tab, "“Tell me about yourself.” Take 1 of 3 Mar 2020, 18:05, 0:12 long.")
    assert recogniser.asked == 0
    run_until(press(tab, "Measure it"), has_report)
    assert address(tab) == attempt_id
    assert not shows(tab, "An answer was not finished.")


def test_an_interrupted_answer_that_the_address_names_is_offered_once(recogniser, kept):
    tab = new_tab(take=interrupted(kept))
    assert sum("was not finished" in text for text in texts(tab)) == 1
    assert not is_working(tab)
    run_until(press(tab, "Measure it"), has_report)
    assert recogniser.asked == 1


def test_an_interrupted_answer_can_be_deleted(recogniser, kept, data):
    interrupted(kept)
    tab = press(new_tab(), "Delete this answer")
    assert not tab.exception
    assert not shows(tab, "An answer was not finished.")
    assert kept.history() == ()
    assert not list(data.glob("recordings/*.flac"))


def test_what_this_server_measures_just_now_is_not_offered_as_interrupted(page, recogniser):
    recogniser.may_answer.clear()
    record(page, sound())
    assert not shows(new_tab(), "An answer was not finished.")
    recogniser.may_answer.set()
    run_until(page, has_report)


def test_an_answer_that_another_process_finished_meanwhile_is_offered_no_more(recogniser, kept):
    attempt_id = interrupted(kept)
    tab = new_tab()
    assert shows(tab, "An answer was not finished.")
    run_until(press(new_tab(take=attempt_id), "Measure it"), has_report)
    assert not shows(tab.run(), "An answer was not finished.")


def test_a_recording_that_is_not_to_be_kept_is_gone_after_its_report_which_is_shown_without_sound(page, kept, data):
    write_settings(Settings(keep_recordings=False))
    run_until(record(page, sound()), has_report)
    assert shows(page, "The recording of this answer was not kept")
    assert not list(data.glob("recordings/*.flac"))
    assert not kept.attempt(address(page)).has_recording


def test_own_filler_words_and_bands_of_the_settings_count_in_the_report(page, kept):
    write_settings(Settings(filler_words=("data tools",)))
    run_until(record(page, sound()), has_report)
    report = kept.report(address(page))
    assert Span(1.5, 2.4) in report.finding("filler_words").moments
    assert "data tools" in report.settings


def test_a_note_is_kept_with_its_attempt_and_shown_literally(page, kept):
    run_until(record(page, sound()), has_report)
    (note,) = (area for area in page.text_area if area.label.startswith("A note"))
    note.input("Said *nothing* of the result")
    press(page, "Keep the note")
    assert [note.text for note in kept.notes(address(page))] == ["Said *nothing* of the result"]
    assert [shown.value for shown in page.text] == ["Said *nothing* of the result"]
    assert has_report(page)
