"""Everybody who should not come in, at a real server: each is refused, and nobody is asked for an address for it.

Another account of this machine, names that were rebound to it, pages of other servers in a real browser that holds the
cookie, frames, old keys; at pages, sockets, media, uploads and routes of our own.
"""

from __future__ import annotations

import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app_pages.server.entry_keys import EntryKeys
from tests.support.app_server import KEY, MAX_WAIT_SECONDS, app_server, cookie, let_in
from tools.system_packages import CHROMIUM, find_chromium

NO_FAULTS_MESSAGE = "Nobody came in who should not, and the app stood still for nobody."
NOBODY_USER_ID = 65534  # an account that owns nothing here
REFUSED, FOUND = 403, 200
LONGEST_ANSWER_SECONDS = 3.0  # of the server while foreign pages call; an address service took it 21 s
FOREIGN_TRIES = 10
REBOUND_NAME = "evil.example"
HOSTILE_PAGE = """<!doctype html><title>hostile</title><script>
const app = "http://127.0.0.1:PORT", tries = {};
const note = (name, value) => { tries[name] = value; };
async function main() {
  for (let i = 0; i < TRIES; i++) {
    note("socket " + i, await new Promise(done => {
      const socket = new WebSocket(app.replace("http", "ws") + "/_stcore/stream", ["streamlit"]);
      socket.onopen = () => done("open"); socket.onerror = () => done("refused");
    }));
  }
  for (const path of ["/", "/media/any.wav", "/_stcore/health", "/data"]) {
    note("fetch " + path, await fetch(app + path, {credentials: "include"}).then(r => "read", () => "refused"));
    note("post " + path, await fetch(app + path, {method: "POST", credentials: "include", body: "x"})
      .then(r => "read", () => "refused"));
  }
  note("script", await new Promise(done => {
    const script = document.createElement("script");
    script.onload = () => done("loaded"); script.onerror = () => done("refused");
    script.src = app + "/static/js/index.js"; document.head.append(script);
  }));
  document.title = JSON.stringify(tries);
}
main();
</script><iframe id="frame" src="http://127.0.0.1:PORT/"></iframe>"""


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


def torture(folder: Path) -> list[str]:
    """Try everything at a server that is started for it; returns what came in."""
    if not CHROMIUM.is_there():
        return [f"This machine lacks what it takes: {CHROMIUM.name}."]
    with app_server(folder / "data") as address:
        return try_everything(address)


def try_everything(address: str) -> list[str]:
    """Try everything at a running server; prints what was tried and returns what came in."""
    with sync_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP {REBOUND_NAME} 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[rules])
        server = Server(address, _find_sound_address(browser, address))
        faults = [*_try_without_key(server), *_try_stolen_cookie(server), *_try_another_account(server)]
        faults += [*_try_pages_of_others(browser, server), *_try_rebound_name(browser, server)]
        browser.close()
    return faults


def _find_sound_address(browser: Browser, address: str) -> str:
    """Return the address of a sound that the first page plays, as the browser of somebody who was let in sees it."""
    page = browser.new_page()
    let_in(page, address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
    page.goto(f"{address}/data")
    page.get_by_role("button", name="See a demo history").click()
    expect(page.get_by_text("This is a demo.")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")  # or a click is lost
    with page.expect_request(lambda request: "/media/" in request.url) as asked:
        page.get_by_role("link", name="Open", exact=True).first.click()
    source = asked.value.url
    status = page.request.get(source).status
    page.close()
    if status != FOUND:
        raise RuntimeError(f"the owner did not get {source}, but {status}")
    return source.removeprefix(address)


def _try_without_key(server: Server) -> list[str]:
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


def _try_stolen_cookie(server: Server) -> list[str]:
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


def _try_another_account(server: Server) -> list[str]:
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


def _try_pages_of_others(browser: Browser, server: Server) -> list[str]:
    """Open a page of another server of this machine in a browser that holds the cookie, and ask the app meanwhile."""
    context = browser.new_context()
    page = context.new_page()
    let_in(page, server.address)
    with _hostile_server(server.port) as hostile, _ask_meanwhile(server) as longest:
        page.goto(hostile)
        page.wait_for_function("document.title !== 'hostile'", timeout=MAX_WAIT_SECONDS * 1000)
        tries: dict[str, str] = page.evaluate("JSON.parse(document.title)")
        framed = page.frame_locator("#frame").locator("body").inner_text()
    faults = [f"a page of another server: {name} {result}" for name, result in tries.items() if result != "refused"]
    if "Answer Aloud" in framed and "printed when it started" not in framed:
        faults.append("a page of another server framed the app")
    if longest[0] > LONGEST_ANSWER_SECONDS:
        faults.append(f"the app stood still for {longest[0]:.1f} s while another page called")
    print(f"a page of another server: {len(tries)} tries, longest answer to others meanwhile {longest[0]:.2f} s")
    context.close()
    return faults


def _try_rebound_name(browser: Browser, server: Server) -> list[str]:
    """Open the app in a browser under a name that leads to this machine, with the key."""
    context: BrowserContext = browser.new_context()
    page: Page = context.new_page()
    answer = page.goto(f"http://{REBOUND_NAME}:{server.port}/?key={quote(KEY)}")
    status = None if answer is None else answer.status
    context.close()
    print(f"a rebound name, with the key: {status}")
    return [] if status == REFUSED else [f"under a rebound name the app answered {status}"]


@contextmanager
def _hostile_server(port: int) -> Iterator[str]:
    """Serve the hostile page at another port of this machine; gives its address."""
    text = HOSTILE_PAGE.replace("PORT", str(port)).replace("TRIES", str(FOREIGN_TRIES)).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(FOUND)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Keep the terminal for what was found."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://localhost:{other.server_address[1]}/"
        other.shutdown()


@contextmanager
def _ask_meanwhile(server: Server) -> Iterator[list[float]]:
    """Ask the app for its health all the while; gives a list whose only value is the longest wait so far, in s."""
    longest, is_over = [0.0], threading.Event()
    headers = {"Cookie": "=".join(cookie(server.address))}

    def ask() -> None:
        while not is_over.wait(0.05):
            begun = time.perf_counter()
            fetch_status(f"{server.address}/_stcore/health", headers)
            longest[0] = max(longest[0], time.perf_counter() - begun)

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    yield longest
    is_over.set()
    asker.join(MAX_WAIT_SECONDS)


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
