"""Every page opened on a damaged store: none may end in an error that is no sentence, or without anything on it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.ui import store_access

ROOT = Path(__file__).parents[3]
APP = ROOT / "streamlit_app.py"
PAGE_PATTERN = re.compile(r'st\.Page\("([^"]+)"')
TIMEOUT_SECONDS = 120


def find_page_faults(folder: Path) -> list[str]:
    """Open every page on a data folder, as a new start does; return what went wrong."""
    before = os.environ.get("ANSWER_ALOUD_DATA")
    os.environ["ANSWER_ALOUD_DATA"] = str(folder)
    store_access.prepare_analysis = _prepare_nothing  # type: ignore[assignment]  # no page needs the recogniser to open
    st.cache_resource.clear()
    st.cache_data.clear()
    try:
        return [fault for path in PAGE_PATTERN.findall(APP.read_text(encoding="utf-8")) for fault in _open(path)]
    finally:
        store_access.reopen_store()  # closes what the pages opened
        del os.environ["ANSWER_ALOUD_DATA"]
        if before is not None:
            os.environ["ANSWER_ALOUD_DATA"] = before


def _open(path: str) -> list[str]:
    page = AppTest.from_file(str(APP), default_timeout=TIMEOUT_SECONDS).run().switch_page(path).run()
    faults = [f"{path}: {each.message}" for each in page.exception]
    is_empty = not (page.title or page.header or page.markdown)
    return [*faults, *([f"{path}: nothing is on it"] if is_empty else [])]


def _prepare_nothing() -> None:
    """Stand in for what loads the recogniser."""
