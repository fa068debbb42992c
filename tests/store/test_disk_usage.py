"""How much room is used and where, and the numbers alone as a table."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interview.ids import new_id
from interview.mock.plan import MockPlan
from store.db import database
from store.db.database import Database
from store.locations import DATABASE_FILE, database_in
from store.store import open_store
from tests.support.stored_attempts import add, add_done, heard


def test_the_room_used_is_that_of_the_files(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    for _ in range(3):
        add_done(store)
    store.add_recording(heard()[0], heard()[2].question, keep=False)
    used = store.usage()
    recordings = list((tmp_path / "recordings").iterdir())
    assert (used.recordings, used.recording_count) == (tmp_path / "recordings", 4)
    assert used.recording_bytes == sum(len(path.read_bytes()) for path in recordings)
    assert used.database == str(tmp_path / DATABASE_FILE)
    beside = [path for path in tmp_path.iterdir() if path.name.startswith(DATABASE_FILE)]
    assert used.database_bytes == sum(len(path.read_bytes()) for path in beside) > 10_000
    assert used.thing_count == 0
    store.keep(MockPlan(new_id(), "first"))
    assert store.usage().thing_count == 1
    store.close()


def test_an_empty_store_takes_no_room_for_recordings(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    assert (store.usage().recording_count, store.usage().recording_bytes) == (0, 0)
    store.close()


def test_once_all_is_deleted_the_database_is_as_small_as_a_new_one(tmp_path: Path) -> None:
    new = open_store(folder=tmp_path / "new")
    store = open_store(folder=tmp_path / "used")
    done = add_done(store)
    store.note(done, "A long remark. " * 20_000)
    used = store.usage()
    store.delete_all()
    left = [(tmp_path / name / DATABASE_FILE).stat().st_size for name in ("used", "new")]
    assert left[0] <= left[1] < 200_000 < (used.database_bytes or 0)
    assert store.usage().database_bytes < 250_000
    for each in (new, store):
        each.close()


def test_all_can_be_deleted_while_another_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    store = open_store(folder=tmp_path)
    add_done(store)
    with held(tmp_path, "BEGIN") as reader:
        assert reader.execute("SELECT count(*) FROM attempts").fetchone() == (1,)
        store.delete_all()
        assert store.history() == ()
        assert reader.execute("SELECT count(*) FROM attempts").fetchone() == (1,)  # what it began with
    store.close()


def test_a_database_that_another_program_writes_to_stays_as_large_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    open_store(folder=tmp_path).close()
    kept = Database(database_in(tmp_path))
    with held(tmp_path, "BEGIN IMMEDIATE"):
        kept.shrink()
    assert "stays as large as it was" in caplog.text
    kept.close()


@contextmanager
def held(folder: Path, how: str) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a transaction."""
    other = sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)
    other.execute(how)
    yield other
    other.close()


@pytest.mark.postgres
def test_the_size_of_a_database_on_a_server_is_not_known_and_its_password_not_told(
    postgres: str, tmp_path: Path
) -> None:
    store = open_store(postgres, tmp_path)
    used = store.usage()
    assert used.database_bytes is None
    assert used.database.startswith("postgresql")
    store.close()


def test_the_numbers_alone_are_the_table_of_the_export(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    done, waiting = add_done(store), add(store)
    rows = list(csv.DictReader(io.StringIO(store.numbers())))
    assert [row["id"] for row in rows] == [done, waiting]
    rate = heard()[2].finding("speaking_rate").value
    assert float(rows[0]["speaking_rate"]) == pytest.approx(rate)
    assert rows[1]["speaking_rate"] == ""
    store.export(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.read("attempts.csv").decode() == store.numbers()
    store.close()
