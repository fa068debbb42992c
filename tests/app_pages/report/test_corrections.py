"""Test corrections on the page of a report: the transcript, the messages, and undoing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.corrections.correction import CorrectionAction
from app_pages.report import corrections
from services import corrections as corrections_service
from services.asked_questions import find_asked_question
from speech.transcript import Word, WordKind
from store.db.attempts import CORRECTED_ELSEWHERE
from tests.support.answers import make_answer, synthesise
from tests.support.pages import QUESTION, is_shown, list_button_labels, list_drawn, open_tab, press

pytest_plugins = ("tests.support.pages",)

Action = CorrectionAction
POSSIBLE = Word("uh", 2.2, 2.4, 0.3, WordKind.FILLED_PAUSE)
HEARD = replace(
    make_answer(
        "I {um} led the (0.8) project, you know, it {um} worked. (0.5) We like that. " + "It was good. " * 40,
        word_time=0.4,
    ),
    possible_fillers=(POSSIBLE,),
)
SOUND = synthesise(HEARD)
REPORT = analyze(SOUND, HEARD, find_asked_question(QUESTION))
PER_MINUTE = 60 / REPORT.response.duration


@pytest.fixture
def done(kept) -> str:
    attempt = kept.add_recording(SOUND, find_asked_question(QUESTION))
    kept.finish(attempt.id, HEARD, REPORT)
    return attempt.id


@pytest.fixture
def correct(kept, done) -> Callable[..., None]:
    """Return a function that corrects the n-th word with a text, as the player does."""

    def make(action: Action, text: str, after: str | None = None, which: int = 0, place: str | None = None) -> None:
        seen = kept.load_result(done)
        words = [word for word in (*seen.report.words, *seen.report.possible_fillers) if word.text == text]
        chosen = {"action": action.value, "start": words[which].start, "end": words[which].end}
        corrections_service.correct(kept, done, seen, chosen | {"before": text, "after": after, "place": place})

    return make


def get_component_data(page) -> dict:
    (found,) = list_drawn(page, "listening")
    return found


def find_word(page, text: str, which: int = 0) -> dict:
    return [each for each in get_component_data(page)["tokens"] if each["text"] == text][which]


def of_kind(page, *kinds: str) -> list[dict]:
    return [each for each in get_component_data(page)["tokens"] if each["kind"] in kinds]


def choose(page, choice: str):
    (control,) = [each for each in page.get("button_group") if each.label == "Show"]
    return control.set_value(choice).run()


def test_an_uncorrected_answer_can_be_corrected_and_mentions_no_corrections(done):
    page = open_tab(take=done)
    data = get_component_data(page)
    assert (data["correctable"], data["title"]) == (True, "What you said")
    assert {each["note"] for each in data["tokens"]} == {None}
    assert not is_shown(page, "correction")
    assert not {"Undo the last", "Undo all"} & set(list_button_labels(page))


def test_corrected_words_are_marked_with_what_was_recognised(done, correct):
    correct(Action.CHANGE_WORD, "led", "lead")
    correct(Action.REMOVE_FILLER, "um")
    correct(Action.ACCEPT_POSSIBLE, "uh", "uh")
    page = open_tab(take=done)
    data = get_component_data(page)
    assert data["title"] == "Corrected transcript"
    assert (find_word(page, "lead")["note"], find_word(page, "lead")["heard"]) == ("transcribed as “led”", "led")
    assert find_word(page, "uh")["note"] == "added by you"
    assert [(each["text"], each["was_sound"]) for each in of_kind(page, "taken")] == [("um", True)]
    assert of_kind(page, "possible") == []


def test_the_numbers_follow_the_corrections_and_name_the_original_values(done, correct):
    correct(Action.REMOVE_FILLER, "um")
    page = open_tab(take=done)
    changed = f"um and uh {PER_MINUTE:.1f} per min (was {2 * PER_MINUTE:.1f})"
    assert is_shown(page, f"1 correction. Numbers updated: {changed}")
    assert is_shown(page, f"**{PER_MINUTE:.1f}** per min")
    assert is_shown(page, "with your 1 correction")


def test_as_heard_shows_the_original_report_without_corrections(done, correct):
    correct(Action.REMOVE_FILLER, "um")
    page = choose(open_tab(take=done), "Original")
    data = get_component_data(page)
    assert (data["correctable"], data["title"]) == (False, "What you said")
    assert (len(of_kind(page, "filler_sound")), of_kind(page, "taken")) == (2, [])
    assert is_shown(page, f"**{2 * PER_MINUTE:.1f}** per min")
    assert is_shown(page, "original, without your 1 correction")
    again = get_component_data(choose(page, "Corrected"))
    assert again["correctable"]
    assert again["version"] != data["version"]


def test_the_last_correction_and_all_corrections_can_be_undone(done, correct, kept):
    for which in (Action.REMOVE_FILLER, Action.REMOVE_FILLER):
        correct(which, "um")
    correct(Action.MARK_FILLER, "like", "like")
    page = press(open_tab(take=done), "Undo the last")
    assert is_shown(page, "2 corrections. Numbers updated:")
    assert find_word(page, "like")["kind"] == "word"
    page = press(page, "Undo all")
    assert not page.exception
    assert not is_shown(page, "correction")
    assert kept.load_report(done) == REPORT


def test_a_correction_from_another_tab_is_reported_and_kept(done, correct, kept):
    correct(Action.REMOVE_FILLER, "um")
    here = open_tab(take=done)
    correct(Action.CHANGE_WORD, "led", "lead")
    press(here, "Undo the last")
    assert [error.value.replace("\\", "") for error in here.error] == [CORRECTED_ELSEWHERE]
    assert len(kept.load_result(done).corrections) == 2
    assert not open_tab(take=done).error


def test_a_correction_from_the_player_is_applied_or_its_refusal_reported(done, kept, monkeypatch):
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
    _, ask = corrections.get_corrected_words(done, kept.load_result(done))
    ask(None)  # what the component says when nothing was chosen
    assert kept.load_result(done).corrections == ()
    ask(chosen)
    assert [each.after for each in kept.load_result(done).corrections] == ["lead"]
    assert told == {}
    ask(chosen)  # the page has not run since: this was chosen at words that are not there any more
    assert "another window" in told.popitem()[1]


def test_an_answer_without_its_recording_can_be_corrected(kept):
    attempt = kept.add_recording(SOUND, find_asked_question(QUESTION), keep=False)
    kept.finish(attempt.id, HEARD, REPORT)
    page = open_tab(take=attempt.id)
    data = get_component_data(page)
    assert (data["url"], data["correctable"]) == (None, True)
    assert is_shown(page, "This recording wasn't kept")


def test_the_target_of_the_next_take_follows_the_corrections(done, correct, kept):
    def target() -> str:
        return next(each.value for each in open_tab(take=done).markdown if each.value.startswith("**Take 2:**"))

    heard = target()
    correct(Action.CHANGE_WORD, "worked.", "um " * 12)
    worse = target()
    corrections_service.take_back(kept, done, kept.load_result(done), 0)
    assert target() == heard != worse
    correct(Action.CONFIRM_FILLER, "um", "um")  # as many corrections as before, and not the same
    assert target() == heard


def test_typed_corrections_are_escaped(done, correct):
    correct(Action.CHANGE_WORD, "led", "**led**<b>x</b>")
    page = open_tab(take=done)
    assert not page.exception
    assert find_word(page, "**led**<b>x</b>")["heard"] == "led"
    assert not any("<b>" in each.value for each in page.markdown)
