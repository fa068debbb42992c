"""Workers take the answers of everybody, each from its owner's store, with a role that owns no table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from services.workers import postgres_queue, schema
from services.workers.postgres_queue import PostgresQueue, restore_lost
from services.workers.processes import find_person, list_recorded
from services.workers.schema import require_tables
from store.attempt import AttemptState
from store.errors import PersonGoneError
from store.store import open_store
from tests.support.centre.homes import ANN, BEN
from tests.support.servers.centre import Centre
from tests.support.stored_attempts import add_recorded

pytest_plugins = ("tests.support.centre.homes",)
pytestmark = pytest.mark.postgres


@pytest.fixture
def guarded(empty_centre: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """A centre whose app has a role that owns nothing, with tables that the command made."""
    address, app = empty_centre
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", str(make_url(address).set(username="keeper")))
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "data"))
    assert schema.main(["--role", "app"]) == 0
    with closing(open_store(app, tmp_path / "data")) as store:
        opened = Centre(app, store)
        yield opened
        opened.query("DELETE FROM procrastinate_jobs")
    postgres_queue.open_app(app).close()
    postgres_queue.open_app.cache_clear()


def open_queue(centre: Centre, owner_id: str) -> PostgresQueue:
    return PostgresQueue(centre.address, owner_id, owner_id=owner_id)


def test_a_job_says_whose_attempt_it_is(centre: Centre) -> None:
    open_queue(centre, ANN.id).enqueue("a" * 32, 1.0)
    args = {"attempt_id": "a" * 32, "owner_id": ANN.id}
    assert centre.query("SELECT args, lock FROM procrastinate_jobs") == [(args, ANN.id)]


def test_attempts_of_two_people_with_one_id_are_two_jobs(centre: Centre) -> None:
    ann, ben = open_queue(centre, ANN.id), open_queue(centre, BEN.id)
    ann.enqueue("a" * 32, 1.0)
    assert not ben.is_pending("a" * 32)
    ben.enqueue("a" * 32, 1.0)
    ann.cancel("a" * 32)
    assert not ann.is_pending("a" * 32)
    assert ben.is_pending("a" * 32)


def test_what_was_lost_is_queued_for_whom_it_is(centre: Centre) -> None:
    own, anns = centre.record(), add_recorded(centre.store.for_owner(ANN))
    assert {*restore_lost(centre.address, list_recorded(centre.store), find_person)} == {own, anns}
    assert restore_lost(centre.address, list_recorded(centre.store), find_person) == ()
    locks = dict(centre.query("SELECT args->>'attempt_id', lock FROM procrastinate_jobs"))
    assert locks == {own: centre.store.load_attempt(own).session_id, anns: ANN.id}


def test_each_is_done_in_the_store_of_its_owner_by_a_role_that_owns_nothing(guarded: Centre) -> None:
    assert guarded.store.find_gap() is None
    require_tables(guarded.address)
    people = {owner: guarded.store.for_owner(owner) for owner in (ANN, BEN)}
    ids = {owner: add_recorded(store) for owner, store in people.items()}
    open_queue(guarded, ANN.id).enqueue(ids[ANN], 1.0)  # Ben's was never queued
    guarded.worker().work_off()
    assert sorted(guarded.done) == sorted(ids.values())
    assert [people[owner].load_attempt(ids[owner]).state for owner in people] == [AttemptState.FAILED] * 2
    assert open_queue(guarded, BEN.id).is_idle


def test_a_person_who_is_gone_is_told_apart_from_other_trouble(centre: Centre) -> None:
    with pytest.raises(PersonGoneError):
        centre.store.for_person(ANN.id)
