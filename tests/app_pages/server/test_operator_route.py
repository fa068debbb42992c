"""`/health` and `/metrics` through the door: for who has the operator's key, counts only."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from app_pages.server.door import Door, Hosts
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.operator_route import METRIC_TEXTS, OperatorRoute, write_metrics
from services.workers import QUEUE_VARIABLE
from services.workers.status import QueueCounts, ServerStatus
from store.errors import StoreError
from store.store import Store
from tests.support.servers.centre import Centre

KEY = "the key of who runs the server"
KEYS = EntryKeys("a key of more than sixteen characters", 8501)
BEARER = {"Authorization": f"Bearer {KEY}"}


def make_client(centre: Centre, key: str | None = KEY) -> TestClient:
    route = OperatorRoute(lambda: centre.store, key)
    door = Middleware(Door, keys=KEYS, hosts=Hosts(), proofs=[route.has_key])
    return TestClient(Starlette(routes=route.routes, middleware=[door]), "http://localhost:8501")


@pytest.fixture
def server(
    centre: Centre,
    monkeypatch: pytest.MonkeyPatch,
) -> Centre:
    monkeypatch.setenv(QUEUE_VARIABLE, "postgres")
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", centre.address)
    return centre


def say_that_a_worker_lives(server: Centre) -> None:
    server.query("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.mark.postgres
def test_a_server_with_a_worker_is_well_and_one_without_is_not(server: Centre) -> None:
    client = make_client(server)
    assert client.get("/health", headers=BEARER).status_code == 503
    say_that_a_worker_lives(server)
    found = client.get("/health", headers=BEARER)
    assert (found.status_code, found.json()["is_well"]) == (200, True)


@pytest.mark.postgres
def test_metrics_count_what_waits_runs_and_failed(server: Centre) -> None:
    say_that_a_worker_lives(server)
    for number in range(3):
        server.queue(f"person {number}").enqueue(f"{number}" * 32, 1.0)
    server.query("UPDATE procrastinate_events SET at = now() - interval '90 seconds'")
    server.query("SELECT procrastinate_fetch_job_v2(NULL, 1)")
    told = make_client(server).get("/metrics", headers=BEARER)
    values = dict(re.findall(r"^answer_aloud_(\w+) (\S+)$", told.text, re.MULTILINE))
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 90 <= float(values.pop("queue_oldest_seconds")) < 100
    assert values == {
        **dict.fromkeys(("up", "database_up", "sound_up", "queue_running", "queue_workers"), "1"),
        "queue_waiting": "2",
        "queue_failed": "0",
    }


@pytest.mark.postgres
def test_nothing_in_them_tells_who_or_what(server: Centre) -> None:
    attempt_id = server.record()
    server.queue("issuer|ann@example.org").enqueue(attempt_id, 1.0)
    client = make_client(server)
    told = client.get("/health", headers=BEARER).text + client.get("/metrics", headers=BEARER).text
    assert not any(each in told for each in (attempt_id, "ann", "yourself"))


@pytest.mark.postgres
def test_a_lost_queue_and_a_lost_storage_are_told(server: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    say_that_a_worker_lives(server)

    def fail(_store: Store) -> None:
        raise StoreError("The storage is away.")

    monkeypatch.setattr(Store, "reach_recordings", fail)
    found = make_client(server).get("/health", headers=BEARER)
    assert (found.status_code, found.json()["has_sound"], found.json()["has_database"]) == (503, False, True)
    server.query("DROP TABLE procrastinate_jobs CASCADE")
    assert make_client(server).get("/health", headers=BEARER).json()["queue"] is None


@pytest.mark.postgres
@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_only_the_operators_key_opens_them(server: Centre, path: str) -> None:
    client = make_client(server)
    assert client.get(path).status_code == 403
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 403
    cookie = {"Cookie": KEYS.set_cookie(is_https=False).partition(";")[0]}
    assert client.get(path, headers=cookie).status_code == 403  # somebody at a page


@pytest.mark.postgres
def test_the_operators_key_opens_no_page(server: Centre) -> None:
    assert make_client(server).get("/", headers=BEARER).status_code == 403


@pytest.mark.postgres
@pytest.mark.parametrize("key", [None, "", "too short"])
def test_without_a_key_there_is_neither(server: Centre, key: str | None) -> None:
    route = OperatorRoute(lambda: server.store, key)
    assert route.routes == []
    scope = {"type": "http", "path": "/health", "headers": [(b"authorization", f"Bearer {key or ''}".encode())]}
    assert not route.has_key(scope)


def test_every_number_is_explained() -> None:
    status = ServerStatus(has_database=True, has_sound=False, queue=QueueCounts(1, 2, 3, 4.5, 0))
    text = write_metrics(status)
    assert [line.split()[2].removeprefix("answer_aloud_") for line in text.splitlines() if "HELP" in line] == list(
        METRIC_TEXTS
    )
    assert "answer_aloud_up 0\n" in text
    assert "answer_aloud_queue_oldest_seconds 4.5\n" in text
