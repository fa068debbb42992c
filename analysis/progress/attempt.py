"""One answer as progress needs it: numbers only, without words or audio.

Conventions: answers measured with another model, other settings or other formulas are in different
cohorts and are never compared with each other. An answer of less than 20 s or 40 words is too short
to be compared at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import TypeVar

from analysis.measures.poisson_interval import compute_rate_interval
from analysis.measures.registry import MEASURES
from analysis.progress.statistics import EventCount
from analysis.question import QuestionKind
from analysis.report import Report
from analysis.text.verbalize import count_words

MIN_ANSWER_SECONDS = 20.0  # s of answer
MIN_ANSWER_WORDS = 40

_Key = TypeVar("_Key", bound=Hashable)
_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Cohort:
    """The model, settings and formulas that an answer was measured with."""

    model: str
    settings: str
    formula_version: int


@dataclass(frozen=True)
class Attempt:
    """One answer. `values` has None for measures without a value; `events` has the counts behind rates only."""

    id: str
    at: datetime  # with its zone
    question: str | None  # its id; None: no question was chosen
    kind: QuestionKind | None
    take: int  # of this question, from 1
    cohort: Cohort
    seconds: float  # T_resp
    words: int  # W
    values: Mapping[str, float | None]
    events: Mapping[str, EventCount]  # count / exposure is the value

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"the time of an answer has a zone: {self.at!r}")

    @property
    def is_eligible(self) -> bool:
        """Whether the answer is long enough to be compared with others."""
        return self.seconds >= MIN_ANSWER_SECONDS and self.words >= MIN_ANSWER_WORDS

    def compute_rate_interval(self, measure: str) -> tuple[float, float] | None:
        """Return the 95 % confidence interval of a rate in the measure's unit; None if it is not a rate."""
        events = self.events.get(measure)
        return compute_rate_interval(events.count, events.exposure, 1) if events else None


def build_attempt(report: Report, id: str, at: datetime, take: int) -> Attempt:  # noqa: A002 - the field's name
    """Extract from a report what progress needs.

    Args:
        report: the report of the answer.
        id: identifier of the answer.
        at: when it was recorded, with a time zone.
        take: number of this take of its question, from 1.
    """
    return Attempt(
        id=id,
        at=at,
        question=report.question.id if report.question else None,
        kind=report.question.kind if report.question else None,
        take=take,
        cohort=Cohort(report.model, report.settings, report.formula_version),
        seconds=report.response.duration if report.response else 0.0,
        words=count_words(report.words),
        values={finding.measure: finding.value for finding in report.findings},
        events=_collect_events(report),
    )


def compute_own_median(attempts: Iterable[Attempt], measure: str) -> float | None:
    """Return a measure's median over eligible answers; None if none has a value."""
    values = [attempt.values.get(measure) for attempt in attempts if attempt.is_eligible]
    measured = [value for value in values if value is not None]
    return median(measured) if measured else None


def group_by_cohort(attempts: Iterable[Attempt]) -> dict[Cohort, tuple[Attempt, ...]]:
    """Group answers by cohort, each group in time order; the cohort of the latest answer comes last."""
    groups = _group_by(attempts, lambda attempt: attempt.cohort)
    return dict(sorted(groups.items(), key=lambda group: group[1][-1].at))


def group_by_question(attempts: Iterable[Attempt]) -> dict[str | None, tuple[Attempt, ...]]:
    """Group answers by the id of their question, each group in time order."""
    return _group_by(attempts, lambda attempt: attempt.question)


def group_by_kind(attempts: Iterable[Attempt]) -> dict[QuestionKind | None, tuple[Attempt, ...]]:
    """Group answers by the kind of their question, each group in time order."""
    return _group_by(attempts, lambda attempt: attempt.kind)


def split_evenly(things: Sequence[_Thing], parts: int) -> list[Sequence[_Thing]]:
    """Split a sequence into `parts` runs whose lengths differ by at most one; an empty list for 0 parts."""
    borders = [len(things) * part // parts for part in range(parts + 1)] if parts else []
    return [things[start:end] for start, end in pairwise(borders)]


def _group_by(attempts: Iterable[Attempt], key: Callable[[Attempt], _Key]) -> dict[_Key, tuple[Attempt, ...]]:
    groups: dict[_Key, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.at):
        groups.setdefault(key(attempt), []).append(attempt)
    return {name: tuple(group) for name, group in groups.items()}


def _collect_events(report: Report) -> dict[str, EventCount]:
    """Return the event counts of each rate; what has no value has no count either."""
    if report.response is None:
        return {}
    held = {finding.measure for finding in report.findings if finding.value is not None}
    counted = {
        key: measure.count_events(report)
        for key, measure in MEASURES.items()
        if key in held and measure.count_events is not None
    }
    return {key: EventCount(count, exposure) for key, (count, exposure) in counted.items() if exposure > 0}
