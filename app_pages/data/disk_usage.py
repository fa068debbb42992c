"""Show what is saved, how much space it takes, and where it is stored."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.wording import format_count
from app_pages.ui.wording import escape_markdown
from services.centre.sign_in import is_centre
from store.disk_usage import DiskUsage
from store.store import Store

UNITS = ("bytes", "kB", "MB", "GB", "TB")
KIND_NAMES = {  # one and several; the kinds that are left out are small choices
    "interview": ("interview", "interviews"),
    "person": ("person", "people"),
    "debrief": ("debrief", "debriefs"),
    "thank_you": ("thank-you note", "thank-you notes"),
    "follow_up": ("follow-up", "follow-ups"),
    "mock_run": ("mock interview", "mock interviews"),
    "own_question": ("question of yours", "questions of yours"),
    "points": ("list of points to make", "lists of points to make"),
    "listener_comments": ("set of comments from a listener", "sets of comments from listeners"),
    "if_then": ("plan for a take", "plans for takes"),
    "take_practice": ("guess or goal of a take", "guesses and goals of takes"),
    "ask_card": ("list of questions to ask", "lists of questions to ask"),
    "research": ("page of research", "pages of research"),
}


def show_disk_usage(kept: Store) -> None:
    """Show what is saved, and folded away where; raises StoreError."""
    used = kept.get_disk_usage()
    recordings = format_count(used.recording_count, "recording")
    st.markdown(f"**{recordings.capitalize()}** ({format_size(used.recording_bytes)}).")
    if used.document_counts:
        st.markdown(f"Also saved: {describe_documents(used.document_counts)}.")
    if is_centre():
        return  # places on a server tell a person nothing
    with st.expander("Where it's stored"):
        st.markdown(
            f"Recordings: {escape_markdown(str(used.recordings))}  \n"
            f"Reports, notes and plans{_describe_database(used)}: {escape_markdown(used.database)}"
        )


def describe_documents(counts: Mapping[str, int]) -> str:
    """Return what is saved besides answers: "1 interview, 2 people and 1 other thing".

    Args:
        counts: how many there are, by the names of their kinds (interview.document_kinds).
    """
    named = [format_count(counts[kind], *names) for kind, names in KIND_NAMES.items() if counts.get(kind)]
    others = sum(many for kind, many in counts.items() if kind not in KIND_NAMES)
    parts = [*named, *([format_count(others, "choice in a list", "choices in lists")] if others else [])]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def format_size(many: int) -> str:
    """Return a number of bytes in a readable unit: "1.2 MB"."""
    amount, unit = float(many), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if unit < 2 else f"{amount:.1f} {UNITS[unit]}"


def _describe_database(used: DiskUsage) -> str:
    return "" if used.database_bytes is None else f" ({format_size(used.database_bytes)})"
