"""A new take brings its progress, and then its report, into view; on a small screen both start below the fold."""

from __future__ import annotations

import streamlit as st

from app_pages.ui import practice_state
from app_pages.ui.templates import render_template


def scroll_to(key: str) -> None:
    """Scroll once a new take to the container with a key; not for a take that the URL named."""
    arrivals = practice_state.now().arrivals
    if arrivals:
        script = render_template("practice/templates/scroll_into_view.html", key=key, arrivals=arrivals)
        st.html(script, unsafe_allow_javascript=True)
