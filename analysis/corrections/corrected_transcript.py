"""A transcript as the user set it right, and its report: corrections, in the order they were made, applied.

Rules: a correction names its words by their exact time and text as they stood when it was made; one that fits nothing
raises a CorrectionError. What the user has said of a sound or typed has probability 1. Voice, and with it every pause,
stays as it was. Since nothing is lost of what was heard, taking back a correction is leaving it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from analysis.analyze import measured
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import EditedSpans, as_heard, inserted, relabelled, replaced, run_of, words_now
from analysis.corrections.typed_words import SURE, CorrectionError, distribute_words
from analysis.measures.fillers.own_fillers import named_in
from analysis.measures.measure import Sound
from analysis.measures.registry import MEASURES
from analysis.measures.sound import from_report
from analysis.report import Report
from speech.fillers.filled_pauses import is_filler_sound
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind


@dataclass(frozen=True)
class Corrected:
    """A transcript after corrections, piece by piece beside what was heard.

    Words said at one of the moments `meant` are never filler words, for the user said so.
    """

    transcript: Transcript
    pieces: EditedSpans
    meant: frozenset[Span]


def corrected(heard: Transcript, corrections: Iterable[Correction] = ()) -> Corrected:
    """Apply corrections to a transcript, one after the other; raises CorrectionError for one that does not fit."""
    return reduce(corrected_once, corrections, Corrected(heard, as_heard(heard.words), frozenset()))


def corrected_once(before: Corrected, correction: Correction) -> Corrected:
    """Apply one more correction; raises CorrectionError when it does not fit."""
    return _RULES[correction.action](before, correction)


def make_corrected_report(original: Report, corrected: Corrected, sound: Sound | None = None) -> Report:
    """Measure a corrected transcript as its original was measured: same question, bands and own filler words.

    What comes from the sound alone (melody, notes on the recording) is carried over from the original report, unless
    the sound is given.
    """
    bands = {found.measure: found.band for found in original.findings if found.band and found.measure in MEASURES}
    return measured(
        sound or from_report(original),
        corrected.transcript,
        original.question,
        bands,
        named_in(original.settings),
        corrected.meant,
    )


def _change(before: Corrected, correction: Correction) -> Corrected:
    run, words = _run(before, correction)
    following = before.transcript.words[run.stop : run.stop + 1]
    new = distribute_words(words, correction.after or "", following[0].start if following else words[-1].end)
    meant = before.meant - {word.span for word in words}
    return replace(_with(before, replaced(before.pieces, run, new)), meant=meant)


def _confirm(before: Corrected, correction: Correction) -> Corrected:
    run, words = _filler_sound(before, correction)
    return _with(before, relabelled(before.pieces, run, [replace(word, probability=SURE) for word in words]))


def _remove(before: Corrected, correction: Correction) -> Corrected:
    run, _ = _filler_sound(before, correction)
    return _with(before, replaced(before.pieces, run, ()))


def _add(before: Corrected, correction: Correction) -> Corrected:
    text, span = correction.after or "", correction.span
    if not is_filler_sound(text) or text != text.strip():
        raise CorrectionError(f"“{text}” is not a filler sound such as um or uh. Fix the word beside it instead.")
    if span.end > before.transcript.duration or any(span.overlap(word.span) for word in before.transcript.words):
        raise CorrectionError(f"There is no room for “{text}” at {span.start:.1f} s. Fix the word there instead.")
    word = Word(text, span.start, span.end, SURE, WordKind.FILLER_SOUND)
    return _with(before, inserted(before.pieces, word))


def _accept(before: Corrected, correction: Correction) -> Corrected:
    word = _possible(before, correction)
    counted = replace(word, probability=SURE, kind=WordKind.FILLER_SOUND)
    return _without_possible(_with(before, inserted(before.pieces, counted)), word)


def _refuse(before: Corrected, correction: Correction) -> Corrected:
    return _without_possible(before, _possible(before, correction))


def _mark(before: Corrected, correction: Correction) -> Corrected:
    run, words = _spoken_words(before, correction)
    changed = [replace(word, kind=WordKind.FILLER_WORD) for word in words]
    meant = before.meant - {word.span for word in words}
    return replace(_with(before, relabelled(before.pieces, run, changed)), meant=meant)


def _unmark(before: Corrected, correction: Correction) -> Corrected:
    run, words = _spoken_words(before, correction)
    changed = [replace(word, kind=WordKind.WORD) for word in words]
    meant = before.meant | {word.span for word in words}
    return replace(_with(before, relabelled(before.pieces, run, changed)), meant=meant)


_RULES: Mapping[CorrectionAction, Callable[[Corrected, Correction], Corrected]] = {
    CorrectionAction.CHANGE_WORD: _change,
    CorrectionAction.CONFIRM_FILLER: _confirm,
    CorrectionAction.REMOVE_FILLER: _remove,
    CorrectionAction.ADD_FILLER: _add,
    CorrectionAction.ACCEPT_POSSIBLE: _accept,
    CorrectionAction.REFUSE_POSSIBLE: _refuse,
    CorrectionAction.MARK_FILLER: _mark,
    CorrectionAction.UNMARK_FILLER: _unmark,
}


def _with(before: Corrected, pieces: EditedSpans) -> Corrected:
    return replace(before, transcript=replace(before.transcript, words=words_now(pieces)), pieces=pieces)


def _run(before: Corrected, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    words = before.transcript.words
    run = run_of(words, correction.span, correction.before or "")
    if run is None:
        raise CorrectionError(_gone(correction))
    return run, words[run.start : run.stop]


def _filler_sound(before: Corrected, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    run, words = _run(before, correction)
    if any(word.kind is not WordKind.FILLER_SOUND for word in words):
        raise CorrectionError(f"“{correction.before}” is a word, not a filler sound. Fix the word instead.")
    return run, words


def _spoken_words(before: Corrected, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    run, words = _run(before, correction)
    if any(word.kind is WordKind.FILLER_SOUND for word in words):
        raise CorrectionError(f"“{correction.before}” is a filler sound already; it counts with the sounds, not words.")
    return run, words


def _possible(before: Corrected, correction: Correction) -> Word:
    for word in before.transcript.possible_fillers:
        if word.span == correction.span and word.text == correction.before:
            return word
    raise CorrectionError(_gone(correction))


def _without_possible(before: Corrected, word: Word) -> Corrected:
    left = tuple(each for each in before.transcript.possible_fillers if each is not word)
    return replace(before, transcript=replace(before.transcript, possible_fillers=left))


def _gone(correction: Correction) -> str:
    return (
        f"“{correction.before}” does not stand at {correction.span.start:.1f} s of this answer any more. Load the page "
        "again, then make the correction."
    )
