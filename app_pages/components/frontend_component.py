"""Declare a component whose HTML, CSS and JavaScript are files in the folder `frontend`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

FRONTEND_FOLDER = Path(__file__).parent / "frontend"


def declare_component(name: str, *files: str) -> ComponentRenderer:
    """Return a component by the names of its files; several scripts are joined in their order."""
    texts = {"html": "", "css": "", "js": ""}
    for file in files:
        texts[file.rpartition(".")[2]] += (FRONTEND_FOLDER / file).read_text(encoding="utf-8")
    return st.components.v2.component(name, html=texts["html"], css=texts["css"], js=texts["js"])
