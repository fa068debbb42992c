"""Streamlit's settings for this app, in code so that they hold from whichever folder it is started."""

from __future__ import annotations

import sys

from streamlit import config, net_util

from app_pages.server.door import is_loopback
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.launch_settings import SETTINGS

PRIVATE = ("browser.gatherUsageStats", "logger.hideWelcomeMessage", "server.showEmailPrompt")
NO_KEY = (
    "Answer Aloud was not started: at the address {address} other computers could open it, and no key is set. Leave "
    "the address out to keep it to this computer, or set a key of at least {length} characters in {variable} and give "
    "it to those who may come in."
)


def enforce_settings(keys: EntryKeys) -> None:
    """Make the settings that keep everything on this machine hold, however Streamlit was started.

    Args:
        keys: The keys of this start; another address than this machine's is refused unless the user set one.

    Raises:
        SystemExit: With a sentence, where the address is open to others and no key was set.
    """
    address = config.get_option("server.address")
    if not is_loopback(address) and not keys.is_set_by_user:
        sys.exit(NO_KEY.format(address=address or "0.0.0.0", length=keys.MIN_CHARACTERS, variable=keys.VARIABLE))  # noqa: S104
    for name in PRIVATE:
        config.set_option(name, SETTINGS[name], "app_pages/server/settings.py")
    net_util.get_external_ip = _ask_nobody  # Streamlit asks a public service for it when a foreign page calls
    net_util.get_internal_ip = _ask_nobody


def _ask_nobody() -> None:
    """Return None, which Streamlit takes for "not known"."""
