"""Apply the user's corrections to a transcript, and recompute its report.

Rules: corrections apply in the order in which they were made. A correction identifies its words by
their exact time and text at that moment; one that matches nothing raises a CorrectionError. Sounds
the user has judged and words the user has typed get probability 1. Voice activity, and with it
every pause, stays the same. Nothing recognised is lost, so undoing a correction means leaving it
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from analysis.analyze import make_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import (
    EditedSpans,
    as_heard,
    find_run,
    insert_word,
    list_current_words,
    relabel_run,
    replace_run,
)
from analysis.corrections.typed_words import CERTAIN, CorrectionError, distribute_words
from analysis.measures.fillers.own_fillers import read_own_fillers
from analysis.measures.measure import Sound
from analysis.measures.registry import MEASURES
from analysis.measures.sound import from_report
from analysis.measures.stutter import is_stutter_noted
from analysis.report import Report
from speech.fillers.filled_pauses import is_filled_pause
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind


@dataclass(frozen=True)
class CorrectedTranscript:
    """A transcript after corrections, with each edited span beside what was recognised.

    Words at the times in `meant` are never filler words, because the user said that they mean
    something.
    """

    transcript: Transcript
    spans: EditedSpans
    meant: frozenset[Segment]


def apply_corrections(heard: Transcript, corrections: Iterable[Correction] = ()) -> CorrectedTranscript:
    """Apply corrections to a transcript, in order.

    Raises:
        CorrectionError: A correction does not match the transcript.
    """
    return reduce(apply_correction, corrections, CorrectedTranscript(heard, as_heard(heard.words), frozenset()))


def apply_correction(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    """Apply one more correction.

    Raises:
        CorrectionError: It does not match the transcript.
    """
    return _RULES[correction.action](before, correction)


def make_corrected_report(original: Report, corrected: CorrectedTranscript, sound: Sound | None = None) -> Report:
    """Measure a corrected transcript with the question, bands and own filler words of its original report.

    Args:
        original: The report before any correction.
        corrected: The transcript after corrections.
        sound: What was measured from the recording; None: take it over from the original report.
    """
    bands = {found.measure: found.band for found in original.findings if found.band and found.measure in MEASURES}
    return make_report(
        sound or from_report(original),
        corrected.transcript,
        original.question,
        bands,
        read_own_fillers(original.settings),
        corrected.meant,
        stutters=is_stutter_noted(original.settings),
    )


def _change(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    run, words = _find_run(before, correction)
    following = before.transcript.words[run.stop : run.stop + 1]
    new = distribute_words(words, correction.after or "", following[0].start if following else words[-1].end)
    meant = before.meant - {word.span for word in words}
    return replace(_replace_words(before, replace_run(before.spans, run, new)), meant=meant)


def _confirm(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    run, words = _find_filler_sound(before, correction)
    return _replace_words(
        before, relabel_run(before.spans, run, [replace(word, probability=CERTAIN) for word in words])
    )


def _remove(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    run, _ = _find_filler_sound(before, correction)
    return _replace_words(before, replace_run(before.spans, run, ()))


def _add(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    text, span = correction.after or "", correction.span
    if not is_filled_pause(text) or text != text.strip():
        raise CorrectionError(f"“{text}” isn't an um or uh. Correct the word beside it instead.")
    if span.end > before.transcript.duration or any(span.overlap(word.span) for word in before.transcript.words):
        raise CorrectionError(f"There's no room for “{text}” at {span.start:.1f} s. Correct the word there instead.")
    word = Word(text, span.start, span.end, CERTAIN, WordKind.FILLED_PAUSE)
    return _replace_words(before, insert_word(before.spans, word))


def _accept(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    word = _find_possible_filler(before, correction)
    counted = replace(word, probability=CERTAIN, kind=WordKind.FILLED_PAUSE)
    return _drop_possible_filler(_replace_words(before, insert_word(before.spans, counted)), word)


def _refuse(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    return _drop_possible_filler(before, _find_possible_filler(before, correction))


def _mark(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    run, words = _find_spoken_words(before, correction)
    changed = [replace(word, kind=WordKind.DISCOURSE_MARKER) for word in words]
    meant = before.meant - {word.span for word in words}
    return replace(_replace_words(before, relabel_run(before.spans, run, changed)), meant=meant)


def _unmark(before: CorrectedTranscript, correction: Correction) -> CorrectedTranscript:
    run, words = _find_spoken_words(before, correction)
    changed = [replace(word, kind=WordKind.WORD) for word in words]
    meant = before.meant | {word.span for word in words}
    return replace(_replace_words(before, relabel_run(before.spans, run, changed)), meant=meant)


_RULES: Mapping[CorrectionAction, Callable[[CorrectedTranscript, Correction], CorrectedTranscript]] = {
    CorrectionAction.CHANGE_WORD: _change,
    CorrectionAction.CONFIRM_FILLER: _confirm,
    CorrectionAction.REMOVE_FILLER: _remove,
    CorrectionAction.ADD_FILLER: _add,
    CorrectionAction.ACCEPT_POSSIBLE: _accept,
    CorrectionAction.REFUSE_POSSIBLE: _refuse,
    CorrectionAction.MARK_FILLER: _mark,
    CorrectionAction.UNMARK_FILLER: _unmark,
}


def _replace_words(before: CorrectedTranscript, pieces: EditedSpans) -> CorrectedTranscript:
    return replace(before, transcript=replace(before.transcript, words=list_current_words(pieces)), spans=pieces)


def _find_run(before: CorrectedTranscript, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    words = before.transcript.words
    run = find_run(words, correction.span, correction.before or "")
    if run is None:
        raise CorrectionError(_describe_missing(correction))
    return run, words[run.start : run.stop]


def _find_filler_sound(before: CorrectedTranscript, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    run, words = _find_run(before, correction)
    if any(word.kind is not WordKind.FILLED_PAUSE for word in words):
        raise CorrectionError(f"“{correction.before}” is a word, not an um or uh. Correct the word instead.")
    return run, words


def _find_spoken_words(before: CorrectedTranscript, correction: Correction) -> tuple[range, tuple[Word, ...]]:
    run, words = _find_run(before, correction)
    if any(word.kind is WordKind.FILLED_PAUSE for word in words):
        raise CorrectionError(f"“{correction.before}” already counts as an um or uh.")
    return run, words


def _find_possible_filler(before: CorrectedTranscript, correction: Correction) -> Word:
    for word in before.transcript.possible_fillers:
        if word.span == correction.span and word.text == correction.before:
            return word
    raise CorrectionError(_describe_missing(correction))


def _drop_possible_filler(before: CorrectedTranscript, word: Word) -> CorrectedTranscript:
    left = tuple(each for each in before.transcript.possible_fillers if each is not word)
    return replace(before, transcript=replace(before.transcript, possible_fillers=left))


def _describe_missing(correction: Correction) -> str:
    return (
        f"“{correction.before}” is no longer at {correction.span.start:.1f} s of this answer. Reload the page, then "
        "make your correction."
    )
