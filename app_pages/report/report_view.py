"""The report of one answer: what weakens it, two takeaways, the numbers, the groups, and the answer to listen to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.measures.registry import MEASURES
from analysis.report import Group, Report
from analysis.serialization import to_json
from analysis.structure.report_lines import ONE_LINE, TITLE, Section, heard_lines
from app_pages.report import corrections, measure_cards, player, structure
from app_pages.report.html_report import Step, file_name, html_report, list_takeaways
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import clock, moment, plain
from services.asked_questions import is_sample
from store.attempt import KeptAttempt, Result
from store.errors import StoreError
from store.store import Store

SILENCE = (
    "No voice was heard in this recording. That happens to everybody and costs nothing: record again whenever you like."
)
MAX_NOTE_CHARACTERS = 4000  # characters of one note


def show(attempt: KeptAttempt, result: Result) -> None:
    """Show a whole report: the one that counts, or as it was heard where that is chosen."""
    report = corrections.shown(attempt.id, result)
    st.header("Your report", anchor=False)
    st.caption(plain(_origin(attempt, report) + corrections.origin(attempt.id, result)))
    for note in report.quality:
        st.warning(f"**About the recording:** {plain(note.text)}")
    if report.response is None:
        st.info(SILENCE)
    _takeaways(report)
    if report.response is not None:
        measure_cards.headlines(report)
        _groups(report)
    sections = (structure.make_key_points_section(attempt, report), Section(TITLE, ONE_LINE, heard_lines(report)))
    for key, section in zip(("points", "heard"), sections, strict=True):
        structure.show(attempt, section, key)
    player.show(attempt, report, *corrections.words(attempt.id, result))
    corrections.show(attempt.id, result)
    if report.response is not None:
        measure_cards.everything(report)
    show_notes(attempt)
    show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _origin(attempt: KeptAttempt, report: Report) -> str:
    take = "sample" if is_sample(attempt.question) else f"take {attempt.take} of {moment(attempt.recorded_at)}"
    sound = f"{attempt.name}, {clock(attempt.duration)}"
    return f"“{attempt.question.text}” · {take} · {sound} · heard by {report.model}"


def _takeaways(report: Report) -> None:
    there = list_takeaways(report)
    for column, step in zip(st.columns(max(1, len(there))), there, strict=False):
        with column.container(border=True, height="stretch"):
            _takeaway(step)


def _takeaway(step: Step) -> None:
    st.markdown(f"#### {step.heading}")
    st.markdown(plain(step.takeaway.text))
    if step.takeaway.target is not None:
        st.markdown(f"**Target:** {plain(step.takeaway.target)}")
    if step.advice is not None:
        st.markdown(plain(step.advice.text))
        st.caption(plain(f"Why: {step.advice.why} ({step.advice.citation})"))


def _groups(report: Report) -> None:
    columns = st.columns(max(1, len(report.groups)))
    for column, group in zip(columns, report.groups, strict=False):
        with column.container(border=True, height="stretch"):
            _group(group)


def _group(group: Group) -> None:
    st.markdown(f"#### {plain(group.label)}")
    lines = [f"- ✓ {plain(MEASURES[key].label)}" for key in group.holds]
    if group.work_on is not None:
        lines.append(f"- → {plain(MEASURES[group.work_on].label)}: to work on")
    st.markdown("\n".join(lines) or plain(group.detail))


def show_notes(attempt: KeptAttempt) -> None:
    """Show the notes, oldest first, and a box to add one."""
    written = get_store().notes(attempt.id)
    with st.expander(f"Your notes ({len(written)})" if written else "Your notes", key=f"notes_{attempt.id}"):
        for note in written:
            st.caption(plain(moment(note.written_at)))
            st.text(note.text)
        with st.form(f"note_{attempt.id}", clear_on_submit=True, border=False):
            text = st.text_area("A note to this answer, for yourself", max_chars=MAX_NOTE_CHARACTERS)
            if st.form_submit_button("Keep the note") and text.strip():
                get_store().note(attempt.id, text.strip())
                st.rerun()


def show_downloads(attempt: KeptAttempt, report: Report, corrections: int, sections: Sequence[Section] = ()) -> None:
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
            file_name(report, attempt.recorded_at),
            "text/html",
            key="download_page",
            on_click="ignore",
        )
        written = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        st.download_button("Download as JSON", written, f"answer-{report.digest[:8]}.json", "application/json")


def _render_page(
    kept: Store, attempt: KeptAttempt, report: Report, corrections: int, sections: Sequence[Section]
) -> str:
    """Render the report as HTML; called outside of the session, so it is given the store."""
    return html_report(
        report,
        _load_sound(kept, attempt),
        recorded_at=attempt.recorded_at,
        take=None if is_sample(attempt.question) else attempt.take,
        corrections=corrections,
        notes=tuple(note.text for note in kept.notes(attempt.id)),
        sections=sections,
    )


def _load_sound(kept: Store, attempt: KeptAttempt) -> bytes | None:
    try:
        return kept.sound(attempt.id) if attempt.has_recording else None
    except StoreError:  # told beside the player of the report already; the rest of the page is worth having
        return None
