"""A button that hands a page of its own to the browser's printing; nothing of the app around it is printed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_PARTS = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "printing",
    html='<button type="button"></button>',
    css=(_PARTS / "print_button.css").read_text(encoding="utf-8"),
    js=(_PARTS / "print_button.js").read_text(encoding="utf-8"),
)


def button(label: str, page: str) -> None:
    """A button that prints a whole HTML document."""
    _COMPONENT(key="printing", data={"label": label, "page": page}, width="content", height="content")
