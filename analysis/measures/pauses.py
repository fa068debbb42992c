"""Silences inside an answer: how many, how long, where, and how much of the answer is speech.

Conventions: a pause is a gap of at least 0.25 s between voiced stretches of the transcript, **never** between
recognised words, whose times lie around pauses. The response (T_resp) runs from the first to the last voiced moment;
T_speech is what remains of it without its pauses. Nothing said, that is no voice or no word and no filler sound, makes
every value None and every list empty.

Measures: pause_count, pause_rate, mean_pause, longest_pause, pause_placement, pause_instead_of_filler,
phonation_ratio, mean_length_of_run, time_to_first_word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.report import Pause, PauseLength
from analysis.text.clauses import clause_ends
from analysis.text.verbalize import speech_only, word_count
from speech.segment import Span, gaps, total
from speech.transcript import Transcript, Word, WordKind

SHORTEST_RATED = 1.0  # s, of which a rate can be told; a word in less says nothing of a minute
SHORTEST = 0.25  # s; shorter silences are parts of words and of joining them
PLACED = 0.5  # s; from here on it matters where a pause falls
THINKING = 1.0  # s
LONG = 2.0  # s
LOST_THREAD = 4.0  # s
ROUNDING = 1e-6  # s, so that 1.25 - 1.00 is a quarter of a second


def response(transcript: Transcript) -> Span | None:
    """From the first to the last voiced moment; None when nothing was said."""
    if not transcript.voice or not transcript.words:
        return None
    return Span(transcript.voice[0].start, max(voice.end for voice in transcript.voice))


def silences(transcript: Transcript) -> tuple[Span, ...]:
    """The silences of 0.25 s and more inside the response."""
    if response(transcript) is None:
        return ()
    return tuple(gap for gap in gaps(transcript.voice) if gap.duration >= SHORTEST - ROUNDING)


def pauses(transcript: Transcript) -> tuple[Pause, ...]:
    """Every pause with its length class and whether it falls within a clause."""
    words = speech_only(transcript.words)
    ends = _clause_ends_without_fillers(transcript.words)
    return tuple(Pause(gap, _length(gap), _within(gap, words, ends)) for gap in silences(transcript))


def response_time(transcript: Transcript) -> float | None:
    """T_resp in seconds; None when nothing was said."""
    whole = response(transcript)
    return whole.duration if whole is not None and whole.duration > 0 else None


def speech_time(transcript: Transcript) -> float | None:
    """T_speech in seconds: the response without its pauses; None when nothing was said."""
    whole = response_time(transcript)
    return None if whole is None else whole - total(silences(transcript))


def pause_count(transcript: Transcript) -> int | None:
    """Number of pauses."""
    return None if response(transcript) is None else len(silences(transcript))


def pause_rate(transcript: Transcript) -> float | None:
    """Pauses a minute of the response."""
    whole = response_time(transcript)
    return None if whole is None or whole < SHORTEST_RATED else 60 * len(silences(transcript)) / whole


def mean_pause(transcript: Transcript) -> float | None:
    """Mean length of the pauses in seconds; None without a pause."""
    found = silences(transcript)
    return total(found) / len(found) if found else None


def longest_pause(transcript: Transcript) -> float | None:
    """Length of the longest pause in seconds; None without a pause."""
    return max((gap.duration for gap in silences(transcript)), default=None)


def pause_placement(transcript: Transcript) -> float | None:
    """Share (0 to 1) of the pauses of 0.5 s and more that fall within a clause; None where there are none."""
    placed = [pause.within_clause for pause in pauses(transcript) if pause.span.duration >= PLACED - ROUNDING]
    known = [within for within in placed if within is not None]
    return sum(known) / len(known) if known else None


def pause_instead_of_filler(transcript: Transcript) -> float | None:
    """Share (0 to 1) of quiet pauses of 0.25 to 2 s among these and the filler sounds; None where there are neither."""
    quiet = sum(gap.duration <= LONG + ROUNDING for gap in silences(transcript))
    filled = sum(word.kind is WordKind.FILLER_SOUND for word in transcript.words)
    if response(transcript) is None or not quiet + filled:
        return None
    return quiet / (quiet + filled)


def phonation_ratio(transcript: Transcript) -> float | None:
    """T_speech / T_resp, 0 to 1."""
    whole, speech = response_time(transcript), speech_time(transcript)
    return None if whole is None or speech is None else speech / whole


def mean_length_of_run(transcript: Transcript) -> float | None:
    """Words from one pause to the next; None without words."""
    words = word_count(transcript.words)
    return words / (len(silences(transcript)) + 1) if words and response(transcript) is not None else None


def time_to_first_word(transcript: Transcript) -> float | None:
    """Seconds from the start of the recording to the first voice."""
    whole = response(transcript)
    return None if whole is None else whole.start


def _length(gap: Span) -> PauseLength:
    if gap.duration > LOST_THREAD + ROUNDING:
        return PauseLength.LOST_THREAD
    if gap.duration > LONG + ROUNDING:
        return PauseLength.LONG
    return PauseLength.THINKING if gap.duration > THINKING + ROUNDING else PauseLength.NATURAL


def _clause_ends_without_fillers(words: Sequence[Word]) -> list[bool]:
    marks = zip(words, clause_ends(words), strict=True)
    return [end for word, end in marks if word.kind is not WordKind.FILLER_SOUND]


def _within(gap: Span, words: Sequence[Word], ends: Sequence[bool]) -> bool | None:
    """Whether the last word before the gap, by its middle, does not end a clause; None at the rim of the words."""
    after = bisect_right([word.span.middle for word in words], gap.middle)
    return None if after in (0, len(words)) else not ends[after - 1]
