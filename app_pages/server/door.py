"""The door: everything that reaches the server passes here first, pages, WebSockets, uploads, media and own routes.

Streamlit takes any Host and lets any page of this machine call its WebSocket, and a port belongs to no account: other
accounts reach it too. So each request needs a Host from the list, which DNS rebinding cannot forge; an Origin that is
exactly the server's, where browsers send one; and the cookie that was given for the key of this start.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from app_pages.server.entry_keys import EntryKeys
from app_pages.ui.templates import render_template

# ASGI's own types, as its specification gives them.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
KEY_PARAMETER = "key"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LIVE_PREFIX = "/live/"  # recordings come in below it
MEDIA_PREFIX = "/media/"  # Streamlit's, for sound and downloads
UPLOAD_PREFIX = "/_stcore/upload_file/"
PRIVATE_PATHS = (MEDIA_PREFIX, LIVE_PREFIX, UPLOAD_PREFIX)  # somebody's voice: never in a cache
WRONG_KEY_SECONDS = 0.5  # makes guessing a key that a user chose slow
POLICY_VIOLATION = 1008  # WebSocket close code, RFC 6455
SECURITY_HEADERS = (
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"x-frame-options", b"SAMEORIGIN"),  # the same for old browsers
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
KEY_MISSING = (
    "You need the full address, including its key, that Answer Aloud printed when it started. Copy it from that "
    "window, or start Answer Aloud again."
)
WRONG_NAME = "Answer Aloud doesn't answer at this address. Open it at the address it printed when it started."
FOREIGN_ORIGIN = (
    "Another page tried to use Answer Aloud, so we stopped it. Open it at the address it printed when it started."
)
NOT_YOURS = "This isn't yours, or you're signed out. Open Answer Aloud and sign in."
REFUSAL_PAGE = "server/templates/refused.html"
WELCOME_PAGE = "server/templates/let_in.html"


@dataclass(frozen=True)
class Hosts:
    """The names under which the server answers.

    Attributes:
        names: Names and addresses, in small letters, without a port.
        proxied: Those of the names that somebody set: a proxy may answer there, with HTTPS, and pass requests on.
        has_addresses: Whether every numeric address is one of them; a rebound name is never numeric.
    """

    names: frozenset[str] = LOOPBACK_NAMES
    proxied: frozenset[str] = frozenset()
    has_addresses: bool = False

    def __contains__(self, host: object) -> bool:
        name = _strip_port(str(host).lower())
        return name in self.names or (self.has_addresses and _is_address(name))

    @classmethod
    def for_server(cls, address: str | None, more: Iterable[str] = ()) -> Hosts:
        """Return the names for a server.

        Args:
            address: What it listens at; None for every address of this machine.
            more: Further names, set by the user.
        """
        own = () if address is None else (address.strip("[]").lower(),)
        names = {name.strip().lower() for name in more} - {""}
        return cls(LOOPBACK_NAMES | names | set(own), frozenset(names), has_addresses=not is_loopback(address))

    def list_origins(self, scope: Scope, host: str) -> list[str]:
        """Return the origins of this server's own pages, for a request with a host."""
        own = _build_own_origin(scope, host)
        return [own, f"https://{host}"] if _strip_port(host.lower()) in self.proxied else [own]


