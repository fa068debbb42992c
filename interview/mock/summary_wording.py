"""A whole mock interview in sentences: about the speech, never about the person, and never a score."""

from __future__ import annotations

from analysis.measures.registry import MEASURES
from analysis.wording import amount, count, number
from interview.mock.summary import Middle, PooledRate, RunSummary

MIXED = (
    "The answers were measured in different ways (another model or other settings), so there are no numbers for all of "
    "them together."
)
NOTHING = "Nothing was said yet."


def told(summary: RunSummary) -> tuple[str, ...]:
    """The sentences to show for a run, the times first."""
    if not summary.answered:
        return (NOTHING,)
    first = (
        f"{summary.answered} of {count(summary.asked, 'question')} answered, in {minutes(summary.speaking)} of speech."
    )
    fitting = f"{summary.fitting_length} of {count(summary.answered, 'answer')} as long as the question asks for."
    if not summary.comparable:
        return (first, fitting, MIXED)
    medians = [_middle(each) for each in summary.medians if each.value is not None]
    return (first, fitting, *medians, *(_rate(each) for each in summary.rates if each.value is not None))


def minutes(seconds: float) -> str:
    """A length of time: "42 s", "8 min 12 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def _middle(middle: Middle) -> str:
    measure = MEASURES[middle.measure]
    if middle.value is None or middle.lowest is None or middle.highest is None:
        return f"{measure.label}: not measured."
    if middle.answers == 1:
        return f"{measure.label}: {amount(middle.value, measure)}, in the one answer long enough to tell."
    lowest, highest = number(middle.lowest, measure), number(middle.highest, measure)
    if lowest == highest:
        return f"{measure.label}: {amount(middle.value, measure)} in each of {middle.answers} long enough answers."
    of = f"the median of {middle.answers} long enough answers ({lowest} to {highest})"
    return f"{measure.label}: {amount(middle.value, measure)}, {of}."


def _rate(rate: PooledRate) -> str:
    measure = MEASURES[rate.measure]
    if rate.value is None or rate.interval is None:
        return f"{measure.label}: not measured."
    low, high = (number(end, measure) for end in rate.interval)
    return f"{measure.label}: {amount(rate.value, measure)} over all answers (95 % interval {low} to {high})."
