"""Let the user choose their field of work and a kind of question; both are remembered in the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from app_pages.ui.errors import show_errors
from content.taxonomy import load_taxonomy
from store.settings import read_file_settings, write_settings

ANY = "any"
FIELD_HELP = "Questions that every job has are always there. With a field, its own come as well, and no others."


def get_field() -> str:
    """Return the remembered field of work, a key of `content.taxonomy`; "" for none. Raises StoreError."""
    known = read_file_settings().work_field
    return known if known in load_taxonomy().fields else ""


def get_kind() -> str:
    """Return the remembered kind of question, ANY for none. Raises StoreError."""
    known = read_file_settings().question_kind
    return known if known in load_taxonomy().kinds else ANY


def select_field(key: str) -> str:
    """Show the fields of work; return the chosen one, "" for any. Raises StoreError."""
    options = {ANY: "Any field", **load_taxonomy().fields}
    chosen = _select("Field of work", options, get_field() or ANY, key, "work_field", FIELD_HELP)
    return "" if chosen == ANY else chosen


def select_kind(key: str) -> str:
    """Show the kinds of question; return the chosen one, ANY for any. Raises StoreError."""
    options = {ANY: "Any kind", **{name: kind.label for name, kind in load_taxonomy().kinds.items()}}
    return _select("Kind", options, get_kind(), key, "question_kind", None)


def _select(label: str, options: dict[str, str], chosen: str, key: str, setting: str, help_text: str | None) -> str:
    return st.selectbox(
        label,
        options,
        list(options).index(chosen),
        options.__getitem__,
        key=key,
        help=help_text,
        on_change=_remember,
        args=(key, setting),
    )


def _remember(key: str, setting: str) -> None:
    chosen = st.session_state[key]
    changed: dict[str, Any] = {setting: None if chosen == ANY else chosen}
    with show_errors():
        write_settings(replace(read_file_settings(), **changed))
