"""How long an answer is and how soon it comes to the point.

The point is the first clause that answers the question (`analysis.structure.early_answer`). Without a question there is
no point to come to: None.
"""

from __future__ import annotations

import math

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
from speech.segment import Segment
from speech.transcript import Transcript

INTERVIEW_GUIDES = Source(
    "Interview guides",
    "Guides give lengths like this one, direct and just detailed enough; no study of the best length was found.",
    is_evidence=False,
)
POINT_BAND = Band(fine=(None, MAX_SECONDS_EARLY), watch=NO_ACT_RANGE, source=COACHING_ADVICE)
LENGTHENING_FACTOR = 1.5  # times the present length, which a speaker can steer
SHORTENING_FACTOR = 0.75  # times the present length


def compute_answer_length(transcript: Transcript) -> float | None:
    """Return T_resp, the seconds from the first to the last voiced moment; None when nothing was said."""
    return compute_response_time(transcript)


def compute_time_to_the_point(transcript: Transcript, question: AskedQuestion | None) -> float | None:
    """Return the seconds from the first voice to the first clause that answers the question.

    None if nothing was said, no question is known, or no clause answers it.
    """
    whole, found = find_response(transcript), find_point(transcript, question)
    return None if whole is None or found is None else max(0.0, found.start - whole.start)


def find_point(transcript: Transcript, question: AskedQuestion | None) -> Segment | None:
    """Return the span of the first clause that answers the question; None without a question or such a clause."""
    return early_answer.find_point(transcript.words, question)


def make_length_band(low: float, high: float, source: Source = INTERVIEW_GUIDES) -> Band:
    """Return the band for an answer that should last `low` to `high` seconds."""
    # Twice as long or half as short as advised is where a listener surely notices; advice like the rest.
    return Band(fine=(low, high), watch=(low / 2, high * 2), source=source)


def _describe_answer_length(answer: Answer) -> Measurement:
    length = f"{answer.seconds:.0f} s" if answer.seconds >= 10 else f"{answer.seconds:.1f} s"
    detail = f"The answer lasted {length}, from the first to the last sound of the voice."
    return Measurement(answer.seconds, detail, moments=(answer.response,))


def _describe_time_to_the_point(answer: Answer) -> Measurement:
    value = compute_time_to_the_point(answer.transcript, answer.question)
    found = find_point(answer.transcript, answer.question)
    if answer.question is None:
        return Measurement(None, "Whether an answer comes to the point depends on its question, and none was chosen.")
    if value is None or found is None:
        return Measurement(None, "No clause was heard that clearly answers the question.")
    return Measurement(
        value, f"The first clause that answers the question begins after {value:.0f} s.", moments=(found,)
    )


def _ask_to_shorten(finding: Finding, bound: float, _seconds: float) -> Goal:
    most = math.ceil(max(bound, (finding.value or 0) * SHORTENING_FACTOR))
    return Goal(f"an answer of at most {most} s", high=most)


def _ask_to_lengthen(finding: Finding, bound: float, _seconds: float) -> Goal:
    least = math.floor(min(bound, (finding.value or bound) * LENGTHENING_FACTOR))
    return Goal(f"an answer of at least {least} s", low=least)


def _ask_to_answer_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"the sentence that answers the question within the first {bound:g} s", high=bound)


ANSWER_LENGTH = Measure(
    "answer_length",
    "Answer length",
    "s",
    "How long your answer lasted, from your first to your last sound. What is fitting depends on the kind of question.",
    "T_resp",
    INTERVIEW_GUIDES,
    _describe_answer_length,
    band=make_length_band(60, 120),
    band_by_kind={
        QuestionKind.SCREENING: make_length_band(30, 90),
        QuestionKind.ABOUT_YOU: make_length_band(60, 90),
        QuestionKind.BEHAVIOURAL: make_length_band(60, 120),
        QuestionKind.TECHNICAL: make_length_band(90, 180),
        QuestionKind.MOTIVATION: make_length_band(60, 120),
        QuestionKind.CLOSING: make_length_band(20, 90),
    },
    priority=40,
    theme=Theme.CONCISE,
    kin="length",
    praise="A fitting length",
    if_below=Remedy(_ask_to_lengthen, "Speak for at least {low:g} s: add one example with what came of it."),
    if_above=Remedy(_ask_to_shorten, "Land in {high:g} s: say what came of it, then stop."),
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
        if_above=Remedy(_ask_to_answer_sooner, "Make the first sentence the answer."),
        shown_in={Display.CARDS: 60, Display.MOCK_SUMMARY: 40},
    ),
)
