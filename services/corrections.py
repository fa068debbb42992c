"""Correct a transcript: turn what the user chose at a word into a stored correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.corrections.corrected_transcript import (
    CorrectedTranscript,
    apply_correction,
    apply_corrections,
    make_corrected_report,
)
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import find_run
from analysis.corrections.typed_words import CorrectionError, find_room_for_filler
from analysis.measures import sound
from analysis.measures.fillers.labelling import find_phrase_around
from analysis.measures.fillers.own_fillers import normalise_phrases, read_own_fillers
from analysis.measures.measure import Sound
from speech.segment import Segment
from speech.transcript import Transcript, Word
from store.attempt import Result
from store.store import Store

Action = CorrectionAction
WORD_GONE_TEXT = "That word has changed in the meantime. Reload the page, then choose it again."


def correct(store: Store, attempt_id: str, seen: Result, asked: Mapping[str, Any]) -> None:
    """Store the correction the user chose, and the report that results from it.

    Args:
        store: where the attempt is stored.
        attempt_id: the attempt.
        seen: the result that was on screen.
        asked: as for `make_correction`.

    Raises:
        CorrectionError: the word is not there any more.
        StoreError: it cannot be stored, or another window changed the corrections.
    """
    before = apply_corrections(seen.transcript, seen.corrections)
    wanted = make_correction(before, asked, read_own_fillers(seen.original.settings))
    now = apply_correction(before, wanted)
    report = make_corrected_report(seen.original, now, _measure_sound_again(store, attempt_id, seen))
    store.add_correction(attempt_id, wanted, report, seen=seen.corrections)


def take_back(store: Store, attempt_id: str, seen: Result, left: int) -> None:
    """Undo all corrections but the first `left`; raises StoreError."""
    report = None
    if left:
        now = apply_corrections(seen.transcript, seen.corrections[:left])
        report = make_corrected_report(seen.original, now, _measure_sound_again(store, attempt_id, seen))
    store.undo_corrections(attempt_id, report, left=left, seen=seen.corrections)


def make_correction(
    now: CorrectedTranscript, asked: Mapping[str, Any], own_filler_words: Sequence[str] = ()
) -> Correction:
    """Make the correction that the user chose.

    Marking a word as a filler, or not as one, includes the known phrase around it. A missing filled
    pause becomes the possible one detected there, or else is put where it is likeliest.

    Args:
        now: the transcript with the corrections so far.
        asked: action, start and end in seconds, text before and after, and place ("before" or "after").
        own_filler_words: further phrases that count as fillers.

    Raises:
        CorrectionError: the word is not there any more.
    """
    plain = _parse_choice(asked)
    if plain.action is Action.ADD_FILLER and asked.get("place") in ("before", "after"):
        return _make_filler_correction(now.transcript, plain, is_after=asked["place"] == "after")
    if plain.action in (Action.MARK_FILLER, Action.UNMARK_FILLER):
        return _extend_to_phrase(now.transcript, plain, own_filler_words)
    if plain.action is Action.ADD_FILLER:
        return Correction(Action.ADD_FILLER, plain.span, None, plain.after)
    return plain


def _parse_choice(asked: Mapping[str, Any]) -> Correction:
    try:
        span = Segment(float(asked["start"]), float(asked["end"]))
        before, after = (None if text is None else str(text) for text in (asked["before"], asked["after"]))
        return Correction(Action(asked["action"]), span, before, after)
    except (LookupError, TypeError, ValueError) as error:
        raise CorrectionError(WORD_GONE_TEXT) from error


def _find_words(transcript: Transcript, plain: Correction) -> range:
    run = find_run(transcript.words, plain.span, plain.before or "")
    if run is None:
        raise CorrectionError(WORD_GONE_TEXT)
    return run


def _make_filler_correction(transcript: Transcript, plain: Correction, *, is_after: bool) -> Correction:
    run = _find_words(transcript, plain)
    place = run.stop if is_after else run.start
    for possible in transcript.possible_fillers:
        if _is_between(possible, transcript.words[:place], transcript.words[place:]):
            return Correction(Action.ACCEPT_POSSIBLE, possible.span, possible.text, possible.text)
    return Correction(Action.ADD_FILLER, find_room_for_filler(transcript, place), None, plain.after)


def _is_between(possible: Word, before: Sequence[Word], after: Sequence[Word]) -> bool:
    middle = possible.span.middle
    return all(word.span.middle <= middle for word in before[-1:]) and all(
        middle <= word.span.middle for word in after[:1]
    )


def _extend_to_phrase(transcript: Transcript, plain: Correction, own_filler_words: Sequence[str]) -> Correction:
    run = _find_words(transcript, plain)
    if len(run) == 1:
        run = find_phrase_around(transcript.words, run.start, normalise_phrases(own_filler_words))
    words = transcript.words[run.start : run.stop]
    text = " ".join(word.text for word in words)
    return Correction(plain.action, Segment(words[0].start, words[-1].end), text, text)


def _measure_sound_again(store: Store, attempt_id: str, seen: Result) -> Sound | None:
    """Measure the sound again if the original report lacks a value; None: use that of the report."""
    if sound.has_current_sound(seen.original) or not store.load_attempt(attempt_id).has_recording:
        return None
    return sound.from_recording(store.load_recording(attempt_id), seen.transcript)
