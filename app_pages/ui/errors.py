"""Show errors on the page as sentences, never as tracebacks; and warn when other computers can open the app."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app_pages.server.door import is_loopback
from app_pages.ui.wording import escape_markdown
from services.centre.sign_in import is_centre
from speech.errors import AnswerAloudError
from speech.unexpected import explain

LOG = logging.getLogger(__name__)
TRY_AGAIN = "Your recordings are safe. Reload the page to try again."
DETAILS = "You'll find the details in the window you started the app from."
TELL_CENTRE = "If it says this again, tell your centre."
EXPOSURE_WARNING = (
    "**Other computers can open this page.** You started the app on a network address: anyone with its key can listen "
    "to and delete your answers, and nothing is encrypted on the way. To keep it to this computer, stop the app and "
    "start it without `--server.address`, or with `--server.address 127.0.0.1`."
)


@contextmanager
def show_errors() -> Iterator[None]:
    """Show an AnswerAloudError raised inside on the page, and continue after the block."""
    try:
        yield
    except AnswerAloudError as error:
        st.error(escape_markdown(str(error)))


@contextmanager
def show_all_errors() -> Iterator[None]:
    """Show any error raised inside as sentences, ending the page there; log unexpected ones."""
    with show_errors():
        try:
            yield
        except AnswerAloudError:
            raise
        except Exception:
            LOG.exception("a page failed")
            st.error(escape_markdown(f"{explain()} {TRY_AGAIN} {TELL_CENTRE if is_centre() else DETAILS}"))


def show_exposure_warning() -> None:
    """Show the warning if the server listens on more than this machine's own address."""
    if not is_loopback(st.get_option("server.address")) and not is_centre():
        st.warning(EXPOSURE_WARNING)
