"""Mock interviews in words: pure functions, no widget."""

from __future__ import annotations

from analysis.measures.measure import Display, Measure
from analysis.measures.registry import measures_shown_in
from analysis.report import Report
from analysis.wording import amount, count
from app_pages.interviews.wording import stage, title
from app_pages.ui.wording import clock, moment
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun


def about(run: MockRun, plan: MockPlan | None, interview: Interview | None) -> str:
    """What a run was for and when: "Technical interview · Data Analyst at Harbour Analytics · 3 Mar 2026, 14:05"."""
    named = (stage(plan.stage) if plan else None, title(interview) if interview else None)
    parts = (*named, moment(run.started_at))
    return " · ".join(filter(None, parts))


def how_far(run: MockRun) -> str:
    """How many questions were answered: "3 of 7 questions answered"."""
    return f"{len(run.answers)} of {count(len(run.steps), 'question')} answered"


def numbers(report: Report) -> str:
    """Length, pace and filler sounds of one answer in a line."""
    length = clock(report.response.duration) if report.response else "nothing was said"
    found = [(measure, report.finding(measure.key).value) for measure in measures_shown_in(Display.MOCK_ANSWER)]
    return " · ".join([length, *(_named(value, measure) for measure, value in found if value is not None)])


def _named(value: float, measure: Measure) -> str:
    return f"{measure.label.lower()} {amount(value, measure)}"
