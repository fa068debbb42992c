"""What surrounds a page: the mark of the group it belongs to, the name of a phone's menu, the address of the demo."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app_pages.ui import demo_mode

_COMPONENT = st.components.v2.component("frame", js=Path(__file__).with_name("frame.js").read_text(encoding="utf-8"))


def show_frame(pages: Mapping[str, Sequence[StreamlitPage]], current: StreamlitPage) -> None:
    """Mark the group of the page that is open, and name what Streamlit draws around it.

    Args:
        pages: all pages by their group; the empty name is no group.
        current: the page that is open.
    """
    group = next((name for name, those in pages.items() if current.url_path in [each.url_path for each in those]), "")
    data = {"section": group, "isDemo": demo_mode.is_on(), "run": time.monotonic_ns()}  # a new run is drawn anew
    _COMPONENT(key="frame", data=[data])  # as in components.frontend_component
