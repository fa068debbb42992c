"""Show where the data is stored and how much space it takes."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.ui.wording import escape_markdown
from store.disk_usage import DiskUsage
from store.store import Store

UNITS = ("bytes", "kB", "MB", "GB", "TB")


def show_disk_usage(kept: Store) -> None:
    """Show the locations and sizes in two lines; raises StoreError."""
    used = kept.get_disk_usage()
    st.markdown(
        f"**{format_count(used.recording_count, 'recording').capitalize()}**, {format_size(used.recording_bytes)}, in "
        f"{escape_markdown(str(used.recordings))}  \n**Reports, "
        f"notes and plans**{_describe_database(used)} in {escape_markdown(used.database)}"
    )
    if used.document_count:
        st.caption(
            f"Besides answers, {format_count(used.document_count, 'thing')} that you wrote or planned "
            f"{'is' if used.document_count == 1 else 'are'} kept: interviews, people, notes, lists."
        )


def format_size(many: int) -> str:
    """Return a number of bytes in a readable unit: "1.2 MB"."""
    amount, unit = float(many), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if unit < 2 else f"{amount:.1f} {UNITS[unit]}"


def _describe_database(used: DiskUsage) -> str:
    return "" if used.database_bytes is None else f", {format_size(used.database_bytes)},"
