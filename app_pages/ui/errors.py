"""Show errors on the page as sentences, never as tracebacks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app_pages.ui.wording import plain
from speech.errors import AnswerAloudError
from speech.unexpected import explain

LOG = logging.getLogger(__name__)
TRY_AGAIN = "What you recorded is safe on this machine. Reload the page to try again."
DETAILS = "The details are in the window the app was started from."


@contextmanager
def show_errors() -> Iterator[None]:
    """Show an AnswerAloudError raised inside on the page and go on after it."""
    try:
        yield
    except AnswerAloudError as error:
        st.error(plain(str(error)))


@contextmanager
def show_all_errors() -> Iterator[None]:
    """Show whatever is raised inside as sentences and end the page there; what nobody foresaw is logged as well."""
    with show_errors():
        try:
            yield
        except AnswerAloudError:
            raise
        except Exception:
            LOG.exception("a page failed")
            st.error(plain(f"{explain()} {TRY_AGAIN} {DETAILS}"))
