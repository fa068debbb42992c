"""The default bands: what is fine, what to watch, what to act on. The user can change every one of them.

Conventions: the unit is that of the measure; both ends belong to the band; an open end is None; a band without a
harmful end in its source asks to watch and never to act.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from analysis.finding import Band, Source
from analysis.measures.sources import COACHING_ADVICE, INTERVIEW_GUIDES, LASKE, MATZINGER, READ_AI, SPEAKING_TOOLS
from analysis.question import QuestionKind


def _just_below(value: float) -> float:
    return math.nextafter(value, 0.0)


NO_END = (None, None)

SPEAKING_RATE = Band(fine=(120, 170), watch=(110, 190), source=SPEAKING_TOOLS)  # words/min
STEADY_PACE = Band(fine=(None, 0), watch=NO_END, source=COACHING_ADVICE)  # s outside SPEAKING_RATE's watch range
# 12 a minute was found to do harm, so 12 itself is outside.
FILLER_SOUNDS = Band(fine=(None, 5), watch=(None, _just_below(12)), source=LASKE)  # per min
FILLER_WORDS = Band(fine=(None, 5), watch=(None, _just_below(12)), source=LASKE)  # per min
FILLER_DENSITY = Band(fine=(None, _just_below(4)), watch=NO_END, source=READ_AI)  # per 100 words
FILLER_CLUSTER = Band(fine=(None, 0), watch=NO_END, source=COACHING_ADVICE)  # clusters
LONGEST_PAUSE = Band(fine=(None, 2), watch=(None, 4), source=COACHING_ADVICE)  # s
PAUSE_PLACEMENT = Band(fine=(None, 0.5), watch=NO_END, source=COACHING_ADVICE)  # share of pauses inside a clause
TIME_TO_FIRST_WORD = Band(fine=(None, 3), watch=NO_END, source=MATZINGER)  # s
TIME_TO_THE_POINT = Band(fine=(None, 15), watch=NO_END, source=COACHING_ADVICE)  # s
OUTCOME = Band(fine=(1, None), watch=NO_END, source=COACHING_ADVICE)  # of result, number, lesson

EVEN_PITCH = 2.0  # semitones; below it the pitch is called rather even, for information


def length_band(low: float, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """The band of an answer that should take so many seconds."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(low / 2, high * 2), source=source)


ANSWER_LENGTH = length_band(60, 120)  # s, when the question is not known
ANSWER_LENGTHS: Mapping[QuestionKind, Band] = {
    QuestionKind.SCREENING: length_band(30, 90),
    QuestionKind.ABOUT_YOU: length_band(60, 90),
    QuestionKind.BEHAVIOURAL: length_band(60, 120),
    QuestionKind.TECHNICAL: length_band(90, 180),
    QuestionKind.MOTIVATION: length_band(60, 120),
    QuestionKind.CLOSING: length_band(20, 90),
}


def answer_length_band(kind: QuestionKind | None) -> Band | None:
    """The advised length in seconds of an answer to a kind of question; a general one when the kind is not known."""
    return ANSWER_LENGTH if kind is None else ANSWER_LENGTHS[kind]
