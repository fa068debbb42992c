"""Print a separate HTML document from a button, without the app around it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FRONTEND_FOLDER = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "printing",
    html='<button type="button"></button>',
    css=(_FRONTEND_FOLDER / "print_button.css").read_text(encoding="utf-8"),
    js=(_FRONTEND_FOLDER / "print_button.js").read_text(encoding="utf-8"),
)


def show_print_button(label: str, page: str) -> None:
    """Draw a button that prints an HTML document.

    Args:
        label: label of the button.
        page: a complete HTML document.
    """
    _COMPONENT(key="printing", data={"label": label, "page": page}, width="content", height="content")
