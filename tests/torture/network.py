"""The main job with the network cut: only this machine can be reached, and every call to the network is written down.

The command runs itself again in a network namespace of its own (Linux only), where it starts the command line and the
app under strace. In the app a real browser, which is not traced but asked for all it fetched and complained of,
measures a sample and opens every page; then everybody who should not come in tries to.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect, sync_playwright

import samples
from tests.support.app_server import PATIENCE, ROOT, app_server, let_in
from tests.torture import door
from tests.torture.system_calls import calls, is_loopback, listening
from tools.system_packages import CHROMIUM, NETWORK_WATCH, chromium

INSIDE = "ANSWER_ALOUD_NETWORK_CUT"
GOOD = "Nothing left, and nobody was asked for an address."
QUIET = 30.0  # s to wait for what libraries would send some time after their import
BAD = 400  # HTTP's first code for what could not be had
LEFT = "net::ERR_ABORTED"
PROBED = re.compile(r"/\w+/_stcore/(health|host-config)$")  # Streamlit looks for its server below the page's name first
CALLS = """
import contextlib, socket
with contextlib.suppress(OSError):
    socket.create_connection(("192.0.2.1", 443), 1)
with contextlib.suppress(OSError):
    socket.getaddrinfo("example.invalid", 443)
"""
PAGES = re.findall(r'url_path="(\w+)"\)', (ROOT / "streamlit_app.py").read_text("utf-8"))
STRACE = ("strace", "--follow-forks", "--trace=network", "--output")


@dataclass(frozen=True)
class Watched:
    """What a part of the main job did on the network."""

    part: str
    calls: Counter[str]
    fetched: tuple[str, ...] = ()  # addresses on other machines that the pages asked for
    complaints: tuple[
        str, ...
    ] = ()  # of the browser: console errors, what a page did not get; and addresses listened at

    def faults(self) -> list[str]:
        """Everything that would have left, as lines."""
        wrong = [
            f"{self.part}: {self.calls[kind]} {kind}" for kind in ("to others", "DNS look-ups") if self.calls[kind]
        ]
        wrong += [f"{self.part}: a page asked for {address}" for address in self.fetched]
        return wrong + [f"{self.part}: {complaint}" for complaint in self.complaints]


def torture(folder: Path, quiet: float = QUIET) -> list[str]:
    """Do the main job cut off, print what was done on the network, return what would have left."""
    lacking = [need.name for need in (NETWORK_WATCH, CHROMIUM) if not need.is_there()]
    if lacking:
        return [f"This machine lacks what it takes: {' and '.join(lacking)}."]
    if os.environ.get(INSIDE) is None:
        return _again_inside(quiet)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    control = _traced(folder, "a program that does call, as a check", "-c", CALLS)
    found = [_traced(folder, "command line", "-m", "analysis", str(_sample().path), "--json"), _app(folder, quiet)]
    for each in (control, *found):
        print(f"{each.part}: " + ", ".join(f"{count} {kind}" for kind, count in each.calls.items()), flush=True)
    unseen = [] if len(control.faults()) == 2 else ["The check calls and looks up, and that was not seen."]
    return unseen + [fault for each in found for fault in each.faults()]


def _again_inside(quiet: float) -> list[str]:
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", "--net", *as_root, sys.executable, "-m", "tests.torture", "network", "--quiet", str(quiet)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {INSIDE: "1"}, check=False)
    return [] if done.returncode == 0 else [f"cut off, it ended with exit code {done.returncode}"]


def _traced(folder: Path, part: str, *arguments: str) -> Watched:
    trace = folder / f"{part}.strace"
    command = [*STRACE, str(trace), sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{part} failed: {done.stderr}")
    return Watched(part, calls(trace))


def _app(folder: Path, quiet: float) -> Watched:
    trace, fetched, complaints = folder / "app.strace", list[str](), list[str]()
    with app_server(folder / "data", wrapper=(*STRACE, str(trace))) as address:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium())
            page = browser.new_page()
            let_in(page, address)
            page.set_default_timeout(2 * PATIENCE * 1000)
            page.on("request", lambda request: fetched.append(request.url))
            _listen(page, complaints)
            _use(page, address)
            reachable = [each for each in listening(int(address.rsplit(":", 1)[-1])) if not is_loopback(each)]
            page.wait_for_timeout(1000 * quiet)
            browser.close()
        complaints += door.try_everything(address)
    outside = sorted({url for url in fetched if not url.startswith((address, "data:", "blob:"))})
    print(f"{len(fetched)} requests of the browser, {len(outside)} to other machines, {len(complaints)} complaints")
    complaints += [f"the app can be reached from elsewhere, at {each}" for each in reachable]
    return Watched("app", calls(trace), tuple(outside), tuple(complaints))


def _listen(page: Page, complaints: list[str]) -> None:
    """Note what the browser complains of; what a page still asks for when it is left is broken off, and no fault."""
    page.on("console", lambda each: complaints.extend(_said(each)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda got: complaints.extend(_refused(got)))
    page.on("requestfailed", lambda each: complaints.extend(_broken(each)))


def _said(message: ConsoleMessage) -> list[str]:
    is_response = message.text.startswith("Failed to load resource")  # told with its address by the response itself
    return [message.text] if message.type == "error" and not is_response else []


def _refused(response: Response) -> list[str]:
    is_bad = response.status >= BAD and not PROBED.search(response.url)
    return [f"{response.status} {response.url}"] if is_bad else []


def _broken(request: Request) -> list[str]:
    return [] if request.failure == LEFT else [f"{request.failure} {request.url}"]


def _use(page: Page, address: str) -> None:
    expect.set_options(timeout=2 * PATIENCE * 1000)
    page.goto(address)
    page.get_by_role("tab", name="Try a sample").click()
    page.get_by_role("button", name="Measure this sample").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    for name in PAGES:
        page.goto(f"{address}/{name}")
        expect(page.get_by_role("heading").first).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
    print(f"opened {', '.join(PAGES)}", flush=True)


def _sample() -> samples.Sample:
    return samples.load()[0]
