"""Keep and share a report: private notes, what listeners say of it, and the files to download."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import streamlit as st

from analysis.annotations import ANNOTATION_FORMATS
from analysis.report import Report
from analysis.serialization import to_json
from analysis.structure.report_lines import Section
from analysis.wording import format_count
from app_pages.report.html_report import make_file_name, render_html_report
from app_pages.report.structure import show_comments
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_date_time
from interview.listener_comments import MAX_FILE_BYTES, ListenerComments
from services.asked_questions import is_sample
from services.listener_comments import (
    add_listener_comments,
    load_listener_comments,
    name_listener,
    remove_listener_comments,
    restore_listener_comments,
)
from speech.audio.encoding import drop_labels
from speech.errors import AnswerAloudError
from speech.segment import Segment
from store.attempt import StoredAttempt
from store.errors import StoreError
from store.store import Store

MAX_NOTE_CHARACTERS = 4000  # characters of one note
MAX_UPLOAD_MEGABYTES = -(-MAX_FILE_BYTES // 1_000_000)
PLAYED_SECONDS = 5.0  # s of a moment that a listener marked, as on the page where it was marked
MAX_NAME_IN_LABEL = 30  # characters
HOW_TO_SHARE = (
    "Send your downloaded report to a coach or friend. On that page they can mark moments, write comments and save "
    "them as a small file for you, whose name ends in .json. Add that file here."
)
_NOTE_SAVED = "note_saved"  # the attempt whose note was saved just now
_NEWS = "comments_news"  # what became of a listener's comments just now
_UPLOADS = "comments_uploads"  # how many files were chosen, so that the next field is empty


def show_notes(attempt: StoredAttempt) -> None:
    """Show the notes, oldest first, with a box to add one; and what listeners say. Raises StoreError."""
    written, said = get_store().load_notes(attempt.id), load_listener_comments(get_store(), attempt.id)
    notes = f"Your notes ({len(written)})" if written else "Your notes"
    with st.expander(f"{notes} and {_name_listeners(said)}", key=f"notes_{attempt.id}"):
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
        _show_listeners(attempt, said)


def _name_listeners(said: Sequence[ListenerComments]) -> str:
    if not said:
        return "a listener's comments"
    if len(said) > 1:
        return f"comments from {format_count(len(said), 'listener')}"
    name = name_listener(said[0])
    short = name if len(name) <= MAX_NAME_IN_LABEL else f"{name[:MAX_NAME_IN_LABEL]}…"
    return f"comments from {escape_markdown(short if said[0].name else short.lower())}"


def _show_listeners(attempt: StoredAttempt, said: Sequence[ListenerComments]) -> None:
    """Show what each listener says, and a field to add a file of comments."""
    with st.container(key="listeners", gap="small"):
        st.markdown("**A listener's comments**")
        _show_news(attempt)
        for each in said:
            _show_listener(attempt, each)
        st.caption(HOW_TO_SHARE)
        key = f"comments_file_{attempt.id}_{st.session_state.get(_UPLOADS, 0)}"
        st.file_uploader(
            "Add a listener's comments",
            ["json"],
            key=key,
            on_change=_add,
            args=(attempt.id, key),
            max_upload_size=MAX_UPLOAD_MEGABYTES,
        )


def _show_listener(attempt: StoredAttempt, said: ListenerComments) -> None:
    with st.container(border=True, key=f"listener_{said.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                f"**{escape_markdown(name_listener(said))}** :small[{format_date_time(said.saved_at.astimezone())}]",
                width="content",
            )
            st.button("Remove", key=f"remove_{said.id}", type="tertiary", on_click=_remove, args=(said,))
        if said.overall.strip():
            st.text(said.overall)
        spans = [Segment(each.at, min(each.at + PLAYED_SECONDS, attempt.duration)) for each in said.moments]
        show_comments(attempt, spans, [each.comment for each in said.moments], f"comments_{said.id}")


def _show_news(attempt: StoredAttempt) -> None:
    """Say what became of a listener's comments just now; what was removed can be brought back."""
    with st.container():  # always there, so that what stands below keeps its place
        of, is_good, text, removed = st.session_state.pop(_NEWS, (None, True, "", None))
        if of != attempt.id:
            return
        (st.success if is_good else st.error)(escape_markdown(text))
        if removed is not None:
            st.button("Undo", key="undo_remove_comments", on_click=_bring_back, args=(removed,))


def _add(attempt_id: str, key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        added, is_new = add_listener_comments(get_store(), attempt_id, file.name, file.getvalue())
    except AnswerAloudError as error:
        st.session_state[_NEWS] = (attempt_id, False, str(error), None)
    else:
        st.session_state[_NEWS] = (attempt_id, True, _describe_added(added, is_new=is_new), None)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1


def _describe_added(added: ListenerComments, *, is_new: bool) -> str:
    if not is_new:
        return f"You already have these comments from {_name_in_sentence(added)}."
    moments = f" on {format_count(len(added.moments), 'moment')}" if added.moments else ""
    return f"Added: comments{moments} from {_name_in_sentence(added)}."


def _remove(said: ListenerComments) -> None:
    with _keep_news(said.attempt, f"Removed the comments from {_name_in_sentence(said)}.", removed=said):
        remove_listener_comments(get_store(), said.id)


def _bring_back(removed: ListenerComments) -> None:
    with _keep_news(removed.attempt, f"The comments from {_name_in_sentence(removed)} are back."):
        restore_listener_comments(get_store(), removed)


@contextmanager
def _keep_news(attempt_id: str, text: str, removed: ListenerComments | None = None) -> Iterator[None]:
    """Keep what the next run of the page is to say: the text, or what went wrong."""
    try:
        yield
    except StoreError as error:
        st.session_state[_NEWS] = (attempt_id, False, str(error), None)
    else:
        st.session_state[_NEWS] = (attempt_id, True, text, removed)


def _name_in_sentence(said: ListenerComments) -> str:
    return said.name or name_listener(said).lower()


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
        # without the label, which names the file it came from and what else only its owner needs
        return drop_labels(kept.read_flac(attempt.id)) if attempt.has_recording else None
    except StoreError:  # told beside the player of the report already; the rest of the page is worth having
        return None
