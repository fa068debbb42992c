"""The pace measures of one answer, each with its sentence and moments."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.finding import Side
from analysis.measures.answer import Answer, Measured, Measurement
from analysis.measures.pace import (
    WINDOW,
    articulation_rate,
    articulation_rate_words,
    speaking_rate,
    steady_pace,
    stretches_outside,
)
from analysis.measures.pauses import SHORTEST_RATED
from analysis.text.syllables import syllable_count
from analysis.text.verbalize import word_count
from analysis.wording import count

NO_WORDS = "No words were heard, only sounds, so there is no pace."
TOO_SHORT = f"A pace needs {SHORTEST_RATED:.0f} s of speech or more."


def _speaking_rate(answer: Answer) -> Measured:
    value = speaking_rate(answer.transcript)
    if value is None:
        return Measured(None, _why_none(answer))
    words = count(word_count(answer.transcript.words), "word")
    detail = f"{words} in {answer.seconds:.1f} s: {value:.0f} words a minute, pauses included."
    return Measured(value, detail, moments=(answer.response,))


def _articulation_rate(answer: Answer) -> Measured:
    value = articulation_rate(answer.transcript)
    if value is None:
        return Measured(None, _why_none(answer))
    syllables = count(syllable_count(answer.transcript.words), "syllable")
    return Measured(value, f"{syllables}: {value:.1f} a second while speaking, pauses left out.")


def _articulation_rate_words(answer: Answer) -> Measured:
    value = articulation_rate_words(answer.transcript)
    if value is None:
        return Measured(None, _why_none(answer))
    return Measured(value, f"{value:.0f} words a minute while speaking, pauses left out.")


def _steady_pace(answer: Answer) -> Measured:
    band = answer.bands["speaking_rate"]
    value = steady_pace(answer.transcript, band)
    if value is None:
        return Measured(None, f"A pace over time needs an answer of {WINDOW:.0f} s or more with speech throughout.")
    stretches = stretches_outside(answer.transcript, band)
    sides = [stretch.side for stretch in stretches]
    fast, slow = sides.count(Side.ABOVE), sides.count(Side.BELOW)
    if not stretches:
        return Measured(value, "No stretch of 10 s or more ran clearly too fast or too slow.")
    found = " and ".join(f"{many} clearly {how}" for many, how in ((fast, "fast"), (slow, "slow")) if many)
    detail = (
        f"{count(len(stretches), 'stretch', 'stretches')} of 10 s or more outside the range ({found}): {value:.0f} s."
    )
    return Measured(value, detail, moments=tuple(stretch.span for stretch in stretches))


def _why_none(answer: Answer) -> str:
    return TOO_SHORT if word_count(answer.transcript.words) else NO_WORDS


PACE: Mapping[str, Measurement] = {
    "speaking_rate": _speaking_rate,
    "articulation_rate": _articulation_rate,
    "articulation_rate_words": _articulation_rate_words,
    "steady_pace": _steady_pace,
}
