"""Filler sounds and filler words: how many, how dense, and where they cluster.

Conventions: the words have been labelled (`labelling`); a phrase of several words counts once. If
nothing was said, values are None; rates per minute are also None below one second of speech.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.finding import Band, Finding, Source
from analysis.measures.fillers.discourse_markers import Phrase
from analysis.measures.fillers.labelling import find_filler_sounds, find_filler_uses
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
    SetGoal,
    Theme,
    make_moment_counter,
)
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.measures.response import MIN_SECONDS_FOR_RATE, compute_response_time
from analysis.report import Report
from analysis.text.clauses import normalise_word
from analysis.text.verbalize import count_words
from analysis.wording import format_count, format_seconds, format_sentence, format_times
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

LASKE = Source(
    "Laske & DiGennaro Reed 2024",
    "Talks with up to 5 fillers a minute were rated as well as talks without; at 12 ratings dropped, and ums hurt more "
    "than words.",
    is_evidence=True,
)
READ_AI = Source("Read AI", "A coaching tool advises fewer than 4 fillers in 100 words.", is_evidence=False)
# 12 a minute was found to do harm, so 12 itself is outside.
PER_MINUTE_BAND = Band(fine=(None, 5), watch=(None, math.nextafter(12, 0)), source=LASKE)
MIN_CLUSTER_FILLERS = 3
MAX_CLUSTER_SECONDS = 10.0  # from the first to the last
MAX_FILLERS_NAMED = 3  # the commonest


def compute_filler_sounds(transcript: Transcript) -> float | None:
    """Return filler sounds per minute, 60 F_s / T_resp; None below one second of speech."""
    return _compute_rate_per_minute(len(find_filler_sounds(transcript.words)), transcript)


def compute_filler_words(transcript: Transcript, own: Sequence[Phrase] = ()) -> float | None:
    """Return filler words per minute, 60 F_w / T_resp; None below one second of speech.

    Args:
        transcript: The answer, with its filler words labelled.
        own: The user's own filler phrases, as `normalise_phrases` returns them.
    """
    return _compute_rate_per_minute(len(find_filler_uses(transcript.words, own)), transcript)


def compute_filler_density(transcript: Transcript, own: Sequence[Phrase] = ()) -> float | None:
    """Return the fillers in every 100 words, 100 (F_s + F_w) / (other words + F_s + F_w).

    None if nothing was said.
    """
    if compute_response_time(transcript) is None:
        return None
    fillers = len(find_filler_sounds(transcript.words)) + len(find_filler_uses(transcript.words, own))
    others = count_words([word for word in transcript.words if word.kind is not WordKind.DISCOURSE_MARKER])
    return 100 * fillers / (others + fillers) if others + fillers else None


def find_clusters(words: Sequence[Word], own: Sequence[Phrase] = ()) -> tuple[Segment, ...]:
    """Return the spans in which 3 or more fillers begin within 10 s of the first.

    Each filler belongs to at most one cluster.
    """
    fillers = sorted((*(word.span for word in find_filler_sounds(words)), *find_filler_uses(words, own)))
    found: list[Segment] = []
    index = 0
    while index < len(fillers):
        group = [span for span in fillers[index:] if span.start - fillers[index].start <= MAX_CLUSTER_SECONDS]
        if len(group) >= MIN_CLUSTER_FILLERS:
            found.append(Segment(group[0].start, max(span.end for span in group)))
        index += len(group) if len(group) >= MIN_CLUSTER_FILLERS else 1
    return tuple(found)


def _compute_rate_per_minute(count: int, transcript: Transcript) -> float | None:
    seconds = compute_response_time(transcript)
    return None if seconds is None or seconds < MIN_SECONDS_FOR_RATE else 60 * count / seconds


def _describe_filler_sounds(answer: Answer) -> Measurement:
    sounds = find_filler_sounds(answer.transcript.words)
    many = format_count(len(sounds), "um or uh", "ums and uhs")
    detail = f"{many} in {format_seconds(answer.seconds)}{_list_commonest(map(normalise_word, sounds))}"
    return Measurement(
        compute_filler_sounds(answer.transcript),
        format_sentence(detail),
        compute_rate_interval(len(sounds), answer.seconds, 60),
        tuple(word.span for word in sounds),
    )


def _describe_filler_words(answer: Answer) -> Measurement:
    uses = find_filler_uses(answer.transcript.words, answer.own_fillers)
    said = [_join_plain_words(use, answer.transcript.words) for use in uses]
    many = format_count(len(uses), "filler word")
    detail = f"{many} in {format_seconds(answer.seconds)}{_list_commonest(said)}"
    return Measurement(
        compute_filler_words(answer.transcript, answer.own_fillers),
        format_sentence(detail),
        compute_rate_interval(len(uses), answer.seconds, 60),
        uses,
    )


def _describe_filler_density(answer: Answer) -> Measurement:
    words, own = answer.transcript.words, answer.own_fillers
    moments = tuple(sorted((*(sound.span for sound in find_filler_sounds(words)), *find_filler_uses(words, own))))
    value = compute_filler_density(answer.transcript, own)
    if value is None:
        return Measurement(None, "We heard no words and no fillers.")
    return Measurement(value, _describe_density(value), moments=moments)


def _describe_filler_cluster(answer: Answer) -> Measurement:
    found = find_clusters(answer.transcript.words, answer.own_fillers)
    close = "Three or more fillers came close together"
    detail = f"{close} {format_times(len(found))}." if found else "Your fillers never came close together."
    return Measurement(len(found), detail, moments=found)


def _describe_density(value: float) -> str:
    return (
        f"About {value:.0f} in every 100 words were fillers."
        if value >= 0.5
        else "Almost none of your words were fillers."
    )


def _join_plain_words(use: Segment, words: Iterable[Word]) -> str:
    return " ".join(normalise_word(word) for word in words if use.start <= word.start and word.end <= use.end)


def _list_commonest(texts: Iterable[str]) -> str:
    named = [
        f"“{text}” {format_times(many)}" if many > 1 else f"“{text}”"
        for text, many in Counter(map(_write_i, texts)).most_common(MAX_FILLERS_NAMED)
    ]
    return f": {', '.join(named)}" if named else ""


def _write_i(text: str) -> str:
    """Return plain words with a capital I."""
    return " ".join("I" + word[1:] if word.split("'")[0] == "i" else word for word in text.split())


def _make_goal_setter(event: str) -> SetGoal:
    def set_goal(finding: Finding, per_minute: float, seconds: float) -> Goal:
        return _ask_for_half(len(finding.moments), per_minute * seconds / 60, event)

    return set_goal


def _ask_for_lower_density(finding: Finding, per_hundred: float, _seconds: float) -> Goal:
    now = len(finding.moments)
    return _ask_for_half(now, now * per_hundred / (finding.value or per_hundred), "filler")


def _ask_for_half(now: int, fine: float, event: str) -> Goal:
    """Ask for half as many, or for as many as the band allows if that is more.

    Halving is possible at once, as habit-reversal studies found.

    Args:
        now: How many there were in this answer.
        fine: How many the band allows in an answer of this length.
        event: The noun in the singular, such as "filler sound".
    """
    most = max(math.floor(fine), now // 2)
    if not most:
        return Goal(f"no {event}s", high=0, of_moments=True)
    half = ", about half as many as now" if most == now // 2 and now > 2 else ""
    return Goal(
        f"{format_count(most, event)}{' or fewer' if most > 1 else ' at most'}{half}", high=most, of_moments=True
    )


def _ask_for_fewer_clusters(finding: Finding, _bound: float, _seconds: float) -> Goal:
    most = round(finding.value or 0) // 2
    text = f"three fillers close together {format_times(most)} at most" if most else "no three fillers close together"
    return Goal(text, high=most)


def _count_density(report: Report) -> tuple[int, float]:
    fillers = len(report.get_finding("filler_density").moments)
    others = count_words(word for word in report.words if word.kind is not WordKind.DISCOURSE_MARKER)
    return fillers, (others + fillers) / 100


FILLER_SOUNDS = Measure(
    "filler_sounds",
    "Um and uh",
    "per min",
    "How many ums, uhs and similar sounds you made in a minute. We may miss a few, so the real number can be slightly "
    "higher.",
    "60 F_s / T_resp",
    LASKE,
    _describe_filler_sounds,
    band=PER_MINUTE_BAND,
    decimals=1,
    priority=10,
    theme=Theme.CALM,
    kin="fillers",
    praise="Very few ums",
    event="um",
    if_above=Remedy(_make_goal_setter("um"), "Replace your next “{filler}” with silence."),
    count_events=make_moment_counter("filler_sounds"),
    shown_in={Display.CARDS: 20, Display.TABLE: 20, Display.MOCK_ANSWER: 20, Display.MOCK_SUMMARY: 10},
)
FILLERS: Family = (
    FILLER_SOUNDS,
    Measure(
        "filler_words",
        "Filler words",
        "per min",
        "How many filler words such as like, so or you know you said in a minute, counted only when used as fillers. "
        "Words that you named in the settings always count.",
        "60 F_w / T_resp",
        LASKE,
        _describe_filler_words,
        band=PER_MINUTE_BAND,
        decimals=1,
        priority=70,
        kin="fillers",
        praise="Few filler words",
        event="filler word",
        if_above=Remedy(_make_goal_setter("filler word"), "Leave out your next “{filler}”, or pause instead."),
        count_events=make_moment_counter("filler_words"),
        shown_in={Display.CARDS: 30, Display.MOCK_SUMMARY: 20},
    ),
    Measure(
        "filler_density",
        "Fillers per 100 words",
        "per 100 words",
        "How many in every 100 words were ums or filler words.",
        "100 (F_s + F_w) / (W + F_s + F_w), W here without the filler words",
        READ_AI,
        _describe_filler_density,
        band=Band(fine=(None, math.nextafter(4, 0)), watch=NO_ACT_RANGE, source=READ_AI),
        decimals=1,
        priority=110,
        kin="fillers",
        praise="Hardly any fillers",
        event="filler",
        if_above=Remedy(_ask_for_lower_density, "Replace your next “{filler}” with silence."),
        count_events=_count_density,
    ),
    Measure(
        "filler_cluster",
        "Runs of fillers",
        "clusters",
        "How often three or more fillers came within ten seconds.",
        "groups of 3 or more fillers within 10 s",
        COACHING_ADVICE,
        _describe_filler_cluster,
        band=Band(fine=(None, 0), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
        priority=100,
        theme=Theme.CALM,
        kin="fillers",
        praise="Your fillers never piled up",
        event="run of fillers",
        if_above=Remedy(_ask_for_fewer_clusters, "After a first um, stop and take a breath."),
    ),
)