class Door:
    """ASGI middleware that lets in who has the cookie, gives the cookie for the key, and refuses everybody else.

    Args:
        app: What lies behind the door.
        keys: The keys of this start.
        hosts: The names under which the server answers.
        proofs: Other ways to show that one was let in before, each asked with the scope of a request that has a right
            Host and Origin but no cookie.
        is_own: Whether a request that was let in asks for nothing of somebody else.
    """

    def __init__(
        self,
        app: ASGIApp,
        keys: EntryKeys,
        hosts: Hosts,
        proofs: Sequence[Callable[[Scope], bool]] = (),
        is_own: Callable[[Scope], bool] = lambda _scope: True,
    ) -> None:
        self._app, self._keys, self._hosts, self._proofs, self._is_own = app, keys, hosts, tuple(proofs), is_own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        send = _add_headers(scope, send)
        sentence = self._find_fault(scope)
        if sentence is not None:
            await _refuse(scope, receive, send, sentence)
        elif self._is_let_in(scope):
            if self._is_own(scope):
                await self._app(scope, receive, send)
            else:
                await _refuse(scope, receive, send, NOT_YOURS)
        else:
            await self._ask_for_key(scope, receive, send)

    def _find_fault(self, scope: Scope) -> str | None:
        """Return why this request is not of a page of this server, or None."""
        hosts = get_header_values(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return WRONG_NAME
        origins = get_header_values(scope, b"origin")
        if origins:
            is_own = len(origins) == 1 and origins[0] in self._hosts.list_origins(scope, hosts[0])
            return None if is_own else FOREIGN_ORIGIN
        if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
            return FOREIGN_ORIGIN  # browsers always send it with these
        return FOREIGN_ORIGIN if _is_fetched_elsewhere(scope) else None

    def _is_let_in(self, scope: Scope) -> bool:
        has_cookie = any(self._keys.has_cookie(header) for header in get_header_values(scope, b"cookie"))
        return has_cookie or any(proves(scope) for proves in self._proofs)

    async def _ask_for_key(self, scope: Scope, receive: Receive, send: Send) -> None:
        parameters = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in parameters if name == KEY_PARAMETER]
        if scope["type"] == "http" and scope["method"] == "GET" and given and self._keys.is_key(given[0]):
            others = [(name, value) for name, value in parameters if name != KEY_PARAMETER]
            await self._give_cookie(scope, send, others)
            return
        if given:
            await asyncio.sleep(WRONG_KEY_SECONDS)
        await _refuse(scope, receive, send, KEY_MISSING)

    async def _give_cookie(self, scope: Scope, send: Send, parameters: list[tuple[str, str]]) -> None:
        """Set the cookie and go to the same page without the key, which then stands in no history and no log.

        The page goes there itself: a redirect would still count as asked for by the file or page that led here, and
        with that browsers keep strict cookies back.
        """
        path = "/" + quote(scope["path"].lstrip("/\\"))  # "//name" would lead to another host
        query = f"?{urlencode(parameters)}" if parameters else ""
        is_https = scope.get("scheme") in ("https", "wss")
        cookie = (b"set-cookie", self._keys.set_cookie(is_https=is_https).encode())
        page = render_template(WELCOME_PAGE, address=f"{path}{query}")
        await _send_page(send, HTTPStatus.OK, page, [cookie])


def is_loopback(address: str | None) -> bool:
    """Return whether a server at this address can be reached from this machine only; None means every address."""
    if address is None:
        return False
    if address.lower() == "localhost" or address.startswith("unix://"):
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False  # a name: who it belongs to is not known


async def _refuse(scope: Scope, receive: Receive, send: Send, sentence: str) -> None:
    if scope["type"] == "websocket":
        await receive()  # the request to connect; closing before it was accepted answers 403
        await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
        return
    page = "" if scope["method"] == "HEAD" else render_template(REFUSAL_PAGE, sentence=sentence)
    await _send_page(send, HTTPStatus.FORBIDDEN, page, [])


async def _send_page(send: Send, status: HTTPStatus, page: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = page.encode()
    headers = [
        *headers,
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _add_headers(scope: Scope, send: Send) -> Send:
    """Return a `send` that puts the door's headers on every answer."""
    is_private = str(scope["path"]).startswith(PRIVATE_PATHS)

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if is_private:
                headers = [pair for pair in headers if pair[0].lower() != b"cache-control"]
                headers.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*headers, *SECURITY_HEADERS]}
        await send(message)

    return send_with_headers


def _is_fetched_elsewhere(scope: Scope) -> bool:
    """Return whether a page of another origin asks for this, other than by a link that is followed to it."""
    site = get_header_values(scope, b"sec-fetch-site")
    if not site or site[0] in ("same-origin", "none"):
        return False
    mode, destination = get_header_values(scope, b"sec-fetch-mode"), get_header_values(scope, b"sec-fetch-dest")
    return mode != ["navigate"] or destination != ["document"]


def _build_own_origin(scope: Scope, host: str) -> str:
    scheme = {"ws": "http", "wss": "https"}.get(scope.get("scheme", "http"), scope.get("scheme", "http"))
    return f"{scheme}://{host}"


def get_header_values(scope: Scope, name: bytes) -> list[str]:
    """Return what a request says in a header, each time it is there; the name is in small letters."""
    return [value.decode("latin-1") for header, value in scope["headers"] if header.lower() == name]


def _strip_port(host: str) -> str:
    """Return the name in a Host header, without its port and without the brackets of IPv6."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
