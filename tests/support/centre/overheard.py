"""Everything that the server sends to the pages of one person, whether they show it or not."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page, Request, WebSocket

FILES = ("/media/", "/_stcore/upload_file/")


class Overheard:
    """What one page gets from now on.

    Attributes:
        files: The addresses of files that it fetched or sent.
    """

    def __init__(self, page: Page) -> None:
        self.files: set[str] = set()
        self._parts: list[bytes] = []
        page.on("websocket", self._listen)
        page.on("request", self._note)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: self._parts.append(sent if isinstance(sent, bytes) else sent.encode()))

    def _note(self, request: Request) -> None:
        if any(part in request.url for part in FILES):
            self.files.add(request.url)

    def find(self, marks: Sequence[str]) -> list[str]:
        """Return which of some texts the page was sent."""
        return [mark for mark in marks if any(mark.encode() in part for part in self._parts)]
