"""The main job without a network: only loopback is reachable, and all network calls are traced.

The command runs itself again in its own network namespace (Linux only), where it starts the command
line and the app under strace. In the app, a real browser analyses a sample and opens every page;
the browser is not traced, but its requests and errors are recorded. Afterwards everybody who must not
get in tries to.
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
from tests.support.app_server import MAX_WAIT_SECONDS, ROOT, app_server, let_in
from tests.torture import door
from tests.torture.system_calls import count_calls, is_loopback, list_listening_addresses
from tools.system_packages import CHROMIUM, NETWORK_WATCH, find_chromium

INSIDE_VARIABLE = "ANSWER_ALOUD_NETWORK_CUT"
GOOD = "Nothing left, and nobody was asked for an address."
QUIET_SECONDS = 30.0  # s to wait for what libraries would send some time after their import
FIRST_HTTP_ERROR = 400  # HTTP's first code for what could not be had
ABORTED = "net::ERR_ABORTED"
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
class NetworkUse:
    """Network use of one part of the main job."""

    part: str
    calls: Counter[str]
    fetched: tuple[str, ...] = ()  # addresses on other machines that the pages asked for
    complaints: tuple[
        str, ...
    ] = ()  # of the browser: console errors, what a page did not get; and addresses listened at

    def faults(self) -> list[str]:
        """Return everything that would have left this machine, one line each."""
        wrong = [
            f"{self.part}: {self.calls[kind]} {kind}" for kind in ("to others", "DNS look-ups") if self.calls[kind]
        ]
        wrong += [f"{self.part}: a page asked for {address}" for address in self.fetched]
        return wrong + [f"{self.part}: {complaint}" for complaint in self.complaints]


def torture(folder: Path, quiet: float = QUIET_SECONDS) -> list[str]:
    """Run the main job without a network, print its network use and return what would have left.

    Args:
        folder: Empty folder for data and traces.
        quiet: Time to wait for late requests of libraries, in s.
    """
    lacking = [need.name for need in (NETWORK_WATCH, CHROMIUM) if not need.is_there()]
    if lacking:
        return [f"This machine lacks what it takes: {' and '.join(lacking)}."]
    if os.environ.get(INSIDE_VARIABLE) is None:
        return _run_inside(quiet)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    control = _trace(folder, "a program that does call, as a check", "-c", CALLS)
    found = [_trace(folder, "command line", "-m", "analysis", str(_sample().path), "--json"), _trace_app(folder, quiet)]
    for each in (control, *found):
        print(f"{each.part}: " + ", ".join(f"{count} {kind}" for kind, count in each.calls.items()), flush=True)
    unseen = [] if len(control.faults()) == 2 else ["The check calls and looks up, and that was not seen."]
    return unseen + [fault for each in found for fault in each.faults()]


def _run_inside(quiet: float) -> list[str]:
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", "--net", *as_root, sys.executable, "-m", "tests.torture", "network", "--quiet", str(quiet)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {INSIDE_VARIABLE: "1"}, check=False)
    return [] if done.returncode == 0 else [f"cut off, it ended with exit code {done.returncode}"]


def _trace(folder: Path, part: str, *arguments: str) -> NetworkUse:
    trace = folder / f"{part}.strace"
    command = [*STRACE, str(trace), sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{part} failed: {done.stderr}")
    return NetworkUse(part, count_calls(trace))


def _trace_app(folder: Path, quiet: float) -> NetworkUse:
    trace, fetched, complaints = folder / "app.strace", list[str](), list[str]()
    with app_server(folder / "data", wrapper=(*STRACE, str(trace))) as address:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium())
            page = browser.new_page()
            let_in(page, address)
            page.set_default_timeout(2 * MAX_WAIT_SECONDS * 1000)
            page.on("request", lambda request: fetched.append(request.url))
            _listen(page, complaints)
            _use(page, address)
            reachable = [
                each for each in list_listening_addresses(int(address.rsplit(":", 1)[-1])) if not is_loopback(each)
            ]
            page.wait_for_timeout(1000 * quiet)
            browser.close()
        complaints += door.try_everything(address)
    outside = sorted({url for url in fetched if not url.startswith((address, "data:", "blob:"))})
    print(f"{len(fetched)} requests of the browser, {len(outside)} to other machines, {len(complaints)} complaints")
    complaints += [f"the app can be reached from elsewhere, at {each}" for each in reachable]
    return NetworkUse("app", count_calls(trace), tuple(outside), tuple(complaints))


def _listen(page: Page, complaints: list[str]) -> None:
    """Record the browser's errors; requests aborted by leaving a page are none."""
    page.on("console", lambda each: complaints.extend(_read_console_error(each)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda got: complaints.extend(_read_failed_response(got)))
    page.on("requestfailed", lambda each: complaints.extend(_read_failed_request(each)))


def _read_console_error(message: ConsoleMessage) -> list[str]:
    is_response = message.text.startswith("Failed to load resource")  # told with its address by the response itself
    return [message.text] if message.type == "error" and not is_response else []


def _read_failed_response(response: Response) -> list[str]:
    is_bad = response.status >= FIRST_HTTP_ERROR and not PROBED.search(response.url)
    return [f"{response.status} {response.url}"] if is_bad else []


def _read_failed_request(request: Request) -> list[str]:
    return [] if request.failure == ABORTED else [f"{request.failure} {request.url}"]


def _use(page: Page, address: str) -> None:
    expect.set_options(timeout=2 * MAX_WAIT_SECONDS * 1000)
    page.goto(address)
    page.get_by_role("tab", name="Try a sample").click()
    page.get_by_role("button", name="Analyse this sample").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    for name in PAGES:
        page.goto(f"{address}/{name}")
        expect(page.get_by_role("heading").first).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
    print(f"opened {', '.join(PAGES)}", flush=True)


def _sample() -> samples.Sample:
    return samples.load()[0]
