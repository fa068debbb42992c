"""How fast an answer was spoken, overall and over time.

Conventions: W counts words without filler sounds, numbers as they are said; T_resp and T_speech as
in `response`. Without words, or with less than a second of speech, there is no pace: None.
"""

from __future__ import annotations

import math

from analysis.finding import Band, Finding, Side, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    DEFINITION,
    NO_ACT_RANGE,
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
from analysis.measures.pace_curve import WINDOW_SECONDS, compute_pace_curve, find_stretches_outside
from analysis.measures.response import MIN_SECONDS_FOR_RATE, compute_response_time, compute_speech_time
from analysis.text.syllables import count_syllables
from analysis.text.verbalize import count_words
from analysis.wording import format_count, format_seconds
from speech.segment import sum_durations
from speech.transcript import Transcript

FEILER_POWELL = Source(
    "Feiler & Powell 2016",
    "In mock interviews it was slow speech that came across as nervous, so a pace can be too slow as well as too fast.",
    is_evidence=True,
)
SPEAKING_TOOLS = Source(
    "Microsoft Speaker Coach and Read AI",
    "Two coaching tools advise 100 to 165 and 130 to 175 words a minute; our range lies between the two.",
    is_evidence=False,
)
AMIR = Source(
    "Amir 2016",
    "Speech without its pauses ran at 6.26 syllables a second, and at 5.60 with the pauses counted.",
    is_evidence=True,
)
GOAL_STEP_SHARE = 0.15  # of the present rate, which a speaker can steer; 200 words a minute become 170
NO_PACE_DETAIL = "We heard sounds but no words, so there's no pace."
TOO_SHORT_DETAIL = "You spoke for less than a second, too short for a pace."


def compute_speaking_rate(transcript: Transcript) -> float | None:
    """Return words per minute of the response, pauses included: 60 W / T_resp."""
    return _compute_rate(count_words(transcript.words), compute_response_time(transcript), 60)


def compute_articulation_rate(transcript: Transcript) -> float | None:
    """Return syllables per second of speech, pauses excluded: S / T_speech."""
    return _compute_rate(count_syllables(transcript.words), compute_speech_time(transcript), 1)


def compute_articulation_rate_words(transcript: Transcript) -> float | None:
    """Return words per minute of speech, pauses excluded: 60 W / T_speech."""
    return _compute_rate(count_words(transcript.words), compute_speech_time(transcript), 60)


def compute_steady_pace(transcript: Transcript, band: Band) -> float | None:
    """Return the total seconds of stretches of 10 s or more whose pace is outside the band.

    None for an answer too short for a pace curve.
    """
    if not any(point.words_per_minute is not None for point in compute_pace_curve(transcript)):
        return None
    return sum_durations(stretch.span for stretch in find_stretches_outside(transcript, band))


def _compute_rate(count: int, seconds: float | None, scale: float) -> float | None:
    return scale * count / seconds if count and seconds and seconds >= MIN_SECONDS_FOR_RATE else None


def _describe_speaking_rate(answer: Answer) -> Measurement:
    value = compute_speaking_rate(answer.transcript)
    if value is None:
        return _describe_missing_pace(answer)
    detail = f"You spoke at about {value:.0f} words a minute, pauses included."
    return Measurement(value, detail, moments=(answer.response,))


def _describe_articulation_rate(answer: Answer) -> Measurement:
    value = compute_articulation_rate(answer.transcript)
    if value is None:
        return _describe_missing_pace(answer)
    return Measurement(value, f"About {value:.1f} syllables a second while you were speaking, without the pauses.")


def _describe_articulation_rate_words(answer: Answer) -> Measurement:
    value = compute_articulation_rate_words(answer.transcript)
    if value is None:
        return _describe_missing_pace(answer)
    return Measurement(value, f"About {value:.0f} words a minute while you were speaking, without the pauses.")


