"""Show the user's notes to an attempt, under its report."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_date_time
from store.attempt import StoredAttempt

MAX_NOTE_CHARACTERS = 4000  # characters of one note


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
