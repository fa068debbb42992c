"""What streamlit_app.py is made of: the door in front of everything, and what happens when the server starts.

The user is told where the app is, and it opens in the browser without showing the key to other accounts. The server
answers before what the pages need is imported, which goes on while the browser loads its own part.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit import config, net_util

from app_pages.server.door import KEY_PARAMETER, LIVE_PREFIX, WELCOME_PAGE, Door, Hosts, Scope, is_loopback
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.proofs import PROXY_KEY_HEADER, is_own, list_proofs
from app_pages.server.settings import SETTINGS
from app_pages.ui.templates import render_template
from services.centre.sign_in import PROXY_HEADERS, SignIn, get_sign_in
from services.workers import ServerPackagesError, is_shared, require_server
from services.workers.logs import set_up_logs, wants_json
from speech.errors import AnswerAloudError

if TYPE_CHECKING:
    from app_pages.server.live_route import LiveRoute
    from app_pages.server.operator_route import OperatorRoute

LOG = logging.getLogger(__name__)
HOSTS_VARIABLE = "ANSWER_ALOUD_HOSTS"
WILDCARDS = (None, "", "0.0.0.0", "::")  # noqa: S104 - listening at each address of the machine
PRIVATE_OPTIONS = ("browser.gatherUsageStats", "logger.hideWelcomeMessage", "server.showEmailPrompt")
NO_KEY = (
    "Answer Aloud didn't start: at the address {address} other computers could open it, and you haven't set a key. "
    "Leave out the address to keep it to this computer, or set a key of at least {length} characters in {variable} and "
    "give it to the people who may use it."
)
NO_PROXY_KEY = (
    "Answer Aloud didn't start: people sign in at a proxy, and nothing shows that a request comes from it. Set a key "
    "of at least {length} characters in {variable}, and have the proxy send it with each request as {header}."
)
CENTRE_MESSAGE = """
  Answer Aloud is ready at port {port}. People sign in at the address you gave them.
"""
READY_MESSAGE = """
  Answer Aloud is ready. {opens}

  {address}

  Anyone with this address can open your answers, so keep it to yourself. Press Ctrl+C in this window to stop.
"""
OPENS_BY_ITSELF = "It opens in your browser. If it doesn't, copy this address there:"
COPY_ADDRESS = "Copy this address into your browser:"
LINK_FILE_NAME = "open-answer-aloud.html"
SNAP_FOLDER = Path("/snap/bin")


class Entrance:
    """How one start of the server lets people in.

    Raises:
        SystemExit: With a sentence, where it would be open to other computers without a key of the user's.
    """

    def __init__(self) -> None:
        self._port = int(config.get_option("server.port"))
        self._address: str | None = config.get_option("server.address")
        self._keys = EntryKeys.from_environment(os.environ, self._port)
        self._way = _read_sign_in()
        _enforce_settings(self._keys, self._way)
        self._operator = _open_operator_route() if is_shared() else None
        if wants_json():
            set_up_logs()

    @property
    def middleware(self) -> list[Middleware]:
        """The door, for Streamlit's list of middleware."""
        hosts = Hosts.for_server(self._address, os.environ.get(HOSTS_VARIABLE, "").split(","))
        # A tab goes on recording after the server was started anew, for which it has no cookie.
        operator = [self._operator.has_key] if self._operator else []
        proofs = [_has_ticket, *operator, *list_proofs(self._way, self._keys)]
        return [Middleware(Door, keys=self._keys, hosts=hosts, proofs=proofs, is_own=partial(is_own, self._way))]

    @property
    def routes(self) -> list[BaseRoute]:
        """What is served besides the pages."""
        live = WebSocketRoute(f"{LIVE_PREFIX}{{take}}", _serve_live)
        return [live, *(self._operator.routes if self._operator else [])]

    @asynccontextmanager
    async def lifespan(self, _app: st.App) -> AsyncIterator[None]:
        """Say where the app is, open it unless a browser is not wanted, and leave no key on the disk."""
        threading.Thread(target=_import_first_page, name="importing", daemon=True).start()
        opens_browser = not config.get_option("server.headless")
        if self._way is not SignIn.OFF:
            print(CENTRE_MESSAGE.format(port=self._port), flush=True)
            yield
            return
        host = "localhost" if self._address in WILDCARDS else str(self._address).strip("[]")
        address = build_address_with_key(
            host, self._port, self._keys.key, is_https=bool(config.get_option("server.sslCertFile"))
        )
        announce(address, opens_browser=opens_browser)
        file = open_in_browser(address, _get_private_folder()) if opens_browser else None
        try:
            yield
        finally:
            if file is not None:
                file.unlink(missing_ok=True)


def _import_first_page() -> None:
    """Import what the first page needs; where that fails, the page meets the same error and shows it."""
    try:
        from app_pages.components import recording_inputs, today  # noqa: F401
        from app_pages.practice import previous_takes, question_picker  # noqa: F401
        from app_pages.report import filler_drill, practice_loop, report_view  # noqa: F401
        from app_pages.settings import encryption  # noqa: F401
        from app_pages.ui import frame  # noqa: F401
    except Exception:
        LOG.info("not all that the first page needs could be imported in advance", exc_info=True)