def _describe_steady_pace(answer: Answer) -> Measurement:
    band = answer.bands[SPEAKING_RATE.key]
    value = compute_steady_pace(answer.transcript, band)
    if value is None:
        return Measurement(None, f"This needs an answer of {WINDOW_SECONDS:.0f} seconds or more.")
    stretches = find_stretches_outside(answer.transcript, band)
    if not stretches:
        return Measurement(value, "You kept an even pace throughout.")
    sides = [stretch.side for stretch in stretches]
    fast, slow = sides.count(Side.ABOVE), sides.count(Side.BELOW)
    found = " and ".join(
        f"too {how} in {format_count(many, 'stretch', 'stretches')}"
        for many, how in ((fast, "fast"), (slow, "slow"))
        if many
    )
    detail = f"You were {found}, {format_seconds(value)} in all."
    return Measurement(value, detail, moments=tuple(stretch.span for stretch in stretches))


def _describe_missing_pace(answer: Answer) -> Measurement:
    return Measurement(None, TOO_SHORT_DETAIL if count_words(answer.transcript.words) else NO_PACE_DETAIL)


def _ask_to_slow_down(finding: Finding, bound: float, seconds: float) -> Goal:
    now = finding.value or bound
    most = math.ceil(max(bound, now * (1 - GOAL_STEP_SHARE)))
    longer = _format_seconds(seconds * (now / most - 1))
    return Goal(f"{most} words a minute or fewer, about {longer} longer for the same words", high=most)


def _ask_to_speed_up(finding: Finding, bound: float, seconds: float) -> Goal:
    now = finding.value or bound
    least = math.floor(min(bound, now * (1 + GOAL_STEP_SHARE)))
    shorter = _format_seconds(seconds * (1 - now / least))
    return Goal(f"{least} words a minute or more, about {shorter} shorter for the same words", low=least)


def _ask_to_keep_steady(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("an even pace from start to end", high=bound)


def _format_seconds(seconds: float) -> str:
    return format_count(max(1, round(seconds)), "second")


SPEAKING_RATE = Measure(
    "speaking_rate",
    "Speaking rate",
    "words/min",
    "How many words you said in a minute, pauses included. Um and uh don't count.",
    "60 W / T_resp",
    FEILER_POWELL,
    _describe_speaking_rate,
    band=Band(fine=(120, 170), watch=(110, 190), source=SPEAKING_TOOLS),
    priority=20,
    theme=Theme.CALM,
    kin="pace",
    praise="Your pace is easy to follow",
    if_below=Remedy(_ask_to_speed_up, "Say each sentence in one go, and pause only between sentences."),
    if_above=Remedy(_ask_to_slow_down, "Slow down: take a breath between sentences."),
    shown_in={Display.CARDS: 10, Display.TABLE: 10, Display.MOCK_ANSWER: 10, Display.MOCK_SUMMARY: 10},
)
PACE: Family = (
    SPEAKING_RATE,
    Measure(
        "articulation_rate",
        "Speed without pauses, in syllables",
        "syllables/s",
        "How fast you spoke between your pauses. It differs from person to person, so compare it with your own earlier "
        "answers.",
        "S / T_speech",
        AMIR,
        _describe_articulation_rate,
        decimals=1,
        shown_in={Display.MOCK_SUMMARY: 20},
    ),
    Measure(
        "articulation_rate_words",
        "Speed without pauses",
        "words/min",
        "How many words a minute you said between your pauses. Compare it with your own earlier answers.",
        "60 W / T_speech",
        DEFINITION,
        _describe_articulation_rate_words,
    ),
    Measure(
        "steady_pace",
        "Uneven pace",
        "s",
        "How many seconds ran clearly too fast or too slow, in stretches of 10 seconds or more.",
        "sum of stretches of 10 s or more whose pace, in windows of 15 s of which the voiced time counts, is outside "
        "the speaking rate's range",
        PRACTICE,
        _describe_steady_pace,
        band=Band(fine=(None, 0), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
        priority=90,
        theme=Theme.CALM,
        kin="pace",
        praise="You kept a steady pace",
        if_above=Remedy(_ask_to_keep_steady, "Keep the pace of the first sentence to the end."),
    ),
)
