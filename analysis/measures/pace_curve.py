"""The pace along an answer: words a minute of speech in windows, and the stretches that run too fast or too slow.

Conventions: T_resp, T_speech and pauses as in `response`; words as in `pace`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Side
from analysis.measures.fluency import compute_phonation_ratio
from analysis.measures.response import ROUNDING_SECONDS, find_response, find_silences
from analysis.report import PacePoint
from analysis.text.verbalize import speech_only, spoken_forms
from speech.segment import Span
from speech.transcript import Transcript

WINDOW_SECONDS = 15.0  # of which the pace at a moment is taken; 10 to 20 s are usual
STEP_SECONDS = 5.0
MIN_SPEECH_SECONDS = 5.0  # that a window needs before its pace means anything
MIN_STRETCH_SECONDS = 10.0


@dataclass(frozen=True)
class Stretch:
    """A part of the answer spoken outside the band, and on which side of it: below is slow, above is fast."""

    span: Span
    side: Side


def compute_pace_curve(transcript: Transcript) -> tuple[PacePoint, ...]:
    """Return words a minute of speech in windows of 15 s, every 5 s; no point for a response shorter than a window."""
    words = speech_only(transcript.words)
    counts = [(word.span.middle, len(form)) for word, form in zip(words, spoken_forms(words), strict=True)]
    still = find_silences(transcript)
    points: list[PacePoint] = []
    for window in _windows(find_response(transcript)):
        count = sum(number for at, number in counts if window.start <= at < window.end)
        speech = window.duration - sum(window.overlap(gap) for gap in still)
        is_enough = speech >= MIN_SPEECH_SECONDS - ROUNDING_SECONDS
        points.append(PacePoint(window.middle, 60 * count / speech if is_enough else None))
    return tuple(points)


def find_stretches_outside(transcript: Transcript, band: Band) -> tuple[Stretch, ...]:
    """Return the stretches of 10 s or more whose pace lies outside the band's watch range.

    The band is made for speech with its pauses, the curve leaves them out; so the curve is slowed down by the answer's
    own share of speech before it is compared.
    """
    share = compute_phonation_ratio(transcript)
    whole = find_response(transcript)
    if share is None or whole is None:
        return ()
    points = compute_pace_curve(transcript)
    sides = [_side(point, share, band) for point in points]
    shortest = MIN_STRETCH_SECONDS - ROUNDING_SECONDS
    return tuple(stretch for stretch in _join(points, sides, whole) if stretch.span.duration >= shortest)


def _windows(whole: Span | None) -> Iterator[Span]:
    start = whole.start if whole else 0.0
    while whole and start + WINDOW_SECONDS <= whole.end + ROUNDING_SECONDS:
        yield Span(start, start + WINDOW_SECONDS)
        start += STEP_SECONDS


def _side(point: PacePoint, share: float, band: Band) -> Side:
    low, high = band.watch
    if point.words_per_minute is None:
        return Side.INSIDE
    if low is not None and point.words_per_minute * share < low:
        return Side.BELOW
    return Side.ABOVE if high is not None and point.words_per_minute * share > high else Side.INSIDE


def _join(points: Sequence[PacePoint], sides: Sequence[Side], whole: Span) -> Iterator[Stretch]:
    """Join neighbouring points on one side; each stands for its step, the first and last reach the ends."""
    begin = 0
    for index, side in enumerate(sides):
        if index + 1 < len(sides) and sides[index + 1] is side:
            continue
        if side is not Side.INSIDE:
            start = whole.start if begin == 0 else points[begin].at - STEP_SECONDS / 2
            end = whole.end if index + 1 == len(sides) else points[index].at + STEP_SECONDS / 2
            yield Stretch(Span(start, end), side)
        begin = index + 1
