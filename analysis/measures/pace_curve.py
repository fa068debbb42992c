"""The pace over time: words per minute of speech in sliding windows, and stretches too fast or too slow.

Conventions: T_resp, T_speech and pauses as in `response`; words as in `pace`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.finding import Band, Side
from analysis.measures.fluency import compute_phonation_ratio
from analysis.measures.response import ROUNDING_SECONDS, find_response, find_silences
from analysis.report import PacePoint
from analysis.text.verbalize import drop_filler_sounds, verbalise_words
from speech.segment import Segment
from speech.transcript import Transcript

WINDOW_SECONDS = 15.0  # of which the pace at a moment is taken; 10 to 20 s are usual
STEP_SECONDS = 5.0
MIN_SPEECH_SECONDS = 5.0  # that a window needs before its pace means anything
MIN_STRETCH_SECONDS = 10.0
ANSWERS = 4  # whose curve is remembered


@dataclass(frozen=True)
class Stretch:
    """A part of the answer spoken outside the band: slow if its side is BELOW, fast if it is ABOVE."""

    span: Segment
    side: Side


@lru_cache(ANSWERS)
def compute_pace_curve(transcript: Transcript) -> tuple[PacePoint, ...]:
    """Return words per minute of speech in windows of 15 s, one every 5 s.

    Empty for a response shorter than a window.
    """
    words = drop_filler_sounds(transcript.words)
    counts = [(word.span.middle, len(form)) for word, form in zip(words, verbalise_words(words), strict=True)]
    still = find_silences(transcript)
    points: list[PacePoint] = []
    for window in _make_windows(find_response(transcript)):
        count = sum(number for at, number in counts if window.start <= at < window.end)
        speech = window.duration - sum(window.overlap(gap) for gap in still)
        is_enough = speech >= MIN_SPEECH_SECONDS - ROUNDING_SECONDS
        points.append(PacePoint(window.middle, 60 * count / speech if is_enough else None))
    return tuple(points)


def find_stretches_outside(transcript: Transcript, band: Band) -> tuple[Stretch, ...]:
    """Return the stretches of 10 s or more whose pace lies outside the band's watch range.

    The band is meant for speech with its pauses, but the curve leaves them out; so the curve is scaled
    by the answer's phonation ratio before it is compared.
    """
    share = compute_phonation_ratio(transcript)
    whole = find_response(transcript)
    if share is None or whole is None:
        return ()
    points = compute_pace_curve(transcript)
    sides = [_find_side(point, share, band) for point in points]
    shortest = MIN_STRETCH_SECONDS - ROUNDING_SECONDS
    return tuple(stretch for stretch in _join_points(points, sides, whole) if stretch.span.duration >= shortest)


def _make_windows(whole: Segment | None) -> Iterator[Segment]:
    start = whole.start if whole else 0.0
    while whole and start + WINDOW_SECONDS <= whole.end + ROUNDING_SECONDS:
        yield Segment(start, start + WINDOW_SECONDS)
        start += STEP_SECONDS


def _find_side(point: PacePoint, share: float, band: Band) -> Side:
    low, high = band.watch
    if point.words_per_minute is None:
        return Side.INSIDE
    if low is not None and point.words_per_minute * share < low:
        return Side.BELOW
    return Side.ABOVE if high is not None and point.words_per_minute * share > high else Side.INSIDE


def _join_points(points: Sequence[PacePoint], sides: Sequence[Side], whole: Segment) -> Iterator[Stretch]:
    """Merge neighbouring points on the same side of the band into stretches.

    Each point covers one step; the first and last stretch extend to the ends of the response.

    Args:
        points: The pace curve.
        sides: For each point, which side of the band it lies on.
        whole: The response.
    """
    begin = 0
    for index, side in enumerate(sides):
        if index + 1 < len(sides) and sides[index + 1] is side:
            continue
        if side is not Side.INSIDE:
            start = whole.start if begin == 0 else points[begin].at - STEP_SECONDS / 2
            end = whole.end if index + 1 == len(sides) else points[index].at + STEP_SECONDS / 2
            yield Stretch(Segment(start, end), side)
        begin = index + 1
