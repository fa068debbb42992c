"""What is damaged in the database is had back from an export that has it whole, and nothing newer is lost for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.person import Person
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from tests.support.stored_attempts import NOON, add_done, add_recorded, make_heard_answer
from tests.torture.stores.merge import list_corrections, make_report

ANN = Person(make_id(), "Ann")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(folder=tmp_path)) as store:
        yield store


def spoil(folder: Path, command: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection, connection:
        assert connection.execute(command).rowcount == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE results SET report = replace(report, 'worked', 'walked')",
        "UPDATE results SET transcript = X'00ff'",
        "UPDATE results SET report = CAST(X'ff00fe' AS TEXT)",
        "DELETE FROM results",
        "UPDATE attempts SET recorded_at = 'yesterday' WHERE state = 'done'",
        "UPDATE attempts SET state = 'unheard-of' WHERE state = 'done'",
        "UPDATE attempts SET take = 'unheard-of' WHERE state = 'done'",
        "UPDATE attempts SET question_id = X'00ff' WHERE state = 'done'",
        "UPDATE attempts SET duration = 1e300 WHERE state = 'done'",
        "UPDATE attempts SET changed_at = 'x' WHERE state = 'done'",
        "UPDATE attempts SET word_count = word_count + 1 WHERE state = 'done'",
        "UPDATE attempts SET name = 'x' WHERE state = 'done'",
        "UPDATE attempts SET question_id = 'another' WHERE state = 'done'",
        "UPDATE notes SET text = 'Slawer.'",
        "UPDATE notes SET written_at = 'x'",
        "UPDATE things SET body = 'no JSON'",
        "UPDATE things SET body = replace(body, 'Ann', 'Ahn')",
    ],
)
def test_what_is_damaged_is_had_back_from_an_export_that_has_it_whole(
    store: Store, tmp_path: Path, damage: str
) -> None:
    done, waiting = add_done(store), add_recorded(store, at=NOON + timedelta(hours=1))
    store.add_note(done, "Slower.")
    store.save(ANN)
    whole = (store.load_history(), store.load_result(done), store.load_notes(done), store.read_flac(done))
    store.export(tmp_path / "all.zip")
    spoil(tmp_path, damage)
    assert store.check().troubles
    imported = store.import_archive(tmp_path / "all.zip")
    assert (imported.added, imported.updated, imported.damaged) == (0, 1, ())
    assert store.check().troubles == ()
    now = (store.load_history(), store.load_result(done), store.load_notes(done), store.read_flac(done))
    assert now == whole
    assert store.load_documents(Person) == (ANN,)
    assert {each.id for each in store.list_interrupted()} == {waiting}
    assert store.import_archive(tmp_path / "all.zip").updated == 0


def test_what_was_written_since_the_export_stays(store: Store, tmp_path: Path) -> None:
    done = add_done(store)
    store.save(ANN)
    store.export(tmp_path / "all.zip")
    later, changed = store.add_note(done, "Louder."), replace(ANN, notes="Kind.")
    store.save(changed, ANN)
    spoil(tmp_path, "UPDATE results SET report = replace(report, 'worked', 'walked')")
    store.import_archive(tmp_path / "all.zip")
    assert store.load_notes(done) == (later,)
    assert store.load_documents(Person) == (changed,)
    assert store.check().troubles == ()


def test_corrections_made_since_the_export_stay_where_only_the_row_is_damaged(store: Store, tmp_path: Path) -> None:
    done = add_done(store)
    store.export(tmp_path / "all.zip")
    (made, *_) = list_corrections()
    store.add_correction(done, made, make_report((made,)))
    before = (store.load_result(done), store.load_history(), store.load_measured())
    spoil(tmp_path, "UPDATE attempts SET changed_at = 'x'")
    store.import_archive(tmp_path / "all.zip")
    assert (store.load_result(done), store.load_history(), store.load_measured()) == before
    assert store.check().troubles == ()
    assert store.import_archive(tmp_path / "all.zip").updated == 0


def test_a_report_that_the_export_has_not_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    waiting = add_recorded(store)
    store.export(tmp_path / "all.zip")
    store.finish(waiting, *make_heard_answer()[1:])
    spoil(tmp_path, "UPDATE results SET said = 'something else'")
    before = store.load_result(waiting)
    store.import_archive(tmp_path / "all.zip")
    assert store.load_result(waiting) == before
