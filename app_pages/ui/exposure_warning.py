"""Warn when other computers can open the app."""

from __future__ import annotations

import streamlit as st

from app_pages.server.door import is_loopback

WARNING = (
    "**Other computers can open this page.** You started the app on a network address: anyone with its key can listen "
    "to and delete your answers, and nothing is encrypted on the way. To keep it to this computer, stop the app and "
    "start it without `--server.address`, or with `--server.address 127.0.0.1`."
)


def show_exposure_warning() -> None:
    """Show the warning if the server listens on more than this machine's own address."""
    if not is_loopback(st.get_option("server.address")):
        st.warning(WARNING)
