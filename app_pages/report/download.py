"""Download a report, as an HTML page with its sound or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.report import Report
from analysis.serialization import to_json
from analysis.structure.report_lines import Section
from app_pages.report.html_report import make_file_name, render_html_report
from app_pages.ui.store_access import get_store
from services.asked_questions import is_sample
from store.attempt import StoredAttempt
from store.errors import StoreError
from store.store import Store


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
