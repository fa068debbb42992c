"""A new take brings its progress, and then its report, into view; on a small screen both start below the fold."""

from __future__ import annotations

import streamlit as st

from app_pages.ui import practice_state

# The page remembers where it went: a later run, or the way back from another page, must not move the reader again.
SCRIPT = """
<script>
(() => {{
  const place = "{key} {arrivals}";
  if (window.answerAloudArrived === place) return;
  window.answerAloudArrived = place;
  document.querySelector(".st-key-{key}")?.scrollIntoView();
}})();
</script>
"""


def scroll_to(key: str) -> None:
    """Scroll once a new take to the container with a key; not for a take that the URL named."""
    arrivals = practice_state.now().arrivals
    if arrivals:
        st.html(SCRIPT.format(key=key, arrivals=arrivals), unsafe_allow_javascript=True)
