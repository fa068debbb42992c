"""Show the report of one answer: quality notes, takeaways, measures, themes, what was heard in it, and the player."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from analysis.annotations import ANNOTATION_FORMATS
from analysis.feedback.said import quote
from analysis.measures.registry import MEASURES
from analysis.quality import NO_VOICE
from analysis.report import Group, Report
from analysis.serialization import to_json
from analysis.structure.element import Element
from analysis.structure.key_points import find_key_points
from analysis.structure.report_lines import CAVEAT, TITLE, ElementLine, Section, list_element_lines
from analysis.text.sentence_embedding import Embedder, load_embedder
from app_pages.components.frontend_component import declare_component
from app_pages.report import corrections, good_answer, measure_cards, player
from app_pages.report.html_report import AdvisedTakeaway, list_takeaways, make_file_name, render_html_report
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.asked_questions import is_sample
from services.key_points import find_points
from speech.errors import WeightsError
from speech.segment import Segment
from speech.transcript import Word
from store.attempt import Result, StoredAttempt
from store.errors import StoreError
from store.store import Store

NO_TAKE_TEXT = "This doesn't count as a take."
SILENCE_TEXT = f"We couldn't hear any speech. Check your microphone and try again. {NO_TAKE_TEXT}"
_NOTE_SAVED = "note_saved"  # the attempt whose note was saved just now
MAX_NOTE_CHARACTERS = 4000  # characters of one note
_COMPONENT = declare_component("heard", "structure.html", "structure.css", "structure.js")
MAX_MOMENTS = 3  # of a takeaway, that can be played beside it; the player marks all
KEY_POINTS_TITLE = "Points you wanted to make"
KEY_POINTS_NOTE = "Matched by meaning, so it can miss a point or find one you didn't make."


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
    if report.response is None:
        found = next((note.text for note in report.quality if note.key == NO_VOICE), None)
        st.warning(
            escape_markdown(f"{found} {NO_TAKE_TEXT}") if found else SILENCE_TEXT
        )  # the next step and most notes on the recording would say the same
    for note in report.quality:
        if report.response is not None or note.key == "damaged":
            st.warning(f"**About the recording:** {escape_markdown(note.text)}")
    if report.response is not None:
        _show_takeaways(attempt, report)
        show_follow_ups()
        measure_cards.show_headlines(report)
        _show_groups(report)
    sections = (make_key_points_section(attempt, report), Section(TITLE, CAVEAT, list_element_lines(report)))
    for key, section in zip(("points", "heard"), sections, strict=True):
        show_structure(attempt, section, key)
    good_answer.show_good_answer(attempt, report)
    player.show_player(attempt, report, *corrections.get_corrected_words(attempt.id, result))
    corrections.show_corrections(attempt.id, result)
    if report.response is not None:
        measure_cards.show_other_measures(report)
    show_notes(attempt)
    show_downloads(attempt, report, len(result.corrections) if report is result.corrected else 0, sections)


def _describe_recording(attempt: StoredAttempt, report: Report) -> str:
    take = "sample" if is_sample(attempt.question) else _name_take(attempt, report)
    sound = f"{attempt.name}, {format_clock(attempt.duration)}"
    return f"“{attempt.question.text}” · {take} · {sound} · transcribed with the {report.model} model"


def _name_take(attempt: StoredAttempt, report: Report) -> str:
    day = format_date_time(attempt.recorded_at)
    return day if report.response is None else f"take {attempt.take}, {day}"


def _show_takeaways(attempt: StoredAttempt, report: Report) -> None:
    there = list_takeaways(report)
    for place, (column, step) in enumerate(zip(st.columns(max(1, len(there))), there, strict=False)):
        with column.container(border=True, height="stretch"):
            _show_takeaway(attempt, report, step, f"takeaway_{place}")


def _show_takeaway(attempt: StoredAttempt, report: Report, step: AdvisedTakeaway, key: str) -> None:
    st.markdown(f"#### {step.heading}")
    st.markdown(f"**{escape_markdown(step.takeaway.text)}**")
    if step.takeaway.moments:
        lines = [_serialize_moment(span, report.words) for span in step.takeaway.moments[:MAX_MOMENTS]]
        _COMPONENT(key=key, data=_make_data(attempt, lines))
    if step.takeaway.target is not None:
        st.markdown(f"**Goal:** {escape_markdown(step.takeaway.target)}")
    if step.advice is not None:
        st.markdown(escape_markdown(step.advice.text))
        st.caption(escape_markdown(f"Why: {step.advice.why} ({step.advice.citation})"))
    if step.takeaway.detail:
        st.caption(escape_markdown(step.takeaway.detail))


def _serialize_moment(span: Segment, words: Sequence[Word]) -> dict[str, Any]:
    """Return a moment of a takeaway as the component draws it."""
    said = " ".join(word.text for word in words if span.overlap(word.span) > 0)
    told = quote(said).strip("“”") if said else "(a pause)"
    moment = {"state": "heard", "sign": "", "says": "", "label": "Listen", "text": told, "note": "", "share": None}
    return moment | {"start": span.start, "end": span.end}


def _show_groups(report: Report) -> None:
    columns = st.columns(max(1, len(report.groups)))
    for column, group in zip(columns, report.groups, strict=False):
        with column.container(border=True, height="stretch"):
            _show_group(group)


def _show_group(group: Group) -> None:
    st.markdown(f"#### {escape_markdown(group.label)}")
    lines = [f"✓ {escape_markdown(MEASURES[key].label)}" for key in group.holds]
    if group.work_on is not None:
        lines.append(f"→ Work on: {escape_markdown(MEASURES[group.work_on].label)}")
    st.markdown("  \n".join(lines) or escape_markdown(group.detail))


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


def show_structure(attempt: StoredAttempt, section: Section, key: str) -> None:
    """Show a section of a report; nothing if it has no lines.

    Args:
        attempt: the attempt.
        section: the section.
        key: key of the component; different for each section.
    """
    if not section.lines:
        return
    with st.container(border=True, key=f"section_{key}"):
        st.markdown(f"#### {section.title}")
        st.caption(section.trust)
        _COMPONENT(key=key, data=make_component_data(attempt, section.lines))


def make_component_data(attempt: StoredAttempt, lines: Sequence[ElementLine]) -> dict[str, Any]:
    """Return what the component draws, as JSON values; times in seconds."""
    return _make_data(attempt, [_serialize_line(line) for line in lines])


def _make_data(attempt: StoredAttempt, lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    data = {"take": attempt.id, "playable": attempt.has_recording, "lines": list(lines)}
    return data | {"version": hashlib.sha256(json.dumps(data).encode()).hexdigest()}


def _serialize_line(line: ElementLine) -> dict[str, Any]:
    part = line.part
    return {
        "state": part.state.value,
        "sign": line.sign,
        "says": line.says,
        "label": part.label,
        "text": part.sentence,
        "start": part.span.start if part.span else None,
        "end": part.span.end if part.span else None,
        "note": part.note,
        "share": line.share,
    }


def make_key_points_section(attempt: StoredAttempt, report: Report) -> Section:
    """Return the section of the key points to the question of an attempt.

    It has no lines if no points were noted, nothing was said, or the sentence model is missing; the last is
    explained on the page.

    Raises:
        StoreError: the points cannot be read.
    """
    points = find_points(get_store(), attempt.question.id)
    if points is None or not points.points or report.response is None:
        return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, ())
    try:
        found = _match_points(_compute_words_digest(report.words), points.points, report.words)
    except WeightsError as error:
        st.info(escape_markdown(str(error)))
        return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, ())
    return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, tuple(map(ElementLine, found)))


@st.cache_data(max_entries=64, show_spinner="Looking for your points…")
def _match_points(words_digest: str, points: tuple[str, ...], _words: tuple[Word, ...]) -> tuple[Element, ...]:
    """Find points among words; the cache compares the digest instead of the words."""
    return find_key_points(points, _words, _get_embedder())


@st.cache_resource(show_spinner=False)
def _get_embedder() -> Embedder:
    """Return the sentence model, loaded once per server."""
    return load_embedder()


def _compute_words_digest(words: Sequence[Word]) -> str:
    """Return a digest that identifies an answer and its corrections."""
    return hashlib.sha256(repr(words).encode()).hexdigest()
