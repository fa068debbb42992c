"""How long an answer is and how soon it comes to the point.

The point is the first clause that answers the question (`analysis.structure.early_answer`). Without a question there is
no point to come to: None.
"""

from __future__ import annotations

import math
from functools import lru_cache

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_ACT_RANGE,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.measures.response import compute_response_time, find_response
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure import early_answer
from analysis.structure.early_answer import MAX_SECONDS_EARLY
from analysis.wording import format_seconds
from speech.segment import Segment
from speech.transcript import Transcript

ANSWERS = 4  # whose point is remembered: several measures of one report ask for it
INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one: direct, and just detailed enough. Nobody has studied the best length.",
    is_evidence=False,
)
POINT_BAND = Band(fine=(None, MAX_SECONDS_EARLY), watch=NO_ACT_RANGE, source=COACHING_ADVICE)
LENGTHENING_FACTOR = 1.5  # times the present length, which a speaker can steer
AIM_SHARE = 0.75  # of the ceiling, to aim for, so as to end below it
LEAST_SECONDS = 20.0  # of an answer from which anything can be told; progress counts no shorter one


def compute_answer_length(transcript: Transcript) -> float | None:
    """Return T_resp, the seconds from the first to the last voiced moment; None when nothing was said."""
    return compute_response_time(transcript)


def compute_time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first clause that answers the question.

    None if nothing was said, no question is known, or no clause answers it.
    """
    whole, found = find_response(transcript), find_point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


@lru_cache(ANSWERS)
def find_point(transcript: Transcript, question: AskedQuestion | None) -> Segment | None:
    """Return the span of the first clause that answers the question; None without a question or such a clause."""
    return early_answer.find_point(transcript.words, question)


def make_length_band(low: float | None, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """Return the band for an answer that should last up to `high` seconds, and at least `low` if the user says so."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(None if low is None else low / 2, high * 2), source=source)


def _describe_answer_length(answer: Answer) -> Measurement:
    return Measurement(answer.seconds, f"You spoke for {format_seconds(answer.seconds)}.", moments=(answer.response,))


def _describe_time_to_the_point(answer: Answer) -> Measurement:
    value = compute_time_to_the_point(answer.transcript, answer.question)
    found = find_point(answer.transcript, answer.question)
    if answer.question is None:
        return Measurement(None, "Choose a question to see how soon you got to the point.")
    if value is None or found is None:
        return Measurement(None, "We couldn't tell where you answer the question.")
    soon = "You got to the point at once." if value < 1 else f"You got to the point after {format_seconds(value)}."
    return Measurement(value, soon, moments=(found,))


def _ask_to_shorten(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"an answer of {format_seconds(bound)} at most", high=bound)


def _ask_to_lengthen(finding: Finding, bound: float, _seconds: float) -> Goal:
    least = math.floor(min(bound, (finding.value or bound) * LENGTHENING_FACTOR))
    return Goal(f"an answer of at least {format_seconds(least)}", low=least)


def _ask_to_answer_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"the answer within the first {format_seconds(bound)}", high=bound)


ANSWER_LENGTH = Measure(
    "answer_length",
    "Answer length",
    "s",
    "How long you spoke. The right length depends on the question.",
    "T_resp",
    INTERVIEW_GUIDES,
    _describe_answer_length,
    band=make_length_band(None, 120),
    band_by_kind={
        QuestionKind.SCREENING: make_length_band(None, 90),
        QuestionKind.ABOUT_YOU: make_length_band(None, 90),
        QuestionKind.BEHAVIOURAL: make_length_band(None, 120),
        QuestionKind.TECHNICAL: make_length_band(None, 120),
        QuestionKind.MOTIVATION: make_length_band(None, 120),
        QuestionKind.CLOSING: make_length_band(None, 90),
    },
    priority=40,
    theme=Theme.CONCISE,
    kin="length",
    praise="The length is right",
    if_below=Remedy(_ask_to_lengthen, "Add one example and say how it turned out."),
    if_above=Remedy(_ask_to_shorten, "Make it shorter: cut the side-tracks and aim for {aim:g} seconds."),
    shown_in={Display.CARDS: 50, Display.TABLE: 40},
)
LENGTH: Family = (
    ANSWER_LENGTH,
    Measure(
        "time_to_the_point",
        "Time to the point",
        "s",
        "How long you took to answer the question itself.",
        "start of the first answering sentence - first voiced moment",
        COACHING_ADVICE,
        _describe_time_to_the_point,
        band=POINT_BAND,
        priority=60,
        theme=Theme.CONCISE,
        kin="length",
        praise="You got to the point quickly",
        if_above=Remedy(_ask_to_answer_sooner, "Make your first sentence the answer."),
        shown_in={Display.CARDS: 60, Display.MOCK_SUMMARY: 40},
    ),
)
