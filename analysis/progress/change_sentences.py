"""Say in a few short sentences what is different between two answers: what was said, length, ums, pace, pauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Side
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Attempt
from analysis.progress.trend import Change, Difference
from analysis.progress.trend_estimation import find_shared_band
from analysis.wording import format_number

MAX_SENTENCES = 4
WHOLE_RATE = 10  # from which on a tenth says nothing
CHANCE = "Might be chance."
NOT_CHANCE = "Not just chance."
REST_IS_CHANCE = "The rest might be chance."
NO_DIFFERENCE = "Much the same."
NOT_COMPARABLE = "They were analysed differently, so we can't compare them."
CLEAR = (Change.BETTER, Change.WORSE, Change.CHANGED)  # more than chance


@dataclass(frozen=True)
class _Wording:
    """How a change of one measure is said: from which size on, and in which words up and down."""

    least: float  # in the unit of the measure; a smaller step is not worth a word
    up: str
    down: str
    format: Callable[[float, float, str], str]  # of the value before, the value now, and the measure


def _format_step_in_seconds(before: float, now: float, _measure: str) -> str:
    return _format_seconds(abs(now - before))


def _format_step(before: float, now: float, measure: str) -> str:
    return format_number(abs(now - before), MEASURES[measure])


def _format_both(before: float, now: float, _measure: str) -> str:
    return f"{_format_rate(before)} to {_format_rate(now)}"


def _format_rate(rate: float) -> str:
    """Format a rate as people say it: "19", "1.3", "0"."""
    return f"{rate:.0f}" if rate >= WHOLE_RATE else f"{rate:.1f}".removesuffix(".0")


# In the order in which they are said: what was said, how long, then what a listener notices most.
_WORDINGS: Mapping[str, _Wording] = {
    "outcome": _Wording(1, "Said more about how it turned out", "Said less about how it turned out", _format_step),
    "answer_length": _Wording(3, "Longer by {}", "Shorter by {}", _format_step_in_seconds),
    "time_to_the_point": _Wording(
        3, "Got to the point {} later", "Got to the point {} sooner", _format_step_in_seconds
    ),
    "filler_sounds": _Wording(1, "More ums: up from {} a minute", "Fewer ums: down from {} a minute", _format_both),
    "filler_words": _Wording(
        1, "More filler words: up from {} a minute", "Fewer filler words: down from {} a minute", _format_both
    ),
    "speaking_rate": _Wording(8, "Faster by {} words a minute", "Slower by {} words a minute", _format_step),
    "longest_pause": _Wording(0.5, "Longest pause {} s longer", "Longest pause {} s shorter", _format_step),
    "restarts": _Wording(
        1, "More restarts: up from {} in 100 words", "Fewer restarts: down from {} in 100 words", _format_both
    ),
    "pitch_variation": _Wording(0.5, "A livelier voice", "A flatter voice", _format_step),
}


def describe_changes(
    before: Attempt, now: Attempt, differences: Iterable[Difference], own: Mapping[str, Band] | None = None
) -> str:
    """Return what is different in the later answer in short sentences.

    For example "Longer by 11 s. Got to the point 9 s sooner. Might be chance." What is more than chance comes first. A
    number that came into its range, or left it, is said to.

    Args:
        before: the earlier answer.
        now: the later one.
        differences: of all measures, by `comparison.compare_answers`.
        own: the user's own bands by measure key, in place of the default ones.
    """
    by_key = {each.measure: each for each in differences}
    if any(each.change is Change.NOT_COMPARABLE for each in by_key.values()):
        return NOT_COMPARABLE
    said = {key: text for key in _WORDINGS if key in by_key and (text := describe_step(by_key[key]))}
    clear = [key for key in said if by_key[key].change in CLEAR]
    shown = [*clear, *(key for key in said if key not in clear)][:MAX_SENTENCES]
    if not shown:
        return NO_DIFFERENCE
    sentences = [f"{said[key]}{_describe_range(by_key[key], (before, now), own)}." for key in shown]
    many = sum(key in clear for key in shown)
    if not many:
        return " ".join((*sentences, CHANCE))
    rest = (*sentences[many:], REST_IS_CHANCE) if sentences[many:] else ()
    return " ".join((*sentences[:many], NOT_CHANCE, *rest))


def describe_step(difference: Difference) -> str:
    """Return a change in a few words, such as "Longer by 11 s"; empty where it is not worth a word."""
    wording, before, now = _WORDINGS.get(difference.measure), difference.before, difference.now
    if wording is None or before is None or now is None or abs(now - before) < wording.least:
        return ""
    return (wording.up if now > before else wording.down).format(wording.format(before, now, difference.measure))


def describe_any_step(difference: Difference) -> str:
    """Return a change of any measure in a few words: "longer by 11 s", "higher", "lower", "the same", "not in both"."""
    if difference.before is None or difference.now is None:
        return "not in both takes"
    measure = MEASURES[difference.measure]
    if format_number(difference.before, measure) == format_number(difference.now, measure):
        return "the same"
    step = describe_step(difference)
    if step:
        return step[0].lower() + step[1:]
    return "a little higher" if difference.now > difference.before else "a little lower"


def _describe_range(difference: Difference, answers: Sequence[Attempt], own: Mapping[str, Band] | None) -> str:
    """Say where a number came into its range or left it; a change inside the range is neither good nor bad."""
    band = find_shared_band(answers, difference.measure, own)
    is_number_said = "{}" in _WORDINGS[difference.measure].up
    if band is None or not is_number_said or difference.before is None or difference.now is None:
        return ""
    was_inside, is_inside = (band.find_side(value) is Side.INSIDE for value in (difference.before, difference.now))
    if was_inside == is_inside:
        return ""
    return " – in the range now" if is_inside else " – out of the range now"


def _format_seconds(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"
