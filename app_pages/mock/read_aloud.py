"""Read a question aloud with a voice of the user's machine, and count down the time to think.

Both run in the browser. Only voices that the browser marks as local (`localService`) are used,
because others send the text to a service. Where there is no such voice, the page says so. Neither
the voice nor the countdown stops anybody from recording.
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


def show_read_aloud(place: str, text: str, thinking: int) -> None:
    """Offer to read a text aloud, and count down the time to think.

    Args:
        place: identifies the question; a new value starts the countdown again.
        text: the question.
        thinking: seconds to think; 0 for none.
    """
    _COMPONENT(key=KEY, data={"place": place, "text": text, "thinking": thinking})
