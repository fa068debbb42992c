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
from analysis.wording import format_count, format_sentence
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

LASKE = Source(
    "Laske & DiGennaro Reed 2024",
    "Of talks with 0, 2, 5 and 12 fillers a minute, up to 5 did no harm and 12 did; sounds hurt more than words.",
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
    detail = (
        f"{format_count(len(sounds), 'filler sound')} heard in {answer.seconds:.1f} "
        f"s{_list_commonest(map(normalise_word, sounds))}"
    )
    return Measurement(
        compute_filler_sounds(answer.transcript),
        format_sentence(detail),
        compute_rate_interval(len(sounds), answer.seconds, 60),
        tuple(word.span for word in sounds),
    )


def _describe_filler_words(answer: Answer) -> Measurement:
    uses = find_filler_uses(answer.transcript.words, answer.own_fillers)
    said = [_join_plain_words(use, answer.transcript.words) for use in uses]
    detail = f"{format_count(len(uses), 'filler word')} heard in {answer.seconds:.1f} s{_list_commonest(said)}"
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
        return Measurement(None, "No words and no fillers were heard.")
    return Measurement(value, f"{value:.1f} of every 100 things said were fillers.", moments=moments)


def _describe_filler_cluster(answer: Answer) -> Measurement:
    found = find_clusters(answer.transcript.words, answer.own_fillers)
    many = format_count(len(found), "place")
    detail = format_sentence(f"{many} with {MIN_CLUSTER_FILLERS} or more fillers within {MAX_CLUSTER_SECONDS:.0f} s")
    return Measurement(len(found), detail, moments=found)


def _join_plain_words(use: Segment, words: Iterable[Word]) -> str:
    return " ".join(normalise_word(word) for word in words if use.start <= word.start and word.end <= use.end)


def _list_commonest(texts: Iterable[str]) -> str:
    named = [
        f"{text} {many} times" if many > 1 else text for text, many in Counter(texts).most_common(MAX_FILLERS_NAMED)
    ]
    return f": {', '.join(named)}" if named else ""


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
    return _ask_for_at_most(max(math.floor(fine), now // 2), event)


def _ask_for_at_most(most: int, event: str) -> Goal:
    text = f"at most {format_count(most, event)} in the next take" if most else f"no {event}s in the next take"
    return Goal(text, high=most, of_moments=True)


def _ask_for_fewer_clusters(finding: Finding, _bound: float, _seconds: float) -> Goal:
    most = round(finding.value or 0) // 2
    places = f"at most {format_count(most, 'place')} with three fillers in ten seconds"
    return Goal(places if most else "no three fillers in ten seconds", high=most)


def ask_for_one_filler_less(finding: Finding) -> Goal:
    """Return the goal after an answer that is inside every band but has at least one filler sound."""
    return _ask_for_at_most(len(finding.moments) - 1, "filler sound")


def _count_density(report: Report) -> tuple[int, float]:
    fillers = len(report.get_finding("filler_density").moments)
    others = count_words(word for word in report.words if word.kind is not WordKind.DISCOURSE_MARKER)
    return fillers, (others + fillers) / 100


FILLER_SOUNDS = Measure(
    "filler_sounds",
    "Filler sounds",
    "per min",
    "How many sounds such as um, uh and er were heard in a minute. On real recordings with known truth about one "
    "in five was not heard, so the true number may be a little higher.",
    "60 F_s / T_resp",
    LASKE,
    _describe_filler_sounds,
    band=PER_MINUTE_BAND,
    decimals=1,
    priority=10,
    kin="fillers",
    praise="Few sounds of hesitation",
    event="filler sound",
    if_above=Remedy(_make_goal_setter("filler sound"), 'Replace the next "{filler}" by silence.'),
    count_events=make_moment_counter("filler_sounds"),
    shown_in={Display.CARDS: 20, Display.TABLE: 20, Display.MOCK_ANSWER: 20, Display.MOCK_SUMMARY: 10},
)
FILLERS: Family = (
    FILLER_SOUNDS,
    Measure(
        "filler_words",
        "Filler words",
        "per min",
        "How many words such as like, so or you know were heard in a minute, counted only where they fill and mean "
        "nothing. Filler words that you named in the settings are counted wherever you said them.",
        "60 F_w / T_resp",
        LASKE,
        _describe_filler_words,
        band=PER_MINUTE_BAND,
        decimals=1,
        priority=70,
        kin="fillers",
        praise="Few filler words",
        event="filler word",
        if_above=Remedy(_make_goal_setter("filler word"), 'Leave the next "{filler}" out, or pause in its place.'),
        count_events=make_moment_counter("filler_words"),
        shown_in={Display.CARDS: 30, Display.MOCK_SUMMARY: 20},
    ),
    Measure(
        "filler_density",
        "Filler density",
        "per 100 words",
        "How many of every 100 things you said were filler sounds or filler words.",
        "100 (F_s + F_w) / (W + F_s + F_w), W here without the filler words",
        READ_AI,
        _describe_filler_density,
        band=Band(fine=(None, math.nextafter(4, 0)), watch=NO_ACT_RANGE, source=READ_AI),
        decimals=1,
        priority=110,
        theme=Theme.CONCISE,
        kin="fillers",
        praise="Little besides content",
        event="filler",
        if_above=Remedy(_ask_for_lower_density, 'Replace the next "{filler}" by silence.'),
        count_events=_count_density,
    ),
    Measure(
        "filler_cluster",
        "Filler clusters",
        "clusters",
        "How many times three or more fillers came within ten seconds.",
        "groups of 3 or more fillers within 10 s",
        COACHING_ADVICE,
        _describe_filler_cluster,
        band=Band(fine=(None, 0), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
        priority=100,
        theme=Theme.CALM,
        kin="fillers",
        praise="No clusters of fillers",
        event="cluster",
        if_above=Remedy(_ask_for_fewer_clusters, "After a first filler stop for a breath, then go on."),
    ),
)
