"""Where everything lies and how much room it takes."""

from __future__ import annotations

import streamlit as st

from analysis.wording import count
from app_pages.ui.wording import plain
from store.disk_usage import Usage
from store.store import Store

UNITS = ("bytes", "kB", "MB", "GB", "TB")


def show(kept: Store) -> None:
    """Say it in two lines; raises StoreError."""
    used = kept.usage()
    st.markdown(
        f"**{count(used.recording_count, 'recording').capitalize()}**, {size(used.recording_bytes)}, in "
        f"{plain(str(used.recordings))}  \n**Reports, notes and plans**{_database(used)} in {plain(used.database)}"
    )
    if used.thing_count:
        st.caption(
            f"Besides answers, {count(used.thing_count, 'thing')} that you wrote or planned "
            f"{'is' if used.thing_count == 1 else 'are'} kept: interviews, people, notes, lists."
        )


def size(many: int) -> str:
    """A number of bytes as people say it: "1.2 MB"."""
    amount, unit = float(many), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if unit < 2 else f"{amount:.1f} {UNITS[unit]}"


def _database(used: Usage) -> str:
    return "" if used.database_bytes is None else f", {size(used.database_bytes)},"
