"""The response of an answer and its silences, from which pace, fillers, pauses and length are computed.

Conventions: a pause is a gap of at least 0.25 s between voiced segments of the transcript,
**never** between recognised words, whose times are unreliable around pauses. The response (T_resp)
runs from the first to the last voiced moment; T_speech is T_resp without its pauses. If nothing was
said (no voice, or neither a word nor a filler sound), every value is None and every list is empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.report import Pause, PauseLength
from analysis.text.clauses import find_clause_ends
from analysis.text.verbalize import drop_filler_sounds
from speech.segment import Segment, find_gaps, sum_durations
from speech.transcript import Transcript, Word, WordKind

MIN_SECONDS_FOR_RATE = 1.0  # a word in less says nothing of a minute
MIN_PAUSE_SECONDS = 0.25  # shorter silences are parts of words and of joining them
THINKING_SECONDS = 1.0  # longer pauses are for thinking
LONG_SECONDS = 2.0  # longer pauses are long
LOST_THREAD_SECONDS = 4.0  # after longer pauses a listener may think the thread is lost
ROUNDING_SECONDS = 1e-6  # so that 1.25 - 1.00 is a quarter of a second


def find_response(transcript: Transcript) -> Segment | None:
    """Return the span from the first to the last voiced moment; None when nothing was said."""
    if not transcript.voice or not transcript.words:
        return None
    return Segment(transcript.voice[0].start, max(voice.end for voice in transcript.voice))


def find_silences(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the silences of 0.25 s or more inside the response."""
    if find_response(transcript) is None:
        return ()
    return tuple(gap for gap in find_gaps(transcript.voice) if gap.duration >= MIN_PAUSE_SECONDS - ROUNDING_SECONDS)


def find_pauses(transcript: Transcript) -> tuple[Pause, ...]:
    """Return every pause with its length class and whether it falls inside a clause."""
    words = drop_filler_sounds(transcript.words)
    middles = [word.span.middle for word in words]
    ends = _find_clause_ends_without_fillers(transcript.words)
    return tuple(
        Pause(gap, _classify_length(gap), _is_within_clause(gap, middles, ends)) for gap in find_silences(transcript)
    )


def compute_response_time(transcript: Transcript) -> float | None:
    """Return T_resp in seconds; None when nothing was said."""
    whole = find_response(transcript)
    return whole.duration if whole is not None and whole.duration > 0 else None


def compute_speech_time(transcript: Transcript) -> float | None:
    """Return T_speech in seconds: the response without its pauses; None when nothing was said."""
    whole = compute_response_time(transcript)
    return None if whole is None else whole - sum_durations(find_silences(transcript))


def _classify_length(gap: Segment) -> PauseLength:
    if gap.duration > LOST_THREAD_SECONDS + ROUNDING_SECONDS:
        return PauseLength.LOST_THREAD
    if gap.duration > LONG_SECONDS + ROUNDING_SECONDS:
        return PauseLength.LONG
    return PauseLength.THINKING if gap.duration > THINKING_SECONDS + ROUNDING_SECONDS else PauseLength.NATURAL


def _find_clause_ends_without_fillers(words: Sequence[Word]) -> list[bool]:
    marks = zip(words, find_clause_ends(words), strict=True)
    return [end for word, end in marks if word.kind is not WordKind.FILLED_PAUSE]


def _is_within_clause(gap: Segment, middles: Sequence[float], ends: Sequence[bool]) -> bool | None:
    """Return whether the last word before the gap leaves its clause unfinished.

    None before the first and after the last word. Words are compared with the gap by their middles.

    Args:
        gap: A silence.
        middles: The middles of the words without filler sounds, in time order, s.
        ends: For each of these words, whether a clause ends after it.
    """
    after = bisect_right(middles, gap.middle)
    return None if after in (0, len(middles)) else not ends[after - 1]
