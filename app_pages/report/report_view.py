"""Show the report of one answer: quality notes, takeaways, measures, themes, what was heard in it, and the player."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.quality import NO_VOICE
from analysis.report import Report
from analysis.structure.report_lines import CAVEAT, TITLE, Section, list_element_lines
from app_pages.centre import share_form
from app_pages.report import corrections, good_answer, measure_cards, player, practice_loop, sharing
from app_pages.report.html_report import AdvisedTakeaway, list_takeaways
from app_pages.report.structure import (
    make_key_points_section,
    show_finding_moments,
    show_structure,
    show_takeaway_moments,
)
from app_pages.report.topics import CONTENT_LABEL, list_findings_of_content, list_topics, say_content
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.asked_questions import is_sample
from store.attempt import Result, StoredAttempt
from store.sharing import SharedKind

NO_TAKE_TEXT = "This doesn't count as a take."
SILENCE_TEXT = f"We couldn't hear any speech. Check your microphone and try again. {NO_TAKE_TEXT}"
MAX_MOMENTS = 3  # of a takeaway, that can be played beside it; the player marks all
NEXT_KEY, KEEP_KEY = "next_step", "keep"
_WIDTHS = (5, 3)  # of the one thing to do, and of what to keep


def show_report(attempt: StoredAttempt, result: Result, show_follow_ups: Callable[[], None] = lambda: None) -> None:
    """Show a whole report, corrected or as recognised, as the user chose.

    The one thing to do, what to keep, the player and the transcript come first; the rest is folded away by topic.

    Args:
        attempt: the attempt.
        result: its report.
        show_follow_ups: shows what an interviewer would ask on, below the transcript.
    """
    report = corrections.choose_report(attempt.id, result)
    _show_heading(attempt, report, corrections.describe_version(attempt.id, result))
    if report.response is not None:
        _show_takeaways(attempt, report)
    player.show_player(attempt, report, *corrections.get_corrected_words(attempt.id, result))
    corrections.show_corrections(attempt.id, result)
    sections = (make_key_points_section(attempt, report), Section(TITLE, CAVEAT, list_element_lines(report)))
    if report.response is not None:
        show_follow_ups()
        with st.container(key="more_heading"):
            st.header("More about this answer", anchor=False)
        with st.container(gap="xsmall", key="more"):
            _show_more(attempt, report, sections)
        practice_loop.show_plan(attempt, report)
    share_form.show_share_form(SharedKind.ANSWER, attempt.id)
    sharing.show_notes(attempt)
    sharing.show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _show_heading(attempt: StoredAttempt, report: Report, version: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="report_heading"):
        st.header("Your report", anchor=False, width="content")
        st.caption(escape_markdown(_describe_recording(attempt, report) + version), width="content")
    if report.response is None:
        found = next((note.text for note in report.quality if note.key == NO_VOICE), None)
        st.warning(
            escape_markdown(f"{found} {NO_TAKE_TEXT}") if found else SILENCE_TEXT
        )  # the next step and most notes on the recording would say the same
    for note in report.quality:
        if report.response is not None or note.key == "damaged":
            st.warning(f"**About the recording:** {escape_markdown(note.text)}")


def _show_more(attempt: StoredAttempt, report: Report, sections: Sequence[Section]) -> None:
    """Show, folded away, what a person asks next: topic by topic, then all numbers and how they come about."""
    is_guessing = practice_loop.is_guess_open(attempt)
    if is_guessing:
        practice_loop.show_guess(attempt)
    guesses = practice_loop.describe_guesses(attempt, report)
    for place, topic in enumerate(list_topics(report)):
        guess = guesses.get(topic.finding.measure, "")
        if not (is_guessing and topic.finding.measure in practice_loop.GUESSED):
            measure_cards.show_topic(attempt, topic, place, guess)
    *points, heard = sections
    with st.expander(_label_content(heard), key=f"content_{attempt.id}"):
        for key, section in zip(("points", "heard"), (*points, heard), strict=True):
            show_structure(attempt, section, key)
        good_answer.show_good_answer(attempt, report)
        good_answer.offer_example(attempt)
        measure_cards.show_cards(list_findings_of_content(report))
        show_finding_moments(attempt, list_findings_of_content(report), "moments_content")
    measure_cards.show_all_numbers(report)
    reasons = [step.advice for step in list_takeaways(report) if step.advice is not None]
    measure_cards.show_method(report, [f"{advice.why} ({advice.citation})" for advice in reasons])


def _label_content(heard: Section) -> str:
    found = say_content(heard.lines)
    return f"**{CONTENT_LABEL}:** {found}" if found else f"**{CONTENT_LABEL}**"


def _describe_recording(attempt: StoredAttempt, report: Report) -> str:
    take = "Sample" if is_sample(attempt.question) else _name_take(attempt, report)
    return f"{take} · {attempt.name}, {format_clock(attempt.duration)}"


def _name_take(attempt: StoredAttempt, report: Report) -> str:
    day = format_date_time(attempt.recorded_at)
    return day if report.response is None else f"Take {attempt.take}, {day}"


def _show_takeaways(attempt: StoredAttempt, report: Report) -> None:
    there = list_takeaways(report)
    for place, (column, step) in enumerate(zip(st.columns(_WIDTHS[: len(there)] or 1), there, strict=False)):
        is_next = step.takeaway is report.next_step
        with column.container(border=is_next, height="stretch", gap="xsmall", key=NEXT_KEY if is_next else KEEP_KEY):
            _show_takeaway(attempt, report, step, f"takeaway_{place}")


def _show_takeaway(attempt: StoredAttempt, report: Report, step: AdvisedTakeaway, key: str) -> None:
    is_next = step.takeaway is report.next_step
    st.caption(f"**{step.heading}**")
    st.markdown(f"### {escape_markdown(step.takeaway.text)}")
    if step.takeaway.moments:
        words = report.words if is_next else ()  # what is to be kept quotes them itself
        show_takeaway_moments(attempt, step.takeaway.moments[:MAX_MOMENTS], words, key)
    if step.takeaway.target is not None and is_next:
        st.markdown(f"**Goal:** {escape_markdown(step.takeaway.target)}")
    if step.advice is not None:
        if is_next:
            st.markdown(escape_markdown(step.advice.text))
        st.caption(escape_markdown(f"Why: {step.advice.why}"))
    elif step.takeaway.detail:
        st.caption(escape_markdown(step.takeaway.detail))