def _has_ticket(scope: Scope) -> bool:
    is_live = scope["type"] == "websocket" and str(scope["path"]).startswith(LIVE_PREFIX)
    return is_live and _load_live_route().has_ticket(scope)


async def _serve_live(socket: WebSocket) -> None:
    route = await asyncio.to_thread(_load_live_route)
    await route.serve(socket)


@cache
def _load_live_route() -> LiveRoute:
    """Return the way in for recordings that the pages use; what it needs is loaded when the first one comes."""
    from app_pages.server.live_route import LiveRoute
    from app_pages.ui.store_access import find_live_takes

    return LiveRoute(find_live_takes)


def _open_operator_route() -> OperatorRoute:
    """Return how the server tells its operator how it is; what that needs, a single user has not installed."""
    try:
        require_server()
    except ServerPackagesError as error:
        sys.exit(str(error))
    from app_pages.server.operator_route import OperatorRoute
    from app_pages.ui.store_access import get_server_store

    return OperatorRoute.from_environment(get_server_store)


def _read_sign_in() -> SignIn:
    """Return how people sign in; raises SystemExit with a sentence if the environment names no way."""
    try:
        return get_sign_in()
    except AnswerAloudError as error:
        sys.exit(f"Answer Aloud didn't start: {error}")


def _get_private_folder() -> Path:
    from store.locations import get_data_folder, get_default_folder

    try:
        return get_data_folder()
    except AnswerAloudError:  # the settings cannot be read; the page says so
        return get_default_folder()


def _enforce_settings(keys: EntryKeys, way: SignIn) -> None:
    """Make the settings that keep everything on this machine hold, however Streamlit was started.

    Args:
        keys: The keys of this start; another address than this machine's is refused unless the user set one.
        way: How people sign in; where an identity provider says who they are, no key is needed.

    Raises:
        SystemExit: With a sentence, where the address is open to others and no key was set, or a proxy has none.
    """
    address = config.get_option("server.address")
    if way is SignIn.PROXY and not keys.is_set_by_user:
        sys.exit(NO_PROXY_KEY.format(header=PROXY_KEY_HEADER, variable=keys.VARIABLE, length=keys.MIN_CHARACTERS))
    if way is SignIn.OFF and not is_loopback(address) and not keys.is_set_by_user:
        sys.exit(NO_KEY.format(address=address or "0.0.0.0", length=keys.MIN_CHARACTERS, variable=keys.VARIABLE))  # noqa: S104
    if way is not SignIn.OFF:
        config.set_option("server.enableXsrfProtection", True, "app_pages/server/app.py")  # else no cookie is read
        headers = dict(PROXY_HEADERS) if way is SignIn.PROXY else {}  # text would be passed over in silence
        config.set_option("server.trustedUserHeaders", headers, "app_pages/server/app.py")
        config.set_option("server.baseUrlPath", "", "app_pages/server/app.py")  # the door knows paths from the root
    for name in PRIVATE_OPTIONS:
        config.set_option(name, SETTINGS[name], "app_pages/server/app.py")
    net_util.get_external_ip = _look_up_no_address  # Streamlit asks a public service for it when a foreign page calls
    net_util.get_internal_ip = _look_up_no_address


def _look_up_no_address() -> None:
    """Return None, which Streamlit takes for "not known"."""


def build_address_with_key(host: str, port: int, key: str, *, is_https: bool = False) -> str:
    """Return the address that lets a browser in.

    Args:
        host: A name or an address; IPv6 without brackets.
        port: Where the server answers.
        key: The key of this start.
        is_https: Whether the server encrypts.
    """
    named = f"[{host}]" if ":" in host else host
    return f"http{'s' if is_https else ''}://{named}:{port}/?{urlencode({KEY_PARAMETER: key})}"


def announce(address: str, *, opens_browser: bool) -> None:
    """Print the address, key and all, for the person at this terminal."""
    print(READY_MESSAGE.format(opens=OPENS_BY_ITSELF if opens_browser else COPY_ADDRESS, address=address), flush=True)


def open_in_browser(address: str, folder: Path) -> Path | None:
    """Open an address in the user's browser; returns the file that leads there, or None where there could be none.

    The browser is given the name of a file that only this account can read, and not the address itself: the arguments
    of a program are shown to every account of the machine, and the key is in the address.

    Args:
        address: Where the browser should go, with its key.
        folder: Where the file is put, open to this account only.
    """
    file = _choose_readable_folder(folder) / LINK_FILE_NAME
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as writer:  # noqa: PTH123 - it is open already
            writer.write(render_template(WELCOME_PAGE, address=address))
    except OSError:
        return None  # the address is printed, and can be copied
    webbrowser.open(file.as_uri())
    return file


def _choose_readable_folder(folder: Path) -> Path:
    """Return a folder that the browser can read: as a snap it sees no hidden ones, and those of data are hidden."""
    return Path.home() if sys.platform == "linux" and SNAP_FOLDER.exists() else folder
