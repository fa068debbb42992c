"""Errors as sentences: whatever the user can act on is told in the page, never as a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app_pages.wording import plain
from speech.errors import AnswerAloudError


@contextmanager
def told() -> Iterator[None]:
    """Show an AnswerAloudError raised inside as a sentence and go on after it."""
    try:
        yield
    except AnswerAloudError as error:
        st.error(plain(str(error)))
