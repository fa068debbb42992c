"""Show the practice days of the last weeks; missed days are not commented on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import Day, find_practice_days, list_recent_weeks
from analysis.wording import format_count
from app_pages.ui.templates import render_template, show_style
from app_pages.ui.wording import format_date, format_short_date

STRIP = "progress/templates/practice_days.html"
SHOWN_WEEKS = 13
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def show_practice_days(attempts: Sequence[Attempt], today: date) -> None:
    """Show on which days the user practised."""
    st.header("Practice days", anchor=False)
    days = find_practice_days(attempts, today).days
    if not days:
        return
    st.markdown(describe_days(format_count(len(attempts), "answer"), days))
    show_style("progress/templates/practice_days.css")
    st.html(render_strip(list_recent_weeks(attempts, today, SHOWN_WEEKS)))


def describe_days(answers: str, days: Sequence[date]) -> str:
    """Return how often the user practised, in a sentence.

    Args:
        answers: the number of answers in words, such as "3 answers".
        days: one or more days of practice in order.
    """
    if len(days) == 1:
        return f"{answers} on {format_date(days[0])}."
    return (
        f"{answers} on {format_count(len(days), 'day')} since {format_date(days[0])}, "
        f"the last on {format_date(days[-1])}."
    )


def render_strip(weeks: Sequence[Sequence[Day]]) -> str:
    """Render the weeks as HTML columns of days, each with its number of answers."""
    columns = [(_name_month(week), [(each.answers, _describe_day(each)) for each in week]) for week in weeks]
    return render_template(STRIP, label=describe_strip(weeks), names=WEEKDAYS, columns=columns)


def describe_strip(weeks: Sequence[Sequence[Day]]) -> str:
    """Describe the practice days in words, for screen readers."""
    practised = [each for week in weeks for each in week if each.answers]
    days = ", ".join(f"{format_short_date(each.date)} {each.answers}" for each in practised)
    return f"Answers per day in the last {format_count(len(weeks), 'week')}: {days or 'none'}."


def _name_month(week: Sequence[Day]) -> str:
    """The month's name above the week in which it begins."""
    begins = next((each.date for each in week if each.date.day == 1), None)
    return f"{begins:%b}" if begins else ""


def _describe_day(each: Day) -> str:
    return f"{format_date(each.date)}: {format_count(each.answers, 'answer')}"
