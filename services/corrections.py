"""From what was chosen at a word to a correction that is kept; no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.corrections.corrected_transcript import Corrected, corrected, corrected_once, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import run_of
from analysis.corrections.typed_words import CorrectionError, find_room_for_filler
from analysis.measures import sound
from analysis.measures.fillers.labelling import find_phrase_around
from analysis.measures.fillers.own_fillers import named_in, phrases
from analysis.measures.measure import Sound
from speech.segment import Span
from speech.transcript import Transcript, Word
from store.attempt import Result
from store.store import Store

Action = CorrectionAction
GONE = "The word that was chosen does not stand there any more. Load the page again, then choose it again."


def correct(store: Store, attempt_id: str, seen: Result, asked: Mapping[str, Any]) -> None:
    """Keep what was chosen at a word, and the report that follows; raises CorrectionError or StoreError."""
    before = corrected(seen.transcript, seen.corrections)
    wanted = correction(before, asked, named_in(seen.original.settings))
    now = corrected_once(before, wanted)
    report = make_corrected_report(seen.original, now, _sound(store, attempt_id, seen))
    store.correct(attempt_id, wanted, report, seen=seen.corrections)


def take_back(store: Store, attempt_id: str, seen: Result, left: int) -> None:
    """Take back all corrections but the first `left`; raises StoreError."""
    report = None
    if left:
        now = corrected(seen.transcript, seen.corrections[:left])
        report = make_corrected_report(seen.original, now, _sound(store, attempt_id, seen))
    store.take_back(attempt_id, report, left=left, seen=seen.corrections)


def correction(now: Corrected, asked: Mapping[str, Any], own_filler_words: Sequence[str] = ()) -> Correction:
    """The correction that is meant by what was chosen: action, start and end, text before and after, and place.

    A word marked as a filler or not takes the known phrase around it along; a filler sound that is said to be missing
    is the possible one that lies there, or is put where it is likeliest. Raises CorrectionError for a word that is not
    there.
    """
    plain = _plain(asked)
    if plain.action is Action.ADD_FILLER and asked.get("place") in ("before", "after"):
        return _added(now.transcript, plain, is_after=asked["place"] == "after")
    if plain.action in (Action.MARK_FILLER, Action.UNMARK_FILLER):
        return _with_phrase(now.transcript, plain, own_filler_words)
    if plain.action is Action.ADD_FILLER:
        return Correction(Action.ADD_FILLER, plain.span, None, plain.after)
    return plain


def _plain(asked: Mapping[str, Any]) -> Correction:
    try:
        span = Span(float(asked["start"]), float(asked["end"]))
        before, after = (None if text is None else str(text) for text in (asked["before"], asked["after"]))
        return Correction(Action(asked["action"]), span, before, after)
    except (LookupError, TypeError, ValueError) as error:
        raise CorrectionError(GONE) from error


def _places(transcript: Transcript, plain: Correction) -> range:
    run = run_of(transcript.words, plain.span, plain.before or "")
    if run is None:
        raise CorrectionError(GONE)
    return run


def _added(transcript: Transcript, plain: Correction, *, is_after: bool) -> Correction:
    run = _places(transcript, plain)
    place = run.stop if is_after else run.start
    for possible in transcript.possible_fillers:
        if _between(possible, transcript.words[:place], transcript.words[place:]):
            return Correction(Action.ACCEPT_POSSIBLE, possible.span, possible.text, possible.text)
    return Correction(Action.ADD_FILLER, find_room_for_filler(transcript, place), None, plain.after)


def _between(possible: Word, before: Sequence[Word], after: Sequence[Word]) -> bool:
    middle = possible.span.middle
    return all(word.span.middle <= middle for word in before[-1:]) and all(
        middle <= word.span.middle for word in after[:1]
    )


def _with_phrase(transcript: Transcript, plain: Correction, own_filler_words: Sequence[str]) -> Correction:
    run = _places(transcript, plain)
    if len(run) == 1:
        run = find_phrase_around(transcript.words, run.start, phrases(own_filler_words))
    words = transcript.words[run.start : run.stop]
    text = " ".join(word.text for word in words)
    return Correction(plain.action, Span(words[0].start, words[-1].end), text, text)


def _sound(store: Store, attempt_id: str, seen: Result) -> Sound | None:
    """The sound measured again where the original report does not tell all of it; None: as that report has it."""
    if sound.tells_all(seen.original) or not store.attempt(attempt_id).has_recording:
        return None
    return sound.from_recording(store.recording(attempt_id), seen.transcript)
