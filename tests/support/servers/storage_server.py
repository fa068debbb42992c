"""A server that speaks S3, in a process of its own: moto's, which keeps everything in memory and checks no rights.

It stands for a storage such as SeaweedFS: requests, errors and listings are those of S3. What it does not show is how
safely a real storage writes.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

import pytest
from s3fs import S3FileSystem

BUCKET = "answers"
ADDRESS = f"s3://{BUCKET}/sound"
PATIENCE = 60.0  # s until it answers
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "tester", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def storage_server() -> Iterator[int]:
    """Start a storage with one empty bucket; gives its port on this machine, and ends it."""
    port = find_free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            _request(port, "PUT", f"/{BUCKET}")
            yield port
        finally:
            process.terminate()


def make_empty(port: int) -> None:
    """Forget everything that a storage holds, and make its bucket anew."""
    _request(port, "POST", "/moto-api/reset")
    _request(port, "PUT", f"/{BUCKET}")


def make_environment(port: int) -> Mapping[str, str]:
    """Return the variables by which a storage is found."""
    return {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", **CREDENTIALS}


def reach_storage(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process find the storage at a port from now on."""
    for name, value in make_environment(port).items():
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()  # which know the port before


def find_free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _request(port, "GET", "/moto-api/")
            return
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _request(port: int, method: str, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers={"Host": f"127.0.0.1:{port}", "x-amz-acl": "private"})
        response = connection.getresponse()
        response.read()
        if response.status >= 400:
            raise HTTPException(f"{method} {path}: {response.status}")
    finally:
        connection.close()
