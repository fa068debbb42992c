"""From a chosen word to a correction that is kept: what is meant, what is told, and what another window did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.analyze import analyze
from analysis.corrections.corrected_transcript import apply_corrections, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.marked_transcript import (
    ADDED_NOTE,
    CONFIRMED_NOTE,
    FILLER_NOTE,
    NOT_FILLER_NOTE,
    Token,
    TokenKind,
    mark_transcript,
)
from app_pages.report.corrections import summarize_corrections
from services import corrections as corrections_service
from speech.segment import Segment
from speech.transcript import Word, WordKind
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.answers import make_answer, synthesise
from tests.support.stored_attempts import ABOUT_YOU

Action = CorrectionAction
POSSIBLE = Word("uh", 2.2, 2.4, 0.3, WordKind.FILLED_PAUSE)
HEARD = replace(
    make_answer("I led {um} the (0.8) project, you know, it worked. (0.5) Like that."), possible_fillers=(POSSIBLE,)
)
RECORDING = synthesise(HEARD)
REPORT = analyze(RECORDING, HEARD, ABOUT_YOU, own_filler_words=["it"])
NOW = apply_corrections(HEARD)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(folder=tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=[True, False], ids=["recording kept", "recording gone"])
def done(store: Store, request: pytest.FixtureRequest) -> str:
    kept = store.add_recording(RECORDING, ABOUT_YOU, keep=request.param)
    store.finish(kept.id, HEARD, REPORT)
    return kept.id


def word(text: str) -> Word:
    return next(each for each in (*HEARD.words, *HEARD.possible_fillers) if each.text == text)


def asked(action: Action, text: str, after: str | None = None, place: str | None = None) -> dict[str, object]:
    """What the component sends when something is chosen at a word."""
    at = word(text)
    return {
        "action": action.value,
        "start": at.start,
        "end": at.end,
        "before": text,
        "after": after,
        "place": place,
        "at": 1,
    }


def test_a_correction_is_stored_and_counts_with_and_without_the_recording(store, done):
    corrections_service.correct(store, done, store.load_result(done), asked(Action.REMOVE_FILLER, "um"))
    corrections_service.correct(store, done, store.load_result(done), asked(Action.CHANGE_WORD, "led", "did lead"))
    found = store.load_result(done)
    assert [each.action for each in found.corrections] == [Action.REMOVE_FILLER, Action.CHANGE_WORD]
    assert found.original == REPORT
    assert found.report.get_finding("filler_sounds").value == 0
    assert found.report.get_finding("pitch_variation") == REPORT.get_finding("pitch_variation")
    assert [each.text for each in found.report.words][:4] == ["I", "did", "lead", "the"]
    assert store.load_measured()[0].values["filler_sounds"] == 0


def test_corrections_can_be_undone_one_by_one_or_all_at_once(store, done):
    for chosen in (asked(Action.REMOVE_FILLER, "um"), asked(Action.MARK_FILLER, "Like", "Like")):
        corrections_service.correct(store, done, store.load_result(done), chosen)
    corrections_service.take_back(store, done, store.load_result(done), 1)
    assert [each.action for each in store.load_result(done).corrections] == [Action.REMOVE_FILLER]
    assert store.load_report(done).get_finding("filler_sounds").value == 0
    assert store.load_report(done).get_finding("filler_words") == REPORT.get_finding("filler_words")
    corrections_service.take_back(store, done, store.load_result(done), 0)
    assert store.load_result(done).corrected is None
    assert store.load_report(done) == REPORT


def test_a_correction_from_an_outdated_window_is_refused(store, done):
    seen = store.load_result(done)
    corrections_service.correct(store, done, seen, asked(Action.REMOVE_FILLER, "um"))
    with pytest.raises(StoreError, match="another window"):
        corrections_service.correct(store, done, seen, asked(Action.CHANGE_WORD, "led", "bled"))
    with pytest.raises(StoreError, match="another window"):
        corrections_service.take_back(store, done, replace(seen, corrections=(NOTHING,)), 0)
    assert len(store.load_result(done).corrections) == 1


NOTHING = Correction(Action.REFUSE_POSSIBLE, Segment(0, 0), "uh", None)


def test_a_report_with_older_formulas_is_remeasured_from_its_recording(store):
    kept = store.add_recording(RECORDING, ABOUT_YOU)
    pitch = replace(REPORT.get_finding("pitch_variation"), value=99.0)
    older = tuple(pitch if each.measure == pitch.measure else each for each in REPORT.findings)
    store.finish(kept.id, HEARD, replace(REPORT, formula_version=0, findings=older))
    corrections_service.correct(store, kept.id, store.load_result(kept.id), asked(Action.REMOVE_FILLER, "um"))
    again = store.load_report(kept.id).get_finding("pitch_variation")
    assert again.value == pytest.approx(REPORT.get_finding("pitch_variation").value, abs=0.01)


def test_a_known_phrase_is_marked_as_a_whole():
    whole = corrections_service.make_correction(NOW, asked(Action.UNMARK_FILLER, "know,", "know,"))
    assert (whole.before, whole.span) == ("you know,", Segment(word("you").start, word("know,").end))
    alone = corrections_service.make_correction(NOW, asked(Action.MARK_FILLER, "led", "led"))
    assert alone == Correction(Action.MARK_FILLER, word("led").span, "led", "led")
    own = corrections_service.make_correction(NOW, asked(Action.UNMARK_FILLER, "led", "led"), ["led {um} the", "I led"])
    assert own.before == "I led"


def test_adding_a_missing_um_accepts_the_possible_one_detected_there():
    before = corrections_service.make_correction(NOW, asked(Action.ADD_FILLER, "project,", "um", "before"))
    after = corrections_service.make_correction(NOW, asked(Action.ADD_FILLER, "the", "um", "after"))
    assert before == after == Correction(Action.ACCEPT_POSSIBLE, POSSIBLE.span, "uh", "uh")


def test_adding_a_missing_um_puts_it_where_there_is_room():
    before = corrections_service.make_correction(NOW, asked(Action.ADD_FILLER, "Like", "um", "before"))
    last = corrections_service.make_correction(NOW, asked(Action.ADD_FILLER, "that.", "um", "after"))
    assert (before.span.start, before.span.end) == pytest.approx((word("Like").start - 0.4, word("Like").start))
    assert (last.span.start, last.span.end) == pytest.approx((word("that.").end, word("that.").end))
    assert apply_corrections(HEARD, [before]).transcript.words[-3].text == "um"


def test_a_removed_filler_sound_can_be_restored_where_it_was(store):
    kept = store.add_recording(RECORDING, ABOUT_YOU)
    store.finish(kept.id, HEARD, REPORT)
    for chosen in (asked(Action.REMOVE_FILLER, "um"), asked(Action.ADD_FILLER, "um", "um", "here")):
        corrections_service.correct(store, kept.id, store.load_result(kept.id), chosen)
    assert [each.span for each in store.load_report(kept.id).words] == [each.span for each in REPORT.words]


@pytest.mark.parametrize(
    "changes",
    [{"action": "destroy"}, {"start": "x"}, {"start": None}, {"end": -1}, {"start": 9, "end": 1}, {"before": "fed"}],
    ids=str,
)
def test_an_invalid_choice_is_refused_with_a_sentence(changes):
    for place in (None, "before"):
        chosen = asked(Action.ADD_FILLER if place else Action.MARK_FILLER, "led", "um", place) | changes
        with pytest.raises(corrections_service.CorrectionError, match="That word has changed"):
            corrections_service.make_correction(NOW, chosen)
    with pytest.raises(corrections_service.CorrectionError):
        corrections_service.make_correction(NOW, {})


UNTOUCHED = (None, None, False)


def tokens_of(*corrections: Correction) -> list[Token]:
    now = apply_corrections(HEARD, corrections)
    return list(mark_transcript(make_corrected_report(REPORT, now), now))


def marked(*corrections: Correction) -> dict[str, tuple[str | None, str | None, bool]]:
    """Of each word what the user did to it, the text to go back to, and whether the user is sure of it."""
    kinds = {TokenKind(kind) for kind in WordKind}
    return {each.text: (each.note, each.heard, each.is_sure) for each in tokens_of(*corrections) if each.kind in kinds}


def removed(*corrections: Correction) -> list[tuple[str, float, float, bool]]:
    tokens = (each for each in tokens_of(*corrections) if each.kind is TokenKind.REMOVED)
    return [(each.text, each.start, each.end, each.was_sound) for each in tokens]


def of(action: Action, text: str, after: str | None = None) -> Correction:
    return Correction(action, word(text).span, text, after)


def test_an_uncorrected_transcript_has_no_marks():
    assert set(marked().values()) == {UNTOUCHED}
    assert removed() == []


@pytest.mark.parametrize(
    ("correction", "at", "mark"),
    [
        (of(Action.CHANGE_WORD, "led", "bled"), "bled", ("transcribed as “led”", "led", False)),
        (of(Action.CHANGE_WORD, "led", "did lead"), "lead", ("transcribed as “led”", None, False)),
        (of(Action.CHANGE_WORD, "led", "um,"), "um,", ("transcribed as “led”", "led", True)),
        (of(Action.CONFIRM_FILLER, "um", "um"), "um", (CONFIRMED_NOTE, None, True)),
        (of(Action.ACCEPT_POSSIBLE, "uh", "uh"), "uh", (ADDED_NOTE, None, True)),
        (of(Action.MARK_FILLER, "Like", "Like"), "Like", (FILLER_NOTE, None, False)),
        (of(Action.UNMARK_FILLER, "Like", "Like"), "Like", (NOT_FILLER_NOTE, None, False)),
    ],
)
def test_only_the_corrected_word_is_marked(correction, at, mark):
    found = marked(correction)
    assert found.pop(at) == mark
    others = {text: each for text, each in found.items() if text not in ("did", "lead")}
    assert set(others.values()) == {UNTOUCHED}


def test_removed_words_are_still_listed():
    um, worked = word("um"), word("worked.")
    assert removed(of(Action.REMOVE_FILLER, "um"), of(Action.CHANGE_WORD, "worked.")) == [
        ("um", um.start, um.end, True),
        ("worked.", worked.start, worked.end, False),
    ]


def test_changed_numbers_are_shown_beside_the_original_ones():
    without = make_corrected_report(REPORT, apply_corrections(HEARD, [of(Action.REMOVE_FILLER, "um")]))
    sentence = summarize_corrections(REPORT, without, 1)
    assert sentence.startswith("1 correction. Numbers updated: um and uh ")
    assert "um and uh 0.0 per min (was " in sentence
    assert sentence.endswith(".")


def test_corrections_that_change_no_number_say_so():
    confirmed = make_corrected_report(REPORT, apply_corrections(HEARD, [of(Action.CONFIRM_FILLER, "um", "um")]))
    assert summarize_corrections(REPORT, confirmed, 1) == "1 correction. No numbers changed."
    assert summarize_corrections(REPORT, confirmed, 2) == "2 corrections. No numbers changed."
