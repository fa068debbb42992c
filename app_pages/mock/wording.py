"""Describe mock interviews in words (pure functions, no widgets)."""

from __future__ import annotations

from analysis.measures.measure import Display, Measure
from analysis.measures.registry import list_measures_shown_in
from analysis.report import Report
from analysis.wording import format_amount, format_count
from app_pages.interviews.wording import format_title, get_stage_label
from app_pages.ui.wording import format_clock, format_date_time
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun


def describe_run(run: MockRun, plan: MockPlan | None, interview: Interview | None) -> str:
    """Return what a run was for and when it began.

    For example "Technical interview · Data Analyst at Harbour Analytics · 3 Mar 2026, 14:05".

    Args:
        run: the mock interview.
        plan: what it was begun from; None if that was deleted.
        interview: what it was for; None for no interview in particular.
    """
    named = (get_stage_label(plan.stage) if plan else None, format_title(interview) if interview else None)
    parts = (*named, format_date_time(run.started_at))
    return " · ".join(filter(None, parts))


def describe_progress(run: MockRun) -> str:
    """Return how many questions were answered, such as "3 of 7 questions answered"."""
    answered = sum(step.attempt is not None for step in run.main_steps)
    return f"{answered} of {format_count(len(run.main_steps), 'question')} answered"


def describe_measures(report: Report) -> str:
    """Return length, pace and filled pauses of one answer in a line."""
    length = format_clock(report.response.duration) if report.response else "nothing was said"
    found = [
        (measure, report.get_finding(measure.key).value) for measure in list_measures_shown_in(Display.MOCK_ANSWER)
    ]
    return " · ".join([length, *(_describe_measure(value, measure) for measure, value in found if value is not None)])


def _describe_measure(value: float, measure: Measure) -> str:
    return f"{measure.label.lower()} {format_amount(value, measure)}"
