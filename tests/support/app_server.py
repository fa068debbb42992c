"""The app as a user starts it, in a process of its own, for tests and pictures made with a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config
from websockets import Origin
from websockets.sync.client import connect

from app_pages.server.entry_keys import EntryKeys

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "app_pages.launch")  # what README's first command hands over to
MAX_WAIT_SECONDS = 60.0  # s; the machine may be busy with other tests
KEY = "the key that the tests have set"


@contextmanager
def app_server(
    data: Path,
    wrapper: Sequence[str] = (),
    command: Sequence[str] = COMMAND,
    folder: Path = ROOT,
    port_option: str = "--port",
    health_headers: Mapping[str, str] = MappingProxyType({}),
    **environment: str,
) -> Iterator[str]:
    """Start the app on a free port with a data folder of its own, and give its address.

    Args:
        data: Where answers are kept.
        wrapper: A program that starts the command and watches it; empty for none.
        command: What opens the app.
        folder: Where the command is given.
        port_option: How the command takes the port.
        health_headers: What a proxy would send with each request.
        environment: More variables of the environment.
    """
    port = free_port()
    app = start_app(data, port, wrapper, command, folder, port_option, health_headers, **environment)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        if app.poll() is None:
            os.killpg(app.pid, signal.SIGTERM)
        app.wait(10)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def start_app(
    data: Path,
    port: int,
    wrapper: Sequence[str] = (),
    command: Sequence[str] = COMMAND,
    folder: Path = ROOT,
    port_option: str = "--port",
    health_headers: Mapping[str, str] = MappingProxyType({}),
    **environment: str,
) -> subprocess.Popen[bytes]:
    """Start the app, as `app_server` does, and return its process, the leader of its group, once it answers."""
    options = ("--server.headless", "true", "--server.fileWatcherType", "none")  # sources may change meanwhile
    environment = {EntryKeys.VARIABLE: KEY} | environment
    app = subprocess.Popen(
        [*wrapper, *command, port_option, str(port), *options],
        cwd=folder,
        env=os.environ | {"ANSWER_ALOUD_DATA": str(data)} | environment,
        start_new_session=True,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", app, environment[EntryKeys.VARIABLE], health_headers)
    except BaseException:
        if app.poll() is None:
            os.killpg(app.pid, signal.SIGKILL)
        app.wait(10)
        raise
    return app


def cookie(address: str, key: str = KEY) -> tuple[str, str]:
    """Return name and value of the cookie that a browser gets for the key."""
    name, _, value = (
        EntryKeys(key, int(address.rpartition(":")[-1])).set_cookie(is_https=False).partition(";")[0].partition("=")
    )
    return name, value


WAYS_IN: dict[str, Callable[[Page], None]] = {}  # by address of an app that the key doesn't open: its way to sign in


def let_in(page: Page, address: str, key: str = KEY) -> None:
    """Give a browser the cookie of the key, or of somebody who signed in, so that its pages open."""
    if address in WAYS_IN:
        WAYS_IN[address](page)
        return
    name, value = cookie(address, key)
    page.context.add_cookies([{"name": name, "value": value, "url": address, "httpOnly": True, "sameSite": "Strict"}])


def fetch(address: str, key: str = KEY, headers: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return what the app answers to who was let in; raises OSError for an error and where nobody answers."""
    server = "/".join(address.split("/")[:3])
    request = urllib.request.Request(address, headers={"Cookie": "=".join(cookie(server, key)), **headers})
    with urllib.request.urlopen(request) as answer:
        body: bytes = answer.read()
    return body


def read_config_in_force(address: str) -> Config:
    """Return the settings that the server sends to a browser that opens the page."""
    page = f"ws://{address.partition('//')[2]}/_stcore/stream"
    cookies = {"Cookie": "=".join(cookie(address))}
    with connect(
        page, origin=Origin(address), additional_headers=cookies, subprotocols=["streamlit"], max_size=None
    ) as browser:
        browser.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        while True:
            message = ForwardMsg.FromString(browser.recv(MAX_WAIT_SECONDS, decode=False))
            if message.HasField("new_session"):
                return message.new_session.config


def _wait_until_healthy(address: str, app: subprocess.Popen[bytes], key: str, headers: Mapping[str, str]) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while time.monotonic() < deadline and app.poll() is None:
        try:
            if fetch(f"{address}/_stcore/health", key, headers) == b"ok":
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the app did not start")
