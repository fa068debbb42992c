"""The WebSocket that a recording of the browser comes in by, block by block, and what lets it in.

The page sends a greeting in JSON, then frames: the byte at which a block belongs (8 bytes, little-endian), and the
block, of 16-bit samples. It is answered `{"have": n}` when so many bytes are on the disk, with `"again": true` where a
block did not follow on them; `{"stop": n}` is answered `{"stopped": n}` when all of it is there, `{"error": sentence}`
says what keeps it from being saved, and `{"gone": sentence}` that the take is not here any more.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app_pages.server.door import LIVE_PREFIX, Scope
from codec.adapters import read_json
from codec.refusals import Refusal
from services.live.live_takes import GoneError, LiveTakes
from services.live.take import TAKE_ID, LiveTake, Purpose
from speech.errors import AnswerAloudError
from speech.live.spool import GapError, Spool
from store.errors import translate_write_errors

PROTOCOL: Final = "answer-aloud"
OFFSET = struct.Struct("<Q")
MAX_FRAME_BYTES: Final = OFFSET.size + 2**16  # 0.1 s at 192 kHz are 38,400
MAX_MESSAGE_CHARACTERS: Final = 2**15
GREETING_SECONDS: Final = 20.0  # that a page may take to say what it sends
UNSUPPORTED, POLICY_VIOLATION, TOO_BIG, TRY_AGAIN = 1003, 1008, 1009, 1013  # close codes, RFC 6455


@dataclass(frozen=True)
class Greeting:
    """The first message: what is going to be sent."""

    purpose: Purpose
    rate: int
    device: str
    acknowledged: int  # bytes that were answered before; 0 when it begins


class LiveRoute:
    """Takes recordings in.

    Args:
        find_takes: Gives the keeper of a person's takes in the data folder of the moment, None where there is none;
            the id of the single user is empty. Asked in a thread.
    """

    def __init__(self, find_takes: Callable[[str], LiveTakes | None]) -> None:
        self._find_takes = find_takes

    def has_ticket(self, scope: Scope) -> bool:
        """Return whether a request brings the ticket of the take that it wants to record."""
        try:
            return self._open_takes(scope) is not None
        except AnswerAloudError:  # no secret can be read or made
            return False

    def _open_takes(self, scope: Scope) -> LiveTakes | None:
        """Return the keeper of the takes that a request's ticket is for; None without a right one."""
        path = str(scope["path"])
        take_id = path.removeprefix(LIVE_PREFIX)
        if scope["type"] != "websocket" or not path.startswith(LIVE_PREFIX) or not TAKE_ID.fullmatch(take_id):
            return None
        for given in scope.get("subprotocols", ()):
            person_id, _, ticket = given.rpartition(".")
            if person_id and not TAKE_ID.fullmatch(person_id):
                continue
            takes = self._find_takes(person_id)
            if takes is not None and takes.files.is_ticket(take_id, ticket):
                return takes
        return None

    async def serve(self, socket: WebSocket) -> None:
        """Take in what one page sends over its socket, to the path of its take."""
        if not await asyncio.to_thread(self.has_ticket, socket.scope):
            await socket.close(POLICY_VIOLATION)
            return
        await socket.accept(PROTOCOL if PROTOCOL in socket.scope["subprotocols"] else None)
        connection = _Connection(socket)
        # RuntimeError: it was closed while something was sent; TimeoutError: it said nothing
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            try:
                takes = await asyncio.to_thread(self._open_takes, socket.scope)
                if takes is None:  # the data folder is another one since
                    raise GoneError
                await connection.serve(takes, socket.path_params["take"])
            except GoneError as error:
                await connection.end({"gone": str(error)}, POLICY_VIOLATION)
            except AnswerAloudError as error:
                await connection.end({"error": str(error)}, TRY_AGAIN)
            except _RefusedError as error:
                await connection.end(None, error.code)


