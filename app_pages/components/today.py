"""The next thing to do, above the question; and the plan of practice that it comes from."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from analysis.feedback.exercise import describe_exercise
from analysis.wording import format_count
from app_pages.centre.groups_notice import show_next_given
from app_pages.components import past_interviews
from app_pages.interviews.wording import format_title
from app_pages.ui import current_time, practice_state
from app_pages.ui.identity import say_where_kept
from app_pages.ui.links import (
    DEBRIEF_PAGE,
    FOLLOW_UPS_PAGE,
    THANK_YOU_PAGE,
    link_to_interview,
    link_to_interviews,
    link_to_question,
)
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import render_template, show_style
from app_pages.ui.wording import escape_markdown
from interview.calendar_file import Agenda, make_calendar_file
from interview.interview import Interview, InterviewState
from interview.practice_plan import PlannedQuestion, PracticeDay
from interview.working_days import format_day
from services.interviews.belongings import find_people
from services.interviews.practice_plans import (
    begin_plan,
    describe_planned,
    format_minutes,
    load_plan,
    make_day_entries,
)
from services.question_bank import QuestionBank, load_question_bank
from services.today import DueStep, Today, load_today
from store.settings import read_settings

INTRODUCTION = "Answer a question aloud, then see how it came across."
FIRST_LABEL = "Answer your first question"
FIRST_TEXT = "It takes about a minute. You'll get a report right after, and only you see it."
ADD_INTERVIEW = "Interview coming up? Add it for a plan"
NO_DAY_TEXT = "Add the date of the interview, and you get a plan: a few questions on evenly spaced days."
TOO_LATE_TEXT = "The interview is too close for a plan. Say the answers you care most about aloud once, and rest."
OVER_TEXT = "This interview is over. A plan comes with the next one."
HOW_TEXT = (
    "Short sessions on evenly spaced days stay in your memory longer than one long session. Different questions take "
    "turns, and a point you've made comes back some days later under another question. What you miss moves to the "
    "next day."
)
PLAN_SECTION, PLAN_LABEL = "plan", "Practice plan"  # the label is what an address names
_PAGES_BY_RULE = {
    "write_it_down": DEBRIEF_PAGE,
    **dict.fromkeys(("note_to_everyone", "staff_who_helped", "colleagues_met"), THANK_YOU_PAGE),
}
_STARTS = "first_answer_starts"


def show_today() -> None:
    """Show the next thing to do, and let its question be the one on the page unless another was chosen.

    Shows nothing while an answer is on the page: then that is the next thing.

    Raises:
        StoreError: the data cannot be read or stored.
    """
    if practice_state.get_practice_state().attempt_id is not None:
        return
    now, bank = current_time.now(), load_question_bank(get_store())
    show_next_given()
    today = load_today(get_store(), bank, read_settings(), now)
    if today.is_first_visit:
        _show_first_visit()
        return
    _suggest_question(today, now.date())
    past_interviews.ask_whether_held(today.unsure)
    show_style("components/templates/today.css")
    with st.container(border=True, key="today"):
        for line in (*_describe_interview(today, now), *_describe_goal(today)):
            st.markdown(line)
        with st.container(horizontal=True, vertical_alignment="center"):
            for line in _describe_practice(today, bank, now.date()):
                st.markdown(line, width="content")
            _show_links(today, now.date())


def show_next_question() -> None:
    """Show what the plan asks for next, below a report.

    Raises:
        StoreError: the data cannot be read or stored.
    """
    now, bank = current_time.now(), load_question_bank(get_store())
    today = load_today(get_store(), bank, read_settings(), now)
    if today.interview is None or not today.plan:
        return
    show_style("components/templates/today.css")
    with st.container(border=True, key="today_next"):
        for line in _describe_practice(today, bank, now.date()):
            st.markdown(line)
        following = _find_question_of(today, now.date())
        if following is not None:
            text = escape_markdown(f"Next question: {bank.format_text(following.question)}")
            link_to_question(following.question.id, text)


def show_plan(interview: Interview) -> None:
    """Show the plan for an interview by days, with its calendar file.

    Raises:
        StoreError: the data cannot be read or stored.
    """
    now, bank = current_time.now(), load_question_bank(get_store())
    if interview.state is not InterviewState.UPCOMING:
        st.markdown(OVER_TEXT)
        return
    if interview.on_day is None:
        st.info(NO_DAY_TEXT)
        return
    begun = begin_plan(get_store(), interview, now.date())
    plan = load_plan(begun, bank, get_store().load_history(), read_settings().work_field or "", now.date())
    if not plan:
        st.markdown(TOO_LATE_TEXT)
        return
    for day in plan:
        _show_day(day, bank, now.date())
    entries = make_day_entries(begun, plan, bank)
    file = make_calendar_file([Agenda(begun, tuple(find_people(get_store(), begun)), (), entries)], now)
    st.download_button(
        "Put the plan in your calendar (.ics)", file, "practice-plan.ics", "text/calendar", on_click="ignore"
    )
    with st.expander("Why these days"):
        st.markdown(HOW_TEXT)


def _show_first_visit() -> None:
    with st.container(key="today"):
        st.caption(f"{INTRODUCTION} {say_where_kept()}")
        if st.button(FIRST_LABEL, key="first_answer", type="primary"):
            starts = st.session_state[_STARTS] = st.session_state.get(_STARTS, 0) + 1
            st.html(
                render_template("components/templates/to_recorder.html", starts=starts), unsafe_allow_javascript=True
            )
        st.caption(FIRST_TEXT)


def _suggest_question(today: Today, day: date) -> None:
    if practice_state.get_practice_state().question is not None:
        return
    following = _find_question_of(today, day)
    last = today.last.attempt.question.id if today.last else None
    practice_state.update_state(question=following.question.id if following else last)


def _find_question_of(today: Today, day: date) -> PlannedQuestion | None:
    """Return what the plan asks for on a day; None where it asks for nothing (more)."""
    return today.next_question if today.next_day and today.next_day.day == day else None


def _describe_interview(today: Today, now: datetime) -> list[str]:
    interview = today.interview
    if interview is None or interview.on_day is None:
        return []
    days = (interview.on_day - now.date()).days
    until = {0: "today", 1: "tomorrow"}.get(days, f"in {format_count(days, 'day')}")
    clock = f", {interview.begins:%H:%M}" if interview.begins else ""
    when = f"{format_day(interview.on_day)}{clock}"
    return [f"**Interview {until}: {escape_markdown(f'{format_title(interview)}, {when}')}**"]


def _describe_practice(today: Today, bank: QuestionBank, day: date) -> list[str]:
    if not today.plan:
        return []
    here = next((each for each in today.plan if each.day == day), None)
    following = _find_question_of(today, day)
    if here is not None and following is not None:
        place = len(here.questions) - len(here.left) + 1
        told = f"Today: question {place} of {len(here.questions)}, about {format_minutes(here.seconds_left)} left."
        if following.again is not None and following.again != following.question:
            told += f" Use what you said to “{bank.format_text(following.again)}”."
        return [escape_markdown(told)]
    done = "Done for today." if here is not None and here.questions else "Nothing planned for today."
    if today.next_day is None:
        return [f"{done} You've been through your whole plan."]
    many = format_count(len(today.next_day.left), "question")
    return [escape_markdown(f"{done} Next: {format_day(today.next_day.day)}, {many}.")]


def _describe_goal(today: Today) -> list[str]:
    """Describe the goal of the last take, unless its question is on the page and says so itself."""
    if today.last is None or today.last.attempt.question.id == practice_state.get_practice_state().question:
        return []
    question = today.last.attempt.question.text
    return [escape_markdown(f"Your last take (“{question}”) left a goal: {describe_exercise(today.last.goal)}")]


def _show_links(today: Today, day: date) -> None:
    if today.interview is None:
        link_to_interviews(ADD_INTERVIEW)
    elif today.interview.on_day is not None and (today.interview.on_day - day).days <= 1:
        link_to_interview(today.interview.id, "What to do and read now")
    if today.plan and today.interview is not None:
        link_to_interview(today.interview.id, "See your plan", section=PLAN_LABEL)
    if today.due:
        _link_to_step(today.due[0], len(today.due) - 1)


def _link_to_step(due: DueStep, others: int) -> None:
    """Link to where the most urgent step is done, or to all of them if there are others."""
    label = escape_markdown(f"Due: {due.step.title}")
    if others:
        st.page_link(FOLLOW_UPS_PAGE, label=f"{label} and {others} more", query_params={})
    else:
        link_to_interview(due.interview.id, label, _PAGES_BY_RULE.get(due.step.rule, FOLLOW_UPS_PAGE))


def _show_day(day: PracticeDay, bank: QuestionBank, today: date) -> None:
    left = f" · about {format_minutes(day.seconds_left)}" if day.left else " · done"
    name = "Today" if day.day == today else format_day(day.day)
    with st.container(border=True, key=f"plan_{day.day:%Y%m%d}", gap="xsmall"):
        st.markdown(f"**{name}**{left}")
        for each in day.questions:
            text = escape_markdown(describe_planned(each, bank))
            if each.is_done:
                st.markdown(f"✓ {text}")
            else:
                link_to_question(each.question.id, text)
