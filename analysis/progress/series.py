"""Turn the answers of one measure into a series of points, few enough to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles

from analysis.progress.attempt import Attempt, split_evenly


@dataclass(frozen=True)
class Point:
    """One answer, or several in a row as one."""

    attempt: str  # the id of the answer, of the latest of several
    since: datetime  # when the answer was given, the first of several
    until: datetime  # the last of several
    answers: int
    value: float  # of several, the median
    interval: tuple[float, float] | None  # 95 % uncertainty of a rate; of several, what the middle half lies between
    is_eligible: bool  # long enough to be compared


def list_latest_points(attempts: Sequence[Attempt], measure: str, most: int) -> tuple[Point, ...]:
    """Return the last `most` answers with a value as points, one each, in time order."""
    measured = [(attempt, value) for attempt in attempts if (value := attempt.values.get(measure)) is not None]
    measured.sort(key=lambda pair: pair[0].at)
    return tuple(
        Point(each.id, each.at, each.at, 1, value, each.compute_rate_interval(measure), each.is_eligible)
        for each, value in measured[-most:]
    )


def list_median_points(attempts: Sequence[Attempt], measure: str, most: int) -> tuple[Point, ...]:
    """Return eligible answers as at most `most` points, each the median of about equally many in a row."""
    measured = [
        (attempt, value)
        for attempt in attempts
        if attempt.is_eligible and (value := attempt.values.get(measure)) is not None
    ]
    measured.sort(key=lambda pair: pair[0].at)
    return tuple(map(_summarize_answers, split_evenly(measured, min(most, len(measured)))))


def _summarize_answers(measured: Sequence[tuple[Attempt, float]]) -> Point:
    values = [value for _, value in measured]
    (first, _), (last, _) = measured[0], measured[-1]
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else 3 * values
    return Point(last.id, first.at, last.at, len(values), median(values), (low, high), is_eligible=True)
