"""The way a recording comes in, with a real server and a client that is not a browser."""

from __future__ import annotations

import contextlib
import json
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets import ConnectionClosed, InvalidStatus, Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect

from services.live.live_takes import LiveTakes
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, cookie

RATE = 48_000
SOUND = np.random.default_rng(4).integers(-(2**15), 2**15, RATE, dtype="<i2").tobytes()  # 1 s
BLOCK = RATE // 10 * 2  # bytes of 0.1 s
PURPOSE = {
    "question": {"id": "tell_me_about_yourself", "text": "Tell me about yourself.", "kind": "about_you"},
    "name": "Browser recording",
    "part": "",
    "model": "base",
    "language": None,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data = tmp_path_factory.mktemp("data")
    with app_server(data) as address:
        yield SimpleNamespace(address=address, takes=LiveTakes(data))


@contextmanager
def connected(app: SimpleNamespace, take: str, acknowledged: int = 0, **more: Any) -> Iterator[ClientConnection]:
    """A page that has said what it sends; `more` takes the place of what it says."""
    with opened(app, take, app.takes.files.ticket(take)) as page:
        page.send(json.dumps({"purpose": PURPOSE, "rate": RATE, "device": "", "acknowledged": acknowledged} | more))
        yield page


def opened(app: SimpleNamespace, take: str, ticket: str, **more: Any) -> ClientConnection:
    address = f"{app.address.replace('http', 'ws')}/live/{take}"
    protocols = [Subprotocol("answer-aloud"), Subprotocol(ticket)] if ticket else [Subprotocol("answer-aloud")]
    return connect(
        address, subprotocols=protocols, **{"origin": Origin(app.address), "open_timeout": MAX_WAIT_SECONDS, **more}
    )


def told(page: ClientConnection) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(page.recv(MAX_WAIT_SECONDS))
    return answer


def told_until(page: ClientConnection, key: str) -> dict[str, Any]:
    while key not in (answer := told(page)):
        pass
    return answer


def send(page: ClientConnection, begin: int, end: int) -> None:
    page.send(struct.pack("<Q", begin) + SOUND[begin:end])


def new_take() -> str:
    return uuid4().hex


def test_blocks_are_confirmed_once_they_are_on_the_disk_and_the_end_when_all_of_it_is(app: SimpleNamespace) -> None:
    take = new_take()
    with connected(app, take) as page:
        assert told(page) == {"have": 0, "again": True}
        for begin in range(0, len(SOUND), BLOCK):
            send(page, begin, begin + BLOCK)
        while (have := told(page)["have"]) < len(SOUND):
            assert have % 2 == 0
        page.send(json.dumps({"stop": len(SOUND)}))
        assert told_until(page, "stopped") == {"stopped": len(SOUND)}
    assert app.takes.files.sound(take).read_bytes() == SOUND
    assert app.takes.files.load(take).stopped


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, len(SOUND) // BLOCK), max_size=4), overlaps=st.booleans())
def test_however_often_the_connection_is_lost_the_same_bytes_arrive(
    app: SimpleNamespace, cuts: list[int], overlaps: bool
) -> None:
    take, acknowledged = new_take(), 0
    for blocks in [*cuts, None]:
        with connected(app, take, acknowledged) as page:
            begin = told(page)["have"]
            if overlaps:
                begin = max(begin - BLOCK // 2 - 6, 0)  # what was not confirmed is sent again
            end = len(SOUND) if blocks is None else min(begin + blocks * BLOCK, len(SOUND))
            for at in range(begin, end, BLOCK):
                send(page, at, min(at + BLOCK, end))
            if blocks is None:
                page.send(json.dumps({"stop": len(SOUND)}))
                assert told_until(page, "stopped") == {"stopped": len(SOUND)}
            elif end:
                page.send(struct.pack("<Q", 2 * len(SOUND)) + b"ab")  # answered once what came before is there
                acknowledged = 0 if end == 0 else 2
                told_until(page, "again")
    assert app.takes.files.sound(take).read_bytes() == SOUND


def test_a_block_that_leaves_a_gap_is_answered_with_what_is_there(app: SimpleNamespace) -> None:
    with connected(app, new_take()) as page:
        told(page)
        send(page, 0, BLOCK)
        send(page, 2 * BLOCK, 3 * BLOCK)
        assert told_until(page, "again") == {"have": BLOCK, "again": True}


def test_it_is_not_stopped_before_all_of_it_is_there(app: SimpleNamespace) -> None:
    with connected(app, new_take()) as page:
        told(page)
        page.send(json.dumps({"stop": BLOCK}))
        assert told_until(page, "again") == {"have": 0, "again": True}
        send(page, 0, BLOCK)
        page.send(json.dumps({"stop": BLOCK}))
        assert told_until(page, "stopped") == {"stopped": BLOCK}


def test_who_missed_that_it_was_stopped_is_told_again(app: SimpleNamespace) -> None:
    take = new_take()
    with connected(app, take) as page:
        told(page)
        send(page, 0, BLOCK)
        page.send(json.dumps({"stop": BLOCK}))
    time.sleep(0.5)
    with connected(app, take, acknowledged=BLOCK) as page:
        assert told(page) == {"stopped": BLOCK}


def test_a_take_that_was_deleted_elsewhere_is_told_to_be_gone(app: SimpleNamespace) -> None:
    with connected(app, new_take(), acknowledged=BLOCK) as page:
        assert "finished or deleted this recording in another window" in told(page)["gone"]


@pytest.mark.parametrize(
    "frame",
    [
        b"short",
        struct.pack("<Q", 0) + b"odd",
        struct.pack("<Q", 1) + b"ab",
        struct.pack("<Q", 0) + bytes(2**16 + 2),
        "no JSON",
        "[]",
        '{"go": 1}',
        '{"stop": "now"}',
        '{"stop": 1' + " " * 2**15 + "}",
    ],
)
def test_what_the_recorder_never_sends_ends_the_connection_and_not_the_server(
    app: SimpleNamespace, frame: bytes | str
) -> None:
    with connected(app, new_take()) as page:
        told(page)
        page.send(frame)
        with pytest.raises(ConnectionClosed):
            told_until(page, "stopped")


@pytest.mark.parametrize(
    "greeting",
    [{"rate": 1}, {"rate": 2**40}, {"device": "x" * 4001}, {"purpose": {}}, {"more": 1}, {"acknowledged": "0"}],
)
def test_a_greeting_that_makes_no_sense_ends_the_connection(app: SimpleNamespace, greeting: dict[str, Any]) -> None:
    take = new_take()
    with connected(app, take, **greeting) as page, pytest.raises(ConnectionClosed):
        told(page)
    assert not app.takes.is_there(take)


def test_the_ticket_lets_in_without_a_cookie_and_nothing_else_does(app: SimpleNamespace) -> None:
    take = new_take()
    ticket, other = app.takes.files.ticket(take), app.takes.files.ticket(new_take())
    cookies = {"additional_headers": {"Cookie": "=".join(cookie(app.address))}}
    with opened(app, take, ticket) as page:
        assert page.subprotocol == "answer-aloud"  # the ticket is not given back
    refused: list[tuple[str, str, dict[str, Any]]] = [
        (take, "", {}),
        (take, "", cookies),
        (take, other, {}),
        (take, other, cookies),
        (take, ticket, {"origin": Origin("http://localhost:9999")}),
        (take, ticket, {"origin": None}),
        (take.upper(), ticket, cookies),
        (f"{take}/..", ticket, cookies),
        ("..%2fsecret", ticket, cookies),
    ]
    for each, given_ticket, more in refused:
        with pytest.raises(InvalidStatus) as status, opened(app, each, given_ticket, **more):
            pass
        assert status.value.response.status_code in (403, 404), (each, more)


def test_a_ticket_opens_nothing_but_its_recording(app: SimpleNamespace) -> None:
    take = new_take()
    ticket = app.takes.files.ticket(take)
    protocols = [Subprotocol("streamlit"), Subprotocol(ticket)]
    address = f"{app.address.replace('http', 'ws')}/_stcore/stream"
    with (
        pytest.raises(InvalidStatus),
        contextlib.closing(connect(address, origin=Origin(app.address), subprotocols=protocols)),
    ):
        pass


def test_a_server_killed_and_started_anew_goes_on_with_the_recording_of_a_page_it_gave_no_cookie(
    tmp_path: Path,
) -> None:
    takes, take = LiveTakes(tmp_path), new_take()
    half = len(SOUND) // 2
    with app_server(tmp_path) as address, connected(SimpleNamespace(address=address, takes=takes), take) as page:
        told(page)
        send(page, 0, BLOCK)
        for begin in range(BLOCK, half, BLOCK):
            send(page, begin, begin + BLOCK)
        page.send(struct.pack("<Q", 2 * len(SOUND)) + b"ab")
        told_until(page, "again")
    with (
        app_server(tmp_path, ANSWER_ALOUD_KEY="another key of the second start") as address,
        connected(SimpleNamespace(address=address, takes=takes), take, acknowledged=BLOCK) as page,
    ):
        begin = told(page)["have"]
        assert begin == half
        for at in range(begin, len(SOUND), BLOCK):
            send(page, at, at + BLOCK)
        page.send(json.dumps({"stop": len(SOUND)}))
        assert told_until(page, "stopped") == {"stopped": len(SOUND)}
    assert takes.files.sound(take).read_bytes() == SOUND
