"""Show the report of one answer: quality notes, takeaways, measures, themes, and the player."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from analysis.measures.registry import MEASURES
from analysis.report import Group, Report
from analysis.serialization import to_json
from analysis.structure.report_lines import CAVEAT, TITLE, Section, list_element_lines
from app_pages.report import corrections, measure_cards, player, structure
from app_pages.report.html_report import AdvisedTakeaway, list_takeaways, make_file_name, render_html_report
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.asked_questions import is_sample
from store.attempt import Result, StoredAttempt
from store.errors import StoreError
from store.store import Store

SILENCE_TEXT = (
    "No voice was heard in this recording. That happens to everybody and costs nothing: record again whenever you like."
)
MAX_NOTE_CHARACTERS = 4000  # characters of one note


def show_report(attempt: StoredAttempt, result: Result, show_follow_ups: Callable[[], None] = lambda: None) -> None:
    """Show a whole report, corrected or as recognised, as the user chose.

    Args:
        attempt: the attempt.
        result: its report.
        show_follow_ups: shows what an interviewer would ask on, below the takeaways.
    """
    report = corrections.choose_report(attempt.id, result)
    st.header("Your report", anchor=False)
    st.caption(escape_markdown(_describe_recording(attempt, report) + corrections.describe_version(attempt.id, result)))
    for note in report.quality:
        st.warning(f"**About the recording:** {escape_markdown(note.text)}")
    if report.response is None:
        st.info(SILENCE_TEXT)
    _show_takeaways(report)
    show_follow_ups()
    if report.response is not None:
        measure_cards.show_headlines(report)
        _show_groups(report)
    sections = (structure.make_key_points_section(attempt, report), Section(TITLE, CAVEAT, list_element_lines(report)))
    for key, section in zip(("points", "heard"), sections, strict=True):
        structure.show_structure(attempt, section, key)
    player.show_player(attempt, report, *corrections.get_corrected_words(attempt.id, result))
    corrections.show_corrections(attempt.id, result)
    if report.response is not None:
        measure_cards.show_other_measures(report)
    show_notes(attempt)
    show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _describe_recording(attempt: StoredAttempt, report: Report) -> str:
    take = (
        "sample" if is_sample(attempt.question) else f"take {attempt.take} of {format_date_time(attempt.recorded_at)}"
    )
    sound = f"{attempt.name}, {format_clock(attempt.duration)}"
    return f"“{attempt.question.text}” · {take} · {sound} · heard by {report.model}"


def _show_takeaways(report: Report) -> None:
    there = list_takeaways(report)
    for column, step in zip(st.columns(max(1, len(there))), there, strict=False):
        with column.container(border=True, height="stretch"):
            _show_takeaway(step)


def _show_takeaway(step: AdvisedTakeaway) -> None:
    st.markdown(f"#### {step.heading}")
    st.markdown(escape_markdown(step.takeaway.text))
    if step.takeaway.target is not None:
        st.markdown(f"**Target:** {escape_markdown(step.takeaway.target)}")
    if step.advice is not None:
        st.markdown(escape_markdown(step.advice.text))
        st.caption(escape_markdown(f"Why: {step.advice.why} ({step.advice.citation})"))


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


def show_notes(attempt: StoredAttempt) -> None:
    """Show the notes, oldest first, and a box to add one."""
    written = get_store().load_notes(attempt.id)
    with st.expander(f"Your notes ({len(written)})" if written else "Your notes", key=f"notes_{attempt.id}"):
        for note in written:
            st.caption(escape_markdown(format_date_time(note.written_at)))
            st.text(note.text)
        with st.form(f"note_{attempt.id}", clear_on_submit=True, border=False):
            text = st.text_area("A note to this answer, for yourself", max_chars=MAX_NOTE_CHARACTERS)
            if st.form_submit_button("Keep the note") and text.strip():
                get_store().add_note(attempt.id, text.strip())
                st.rerun()


def show_downloads(attempt: StoredAttempt, report: Report, corrections: int, sections: Sequence[Section] = ()) -> None:
    """Draw both download buttons; the HTML page is rendered on demand.

    Args:
        attempt: the attempt.
        report: the report that is shown.
        corrections: the number of corrections that the report counts.
        sections: elements and key points found in the answer, as the page shows them.
    """
    with st.container(horizontal=True):
        st.download_button(
            "Download as a page, with the sound" if attempt.has_recording else "Download as a page",
            partial(_render_page, get_store(), attempt, report, corrections, sections),
            make_file_name(report, attempt.recorded_at),
            "text/html",
            key="download_page",
            on_click="ignore",
        )
        written = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        st.download_button("Download as JSON", written, f"answer-{report.digest[:8]}.json", "application/json")


def _render_page(
    kept: Store, attempt: StoredAttempt, report: Report, corrections: int, sections: Sequence[Section]
) -> str:
    """Render the report as HTML; called outside of the session, so it is given the store."""
    return render_html_report(
        report,
        _load_sound(kept, attempt),
        recorded_at=attempt.recorded_at,
        take=None if is_sample(attempt.question) else attempt.take,
        corrections=corrections,
        notes=tuple(note.text for note in kept.load_notes(attempt.id)),
        sections=sections,
    )


def _load_sound(kept: Store, attempt: StoredAttempt) -> bytes | None:
    try:
        return kept.read_flac(attempt.id) if attempt.has_recording else None
    except StoreError:  # told beside the player of the report already; the rest of the page is worth having
        return None
