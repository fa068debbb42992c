"""A version that a merge kept can take the place of the one that is used, on every machine, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from interview.person import Person
from store.db.tables import versions
from store.errors import StoreError
from store.store import Store, open_store
from tests.store.test_health import run_sql
from tests.store.transfer.test_merge import ANN, bring
from tests.support.stored_attempts import add_done
from tests.torture.stores.merge import list_corrections, make_report

KIND, LATE = replace(ANN, notes="Kind."), replace(ANN, notes="Late.")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(folder=tmp_path / "one")) as store:
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(folder=tmp_path / "other")) as store:
        yield store


def make_conflict(one: Store, other: Store, folder: Path) -> None:
    one.save(ANN)
    bring(one, other, folder)
    one.save(KIND, ANN)
    other.save(LATE, ANN)
    bring(one, other, folder)
    bring(other, one, folder)


def test_the_other_version_of_what_was_written_is_used_and_the_first_kept_instead(
    one: Store, other: Store, tmp_path: Path
) -> None:
    make_conflict(one, other, tmp_path)
    one.use_version(one.list_versions()[0].id)
    assert one.load_documents(Person) == (KIND,)
    (beside,) = one.list_versions()
    assert json.loads(beside.body)["notes"] == "Late."
    assert [found.kind for found in one.search("kind")] != []
    assert not one.check().troubles
    one.use_version(beside.id)
    assert one.load_documents(Person) == (LATE,)


def test_the_choice_holds_on_the_other_machine_after_the_next_merge(one: Store, other: Store, tmp_path: Path) -> None:
    make_conflict(one, other, tmp_path)
    one.use_version(one.list_versions()[0].id)
    bring(one, other, tmp_path)
    bring(other, one, tmp_path)
    for store in (one, other):
        assert store.load_documents(Person) == (KIND,)
        assert [json.loads(each.body)["notes"] for each in store.list_versions()] == ["Late."]


def test_the_other_corrections_of_an_answer_are_used_with_their_report(
    one: Store, other: Store, tmp_path: Path
) -> None:
    done = add_done(one)
    bring(one, other, tmp_path)
    first, second = list_corrections()[:2]
    one.add_correction(done, first, make_report((first,)))
    other.add_correction(done, second, make_report((second,)))
    bring(one, other, tmp_path)
    before = other.load_result(done)
    (beside,) = other.list_versions()
    other.use_version(beside.id)
    now = other.load_result(done)
    assert {before.corrections, now.corrections} == {(first,), (second,)}
    assert now.report == make_report(now.corrections)
    assert other.load_attempt(done).correction_count == 1
    assert not other.check().troubles
    bring(other, one, tmp_path)
    assert one.load_result(done) == now


def test_a_version_that_is_gone_or_damaged_changes_nothing(one: Store, other: Store, tmp_path: Path) -> None:
    make_conflict(one, other, tmp_path)
    (beside,) = one.list_versions()
    with pytest.raises(StoreError, match="has been deleted or is used already"):
        one.use_version("0" * 32)
    with one._database.begin_write() as connection:
        connection.execute(update(versions).values(body='{"id": 1}'))
    with pytest.raises(StoreError, match="is damaged"):
        one.use_version(beside.id)
    assert one.load_documents(Person) == (LATE,)


def damage_document(folder: Path) -> None:
    run_sql(folder, "UPDATE things SET zone_offset = CAST(X'ff00fe' AS TEXT)")


def test_what_is_damaged_is_replaced_by_its_other_version(one: Store, other: Store, tmp_path: Path) -> None:
    make_conflict(one, other, tmp_path)
    damage_document(tmp_path / "one")
    assert one.load_documents(Person) == ()
    one.use_version(one.list_versions()[0].id)
    assert one.load_documents(Person) == (KIND,)
    assert one.list_versions() == ()
    assert not one.check().troubles
    bring(other, one, tmp_path)
    bring(one, other, tmp_path)
    assert one.load_documents(Person) == other.load_documents(Person)
    assert {json.loads(each.body)["notes"] for each in one.list_versions()} | {
        each.notes for each in one.load_documents(Person)
    } == {"Kind.", "Late."}


def test_what_an_export_could_not_read_comes_back_as_its_other_version(
    one: Store, other: Store, tmp_path: Path
) -> None:
    make_conflict(one, other, tmp_path)
    damage_document(tmp_path / "one")
    with closing(open_store(folder=tmp_path / "third")) as third:
        bring(one, third, tmp_path)
        assert third.load_documents(Person) == (KIND,)
        assert third.list_versions() == ()
        assert not third.check().troubles
        bring(other, third, tmp_path)
        assert third.load_documents(Person) == (LATE,)
        assert {json.loads(each.body)["notes"] for each in third.list_versions()} == {"Kind."}


def test_what_was_deleted_does_not_come_back_as_its_other_version(one: Store, other: Store, tmp_path: Path) -> None:
    make_conflict(one, other, tmp_path)
    damage_document(tmp_path / "one")
    other.delete_document(ANN.id)
    bring(one, other, tmp_path)
    assert other.load_documents(Person) == other.list_versions() == ()
