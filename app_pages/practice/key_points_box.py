"""Let the user note key points before answering, saved with the question and shown while recording."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.questions.key_points import MAX_POINTS, KeyPoints
from interview.validation import EntryError
from services.key_points import find_points, make_points, parse_points, save_points

LABEL = f"Up to {MAX_POINTS} points, one a line"
HELP = "Kept when you click elsewhere. The report tells which of them were heard."
EXAMPLE = "We shortened the queue from nine minutes to four\nI asked everybody before I changed anything"
MAX_POINTS_CHARACTERS = 2000  # characters of all points together


def show_key_points_box(question: AskedQuestion) -> None:
    """Show the box for key points; while it is closed, show the points below it. Raises StoreError."""
    noted = find_points(get_store(), question.id)
    points = noted.points if noted else ()
    box = st.expander("Points to make", key=f"points_box_{question.id}", on_change="rerun")
    key = f"points_{question.id}"
    with box:
        text = st.text_area(
            LABEL,
            "\n".join(points),
            key=key,
            max_chars=MAX_POINTS_CHARACTERS,
            height=170,
            help=HELP,
            placeholder=EXAMPLE,
            on_change=_save,
            args=(question.id, key, noted),
        )
        _warn_if_invalid(question.id, text)
    if points and not box.open:  # nothing moves below while they are typed
        st.markdown("\n".join(f"- :small[{escape_markdown(point)}]" for point in points))


def _warn_if_invalid(question: str, text: str) -> None:
    """Explain why a text is not saved, for as long as it is in the box."""
    try:
        make_points(question, parse_points(text))
    except EntryError as error:
        st.warning(escape_markdown(f"{error} So these points are not kept yet."))


def _save(question: str, key: str, noted: KeyPoints | None) -> None:
    with show_errors(), suppress(EntryError):  # told below the box
        save_points(get_store(), question, parse_points(st.session_state[key]), noted)
