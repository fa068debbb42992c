"""A way to a server of this machine that can be cut off: connections that are there break, and new ones are refused."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BLOCK_BYTES = 65536


class _Way(socketserver.ThreadingTCPServer):
    """Forwards each connection to a port; `is_cut` ends all of them."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Forwarding)
        self.port = port
        self.is_cut = threading.Event()


class _Forwarding(socketserver.BaseRequestHandler):
    server: _Way

    def handle(self) -> None:
        """Forward bytes both ways until one side is done, or the way is cut."""
        if self.server.is_cut.is_set():
            return
        with socket.create_connection(("127.0.0.1", self.server.port)) as there, suppress(OSError):
            both = {self.request: there, there: self.request}
            while not self.server.is_cut.is_set():
                readable, _, _ = select.select(both, [], [], 0.1)
                for source in readable:
                    block = source.recv(BLOCK_BYTES)
                    if not block:
                        return
                    both[source].sendall(block)


class CutOff:
    """The way: its port on this machine, and whether it is open."""

    def __init__(self, way: _Way) -> None:
        self._way = way
        self.port: int = way.server_address[1]

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        self._way.is_cut.set()

    def mend(self) -> None:
        """Let connections through again."""
        self._way.is_cut.clear()


@contextmanager
def way_to(port: int) -> Iterator[CutOff]:
    """Open a way to a port of this machine, and close it."""
    with _Way(port) as way:
        thread = threading.Thread(target=way.serve_forever, daemon=True)
        thread.start()
        yield CutOff(way)
        way.shutdown()
        thread.join()
