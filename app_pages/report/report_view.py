"""Show the report of one answer: quality notes, takeaways, measures, themes, what was heard in it, and the player."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from analysis.annotations import ANNOTATION_FORMATS
from analysis.quality import NO_VOICE
from analysis.report import Report
from analysis.serialization import to_json
from analysis.structure.report_lines import CAVEAT, TITLE, Section, list_element_lines
from app_pages.report import corrections, good_answer, measure_cards, player, practice_loop
from app_pages.report.html_report import AdvisedTakeaway, list_takeaways, make_file_name, render_html_report
from app_pages.report.structure import (
    make_key_points_section,
    show_finding_moments,
    show_structure,
    show_takeaway_moments,
)
from app_pages.report.topics import CONTENT_LABEL, list_findings_of_content, list_topics, say_content
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.asked_questions import is_sample
from store.attempt import Result, StoredAttempt
from store.errors import StoreError
from store.store import Store

NO_TAKE_TEXT = "This doesn't count as a take."
SILENCE_TEXT = f"We couldn't hear any speech. Check your microphone and try again. {NO_TAKE_TEXT}"
_NOTE_SAVED = "note_saved"  # the attempt whose note was saved just now
MAX_NOTE_CHARACTERS = 4000  # characters of one note
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
    show_notes(attempt)
    show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


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


def show_notes(attempt: StoredAttempt) -> None:
    """Show the notes, oldest first, and a box to add one."""
    written = get_store().load_notes(attempt.id)
    with st.expander(f"Your notes ({len(written)})" if written else "Your notes", key=f"notes_{attempt.id}"):
        for note in written:
            st.caption(escape_markdown(format_date_time(note.written_at)))
            st.text(note.text)
        with st.form(f"note_{attempt.id}", clear_on_submit=True, border=False):
            text = st.text_area("Private note", max_chars=MAX_NOTE_CHARACTERS)
            if st.form_submit_button("Save note") and text.strip():
                get_store().add_note(attempt.id, text.strip())
                st.session_state[_NOTE_SAVED] = attempt.id
                st.rerun()
        if st.session_state.get(_NOTE_SAVED) == attempt.id:
            del st.session_state[_NOTE_SAVED]
            st.success("Note saved.")


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
            "Download report with audio" if attempt.has_recording else "Download report",
            partial(_render_page, get_store(), attempt, report, corrections, sections),
            make_file_name(report, attempt.recorded_at),
            "text/html",
            key="download_page",
            on_click="ignore",
        )
        written = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        st.download_button("Download as JSON", written, f"answer-{report.digest[:8]}.json", "application/json")
        show_annotation_downloads(report)


def show_annotation_downloads(report: Report) -> None:
    """Draw the downloads for other programs: words and marks with their times; each is written on demand."""
    if not report.words:
        return
    with st.popover("For other programs"):
        st.caption("Your words, fillers and pauses with their times.")
        for kind in ANNOTATION_FORMATS:
            st.download_button(
                kind.name,
                partial(kind.write, report),
                f"answer-{report.digest[:8]}{kind.suffix}",
                kind.mime_type,
                key=f"download_{kind.key}",
                on_click="ignore",
            )


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
