"""Silent pauses inside an answer: how many, how long, and where they fall; `response` defines a pause."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    DEFINITION,
    NO_ACT_RANGE,
    Answer,
    Display,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
    compute_response_minutes,
)
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.measures.response import (
    LONG_SECONDS,
    MIN_SECONDS_FOR_RATE,
    ROUNDING_SECONDS,
    compute_response_time,
    find_pauses,
    find_response,
    find_silences,
)
from analysis.report import Pause, PauseLength
from analysis.wording import format_count, format_seconds
from speech.segment import Segment, sum_durations
from speech.transcript import Transcript, WordKind

LIU = Source("Liu 2022", "Listeners found pauses of just over half a second the most natural.", is_evidence=True)
KAHNG = Source(
    "Kahng 2018",
    "Pauses in the middle of a sentence make speech sound less fluent; pauses between sentences don't.",
    is_evidence=True,
)
HABIT_REVERSAL = Source(
    "Habit-reversal studies",
    "People who noticed their fillers and paused instead more than halved them.",
    is_evidence=True,
)
MIN_PLACED_SECONDS = 0.5  # from here on it matters where a pause falls
NO_PAUSES_DETAIL = "You made no pauses."
_LENGTH_NAMES = {
    PauseLength.NATURAL: "up to a second",
    PauseLength.THINKING: "up to two seconds",
    PauseLength.LONG: "up to four seconds",
    PauseLength.LOST_THREAD: "longer",
}


def compute_pause_count(transcript: Transcript) -> int | None:
    """Return the number of pauses; None when nothing was said."""
    return None if find_response(transcript) is None else len(find_silences(transcript))


def compute_pause_rate(transcript: Transcript) -> float | None:
    """Return the pauses per minute of the response; None below one second of it."""
    whole = compute_response_time(transcript)
    return None if whole is None or whole < MIN_SECONDS_FOR_RATE else 60 * len(find_silences(transcript)) / whole


def compute_mean_pause(transcript: Transcript) -> float | None:
    """Return the mean length of the pauses in seconds; None without pauses."""
    found = find_silences(transcript)
    return sum_durations(found) / len(found) if found else None


def compute_longest_pause(transcript: Transcript) -> float | None:
    """Return the length of the longest pause in seconds; None without pauses."""
    return max((gap.duration for gap in find_silences(transcript)), default=None)


def compute_pause_placement(transcript: Transcript) -> float | None:
    """Return the share (0 to 1) of pauses of 0.5 s or more that fall inside a clause.

    None if there is no such pause between words.
    """
    placed = _find_placed_pauses(transcript)
    return sum(bool(pause.within_clause) for pause in placed) / len(placed) if placed else None


def compute_pause_instead_of_filler(transcript: Transcript) -> float | None:
    """Return pauses of up to 2 s as a share (0 to 1) of these pauses and filler sounds together.

    None without either.
    """
    quiet, filled = len(_find_quiet_pauses(transcript)), _count_filler_sounds(transcript)
    if find_response(transcript) is None or not quiet + filled:
        return None
    return quiet / (quiet + filled)


def _find_placed_pauses(transcript: Transcript) -> list[Pause]:
    shortest = MIN_PLACED_SECONDS - ROUNDING_SECONDS
    found = find_pauses(transcript)
    return [pause for pause in found if pause.span.duration >= shortest and pause.within_clause is not None]


def _find_quiet_pauses(transcript: Transcript) -> list[Segment]:
    return [gap for gap in find_silences(transcript) if gap.duration <= LONG_SECONDS + ROUNDING_SECONDS]


def _count_filler_sounds(transcript: Transcript) -> int:
    return sum(word.kind is WordKind.FILLED_PAUSE for word in transcript.words)


def _get_spans(found: Iterable[Pause]) -> tuple[Segment, ...]:
    return tuple(pause.span for pause in found)


def _describe_pause_count(answer: Answer) -> Measurement:
    found = find_pauses(answer.transcript)
    lengths = [pause.length for pause in found]
    kinds = ", ".join(f"{lengths.count(length)} {name}" for length, name in _LENGTH_NAMES.items() if length in lengths)
    detail = f"You made {format_count(len(found), 'pause')}: {kinds}." if found else NO_PAUSES_DETAIL
    return Measurement(compute_pause_count(answer.transcript), detail, moments=_get_spans(found))


def _describe_pause_rate(answer: Answer) -> Measurement:
    many = len(find_silences(answer.transcript))
    detail = f"You made {format_count(many, 'pause')} in {format_seconds(answer.seconds)}."
    return Measurement(compute_pause_rate(answer.transcript), detail, compute_rate_interval(many, answer.seconds, 60))


def _describe_mean_pause(answer: Answer) -> Measurement:
    value = compute_mean_pause(answer.transcript)
    return Measurement(
        value, NO_PAUSES_DETAIL if value is None else f"Your pauses lasted {value:.1f} seconds on average."
    )


def _describe_longest_pause(answer: Answer) -> Measurement:
    longest = max(find_silences(answer.transcript), key=lambda gap: gap.duration, default=None)
    if longest is None:
        return Measurement(None, NO_PAUSES_DETAIL)
    detail = f"Your longest pause lasted {longest.duration:.1f} seconds."
    return Measurement(longest.duration, detail, moments=(longest,))


def _describe_pause_placement(answer: Answer) -> Measurement:
    placed = _find_placed_pauses(answer.transcript)
    if not placed:
        return Measurement(None, "You made no pauses of half a second or more.")
    inside = [pause for pause in placed if pause.within_clause]
    detail = _describe_placement(len(inside), len(placed))
    return Measurement(compute_pause_placement(answer.transcript), detail, moments=_get_spans(inside))


def _describe_placement(inside: int, placed: int) -> str:
    if placed == 1:
        return f"Your one longer pause came {'in the middle of a sentence' if inside else 'between sentences'}."
    if inside == placed:
        return f"{'Both' if placed == 2 else f'All {placed}'} of your longer pauses came in the middle of a sentence."
    return f"{inside or 'None'} of your {placed} longer pauses came in the middle of a sentence."


def _describe_pause_instead_of_filler(answer: Answer) -> Measurement:
    value = compute_pause_instead_of_filler(answer.transcript)
    if value is None:
        return Measurement(None, "You made no short pauses and no ums.")
    quiet, sounds = _find_quiet_pauses(answer.transcript), _count_filler_sounds(answer.transcript)
    detail = f"You made {format_count(len(quiet), 'short pause')} and {format_count(sounds, 'um')}."
    return Measurement(value, detail, moments=tuple(quiet))


def _ask_for_shorter_silence(finding: Finding, bound: float, _seconds: float) -> Goal:
    act = finding.band.watch[1] if finding.band else None
    most = act if act is not None and (finding.value or 0) > act else bound
    return Goal(f"no pause over {format_seconds(most)}", high=most)


def _ask_to_move_pauses(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("most of your longer pauses between sentences", high=bound)


PAUSE_PLACEMENT = Measure(
    "pause_placement",
    "Mid-sentence pauses",
    "share",
    "How many of your pauses of half a second or more came in the middle of a sentence. Pauses between sentences help "
    "the listener.",
    "P of 0.5 s or more inside a clause / P of 0.5 s or more",
    KAHNG,
    _describe_pause_placement,
    band=Band(fine=(None, 0.5), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
    decimals=2,
    priority=80,
    theme=Theme.CALM,
    kin="pauses",
    praise="You paused between sentences, where it helps",
    if_above=Remedy(_ask_to_move_pauses, "Finish the sentence, then pause."),
)
PAUSES: Family = (
    Measure(
        "pause_count",
        "Pauses",
        "pauses",
        "How often you paused for a quarter of a second or more. Pauses are normal and useful.",
        "number of P",
        DEFINITION,
        _describe_pause_count,
    ),
    Measure(
        "pause_rate",
        "Pause rate",
        "per min",
        "How often you paused in a minute.",
        "60 P / T_resp",
        DEFINITION,
        _describe_pause_rate,
        decimals=1,
        count_events=lambda report: (len(report.pauses), compute_response_minutes(report)),
        shown_in={Display.MOCK_SUMMARY: 40},
    ),
    Measure(
        "mean_pause",
        "Average pause",
        "s",
        "How long your pauses were on average.",
        "sum(P) / number of P",
        LIU,
        _describe_mean_pause,
        decimals=2,
    ),
    Measure(
        "longest_pause",
        "Longest pause",
        "s",
        "How long your longest pause was. Up to one second is natural, up to two is thinking; after four your listener "
        "may think you've lost the thread.",
        "max(P)",
        COACHING_ADVICE,
        _describe_longest_pause,
        band=Band(fine=(None, 2), watch=(None, 4), source=COACHING_ADVICE),
        decimals=1,
        priority=30,
        theme=Theme.CALM,
        kin="pauses",
        praise="No pause was long enough to lose your listener",
        if_above=Remedy(
            _ask_for_shorter_silence, "Keep your pauses under {high:g} seconds: say in a few words what comes next."
        ),
        shown_in={Display.CARDS: 40, Display.TABLE: 30, Display.MOCK_SUMMARY: 50},
    ),
    PAUSE_PLACEMENT,
    Measure(
        "pause_instead_of_filler",
        "Pauses vs. ums",
        "share",
        "When you took time to think, how often you paused instead of saying um. Higher is better.",
        "P of 0.25-2 s / (P of 0.25-2 s + F_s)",
        HABIT_REVERSAL,
        _describe_pause_instead_of_filler,
        decimals=2,
    ),
)
