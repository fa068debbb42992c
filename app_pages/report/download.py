"""A report to take along: as a page of its own with its sound, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.report import Report
from analysis.serialization import to_json
from analysis.structure.report_lines import Section
from app_pages.report.html_report import file_name, html_report
from app_pages.ui.store_access import get_store
from services.asked_questions import is_sample
from store.attempt import KeptAttempt
from store.errors import StoreError
from store.store import Store


def show(attempt: KeptAttempt, report: Report, corrections: int, sections: Sequence[Section] = ()) -> None:
    """Offer both; the page is written when it is asked for.

    `corrections` are those that the report counts, `sections` what was heard as the page shows it.
    """
    with st.container(horizontal=True):
        st.download_button(
            "Download as a page, with the sound" if attempt.has_recording else "Download as a page",
            partial(_page, get_store(), attempt, report, corrections, sections),
            file_name(report, attempt.recorded_at),
            "text/html",
            key="download_page",
            on_click="ignore",
        )
        written = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        st.download_button("Download as JSON", written, f"answer-{report.digest[:8]}.json", "application/json")


def _page(kept: Store, attempt: KeptAttempt, report: Report, corrections: int, sections: Sequence[Section]) -> str:
    """Runs outside of the session, so that it has to be given the store."""
    return html_report(
        report,
        _sound(kept, attempt),
        recorded_at=attempt.recorded_at,
        take=None if is_sample(attempt.question) else attempt.take,
        corrections=corrections,
        notes=tuple(note.text for note in kept.notes(attempt.id)),
        sections=sections,
    )


def _sound(kept: Store, attempt: KeptAttempt) -> bytes | None:
    try:
        return kept.sound(attempt.id) if attempt.has_recording else None
    except StoreError:  # told beside the player of the report already; the rest of the page is worth having
        return None
