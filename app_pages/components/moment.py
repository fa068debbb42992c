"""Play one moment of a recording, with a second of sound around it."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.store_access import get_store
from speech.segment import Segment

LEAD_SECONDS = 1.0  # s of sound before and after


def play_moment(attempt_id: str, span: Segment, name: str) -> None:
    """Play a moment at once, or say that the recording wasn't kept.

    Args:
        attempt_id: id of the answer.
        span: when the moment is.
        name: what is heard, for screen readers.

    Raises:
        StoreError: the recording cannot be read.
    """
    if not get_store().load_attempt(attempt_id).has_recording:
        st.caption("This recording wasn't kept.")
        return
    st.audio(
        get_store().read_flac(attempt_id),
        "audio/flac",
        start_time=max(0.0, span.start - LEAD_SECONDS),
        end_time=int(span.end + LEAD_SECONDS) + 1,
        autoplay=True,
        alt=name,
    )
