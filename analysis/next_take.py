"""Targets for the next take: near enough to be met, and never beyond the band that calls for them.

Fillers may be halved at once (habit-reversal studies more than halved them); pace and length move by steps that a
speaker can steer. Each rule takes the finding and the length of the answer in seconds and returns a phrase.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from analysis.finding import Band, Finding, Side
from analysis.targets import MEASURES
from analysis.wording import amount, band_range, count

PACE_STEP = 0.15  # of the present rate; 200 words a minute become 170
LONGER_STEP = 1.5  # times the present length
SHORTER_STEP = 0.75  # times the present length

Rule = Callable[[Finding, float, float], str]  # finding, the end of the band that it lies beyond, seconds of answer


def target(finding: Finding, seconds: float) -> str:
    """What the next take can meet; the finding has a value outside its band."""
    if finding.band is None or finding.value is None or finding.side not in (Side.ABOVE, Side.BELOW):
        raise ValueError(f"a target needs a value outside its band: {finding}")
    bound = finding.band.fine[0 if finding.side is Side.BELOW else 1]
    rule = _RULES.get((finding.measure, finding.side))
    return rule(finding, bound, seconds) if rule and bound is not None else _inside(finding, finding.band)


def _inside(finding: Finding, band: Band) -> str:
    measure = MEASURES[finding.measure]
    return f"{measure.label.lower()}: {band_range(band, measure)}"


def _fewer(thing: str) -> Rule:
    def rule(finding: Finding, per_minute: float, seconds: float) -> str:
        return _at_most(len(finding.moments), per_minute * seconds / 60, thing)

    return rule


def _thinner(finding: Finding, per_hundred: float, _seconds: float) -> str:
    now = len(finding.moments)
    return _at_most(now, now * per_hundred / (finding.value or per_hundred), "filler")


def _at_most(now: int, fine: float, thing: str) -> str:
    aim = max(math.floor(fine), now // 2)
    return f"at most {count(aim, thing)} in the next take" if aim else f"no {thing}s in the next take"


def _fewer_clusters(finding: Finding, _bound: float, _seconds: float) -> str:
    aim = round(finding.value or 0) // 2
    return (
        f"at most {count(aim, 'place')} with three fillers in ten seconds" if aim else "no three fillers in ten seconds"
    )


def _slower(finding: Finding, bound: float, seconds: float) -> str:
    now = finding.value or bound
    aim = math.ceil(max(bound, now * (1 - PACE_STEP)))
    return f"{aim} words a minute or less: about {_about(seconds * (now / aim - 1))} longer for the same words"


def _faster(finding: Finding, bound: float, seconds: float) -> str:
    now = finding.value or bound
    aim = math.floor(min(bound, now * (1 + PACE_STEP)))
    return f"{aim} words a minute or more: about {_about(seconds * (1 - now / aim))} shorter for the same words"


def _no_longer_silence(finding: Finding, bound: float, _seconds: float) -> str:
    act = finding.band.watch[1] if finding.band else None
    aim = act if act is not None and (finding.value or 0) > act else bound
    return f"no silence over {aim:g} s"


def _shorter(finding: Finding, bound: float, _seconds: float) -> str:
    return f"an answer of at most {math.ceil(max(bound, (finding.value or 0) * SHORTER_STEP))} s"


def _longer(finding: Finding, bound: float, _seconds: float) -> str:
    return f"an answer of at least {math.floor(min(bound, (finding.value or bound) * LONGER_STEP))} s"


def _point_sooner(_finding: Finding, bound: float, _seconds: float) -> str:
    return f"the sentence that answers the question within the first {bound:g} s"


def _outcome(_finding: Finding, _bound: float, _seconds: float) -> str:
    return "one sentence that says what came of it, with a number or what was learnt"


def _better_placed(finding: Finding, bound: float, _seconds: float) -> str:
    return f"at most {amount(bound, MEASURES[finding.measure])} of the longer pauses inside a clause"


def _steady(_finding: Finding, _bound: float, _seconds: float) -> str:
    return "no stretch of ten seconds that is clearly too fast or too slow"


def _start_sooner(_finding: Finding, bound: float, _seconds: float) -> str:
    return f"the first word within {bound:g} s of the start of the recording"


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
