"""Targets for the next take: near enough to be met, and never beyond the band that calls for them.

Fillers may be halved at once (habit-reversal studies more than halved them); pace and length move by steps that a
speaker can steer. Each rule takes the finding and the length of the answer in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.finding import Band, Finding, Side
from analysis.measures.registry import MEASURES
from analysis.wording import amount, band_range, count

PACE_STEP = 0.15  # of the present rate; 200 words a minute become 170
LONGER_STEP = 1.5  # times the present length
SHORTER_STEP = 0.75  # times the present length


@dataclass(frozen=True)
class Aim:
    """What the next take can meet, as a phrase and as numbers that tell whether it did."""

    text: str
    low: float | None = None
    high: float | None = None
    of_moments: bool = False  # the numbers are of moments heard; otherwise of the measure's value


Rule = Callable[[Finding, float, float], Aim]  # finding, the end of the band that it lies beyond, seconds of answer


def target(finding: Finding, seconds: float) -> str:
    """The aim of the next take as a phrase; the finding has a value outside its band."""
    return aim(finding, seconds).text


def aim(finding: Finding, seconds: float) -> Aim:
    """What the next take can meet after an answer of so many seconds; the finding has a value outside its band."""
    if finding.band is None or finding.value is None or finding.side not in (Side.ABOVE, Side.BELOW):
        raise ValueError(f"a target needs a value outside its band: {finding}")
    bound = finding.band.fine[0 if finding.side is Side.BELOW else 1]
    rule = _RULES.get((finding.measure, finding.side))
    return rule(finding, bound, seconds) if rule and bound is not None else _inside(finding, finding.band)


def one_less(finding: Finding) -> Aim:
    """After an answer inside every band, one filler sound less; the finding has one or more."""
    return _moments(len(finding.moments) - 1, "filler sound")


def is_met(goal: Aim, finding: Finding) -> bool | None:
    """Whether the next take met its aim; None when the measure has no value in it."""
    if finding.value is None:
        return None
    value = len(finding.moments) if goal.of_moments else finding.value
    return (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)


def _inside(finding: Finding, band: Band) -> Aim:
    measure = MEASURES[finding.measure]
    return Aim(f"{measure.label.lower()}: {band_range(band, measure)}", *band.fine)


def _fewer(thing: str) -> Rule:
    def rule(finding: Finding, per_minute: float, seconds: float) -> Aim:
        return _at_most(len(finding.moments), per_minute * seconds / 60, thing)

    return rule


def _thinner(finding: Finding, per_hundred: float, _seconds: float) -> Aim:
    now = len(finding.moments)
    return _at_most(now, now * per_hundred / (finding.value or per_hundred), "filler")


def _at_most(now: int, fine: float, thing: str) -> Aim:
    return _moments(max(math.floor(fine), now // 2), thing)


def _moments(most: int, thing: str) -> Aim:
    text = f"at most {count(most, thing)} in the next take" if most else f"no {thing}s in the next take"
    return Aim(text, high=most, of_moments=True)


def _fewer_clusters(finding: Finding, _bound: float, _seconds: float) -> Aim:
    most = round(finding.value or 0) // 2
    places = f"at most {count(most, 'place')} with three fillers in ten seconds"
    return Aim(places if most else "no three fillers in ten seconds", high=most)


def _slower(finding: Finding, bound: float, seconds: float) -> Aim:
    now = finding.value or bound
    most = math.ceil(max(bound, now * (1 - PACE_STEP)))
    longer = _about(seconds * (now / most - 1))
    return Aim(f"{most} words a minute or less: about {longer} longer for the same words", high=most)


def _faster(finding: Finding, bound: float, seconds: float) -> Aim:
    now = finding.value or bound
    least = math.floor(min(bound, now * (1 + PACE_STEP)))
    shorter = _about(seconds * (1 - now / least))
    return Aim(f"{least} words a minute or more: about {shorter} shorter for the same words", low=least)


def _no_longer_silence(finding: Finding, bound: float, _seconds: float) -> Aim:
    act = finding.band.watch[1] if finding.band else None
    most = act if act is not None and (finding.value or 0) > act else bound
    return Aim(f"no silence over {most:g} s", high=most)


def _shorter(finding: Finding, bound: float, _seconds: float) -> Aim:
    most = math.ceil(max(bound, (finding.value or 0) * SHORTER_STEP))
    return Aim(f"an answer of at most {most} s", high=most)


def _longer(finding: Finding, bound: float, _seconds: float) -> Aim:
    least = math.floor(min(bound, (finding.value or bound) * LONGER_STEP))
    return Aim(f"an answer of at least {least} s", low=least)


def _point_sooner(_finding: Finding, bound: float, _seconds: float) -> Aim:
    return Aim(f"the sentence that answers the question within the first {bound:g} s", high=bound)


def _outcome(_finding: Finding, bound: float, _seconds: float) -> Aim:
    return Aim("one sentence that says what came of it, with a number or what was learnt", low=bound)


def _better_placed(finding: Finding, bound: float, _seconds: float) -> Aim:
    return Aim(f"at most {amount(bound, MEASURES[finding.measure])} of the longer pauses inside a clause", high=bound)


def _steady(_finding: Finding, bound: float, _seconds: float) -> Aim:
    return Aim("no stretch of ten seconds that is clearly too fast or too slow", high=bound)


def _start_sooner(_finding: Finding, bound: float, _seconds: float) -> Aim:
    return Aim(f"the first word within {bound:g} s of the start of the recording", high=bound)


def _about(value: float) -> str:
    return count(max(1, round(value)), "second")


_RULES: Mapping[tuple[str, Side], Rule] = {
    ("filler_sounds", Side.ABOVE): _fewer("filler sound"),
    ("filler_words", Side.ABOVE): _fewer("filler word"),
    ("filler_density", Side.ABOVE): _thinner,
    ("filler_cluster", Side.ABOVE): _fewer_clusters,
    ("speaking_rate", Side.ABOVE): _slower,
    ("speaking_rate", Side.BELOW): _faster,
    ("steady_pace", Side.ABOVE): _steady,
    ("longest_pause", Side.ABOVE): _no_longer_silence,
    ("pause_placement", Side.ABOVE): _better_placed,
    ("answer_length", Side.ABOVE): _shorter,
    ("answer_length", Side.BELOW): _longer,
    ("time_to_the_point", Side.ABOVE): _point_sooner,
    ("outcome", Side.BELOW): _outcome,
    ("time_to_first_word", Side.ABOVE): _start_sooner,
}
