"""How long an answer is and how soon it comes to the point.

The point is the first clause that answers the question (`analysis.structure.early_answer`). Without a question there is
no point to come to: None.
"""

from __future__ import annotations

import math

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_END,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measured,
    Remedy,
    Theme,
)
from analysis.measures.response import compute_response_time, find_response
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure import early_answer
from analysis.structure.early_answer import MAX_SECONDS_EARLY
from speech.segment import Span
from speech.transcript import Transcript

INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one, direct and just detailed enough; no study of the best length was found.",
    is_evidence=False,
)
POINT_BAND = Band(fine=(None, MAX_SECONDS_EARLY), watch=NO_END, source=COACHING_ADVICE)
LONGER_STEP = 1.5  # times the present length, which a speaker can steer
SHORTER_STEP = 0.75  # times the present length


def compute_answer_length(transcript: Transcript) -> float | None:
    """Return T_resp, the seconds from the first to the last voiced moment; None when nothing was said."""
    return compute_response_time(transcript)


def compute_time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first clause that answers; None without either of them."""
    whole, found = find_response(transcript), find_point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


def find_point(transcript: Transcript, question: AskedQuestion | None) -> Span | None:
    """Return when the first clause that answers the question was said; None without a question or such a clause."""
    return early_answer.find_point(transcript.words, question)


def length_band(low: float, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """Return the band of an answer that should take from `low` to `high` seconds."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(low / 2, high * 2), source=source)


def _describe_answer_length(answer: Answer) -> Measured:
    length = f"{answer.seconds:.0f} s" if answer.seconds >= 10 else f"{answer.seconds:.1f} s"
    detail = f"The answer lasted {length}, from the first to the last sound of the voice."
    return Measured(answer.seconds, detail, moments=(answer.response,))


def _describe_time_to_the_point(answer: Answer) -> Measured:
    value = compute_time_to_the_point(answer.transcript, answer.question)
    found = find_point(answer.transcript, answer.question)
    if answer.question is None:
        return Measured(None, "Whether an answer comes to the point depends on its question, and none was chosen.")
    if value is None or found is None:
        return Measured(None, "No clause was heard that clearly answers the question.")
    return Measured(value, f"The first clause that answers the question begins after {value:.0f} s.", moments=(found,))


def _shorten(finding: Finding, bound: float, _seconds: float) -> Goal:
    most = math.ceil(max(bound, (finding.value or 0) * SHORTER_STEP))
    return Goal(f"an answer of at most {most} s", high=most)


def _lengthen(finding: Finding, bound: float, _seconds: float) -> Goal:
    least = math.floor(min(bound, (finding.value or bound) * LONGER_STEP))
    return Goal(f"an answer of at least {least} s", low=least)


def _answer_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"the sentence that answers the question within the first {bound:g} s", high=bound)


ANSWER_LENGTH = Measure(
    "answer_length",
    "Answer length",
    "s",
    "How long your answer lasted, from your first to your last sound. What is fitting depends on the kind of question.",
    "T_resp",
    INTERVIEW_GUIDES,
    _describe_answer_length,
    band=length_band(60, 120),
    band_by_kind={
        QuestionKind.SCREENING: length_band(30, 90),
        QuestionKind.ABOUT_YOU: length_band(60, 90),
        QuestionKind.BEHAVIOURAL: length_band(60, 120),
        QuestionKind.TECHNICAL: length_band(90, 180),
        QuestionKind.MOTIVATION: length_band(60, 120),
        QuestionKind.CLOSING: length_band(20, 90),
    },
    priority=40,
    theme=Theme.CONCISE,
    kin="length",
    praise="A fitting length",
    if_below=Remedy(_lengthen, "Speak for at least {low:g} s: add one example with what came of it."),
    if_above=Remedy(_shorten, "Land in {high:g} s: say what came of it, then stop."),
    shown_in={Display.CARDS: 50, Display.TABLE: 40},
)
LENGTH: Family = (
    ANSWER_LENGTH,
    Measure(
        "time_to_the_point",
        "Time to the point",
        "s",
        "How long it took until the first sentence that answers the question, after greetings and preamble.",
        "start of the first answering sentence - first voiced moment",
        COACHING_ADVICE,
        _describe_time_to_the_point,
        band=POINT_BAND,
        priority=60,
        theme=Theme.CONCISE,
        kin="length",
        praise="The point comes early",
        if_above=Remedy(_answer_sooner, "Make the first sentence the answer."),
        shown_in={Display.CARDS: 60, Display.MOCK_SUMMARY: 40},
    ),
)
