"""The days of practice as a plain strip of the last weeks: what was done, without a word about what was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import Day, practice, recent_weeks
from analysis.wording import count
from app_pages.ui.wording import day, short_day

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
WEEKS = 13
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def show(attempts: Sequence[Attempt], today: date) -> None:
    """Show on which days answers were given."""
    st.subheader("Practice days", anchor=False)
    days = practice(attempts, today).days
    if not days:
        return
    st.markdown(told(count(len(attempts), "answer"), days))
    st.html(STYLE + strip(recent_weeks(attempts, today, WEEKS)))


def told(answers: str, days: Sequence[date]) -> str:
    """How often something was practised, in a sentence; one day or more."""
    if len(days) == 1:
        return f"{answers} on {day(days[0])}."
    return f"{answers} on {count(len(days), 'day')} since {day(days[0])}, the last on {day(days[-1])}."


def strip(weeks: Sequence[Sequence[Day]]) -> str:
    """The weeks as columns of days, each with the number of its answers, as HTML."""
    label = escape(described(weeks), quote=True)
    columns = "".join(f'<div class="week">{_month(week)}{"".join(map(_cell, week))}</div>' for week in weeks)
    names = "".join(f"<span>{name}</span>" for name in WEEKDAYS)
    return f'<div class="days" role="img" aria-label="{label}"><div class="week"><b></b>{names}</div>{columns}</div>'


def described(weeks: Sequence[Sequence[Day]]) -> str:
    """The strip in words, for those who do not see it."""
    practised = [each for week in weeks for each in week if each.answers]
    days = ", ".join(f"{short_day(each.date)} {each.answers}" for each in practised)
    return f"Answers a day in the last {len(weeks)} weeks: {days or 'none'}."


def _month(week: Sequence[Day]) -> str:
    """The month's name above the week in which it begins."""
    begins = next((each.date for each in week if each.date.day == 1), None)
    return f"<b>{begins:%b}</b>" if begins else "<b></b>"


def _cell(each: Day) -> str:
    title = f"{day(each.date)}: {count(each.answers, 'answer')}"
    shade = f"some{min(each.answers, 4)}" if each.answers else "none"
    return f'<i class="{shade}" title="{title}">{each.answers or ""}</i>'
