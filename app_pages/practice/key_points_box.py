"""The points to make, noted before answering: kept by question, small beside the recorder while it runs."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.questions.key_points import MOST, Points
from interview.validation import EntryError
from services.key_points import find_points, make_points, parse_points, save_points

LABEL = f"Up to {MOST} points, one a line"
HELP = "Kept when you click elsewhere. The report tells which of them were heard."
EXAMPLE = "We shortened the queue from nine minutes to four\nI asked everybody before I changed anything"
LONGEST = 2000  # characters of all points together


def show(question: AskedQuestion) -> None:
    """Show the box to note points in; closed, it leaves the points themselves. Raises StoreError."""
    noted = find_points(get_store(), question.id)
    points = noted.points if noted else ()
    box = st.expander("Points to make", key=f"points_box_{question.id}", on_change="rerun")
    key = f"points_{question.id}"
    with box:
        text = st.text_area(
            LABEL,
            "\n".join(points),
            key=key,
            max_chars=LONGEST,
            height=170,
            help=HELP,
            placeholder=EXAMPLE,
            on_change=_keep,
            args=(question.id, key, noted),
        )
        _complain(question.id, text)
    if points and not box.open:  # nothing moves below while they are typed
        st.markdown("\n".join(f"- :small[{plain(point)}]" for point in points))


def _complain(question: str, text: str) -> None:
    """Say why a text is not kept, as long as it stands there."""
    try:
        make_points(question, parse_points(text))
    except EntryError as error:
        st.warning(plain(f"{error} So these points are not kept yet."))


def _keep(question: str, key: str, noted: Points | None) -> None:
    with show_errors(), suppress(EntryError):  # told below the box
        save_points(get_store(), question, parse_points(st.session_state[key]), noted)
