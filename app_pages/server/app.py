"""What streamlit_app.py is made of: the door in front of everything, and what happens when the server starts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from app_pages.server.door import Door, Hosts
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.opening import address_with_key, announce, open_in_browser
from app_pages.server.settings import enforce_settings
from speech.errors import AnswerAloudError
from store.locations import data_folder, default_folder

HOSTS_VARIABLE = "ANSWER_ALOUD_HOSTS"
WILDCARDS = (None, "", "0.0.0.0", "::")  # noqa: S104 - listening at each address of the machine


class Entrance:
    """How one start of the server lets people in.

    Raises:
        SystemExit: With a sentence, where it would be open to other computers without a key of the user's.
    """

    def __init__(self) -> None:
        self._port = int(config.get_option("server.port"))
        self._address: str | None = config.get_option("server.address")
        self._keys = EntryKeys.from_environment(os.environ, self._port)
        enforce_settings(self._keys)

    @property
    def middleware(self) -> list[Middleware]:
        """The door, for Streamlit's list of middleware."""
        hosts = Hosts.for_server(self._address, os.environ.get(HOSTS_VARIABLE, "").split(","))
        return [Middleware(Door, keys=self._keys, hosts=hosts)]

    @asynccontextmanager
    async def lifespan(self, _app: st.App) -> AsyncIterator[None]:
        """Say where the app is, open it unless a browser is not wanted, and leave no key on the disk."""
        opens_browser = not config.get_option("server.headless")
        host = "localhost" if self._address in WILDCARDS else str(self._address).strip("[]")
        address = address_with_key(
            host, self._port, self._keys.key, is_https=bool(config.get_option("server.sslCertFile"))
        )
        announce(address, opens_browser=opens_browser)
        file = open_in_browser(address, _private_folder()) if opens_browser else None
        try:
            yield
        finally:
            if file is not None:
                file.unlink(missing_ok=True)


def _private_folder() -> Path:
    try:
        return data_folder()
    except AnswerAloudError:  # the settings cannot be read; the page says so
        return default_folder()
