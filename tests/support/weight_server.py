"""A real server on this machine that stands in for the package index and for the model hub."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class WeightServer(ThreadingHTTPServer):
    """Serves files by their path, and notes what was asked for."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, Path | bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = dict(files)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: WeightServer
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(is_wanted=False)

    def do_GET(self) -> None:
        self._answer(is_wanted=True)

    def _answer(self, *, is_wanted: bool) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        found = self.server.files.get(self.path)
        body = b"" if found is None else found if isinstance(found, bytes) else found.read_bytes()
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Length", str(len(body)))
        if "/resolve/" in self.path:  # as the hub does
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", self.path.split("/resolve/")[1].split("/")[0])
        if "/simple/" in self.path:
            self.send_header("Content-Type", "text/html")
        self.end_headers()
        if is_wanted:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""


@contextmanager
def serve(files: Mapping[str, Path | bytes]) -> Iterator[WeightServer]:
    server = WeightServer(files)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
