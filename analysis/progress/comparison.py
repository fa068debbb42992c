"""Two takes of the same question: what changed in the numbers, and word by word in what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Attempt, split_evenly
from analysis.progress.statistics import Events, dispersion, rate_ratio_interval
from analysis.progress.trend import Change, Difference, judged_change, moved
from analysis.progress.trend_estimation import shared_band
from analysis.text.clauses import plain
from speech.transcript import Word

FEWEST_OTHERS = 4  # answers; fewer say too little of their own variation


@dataclass(frozen=True)
class Passage:
    """A stretch of both transcripts. Same words on both sides, or one side empty, or one said instead of the other."""

    is_same: bool
    before: tuple[Word, ...]
    now: tuple[Word, ...]


def compare(
    before: Attempt, now: Attempt, others: Sequence[Attempt] = (), own: Mapping[str, Band] | None = None
) -> tuple[Difference, ...]:
    """Every measure of an earlier and a later take of one question.

    Only rates can be told from chance by one answer each. `others` are more answers of the same person: 4 of them or
    more tell how much the counts vary from answer to answer anyway; without, only the chance of counting is known.
    Raises ValueError for answers to different questions.
    """
    if before.question != now.question:
        raise ValueError(f"these are answers to different questions: {before.question}, {now.question}")
    alike = [
        each for each in others if each.cohort == now.cohort and each.is_eligible and each.id not in (before.id, now.id)
    ]
    alike.sort(key=lambda each: each.at)
    return tuple(_difference(before, now, alike, measure, own) for measure in MEASURES)


def word_diff(before: Sequence[Word], now: Sequence[Word]) -> tuple[Passage, ...]:
    """Both transcripts cut into the same number of passages; capitals and punctuation make no difference."""
    matcher = SequenceMatcher(None, [plain(word) for word in before], [plain(word) for word in now], autojunk=False)
    return tuple(
        Passage(tag == "equal", tuple(before[i:j]), tuple(now[k:m])) for tag, i, j, k, m in matcher.get_opcodes()
    )


def _difference(
    before: Attempt, now: Attempt, others: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None
) -> Difference:
    earlier, later = before.values.get(measure), now.values.get(measure)
    if before.cohort != now.cohort:
        return Difference(measure, Change.NOT_COMPARABLE, earlier, later, None)
    if earlier is None or later is None or measure not in before.events or measure not in now.events:
        return Difference(measure, Change.TOO_FEW, earlier, later, None)
    usual = [each.events[measure] for each in others if measure in each.events]
    interval = rate_ratio_interval(before.events[measure], now.events[measure], dispersion(_neighbours(usual)))
    change = Change.NO_CLEAR_CHANGE
    if moved(interval, is_ratio=True):
        change = judged_change(earlier, later, shared_band((before, now), measure, own))
    return Difference(measure, change, earlier, later, interval)


def _neighbours(usual: Sequence[Events]) -> list[Sequence[Events]]:
    """Groups of answers in a row, each of `FEWEST_OTHERS` or more, so that slow progress is no variation."""
    return split_evenly(usual, len(usual) // FEWEST_OTHERS)
