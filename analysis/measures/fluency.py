"""Fluency: the share of speech, the length of runs between pauses, and how soon the answer begins."""

from __future__ import annotations

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    DEFINITION,
    NO_ACT_RANGE,
    NO_WORDS_DETAIL,
    PRACTICE,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.measures.response import compute_response_time, compute_speech_time, find_response, find_silences
from analysis.text.verbalize import count_words
from analysis.wording import format_count, format_seconds
from speech.segment import Segment
from speech.transcript import Transcript

MATZINGER = Source(
    "Matzinger 2023", "How long a speaker is silent before answering changes how the answer is taken.", is_evidence=True
)


def compute_phonation_ratio(transcript: Transcript) -> float | None:
    """Return T_speech / T_resp, 0 to 1; None when nothing was said."""
    whole, speech = compute_response_time(transcript), compute_speech_time(transcript)
    return None if whole is None or speech is None else speech / whole


def compute_mean_length_of_run(transcript: Transcript) -> float | None:
    """Return the mean number of words between pauses, W / (number of P + 1); None without words."""
    words = count_words(transcript.words)
    return words / (len(find_silences(transcript)) + 1) if words and find_response(transcript) is not None else None


def compute_time_to_first_word(transcript: Transcript) -> float | None:
    """Return the seconds from the start of the recording to the first voice; None when nothing was said."""
    whole = find_response(transcript)
    return None if whole is None else whole.start


def _describe_phonation_ratio(answer: Answer) -> Measurement:
    value, speech = compute_phonation_ratio(answer.transcript), compute_speech_time(answer.transcript)
    spoken = format_seconds(speech or 0.0)
    return Measurement(value, f"You were speaking for {spoken} of {format_seconds(answer.seconds)}.")


def _describe_mean_length_of_run(answer: Answer) -> Measurement:
    value = compute_mean_length_of_run(answer.transcript)
    if value is None:
        return Measurement(None, NO_WORDS_DETAIL)
    return Measurement(value, f"You said about {format_count(round(value), 'word')} between pauses.")


def _describe_time_to_first_word(answer: Answer) -> Measurement:
    value = answer.response.start
    when = f"after {format_seconds(value)}" if round(value) else "at once"
    return Measurement(value, f"You started speaking {when}.", moments=(Segment(0, value),))


def _ask_to_start_sooner(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"your first word within {format_seconds(bound)}", high=bound)


FLUENCY: Family = (
    Measure(
        "phonation_ratio",
        "Time spent speaking",
        "share",
        "How much of your answer was speech rather than pause; 65 to 90 % is usual.",
        "T_speech / T_resp",
        PRACTICE,
        _describe_phonation_ratio,
        decimals=2,
    ),
    Measure(
        "mean_length_of_run",
        "Words between pauses",
        "words",
        "How many words you said between two pauses, on average.",
        "W / (number of P + 1)",
        DEFINITION,
        _describe_mean_length_of_run,
        decimals=1,
    ),
    Measure(
        "time_to_first_word",
        "Time to first word",
        "s",
        "How long you waited before speaking. Pressing the button takes part of it.",
        "first voiced moment",
        MATZINGER,
        _describe_time_to_first_word,
        band=Band(fine=(None, 3), watch=NO_ACT_RANGE, source=MATZINGER),
        decimals=1,
        priority=120,
        theme=Theme.CALM,
        praise="You started promptly",
        if_above=Remedy(_ask_to_start_sooner, "Have your first sentence ready, then press record."),
        shown_in={Display.MOCK_SUMMARY: 30},
    ),
)
