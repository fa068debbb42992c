"""Show the practice days of the last weeks; missed days are not commented on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import Day, find_practice_days, list_recent_weeks
from analysis.wording import format_count
from app_pages.ui.wording import format_date, format_short_date

STYLE = """
<style>
.days { display: flex; gap: 0.25rem; font-size: 0.75rem; line-height: 1.25rem; }
.days .week { display: grid; grid-template-rows: repeat(8, 1.25rem); gap: 0.25rem; width: 1.25rem; flex: none; }
.days b { font-weight: 400; white-space: nowrap; opacity: 0.75; }
.days span { opacity: 0.75; }
.days i { font-style: normal; text-align: center; border-radius: 0.25rem; font-weight: 600; }
.days .none { box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 18%, transparent); }
.days .some1 { background: rgb(38 134 143 / 0.25); }
.days .some2 { background: rgb(38 134 143 / 0.4); }
.days .some3 { background: rgb(38 134 143 / 0.55); }
.days .some4 { background: rgb(38 134 143 / 0.7); }
</style>
"""
SHOWN_WEEKS = 13
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def show_practice_days(attempts: Sequence[Attempt], today: date) -> None:
    """Show on which days the user practised."""
    st.subheader("Practice days", anchor=False)
    days = find_practice_days(attempts, today).days
    if not days:
        return
    st.markdown(describe_days(format_count(len(attempts), "answer"), days))
    st.html(STYLE + render_strip(list_recent_weeks(attempts, today, SHOWN_WEEKS)))


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
    label = escape(describe_strip(weeks), quote=True)
    columns = "".join(
        f'<div class="week">{_render_month(week)}{"".join(map(_render_day, week))}</div>' for week in weeks
    )
    names = "".join(f"<span>{name}</span>" for name in WEEKDAYS)
    return f'<div class="days" role="img" aria-label="{label}"><div class="week"><b></b>{names}</div>{columns}</div>'


def describe_strip(weeks: Sequence[Sequence[Day]]) -> str:
    """Describe the practice days in words, for screen readers."""
    practised = [each for week in weeks for each in week if each.answers]
    days = ", ".join(f"{format_short_date(each.date)} {each.answers}" for each in practised)
    return f"Answers a day in the last {len(weeks)} weeks: {days or 'none'}."


def _render_month(week: Sequence[Day]) -> str:
    """Render the name of a month above the week in which it begins."""
    begins = next((each.date for each in week if each.date.day == 1), None)
    return f"<b>{begins:%b}</b>" if begins else "<b></b>"


def _render_day(each: Day) -> str:
    title = f"{format_date(each.date)}: {format_count(each.answers, 'answer')}"
    shade = f"some{min(each.answers, 4)}" if each.answers else "none"
    return f'<i class="{shade}" title="{title}">{each.answers or ""}</i>'
