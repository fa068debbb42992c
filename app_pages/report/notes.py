"""The user's own notes to an attempt, under its report."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.store_access import get_store
from app_pages.ui.wording import moment, plain
from store.attempt import KeptAttempt

LONGEST = 4000  # characters of one note


def show(attempt: KeptAttempt) -> None:
    """Show the notes there are, oldest first, and a box to write one more."""
    written = get_store().notes(attempt.id)
    with st.expander(f"Your notes ({len(written)})" if written else "Your notes", key=f"notes_{attempt.id}"):
        for note in written:
            st.caption(plain(moment(note.written_at)))
            st.text(note.text)
        with st.form(f"note_{attempt.id}", clear_on_submit=True, border=False):
            text = st.text_area("A note to this answer, for yourself", max_chars=LONGEST)
            if st.form_submit_button("Keep the note") and text.strip():
                get_store().note(attempt.id, text.strip())
                st.rerun()
