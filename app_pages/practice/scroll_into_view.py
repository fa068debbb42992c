"""Scroll to a new take: on a small screen its progress and its report both start below the fold."""

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
    """Scroll to a container, once for each new take; not for a take named in the URL.

    Args:
        key: key of the container.
    """
    arrivals = practice_state.get_practice_state().arrivals
    if arrivals:
        st.html(SCRIPT.format(key=key, arrivals=arrivals), unsafe_allow_javascript=True)
