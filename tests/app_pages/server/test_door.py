"""Who the door lets in, by what a request holds; the same with a real server is in tests/torture/door.py."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest

from app_pages.server import door
from app_pages.server.door import FOREIGN_ORIGIN, KEY_MISSING, WRONG_NAME, Door, Hosts, is_loopback
from app_pages.server.entry_keys import EntryKeys

HOST = "127.0.0.1:8501"
KEYS = EntryKeys("a key of more than sixteen characters", 8501)
COOKIE = ("cookie", KEYS.set_cookie(is_https=False).partition(";")[0])
OWN = ("origin", f"http://{HOST}")
INSIDE = b"inside"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WRONG_KEY_SECONDS", 0)


async def _app(scope: Any, _receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"max-age=60")]})
    await send({"type": "http.response.body", "body": INSIDE})


class Answer:
    """What came back: its status, its headers and its text; 101 for an open WebSocket, 403 for a refused one."""

    def __init__(self, sent: Sequence[Any]) -> None:
        first = sent[0]
        self.status = {"websocket.accept": 101, "websocket.close": 403}.get(first["type"]) or first["status"]
        self.headers = [(name.decode(), value.decode()) for name, value in first.get("headers", ())]
        self.text = b"".join(each.get("body", b"") for each in sent[1:]).decode()

    def values(self, name: str) -> list[str]:
        return [value for each, value in self.headers if each == name]


def ask(
    *headers: tuple[str, str],
    path: str = "/",
    query: str = "",
    method: str = "GET",
    host: str | None = HOST,
    kind: str = "http",
    hosts: Hosts = Hosts(),  # noqa: B008 - it is frozen
    **more: Any,
) -> Answer:
    """Ask the door for something as a client with these headers."""
    named = () if host is None else (("host", host),)
    scope = {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (*named, *headers)],
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Door(_app, KEYS, hosts, **more)(scope, receive, send))
    return Answer(sent)


def with_key(key: str = KEYS.key) -> str:
    return f"key={key.replace(' ', '+')}"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/practice", "/media/a.wav", "/_stcore/health", "/live/1", "/static/js/a.js"])
def test_without_the_cookie_nothing_opens(path: str, method: str) -> None:
    answer = ask(path=path, method=method)
    assert answer.status == 403
    assert KEY_MISSING in answer.text or method == "HEAD"
    assert INSIDE.decode() not in answer.text


def test_with_the_cookie_everything_opens() -> None:
    assert ask(COOKIE).text == INSIDE.decode()
    assert ask(COOKIE, OWN, method="POST").status == 200
    assert ask(COOKIE, OWN, kind="websocket").status == 101


def test_a_cookie_among_others_counts_and_that_of_another_server_does_not() -> None:
    assert ask(("cookie", f"a=b; {COOKIE[1]}; c=d")).status == 200
    other = EntryKeys(KEYS.key, 8502).set_cookie(is_https=False).partition(";")[0]
    assert ask(("cookie", other)).status == 403


def test_the_key_of_an_earlier_start_and_its_cookie_open_nothing() -> None:
    earlier, later = EntryKeys(None, 8501), EntryKeys(None, 8501)
    assert earlier.key != later.key
    assert not later.is_key(earlier.key)
    assert not later.has_cookie(earlier.set_cookie(is_https=False).partition(";")[0])
    assert ask(query=with_key(earlier.key)).status == 403


def test_the_key_is_exchanged_for_a_cookie_that_scripts_and_other_sites_do_not_get() -> None:
    answer = ask(path="/practice", query=f"question=why&{with_key()}")
    assert answer.status == 200
    (cookie,) = answer.values("set-cookie")
    assert cookie.startswith(COOKIE[1] + "; ")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert answer.values("cache-control") == ["no-store"]
    assert 'url=/practice?question=why"' in answer.text
    assert KEYS.key not in answer.text


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///a", '/"><script>alert(1)</script>'])
def test_the_way_on_from_the_key_stays_at_this_server(path: str) -> None:
    text = ask(path=path, query=with_key()).text
    for address in re.findall(r'(?:url=|href=")([^"]*)"', text):
        assert re.match(r"/(?![/\\])", address)
    assert "<script" not in text


def test_a_key_opens_pages_and_neither_uploads_nor_sockets() -> None:
    assert ask(OWN, query=with_key(), method="POST").status == 403
    assert ask(OWN, query=with_key(), kind="websocket").status == 403


@pytest.mark.parametrize("key", ["", "x", KEYS.key[:-1], KEYS.key + "x", "ключ", "\x00"])
def test_a_wrong_key_opens_nothing(key: str) -> None:
    assert ask(query=with_key(key)).status == 403


@pytest.mark.parametrize(
    "host", ["evil.example:8501", "evil.example", "127.0.0.1.evil.example:8501", "localhost.evil.example", "", None]
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_that_is_not_on_the_list_opens_nothing_even_with_the_cookie(host: str | None, kind: str) -> None:
    answer = ask(COOKIE, ("origin", f"http://{host}"), host=host, kind=kind)
    assert answer.status == 403
    assert kind == "websocket" or WRONG_NAME in unescape(answer.text)


def test_two_names_at_once_open_nothing() -> None:
    assert ask(COOKIE, ("host", HOST)).status == 403


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST:8501", "[::1]:8501", "127.0.0.1"])
def test_the_names_of_this_machine_are_on_the_list(host: str) -> None:
    assert ask(COOKIE, ("origin", f"http://{host}"), host=host).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:8501",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8501",
        "http://127.0.0.1",
        "http://evil.example",
        "null",
        "file://",
        "chrome-extension://abc",
        "",
    ],
)
@pytest.mark.parametrize(("kind", "method"), [("http", "GET"), ("http", "POST"), ("websocket", "GET")])
def test_another_origin_opens_nothing_even_with_the_cookie(origin: str, kind: str, method: str) -> None:
    answer = ask(COOKIE, ("origin", origin), kind=kind, method=method)
    assert answer.status == 403
    assert kind == "websocket" or FOREIGN_ORIGIN in answer.text


@pytest.mark.parametrize(("kind", "method"), [("websocket", "GET"), *(("http", m) for m in ("POST", "PUT", "DELETE"))])
def test_where_browsers_send_an_origin_it_has_to_be_there(kind: str, method: str) -> None:
    assert ask(COOKIE, kind=kind, method=method).status == 403


@pytest.mark.parametrize(
    ("site", "mode", "destination", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("same-origin", "navigate", "iframe", 200),
        ("cross-site", "navigate", "document", 200),  # a link; the browser keeps the strict cookie back by itself
        ("same-site", "navigate", "document", 200),
        ("same-site", "navigate", "iframe", 403),
        ("same-site", "no-cors", "audio", 403),
        ("same-site", "no-cors", "script", 403),
        ("cross-site", "no-cors", "image", 403),
    ],
)
def test_pages_of_other_servers_may_link_here_and_load_nothing(
    site: str, mode: str, destination: str, status: int
) -> None:
    headers = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", destination)]
    assert ask(COOKIE, *headers).status == status


@pytest.mark.parametrize("answer", [ask(COOKIE), ask(), ask(query=with_key())], ids=["inside", "refused", "let in"])
def test_no_answer_can_be_framed_or_tells_where_one_came_from(answer: Answer) -> None:
    assert "frame-ancestors 'self'" in answer.values("content-security-policy")
    assert answer.values("referrer-policy") == ["no-referrer"]


@pytest.mark.parametrize(("path", "kept"), [("/media/a.wav", "no-store"), ("/static/a.js", "max-age=60")])
def test_no_cache_keeps_a_voice(path: str, kept: str) -> None:
    assert ask(COOKIE, path=path).values("cache-control") == [kept]


def test_at_an_open_address_numbers_are_names_of_the_server_and_other_names_must_be_set() -> None:
    hosts = Hosts.for_server("0.0.0.0", ["Coach.Example", ""])
    for host in ("192.168.1.7:8501", "[fe80::1]:8501", "coach.example", "localhost"):
        assert host in hosts
    for host in ("evil.example:8501", "", "coach.example.evil"):
        assert host not in hosts
    assert "192.168.1.7" not in Hosts.for_server("127.0.0.1")


def test_another_proof_counts_instead_of_the_cookie_but_not_instead_of_the_origin() -> None:
    proofs = (lambda scope: scope["path"].startswith("/live/"),)
    assert ask(OWN, path="/live/1", kind="websocket", proofs=proofs).status == 101
    assert ask(("origin", "http://evil.example"), path="/live/1", kind="websocket", proofs=proofs).status == 403
    assert ask(OWN, path="/_stcore/stream", kind="websocket", proofs=proofs).status == 403


def test_a_key_of_ones_own_must_be_long_enough_to_keep_others_out() -> None:
    with pytest.raises(SystemExit, match="has 5 characters and needs at least 16"):
        EntryKeys.from_environment({"ANSWER_ALOUD_KEY": "short"}, 8501)
    assert EntryKeys.from_environment({"ANSWER_ALOUD_KEY": "x" * 16}, 8501).is_set_by_user
    assert not EntryKeys.from_environment({"ANSWER_ALOUD_KEY": ""}, 8501).is_set_by_user


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.8.7", "::1", "[::1]", "localhost", "unix:///tmp/a.sock"])
def test_loopback_addresses_are_local_only(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "laptop.local", "127.0.0.1.example"])
def test_other_addresses_are_not_local_only(address: str | None) -> None:
    assert not is_loopback(address)


def test_a_name_that_was_set_may_be_a_proxys_with_https_and_other_names_may_not() -> None:
    hosts = Hosts.for_server(None, ["practice.uni.example"])
    for host, origin, status in (
        ("practice.uni.example", "https://practice.uni.example", 200),
        ("practice.uni.example", "http://practice.uni.example", 200),
        ("practice.uni.example", "https://evil.example", 403),
        (HOST, f"https://{HOST}", 403),
    ):
        assert ask(COOKIE, ("origin", origin), host=host, method="POST", hosts=hosts).status == status
