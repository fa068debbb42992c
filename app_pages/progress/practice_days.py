"""The days of practice as a plain strip of the last weeks: what was done, without a word about what was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import Day, practice, recent_weeks
from analysis.wording import count
from app_pages.ui.templates import render_template, show_style
from app_pages.ui.wording import day, short_day

STRIP = "progress/templates/practice_days.html"
WEEKS = 13
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def show(attempts: Sequence[Attempt], today: date) -> None:
    """Show on which days answers were given."""
    st.subheader("Practice days", anchor=False)
    days = practice(attempts, today).days
    if not days:
        return
    st.markdown(told(count(len(attempts), "answer"), days))
    show_style("progress/templates/practice_days.css")
    st.html(strip(recent_weeks(attempts, today, WEEKS)))


def told(answers: str, days: Sequence[date]) -> str:
    """How often something was practised, in a sentence; one day or more."""
    if len(days) == 1:
        return f"{answers} on {day(days[0])}."
    return f"{answers} on {count(len(days), 'day')} since {day(days[0])}, the last on {day(days[-1])}."


def strip(weeks: Sequence[Sequence[Day]]) -> str:
    """The weeks as columns of days, each with the number of its answers, as HTML."""
    columns = [(_name_month(week), [(each.answers, _describe_day(each)) for each in week]) for week in weeks]
    return render_template(STRIP, label=described(weeks), names=WEEKDAYS, columns=columns)


def described(weeks: Sequence[Sequence[Day]]) -> str:
    """The strip in words, for those who do not see it."""
    practised = [each for week in weeks for each in week if each.answers]
    days = ", ".join(f"{short_day(each.date)} {each.answers}" for each in practised)
    return f"Answers a day in the last {len(weeks)} weeks: {days or 'none'}."


def _name_month(week: Sequence[Day]) -> str:
    """The month's name above the week in which it begins."""
    begins = next((each.date for each in week if each.date.day == 1), None)
    return f"{begins:%b}" if begins else ""


def _describe_day(each: Day) -> str:
    return f"{day(each.date)}: {count(each.answers, 'answer')}"
