"""Compare two takes of the same question: the change of each measure, and a word diff of the transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Attempt, split_evenly
from analysis.progress.statistics import EventCount, compute_rate_ratio_interval, estimate_dispersion
from analysis.progress.trend import Change, Difference, find_direction, judge_change
from analysis.progress.trend_estimation import find_shared_band
from analysis.text.clauses import normalise_word
from speech.transcript import Word

MAX_NEIGHBOURS = 24  # answers; older ones are of another time
MIN_OTHER_ANSWERS = 4  # answers; fewer say too little of their own variation


@dataclass(frozen=True)
class Passage:
    """A stretch of both transcripts: the same words in both, or words in one only, or words replaced by others."""

    is_same: bool
    before: tuple[Word, ...]
    now: tuple[Word, ...]


def compare_takes(
    before: Attempt, now: Attempt, others: Sequence[Attempt] = (), own: Mapping[str, Band] | None = None
) -> tuple[Difference, ...]:
    """Compare every measure of an earlier and a later take of one question.

    Args:
        before: the earlier take.
        now: the later take.
        others: more answers of the same person. From MIN_OTHER_ANSWERS on they show how much counts
            vary from answer to answer anyway; with fewer, only Poisson variation is allowed for.
        own: the user's own bands by measure key, in place of the default ones.

    Returns:
        One difference per measure. With one answer on each side, only rates can be told from chance.

    Raises:
        ValueError: the takes answer different questions.
    """
    if before.question != now.question:
        raise ValueError(f"these are answers to different questions: {before.question}, {now.question}")
    return compare_answers(before, now, others, own)


def compare_answers(
    before: Attempt, now: Attempt, others: Sequence[Attempt] = (), own: Mapping[str, Band] | None = None
) -> tuple[Difference, ...]:
    """Compare any two answers; arguments and result as for `compare_takes`."""
    alike = [
        each for each in others if each.cohort == now.cohort and each.is_eligible and each.id not in (before.id, now.id)
    ]
    alike.sort(key=lambda each: each.at)
    return tuple(_compare_measure(before, now, alike, measure, own) for measure in MEASURES)


def find_latest_pair(attempts: Sequence[Attempt]) -> tuple[Attempt, Attempt] | None:
    """Return the two answers to say something about: the latest two takes of a question, else the latest two answers.

    Args:
        attempts: of one cohort, in time order.

    Returns:
        The earlier one first; None for fewer than two answers.
    """
    for place in range(len(attempts) - 1, 0, -1):
        now = attempts[place]
        before = next((each for each in reversed(attempts[:place]) if each.question == now.question), None)
        if before is not None and now.question is not None:
            return before, now
    return (attempts[-2], attempts[-1]) if len(attempts) > 1 else None


def find_neighbours(attempts: Sequence[Attempt], later: Attempt) -> tuple[Attempt, ...]:
    """Return the answers that tell how much answers vary anyway: of the same kind and cohort, the nearest in time."""
    alike = [attempt for attempt in attempts if attempt.kind == later.kind and attempt.cohort == later.cohort]
    return tuple(sorted(alike, key=lambda attempt: abs(attempt.at - later.at))[:MAX_NEIGHBOURS])


def diff_words(before: Sequence[Word], now: Sequence[Word]) -> tuple[Passage, ...]:
    """Align two transcripts as a sequence of passages; capitals and punctuation are ignored."""
    matcher = SequenceMatcher(
        None, [normalise_word(word) for word in before], [normalise_word(word) for word in now], autojunk=False
    )
    return tuple(
        Passage(tag == "equal", tuple(before[i:j]), tuple(now[k:m])) for tag, i, j, k, m in matcher.get_opcodes()
    )


def _compare_measure(
    before: Attempt, now: Attempt, others: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None
) -> Difference:
    earlier, later = before.values.get(measure), now.values.get(measure)
    if before.cohort != now.cohort:
        return Difference(measure, Change.NOT_COMPARABLE, earlier, later, None)
    if earlier is None or later is None or measure not in before.events or measure not in now.events:
        return Difference(measure, Change.TOO_FEW, earlier, later, None)
    usual = [each.events[measure] for each in others if measure in each.events]
    interval = compute_rate_ratio_interval(
        before.events[measure], now.events[measure], estimate_dispersion(_group_neighbours(usual))
    )
    change = Change.NO_CLEAR_CHANGE
    if find_direction(interval, is_ratio=True):
        change = judge_change(earlier, later, find_shared_band((before, now), measure, own))
    return Difference(measure, change, earlier, later, interval)


def _group_neighbours(usual: Sequence[EventCount]) -> list[Sequence[EventCount]]:
    """Group consecutive answers, MIN_OTHER_ANSWERS or more each, so that slow progress is not variation."""
    return split_evenly(usual, len(usual) // MIN_OTHER_ANSWERS)
