"""The app as a user starts it, in a process of its own, for tests and pictures made with a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.commands import FEW_HEAPS

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # s; the machine may be busy with other tests


@contextmanager
def app_server(
    data: Path, wrapper: Sequence[str] = (), python: Path | str = sys.executable, **environment: str
) -> Iterator[str]:
    """Start the app on a free port with a data folder of its own, and give its address; `wrapper` may watch it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*wrapper, str(python), "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
    app = subprocess.Popen(
        [*command, "--server.port", str(port), "--server.fileWatcherType", "none"],  # sources may change meanwhile
        cwd=ROOT,
        env=os.environ | FEW_HEAPS | {"ANSWER_ALOUD_DATA": str(data)} | environment,
        start_new_session=True,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", app)
        yield f"http://127.0.0.1:{port}"
    finally:
        if app.poll() is None:
            os.killpg(app.pid, signal.SIGTERM)
        app.wait(10)


def fetch(address: str) -> bytes:
    """Return what the app answers at an address; raises OSError for an error and where nobody answers."""
    with urllib.request.urlopen(address) as answer:
        body: bytes = answer.read()
    return body


def _wait_until_healthy(address: str, app: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and app.poll() is None:
        try:
            if fetch(f"{address}/_stcore/health") == b"ok":
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the app did not start")
