"""Show the report of one answer: quality notes, takeaways, measures, themes, and the player."""

from __future__ import annotations

import streamlit as st

from analysis.measures.registry import MEASURES
from analysis.report import Group, Report, Takeaway
from analysis.structure.report_lines import CAVEAT, TITLE, Section, list_element_lines
from app_pages.report import corrections, download, key_points, measure_cards, notes, player, structure
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from content.advice import find_advice
from services.asked_questions import is_sample
from store.attempt import Result, StoredAttempt

SILENCE_TEXT = (
    "No voice was heard in this recording. That happens to everybody and costs nothing: record again whenever you like."
)


def show_report(attempt: StoredAttempt, result: Result) -> None:
    """Show a whole report, corrected or as recognised, as the user chose."""
    report = corrections.choose_report(attempt.id, result)
    st.header("Your report", anchor=False)
    st.caption(escape_markdown(_describe_recording(attempt, report) + corrections.describe_version(attempt.id, result)))
    for note in report.quality:
        st.warning(f"**About the recording:** {escape_markdown(note.text)}")
    if report.response is None:
        st.info(SILENCE_TEXT)
    _show_takeaways(report)
    if report.response is not None:
        measure_cards.show_headlines(report)
        _show_groups(report)
    sections = (key_points.make_key_points_section(attempt, report), Section(TITLE, CAVEAT, list_element_lines(report)))
    for key, section in zip(("points", "heard"), sections, strict=True):
        structure.show_structure(attempt, section, key)
    player.show_player(attempt, report, *corrections.get_corrected_words(attempt.id, result))
    corrections.show_corrections(attempt.id, result)
    if report.response is not None:
        measure_cards.show_other_measures(report)
    notes.show_notes(attempt)
    download.show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _describe_recording(attempt: StoredAttempt, report: Report) -> str:
    take = (
        "sample" if is_sample(attempt.question) else f"take {attempt.take} of {format_date_time(attempt.recorded_at)}"
    )
    sound = f"{attempt.name}, {format_clock(attempt.duration)}"
    return f"“{attempt.question.text}” · {take} · {sound} · heard by {report.model}"


def _show_takeaways(report: Report) -> None:
    both = (("✓ Keep", report.strength), ("→ Next", report.next_step))
    there = [(heading, takeaway) for heading, takeaway in both if takeaway is not None]
    for column, (heading, takeaway) in zip(st.columns(max(1, len(there))), there, strict=False):
        with column.container(border=True, height="stretch"):
            _show_takeaway(heading, takeaway)


def _show_takeaway(heading: str, takeaway: Takeaway) -> None:
    st.markdown(f"#### {heading}")
    st.markdown(escape_markdown(takeaway.text))
    if takeaway.target is not None:
        st.markdown(f"**Target:** {escape_markdown(takeaway.target)}")
    advice = find_advice(takeaway.measure, takeaway.side.value) if takeaway.side else None
    if advice is not None:
        st.markdown(escape_markdown(advice.text))
        st.caption(escape_markdown(f"Why: {advice.why} ({advice.citation})"))


def _show_groups(report: Report) -> None:
    columns = st.columns(max(1, len(report.groups)))
    for column, group in zip(columns, report.groups, strict=False):
        with column.container(border=True, height="stretch"):
            _show_group(group)


def _show_group(group: Group) -> None:
    st.markdown(f"#### {escape_markdown(group.label)}")
    lines = [f"- ✓ {escape_markdown(MEASURES[key].label)}" for key in group.holds]
    if group.work_on is not None:
        lines.append(f"- → {escape_markdown(MEASURES[group.work_on].label)}: to work on")
    st.markdown("\n".join(lines) or escape_markdown(group.detail))
