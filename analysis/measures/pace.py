"""How fast an answer was spoken, as a whole and along the way.

Conventions: W is words without filler sounds, numbers as they are said; T_resp and T_speech as in
`analysis.measures.pauses`. Without words, or in less than a second, there is no pace: None.

Measures: speaking_rate, articulation_rate, articulation_rate_words, steady_pace; with pace_curve and
stretches_outside for what is seen along the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.finding import Band, Side
from analysis.measures.pauses import SHORTEST_RATED, phonation_ratio, response, response_time, silences, speech_time
from analysis.report import PacePoint
from analysis.text.syllables import syllable_count
from analysis.text.verbalize import speech_only, spoken_forms, word_count
from speech.segment import Span, total
from speech.transcript import Transcript

WINDOW = 15.0  # s, of which the pace at a moment is taken; 10 to 20 s are usual
STEP = 5.0  # s
LEAST_SPEECH = 5.0  # s of speech a window needs before its pace means anything
SHORTEST_STRETCH = 10.0  # s
ROUNDING = 1e-6  # s


@dataclass(frozen=True)
class Stretch:
    """A part of the answer spoken outside the band, and on which side of it: below is slow, above is fast."""

    span: Span
    side: Side


def speaking_rate(transcript: Transcript) -> float | None:
    """Words a minute of the response, pauses included: 60 W / T_resp."""
    return _per_second(word_count(transcript.words), response_time(transcript), 60)


def articulation_rate(transcript: Transcript) -> float | None:
    """Syllables a second of speech, pauses left out: S / T_speech."""
    return _per_second(syllable_count(transcript.words), speech_time(transcript), 1)


def articulation_rate_words(transcript: Transcript) -> float | None:
    """Words a minute of speech, pauses left out: 60 W / T_speech."""
    return _per_second(word_count(transcript.words), speech_time(transcript), 60)


def pace_curve(transcript: Transcript) -> tuple[PacePoint, ...]:
    """Words a minute of speech in windows of 15 s, every 5 s; no point when the response is shorter than a window."""
    words = speech_only(transcript.words)
    counts = [(word.span.middle, len(form)) for word, form in zip(words, spoken_forms(words), strict=True)]
    still = silences(transcript)
    points: list[PacePoint] = []
    for window in _windows(response(transcript)):
        count = sum(number for at, number in counts if window.start <= at < window.end)
        speech = window.duration - sum(window.overlap(gap) for gap in still)
        points.append(PacePoint(window.middle, 60 * count / speech if speech >= LEAST_SPEECH - ROUNDING else None))
    return tuple(points)


def stretches_outside(transcript: Transcript, band: Band) -> tuple[Stretch, ...]:
    """Stretches of 10 s or more whose pace lies outside the band's watch range.

    The band is made for speech with its pauses, the curve leaves them out; so the curve is slowed down by the answer's
    own share of speech before it is compared.
    """
    share = phonation_ratio(transcript)
    whole = response(transcript)
    if share is None or whole is None:
        return ()
    points = pace_curve(transcript)
    sides = [_side(point, share, band) for point in points]
    return tuple(
        stretch for stretch in _joined(points, sides, whole) if stretch.span.duration >= SHORTEST_STRETCH - ROUNDING
    )


def steady_pace(transcript: Transcript, band: Band) -> float | None:
    """Seconds in stretches of 10 s or more outside the band; None when the answer is too short for a pace curve."""
    if not any(point.words_per_minute is not None for point in pace_curve(transcript)):
        return None
    return total(stretch.span for stretch in stretches_outside(transcript, band))


def _per_second(count: int, seconds: float | None, scale: float) -> float | None:
    return scale * count / seconds if count and seconds and seconds >= SHORTEST_RATED else None


def _windows(whole: Span | None) -> Iterator[Span]:
    start = whole.start if whole else 0.0
    while whole and start + WINDOW <= whole.end + ROUNDING:
        yield Span(start, start + WINDOW)
        start += STEP


def _side(point: PacePoint, share: float, band: Band) -> Side:
    low, high = band.watch
    if point.words_per_minute is None:
        return Side.INSIDE
    if low is not None and point.words_per_minute * share < low:
        return Side.BELOW
    return Side.ABOVE if high is not None and point.words_per_minute * share > high else Side.INSIDE


def _joined(points: tuple[PacePoint, ...], sides: list[Side], whole: Span) -> Iterator[Stretch]:
    """Neighbouring points on one side as one stretch; each stands for its step, the first and last reach the ends."""
    begin = 0
    for index, side in enumerate(sides):
        if index + 1 < len(sides) and sides[index + 1] is side:
            continue
        if side is not Side.INSIDE:
            start = whole.start if begin == 0 else points[begin].at - STEP / 2
            end = whole.end if index + 1 == len(sides) else points[index].at + STEP / 2
            yield Stretch(Span(start, end), side)
        begin = index + 1
