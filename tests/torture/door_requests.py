"""Requests of those who should not come in: without the key, with a stolen cookie, from another account."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app_pages.server.entry_keys import EntryKeys
from tests.support.app_server import KEY, MAX_WAIT_SECONDS, cookie

NOBODY_USER_ID = 65534  # an account that owns nothing here
REFUSED, FOUND = 403, 200
REBOUND_NAME = "evil.example"


@dataclass(frozen=True)
class Server:
    """A server, and the address of a sound in it that a page of it plays."""

    address: str
    media: str

    @property
    def port(self) -> int:
        """Where it answers."""
        return int(self.address.rpartition(":")[-1])

    @property
    def paths(self) -> tuple[str, ...]:
        """One of each kind of thing that can be asked for."""
        own = ("/", "/practice", "/data", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics")
        return (*own, "/static/none.js", "/live/none", "/_stcore/upload_file/a/b", self.media)


def try_without_key(server: Server) -> list[str]:
    """Ask without a key, with a wrong one, with that of an earlier start, and with the cookie of an earlier start."""
    earlier = EntryKeys(None, server.port)
    old_cookie = earlier.set_cookie(is_https=False).partition(";")[0]
    tries: dict[str, tuple[str, Mapping[str, str]]] = {
        "no key": ("", {}),
        "a wrong key": ("?key=wrong", {}),
        "the key of an earlier start": (f"?key={earlier.key}", {}),
        "the cookie of an earlier start": ("", {"Cookie": old_cookie}),
        "the key in an upload's address": (f"?key={quote(KEY)}", {"X-Method": "PUT", "Origin": server.address}),
    }
    faults = []
    for name, (query, headers) in tries.items():
        faults += _find_faults(
            name, server, lambda path, q=query, h=headers: fetch_status(server.address + path + q, h)
        )
        faults += _find_socket_faults(name, server, {**headers, "Origin": server.address})
    return faults


def try_stolen_cookie(server: Server) -> list[str]:
    """Ask with the right cookie under another name, from another origin, and without one where browsers send it."""
    own = {"Cookie": "=".join(cookie(server.address))}
    port = server.port
    faults = []
    for origin in (f"http://localhost:{port}", f"http://127.0.0.1:{port + 1}", f"https://127.0.0.1:{port}", "null"):
        headers = {**own, "Origin": origin}
        faults += _find_faults(
            f"origin {origin}", server, lambda path, h=headers: fetch_status(server.address + path, h)
        )
        faults += _find_socket_faults(f"origin {origin}", server, headers)
    for host in (f"{REBOUND_NAME}:{port}", f"127.0.0.1.{REBOUND_NAME}", "0.0.0.0"):
        headers = {**own, "Host": host, "Origin": f"http://{host}"}
        faults += _find_faults(f"host {host}", server, lambda path, h=headers: fetch_status(server.address + path, h))
    upload = {**own, "X-Method": "PUT"}
    faults += _find_faults("an upload of no page", server, lambda path: fetch_status(server.address + path, upload))
    return faults + _find_socket_faults("a socket of no page", server, own)


def try_another_account(server: Server) -> list[str]:
    """Ask from a process of another account; where this one may not become another, that is said and not tried."""
    if not hasattr(os, "fork") or os.geteuid() != 0:
        print("another account: not tried, only root may become one")
        return []
    seen = _run_as_nobody(
        lambda: "\n".join(f"{fetch_status(server.address + path, {})} {path}" for path in server.paths)
    )
    let_through = [line for line in seen.splitlines() if not line.startswith(str(REFUSED))]
    print(f"another account: {len(seen.splitlines())} things asked for, {len(let_through)} given")
    if len(seen.splitlines()) != len(server.paths):
        return [f"another account: the tries ended early: {seen}"]
    return [f"another account got {line}" for line in let_through]


def _run_as_nobody(action: Callable[[], str]) -> str:
    """Return what an action says when it is done in a process of the account nobody."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            os.setgroups([])
            os.setgid(NOBODY_USER_ID)
            os.setuid(NOBODY_USER_ID)
            os.write(writer, action().encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as said:  # noqa: PTH123 - a pipe
        text = said.read().decode()
    os.waitpid(child, 0)
    return text


def _find_faults(name: str, server: Server, ask: Callable[[str], int]) -> list[str]:
    """Ask for one of each kind of thing; returns a line for each that was given."""
    given = [path for path in server.paths if ask(path) != REFUSED]
    print(f"{name}: {len(server.paths)} things asked for, {len(given)} given")
    return [f"{name}: {path} was given" for path in given]


def _find_socket_faults(name: str, server: Server, headers: Mapping[str, str]) -> list[str]:
    """Open the page's WebSocket; returns a line when it opens."""
    others = {key: value for key, value in headers.items() if key not in ("Origin", "X-Method")}
    origin = Origin(headers["Origin"]) if "Origin" in headers else None
    page = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    try:
        with connect(page, origin=origin, additional_headers=others, subprotocols=["streamlit"]):  # type: ignore[list-item]
            return [f"{name}: the page's socket opened"]
    except InvalidStatus as refusal:
        return [] if refusal.response.status_code == REFUSED else [f"{name}: the socket ended in {refusal}"]


def fetch_status(address: str, headers: Mapping[str, str]) -> int:
    """Return the status of an answer; "X-Method" among the headers names another method than GET."""
    sent = {name: value for name, value in headers.items() if name != "X-Method"}
    method = headers.get("X-Method", "GET")
    request = urllib.request.Request(address, b"x" if method == "PUT" else None, sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=MAX_WAIT_SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
