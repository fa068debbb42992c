"""The response of an answer and its silences: what pace, fillers, pauses and length are taken from.

Conventions: a pause is a gap of at least 0.25 s between voiced stretches of the transcript, **never** between
recognised words, whose times lie around pauses. The response (T_resp) runs from the first to the last voiced moment;
T_speech is what remains of it without its pauses. Nothing said, that is no voice or no word and no filler sound, makes
every value None and every list empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.report import Pause, PauseLength
from analysis.text.clauses import clause_ends
from analysis.text.verbalize import speech_only
from speech.segment import Span, gaps, total
from speech.transcript import Transcript, Word, WordKind

MIN_SECONDS_FOR_RATE = 1.0  # a word in less says nothing of a minute
MIN_PAUSE_SECONDS = 0.25  # shorter silences are parts of words and of joining them
THINKING_SECONDS = 1.0  # longer pauses are for thinking
LONG_SECONDS = 2.0  # longer pauses are long
LOST_THREAD_SECONDS = 4.0  # after longer pauses a listener may think the thread is lost
ROUNDING_SECONDS = 1e-6  # so that 1.25 - 1.00 is a quarter of a second


def find_response(transcript: Transcript) -> Span | None:
    """Return the time from the first to the last voiced moment; None when nothing was said."""
    if not transcript.voice or not transcript.words:
        return None
    return Span(transcript.voice[0].start, max(voice.end for voice in transcript.voice))


def find_silences(transcript: Transcript) -> tuple[Span, ...]:
    """Return the silences of 0.25 s and more inside the response."""
    if find_response(transcript) is None:
        return ()
    return tuple(gap for gap in gaps(transcript.voice) if gap.duration >= MIN_PAUSE_SECONDS - ROUNDING_SECONDS)


def find_pauses(transcript: Transcript) -> tuple[Pause, ...]:
    """Return every pause with its length class and whether it falls within a clause."""
    words = speech_only(transcript.words)
    middles = [word.span.middle for word in words]
    ends = _clause_ends_without_fillers(transcript.words)
    return tuple(Pause(gap, _length(gap), _within(gap, middles, ends)) for gap in find_silences(transcript))


def compute_response_time(transcript: Transcript) -> float | None:
    """Return T_resp in seconds; None when nothing was said."""
    whole = find_response(transcript)
    return whole.duration if whole is not None and whole.duration > 0 else None


def compute_speech_time(transcript: Transcript) -> float | None:
    """Return T_speech in seconds: the response without its pauses; None when nothing was said."""
    whole = compute_response_time(transcript)
    return None if whole is None else whole - total(find_silences(transcript))


def _length(gap: Span) -> PauseLength:
    if gap.duration > LOST_THREAD_SECONDS + ROUNDING_SECONDS:
        return PauseLength.LOST_THREAD
    if gap.duration > LONG_SECONDS + ROUNDING_SECONDS:
        return PauseLength.LONG
    return PauseLength.THINKING if gap.duration > THINKING_SECONDS + ROUNDING_SECONDS else PauseLength.NATURAL


def _clause_ends_without_fillers(words: Sequence[Word]) -> list[bool]:
    marks = zip(words, clause_ends(words), strict=True)
    return [end for word, end in marks if word.kind is not WordKind.FILLER_SOUND]


def _within(gap: Span, middles: Sequence[float], ends: Sequence[bool]) -> bool | None:
    """Return whether the last word before the gap, by its middle, ends no clause; None at the rim of the words."""
    after = bisect_right(middles, gap.middle)
    return None if after in (0, len(middles)) else not ends[after - 1]
