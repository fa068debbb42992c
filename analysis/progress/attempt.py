"""One answer among many, as far as progress needs to know it: numbers, no words and no sound.

Conventions: answers that were measured by another model, other settings or other formulas belong to another cohort and
are never compared with each other; an answer of less than 20 s or 40 words is too short to compare at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import TypeVar

from analysis.measures.poisson_interval import rate_interval
from analysis.measures.registry import MEASURES
from analysis.progress.statistics import Events
from analysis.question import QuestionKind
from analysis.report import Report
from analysis.text.verbalize import word_count

SHORTEST = 20.0  # s of answer
FEWEST_WORDS = 40

_Key = TypeVar("_Key", bound=Hashable)
_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Cohort:
    """What an answer was measured with."""

    model: str
    settings: str
    formula_version: int


@dataclass(frozen=True)
class Attempt:
    """One answer. `values` are by key of the measure, None where it was not measured; `events` only for rates."""

    id: str
    at: datetime  # with its zone
    question: str | None  # its id; None: no question was chosen
    kind: QuestionKind | None
    take: int  # of this question, from 1
    cohort: Cohort
    seconds: float  # T_resp
    words: int  # W
    values: Mapping[str, float | None]
    events: Mapping[str, Events]  # count / exposure is the value

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"the time of an answer has a zone: {self.at!r}")

    @property
    def is_eligible(self) -> bool:
        """Whether the answer is long enough for its numbers to mean something beside those of others."""
        return self.seconds >= SHORTEST and self.words >= FEWEST_WORDS

    def interval(self, measure: str) -> tuple[float, float] | None:
        """95 % uncertainty of a rate in the measure's unit; None for what is not a rate."""
        events = self.events.get(measure)
        return rate_interval(events.count, events.exposure, 1) if events else None


def attempt_from_report(report: Report, id: str, at: datetime, take: int) -> Attempt:  # noqa: A002 - the field's name
    """What progress needs of a report."""
    return Attempt(
        id=id,
        at=at,
        question=report.question.id if report.question else None,
        kind=report.question.kind if report.question else None,
        take=take,
        cohort=Cohort(report.model, report.settings, report.formula_version),
        seconds=report.response.duration if report.response else 0.0,
        words=word_count(report.words),
        values={finding.measure: finding.value for finding in report.findings},
        events=_events(report),
    )


def own_median(attempts: Iterable[Attempt], measure: str) -> float | None:
    """The median over eligible answers; None where none has a value."""
    values = [attempt.values.get(measure) for attempt in attempts if attempt.is_eligible]
    measured = [value for value in values if value is not None]
    return median(measured) if measured else None


def by_cohort(attempts: Iterable[Attempt]) -> dict[Cohort, tuple[Attempt, ...]]:
    """Answers in time order by what they were measured with; the cohort of the latest answer comes last."""
    groups = _by(attempts, lambda attempt: attempt.cohort)
    return dict(sorted(groups.items(), key=lambda group: group[1][-1].at))


def by_question(attempts: Iterable[Attempt]) -> dict[str | None, tuple[Attempt, ...]]:
    """Answers in time order by the id of their question."""
    return _by(attempts, lambda attempt: attempt.question)


def by_kind(attempts: Iterable[Attempt]) -> dict[QuestionKind | None, tuple[Attempt, ...]]:
    """Answers in time order by the kind of their question."""
    return _by(attempts, lambda attempt: attempt.kind)


def split_evenly(things: Sequence[_Thing], parts: int) -> list[Sequence[_Thing]]:
    """Return so many runs of neighbours, none with two more than another; no part at all for 0 parts."""
    borders = [len(things) * part // parts for part in range(parts + 1)] if parts else []
    return [things[start:end] for start, end in pairwise(borders)]


def _by(attempts: Iterable[Attempt], key: Callable[[Attempt], _Key]) -> dict[_Key, tuple[Attempt, ...]]:
    groups: dict[_Key, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.at):
        groups.setdefault(key(attempt), []).append(attempt)
    return {name: tuple(group) for name, group in groups.items()}


def _events(report: Report) -> dict[str, Events]:
    """Return the counted events of each rate; a report of an earlier version may not hold every one."""
    if report.response is None:
        return {}
    held = {finding.measure for finding in report.findings}
    counted = {
        key: measure.count_events(report)
        for key, measure in MEASURES.items()
        if key in held and measure.count_events is not None
    }
    return {key: Events(count, exposure) for key, (count, exposure) in counted.items() if exposure > 0}
