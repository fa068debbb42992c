"""A warning where the app can be opened from other computers: there is no password on it."""

from __future__ import annotations

import ipaddress

import streamlit as st

WARNING = (
    "**Other computers can open this page.** The app was started for an address of your network, and whoever opens it "
    "there can hear and delete your answers. To keep it to this computer, end the app and start it without "
    "`--server.address`, or with `--server.address 127.0.0.1`."
)


def warn() -> None:
    """Show the warning if the server listens to more than this machine."""
    if not only_here(st.get_option("server.address")):
        st.warning(WARNING)


def only_here(address: str | None) -> bool:
    """Whether a server bound to this address can be reached from this machine only; None means every address."""
    if address is None:
        return False
    if address.lower() == "localhost" or address.startswith("unix://"):
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False  # a name: who it belongs to is not known