class _RefusedError(Exception):
    """What came is nothing that the recorder sends."""

    def __init__(self, code: int = UNSUPPORTED) -> None:
        super().__init__(code)
        self.code = code


class _Connection:
    """One page that sends one take; every read and write of the disk is done in a thread."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._sending = asyncio.Lock()
        self._flushed = asyncio.Event()

    async def serve(self, takes: LiveTakes, take_id: str) -> None:
        """Take in all that comes until the page stops or is gone; raises StoreError."""
        async with asyncio.timeout(GREETING_SECONDS):
            greeting = _read(Greeting, (await self._socket.receive()).get("text") or "")
        now = datetime.now().astimezone()
        try:
            new = LiveTake(take_id, greeting.purpose, greeting.rate, greeting.device, now)
        except ValueError as error:
            raise _RefusedError from error
        take, spool = await asyncio.to_thread(takes.begin, new, is_new=greeting.acknowledged == 0)
        loop = asyncio.get_running_loop()

        def wake(_spool: Spool) -> None:
            with suppress(RuntimeError):  # the server is ending
                loop.call_soon_threadsafe(self._flushed.set)

        spool.add_listener(wake)
        confirming = asyncio.create_task(self._confirm(spool))
        try:
            if take.stopped:
                await self._send({"stopped": spool.have})
                return
            await self._send({"have": spool.durable, "again": True})
            await self._receive(takes, take, spool)
        finally:
            spool.remove_listener(wake)
            confirming.cancel()
            await asyncio.shield(asyncio.to_thread(takes.release, take_id))

    async def end(self, message: dict[str, Any] | None, code: int) -> None:
        """Say a last thing and close."""
        if self._socket.application_state is WebSocketState.CONNECTED:
            if message is not None:
                await self._send(message)
            await self._socket.close(code)

    async def _receive(self, takes: LiveTakes, take: LiveTake, spool: Spool) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if (frame := message.get("bytes")) is not None:
                await self._append(spool, frame)
            elif await self._stop(takes, take, spool, message["text"]):
                return

    async def _append(self, spool: Spool, frame: bytes) -> None:
        if not OFFSET.size <= len(frame) <= MAX_FRAME_BYTES:
            raise _RefusedError(TOO_BIG)
        (offset,) = OFFSET.unpack_from(frame)
        try:
            await asyncio.to_thread(_append, spool, offset, frame[OFFSET.size :])
        except GapError as error:
            await self._send({"have": error.have, "again": True})
        except ValueError as error:
            raise _RefusedError from error

    async def _stop(self, takes: LiveTakes, take: LiveTake, spool: Spool, text: str) -> bool:
        """Handle the message that ends a take; returns whether all of it is here."""
        wanted = _read(dict[str, int], text).get("stop")
        if wanted is None:
            raise _RefusedError
        if spool.have < wanted and not spool.is_full:
            await self._send({"have": spool.have, "again": True})
            return False
        await asyncio.to_thread(takes.stop, take.id)
        await self._send({"stopped": spool.have})
        return True

    async def _confirm(self, spool: Spool) -> None:
        """Say after each flush what is on the disk; where it failed, say so and close: the page tries again."""
        while True:
            await self._flushed.wait()
            self._flushed.clear()
            if spool.failure is not None:
                await self.end({"error": _sentence(spool)}, TRY_AGAIN)
                return
            await self._send({"have": spool.durable})

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._sending:
            await self._socket.send_text(json.dumps(message))


def _append(spool: Spool, offset: int, block: bytes) -> None:
    with translate_write_errors(spool.path.parent):
        spool.append(offset, block)


def _sentence(spool: Spool) -> str:
    try:
        with translate_write_errors(spool.path.parent):
            raise spool.failure or OSError
    except AnswerAloudError as error:
        return str(error)


def _read(kind: Any, text: str) -> Any:
    if len(text) > MAX_MESSAGE_CHARACTERS:
        raise _RefusedError(TOO_BIG)
    try:
        return read_json(kind, text)
    except Refusal as error:
        raise _RefusedError from error
