"""Corrections on the page of a report: what the transcript is given, what is told, and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.corrections.correction import CorrectionAction
from app_pages.report import corrections
from services import corrections as corrections_service
from services.asked_questions import asked_by_id
from speech.transcript import Word, WordKind
from store.db.attempts import CORRECTED_ELSEWHERE
from tests.support.answers import sound_of, spoken
from tests.support.pages import QUESTION, drawn, labels, new_tab, press, shows

pytest_plugins = ("tests.support.pages",)

Action = CorrectionAction
POSSIBLE = Word("uh", 2.2, 2.4, 0.3, WordKind.FILLER_SOUND)
HEARD = replace(
    spoken(
        "I {um} led the (0.8) project, you know, it {um} worked. (0.5) We like that. " + "It was good. " * 40,
        word_time=0.4,
    ),
    possible_fillers=(POSSIBLE,),
)
SOUND = sound_of(HEARD)
REPORT = analyze(SOUND, HEARD, asked_by_id(QUESTION))
PER_MINUTE = 60 / REPORT.response.duration


@pytest.fixture
def done(kept) -> str:
    attempt = kept.add_recording(SOUND, asked_by_id(QUESTION))
    kept.finish(attempt.id, HEARD, REPORT)
    return attempt.id


@pytest.fixture
def correct(kept, done) -> Callable[..., None]:
    """Makes a correction at the n-th word with a text, as the page does when it is chosen there."""

    def make(action: Action, text: str, after: str | None = None, which: int = 0, place: str | None = None) -> None:
        seen = kept.result(done)
        words = [word for word in (*seen.report.words, *seen.report.possible_fillers) if word.text == text]
        chosen = {"action": action.value, "start": words[which].start, "end": words[which].end}
        corrections_service.correct(kept, done, seen, chosen | {"before": text, "after": after, "place": place})

    return make


def component(page) -> dict:
    (found,) = drawn(page, "listening")
    return found


def word(page, text: str, which: int = 0) -> dict:
    return [each for each in component(page)["tokens"] if each["text"] == text][which]


def of_kind(page, *kinds: str) -> list[dict]:
    return [each for each in component(page)["tokens"] if each["kind"] in kinds]


def choose(page, choice: str):
    (control,) = [each for each in page.get("button_group") if each.label == "Show"]
    return control.set_value(choice).run()


def test_an_answer_as_heard_can_be_put_right_and_tells_of_no_corrections(done):
    page = new_tab(take=done)
    data = component(page)
    assert (data["correctable"], data["title"]) == (True, "What was heard")
    assert {each["note"] for each in data["tokens"]} == {None}
    assert not shows(page, "correction")
    assert not {"Undo the last", "Undo all"} & set(labels(page))


def test_corrected_words_are_shown_as_such_beside_what_was_heard(done, correct):
    correct(Action.CHANGE_WORD, "led", "lead")
    correct(Action.REMOVE_FILLER, "um")
    correct(Action.ACCEPT_POSSIBLE, "uh", "uh")
    page = new_tab(take=done)
    data = component(page)
    assert data["title"] == "What was said, as you put it right"
    assert (word(page, "lead")["note"], word(page, "lead")["heard"]) == ("heard as “led”", "led")
    assert word(page, "uh")["note"] == "added by you"
    assert [(each["text"], each["was_sound"]) for each in of_kind(page, "taken")] == [("um", True)]
    assert of_kind(page, "possible") == []


def test_the_numbers_are_those_of_the_corrected_words_and_what_was_heard_stands_beside_them(done, correct):
    correct(Action.REMOVE_FILLER, "um")
    page = new_tab(take=done)
    assert shows(page, "1 correction; the numbers come from your corrected words. As heard: filler sounds")
    assert shows(page, f"{2 * PER_MINUTE:.1f} per min (now {PER_MINUTE:.1f})")
    assert shows(page, f"### {PER_MINUTE:.1f} :small[per min]")
    assert shows(page, "with your 1 correction")


def test_as_heard_shows_the_original_report_again_and_nothing_can_be_put_right_there(done, correct):
    correct(Action.REMOVE_FILLER, "um")
    page = choose(new_tab(take=done), "As heard")
    data = component(page)
    assert (data["correctable"], data["title"]) == (False, "What was heard")
    assert (len(of_kind(page, "filler_sound")), of_kind(page, "taken")) == (2, [])
    assert shows(page, f"### {2 * PER_MINUTE:.1f} :small[per min]")
    assert shows(page, "as heard, without your 1 correction")
    again = component(choose(page, "Corrected"))
    assert again["correctable"]
    assert again["version"] != data["version"]


def test_the_last_correction_and_all_corrections_are_taken_back(done, correct, kept):
    for which in (Action.REMOVE_FILLER, Action.REMOVE_FILLER):
        correct(which, "um")
    correct(Action.MARK_FILLER, "like", "like")
    page = press(new_tab(take=done), "Undo the last")
    assert shows(page, "2 corrections; the numbers come from your corrected words.")
    assert word(page, "like")["kind"] == "word"
    page = press(page, "Undo all")
    assert not page.exception
    assert not shows(page, "correction")
    assert kept.report(done) == REPORT


def test_a_correction_made_in_another_tab_is_told_and_kept(done, correct, kept):
    correct(Action.REMOVE_FILLER, "um")
    here = new_tab(take=done)
    correct(Action.CHANGE_WORD, "led", "lead")
    press(here, "Undo the last")
    assert [error.value.replace("\\", "") for error in here.error] == [CORRECTED_ELSEWHERE]
    assert len(kept.result(done).corrections) == 2
    assert not new_tab(take=done).error


def test_what_a_chosen_word_asks_for_is_done_and_a_refusal_is_told(done, kept, monkeypatch):
    told = {}
    monkeypatch.setattr("streamlit.session_state", told)
    at = HEARD.words[2]
    chosen = {
        "action": "change_word",
        "start": at.start,
        "end": at.end,
        "before": "led",
        "after": "lead",
        "place": None,
    }
    monkeypatch.setattr(corrections, "get_store", lambda: kept)
    _, ask = corrections.words(done, kept.result(done))
    ask(None)  # what the component says when nothing was chosen
    assert kept.result(done).corrections == ()
    ask(chosen)
    assert [each.after for each in kept.result(done).corrections] == ["lead"]
    assert told == {}
    ask(chosen)  # the page has not run since: this was chosen at words that are not there any more
    assert "another window" in told.popitem()[1]


def test_an_answer_whose_recording_was_not_kept_can_be_put_right_too(kept):
    attempt = kept.add_recording(SOUND, asked_by_id(QUESTION), keep=False)
    kept.finish(attempt.id, HEARD, REPORT)
    page = new_tab(take=attempt.id)
    data = component(page)
    assert (data["url"], data["correctable"]) == (None, True)
    assert shows(page, "recording of this answer was not kept")


def test_the_target_of_the_next_take_follows_the_corrections(done, correct, kept):
    def target() -> str:
        return next(each.value for each in new_tab(take=done).markdown if each.value.startswith("**Next: take 2.**"))

    heard = target()
    correct(Action.CHANGE_WORD, "worked.", "um " * 12)
    worse = target()
    corrections_service.take_back(kept, done, kept.result(done), 0)
    assert target() == heard != worse
    correct(Action.CONFIRM_FILLER, "um", "um")  # as many corrections as before, and not the same
    assert target() == heard


def test_what_was_typed_is_never_markup(done, correct):
    correct(Action.CHANGE_WORD, "led", "**led**<b>x</b>")
    page = new_tab(take=done)
    assert not page.exception
    assert word(page, "**led**<b>x</b>")["heard"] == "led"
    assert not any("<b>" in each.value for each in page.markdown)
