"""Pages of others in a real browser that holds the cookie: of another server, framing the app, under a rebound name."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.app_server import KEY, MAX_WAIT_SECONDS, cookie, let_in
from tests.torture.door_requests import FOUND, REBOUND_NAME, REFUSED, Server, fetch_status

LONGEST_ANSWER_SECONDS = 3.0  # of the server while foreign pages call; an address service took it 21 s
FOREIGN_TRIES = 10
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


def try_pages_of_others(browser: Browser, server: Server) -> list[str]:
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


def try_rebound_name(browser: Browser, server: Server) -> list[str]:
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
