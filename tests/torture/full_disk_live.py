"""A disk that fills while a recording comes in through the socket: it is told, and goes on when there is room again."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from websockets import ConnectionClosed, Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect

from analysis.question import AskedQuestion
from codec.adapters import to_plain
from services.live.live_takes import LiveTakes
from services.live.take import Purpose
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server

RATE = 48_000
SOUND = np.random.default_rng(7).integers(-(2**15), 2**15, 40 * RATE, dtype="<i2").tobytes()  # 3.8 MB
BLOCK = RATE // 10 * 2  # bytes
ROOM_KIB, PLENTY_KIB = 3_000, 32_000  # for the database and a part of the sound; for all of it


def fill(disk: Path, question: AskedQuestion, mount: Callable[[Path, int, str], None]) -> list[str]:
    """Record on a disk that is too small, make it larger, and return what is wrong with what is there then.

    Args:
        disk: Where the small disk is mounted.
        question: What is answered.
        mount: Mounts it: with so many KiB, and an option.
    """
    mount(disk, ROOM_KIB, "nosuid")
    data, take = disk / "data", uuid4().hex
    open_store(folder=data).close()
    takes = LiveTakes(data)
    with app_server(data) as address:
        with _connected(address, takes, take, question) as page:
            told = _send_until_refused(page)
        if told is None:
            return ["the small disk was never full"]
        faults = [] if told.endswith(".") and "No space left" in told else [f"a full disk is told so: {told!r}"]
        before = takes.files.size(take)
        print(f"full while recording: told at {before / 2 / RATE:.1f} of {len(SOUND) / 2 / RATE:.0f} s: “{told}”")
        mount(disk, PLENTY_KIB, "remount")
        with _connected(address, takes, take, question, acknowledged=1) as page:
            have = _tell(page)["have"]
            for begin in range(have, len(SOUND), BLOCK):
                _send(page, begin)
            page.send(json.dumps({"stop": len(SOUND)}))
            deadline = time.monotonic() + MAX_WAIT_SECONDS
            while "stopped" not in _tell(page):
                if time.monotonic() > deadline:
                    return [*faults, "with room again it was not stopped"]
    if takes.files.sound(take).read_bytes() != SOUND:
        faults.append("with room again the sound is not what was said")
    return faults


@contextmanager
def _connected(
    address: str, takes: LiveTakes, take: str, question: AskedQuestion, acknowledged: int = 0
) -> Iterator[ClientConnection]:
    protocols = [Subprotocol("answer-aloud"), Subprotocol(takes.files.ticket(take))]
    purpose = to_plain(Purpose, Purpose(question, "Browser recording", model="tiny.en"))
    with connect(
        f"{address.replace('http', 'ws')}/live/{take}", subprotocols=protocols, origin=Origin(address)
    ) as page:
        page.send(json.dumps({"purpose": purpose, "rate": RATE, "device": "", "acknowledged": acknowledged}))
        yield page


def _send_until_refused(page: ClientConnection) -> str | None:
    """Send all of the sound; returns the sentence of the error that comes, None where none does."""
    try:
        for begin in range(0, len(SOUND), BLOCK):
            _send(page, begin)
        while True:
            told = _tell(page)
            if "error" in told:
                return str(told["error"])
            if told.get("have") == len(SOUND):
                return None
    except ConnectionClosed:
        return _last_error(page)


def _last_error(page: ClientConnection) -> str | None:
    """Return what was told before the server closed while it was still being sent to."""
    try:
        while True:
            told = _tell(page)
            if "error" in told:
                return str(told["error"])
    except ConnectionClosed:
        return None


def _send(page: ClientConnection, begin: int) -> None:
    page.send(struct.pack("<Q", begin) + SOUND[begin : begin + BLOCK])


def _tell(page: ClientConnection) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(page.recv(MAX_WAIT_SECONDS))
    return answer
