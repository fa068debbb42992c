"""A question read aloud by a voice on the user's machine, and the time to think; both in the browser.

Only voices that the browser calls its own (`localService`) speak: others send the text to a service. Where there is
none, a sentence says so. Neither the voice nor the clock keeps anybody from recording.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_PARTS = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "mock_question",
    html=(_PARTS / "read_aloud.html").read_text(encoding="utf-8"),
    css=(_PARTS / "read_aloud.css").read_text(encoding="utf-8"),
    js=(_PARTS / "read_aloud.js").read_text(encoding="utf-8"),
)
KEY = "mock_aloud"


def show(place: str, text: str, thinking: int) -> None:
    """Offer to read a text aloud and count the seconds to think down; begins anew for another `place`."""
    _COMPONENT(key=KEY, data={"place": place, "text": text, "thinking": thinking})
