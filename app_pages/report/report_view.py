"""The report of one answer: what weakens it, two takeaways, the numbers, the groups, and the answer to listen to."""

from __future__ import annotations

import streamlit as st

from analysis.measures.registry import MEASURES
from analysis.report import Group, Report, Takeaway
from analysis.structure.report_lines import ONE_LINE, TITLE, Section, heard_lines
from app_pages.report import corrections, download, key_points, measure_cards, player, structure
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import clock, moment, plain
from content.advice import advice_for
from services.asked_questions import is_sample
from store.attempt import KeptAttempt, Result

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
    sections = (key_points.section(attempt, report), Section(TITLE, ONE_LINE, heard_lines(report)))
    for key, section in zip(("points", "heard"), sections, strict=True):
        structure.show(attempt, section, key)
    player.show(attempt, report, *corrections.words(attempt.id, result))
    corrections.show(attempt.id, result)
    if report.response is not None:
        measure_cards.everything(report)
    show_notes(attempt)
    download.show(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _origin(attempt: KeptAttempt, report: Report) -> str:
    take = "sample" if is_sample(attempt.question) else f"take {attempt.take} of {moment(attempt.recorded_at)}"
    sound = f"{attempt.name}, {clock(attempt.duration)}"
    return f"“{attempt.question.text}” · {take} · {sound} · heard by {report.model}"


def _takeaways(report: Report) -> None:
    both = (("✓ Keep", report.strength), ("→ Next", report.next_step))
    there = [(heading, takeaway) for heading, takeaway in both if takeaway is not None]
    for column, (heading, takeaway) in zip(st.columns(max(1, len(there))), there, strict=False):
        with column.container(border=True, height="stretch"):
            _takeaway(heading, takeaway)


def _takeaway(heading: str, takeaway: Takeaway) -> None:
    st.markdown(f"#### {heading}")
    st.markdown(plain(takeaway.text))
    if takeaway.target is not None:
        st.markdown(f"**Target:** {plain(takeaway.target)}")
    advice = advice_for(takeaway.measure, takeaway.side.value) if takeaway.side else None
    if advice is not None:
        st.markdown(plain(advice.text))
        st.caption(plain(f"Why: {advice.why} ({advice.citation})"))


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
