"""Disk usage, and the measures of all attempts as CSV."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.mock.plan import MockPlan
from store.db import database
from store.db.database import Database
from store.locations import DATABASE_FILE, build_database_url
from store.store import open_store
from tests.support.stored_attempts import add_done, add_recorded, make_heard_answer


def test_disk_usage_is_the_size_of_the_files(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    for _ in range(3):
        add_done(store)
    store.add_recording(make_heard_answer()[0], make_heard_answer()[2].question, keep=False)
    used = store.get_disk_usage()
    recordings = list((tmp_path / "recordings").iterdir())
    assert (used.recordings, used.recording_count) == (tmp_path / "recordings", 4)
    assert used.recording_bytes == sum(len(path.read_bytes()) for path in recordings)
    assert used.database == str(tmp_path / DATABASE_FILE)
    beside = [path for path in tmp_path.iterdir() if path.name.startswith(DATABASE_FILE)]
    assert used.database_bytes == sum(len(path.read_bytes()) for path in beside) > 10_000
    assert used.document_count == 0
    store.save(MockPlan(make_id(), "first"))
    assert store.get_disk_usage().document_count == 1
    store.close()


def test_an_empty_store_has_no_recordings_to_count(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    assert (store.get_disk_usage().recording_count, store.get_disk_usage().recording_bytes) == (0, 0)
    store.close()


def test_after_deleting_all_data_the_database_is_as_small_as_a_new_one(tmp_path: Path) -> None:
    new = open_store(folder=tmp_path / "new")
    store = open_store(folder=tmp_path / "used")
    done = add_done(store)
    store.add_note(done, "A long remark. " * 20_000)
    used = store.get_disk_usage()
    store.delete_all()
    left = [(tmp_path / name / DATABASE_FILE).stat().st_size for name in ("used", "new")]
    assert left[0] <= left[1] < 250_000 < (used.database_bytes or 0)
    assert store.get_disk_usage().database_bytes < 300_000
    for each in (new, store):
        each.close()


def test_all_data_can_be_deleted_while_another_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    store = open_store(folder=tmp_path)
    add_done(store)
    with hold_transaction(tmp_path, "BEGIN") as reader:
        assert reader.execute("SELECT count(*) FROM attempts").fetchone() == (1,)
        store.delete_all()
        assert store.load_history() == ()
        assert reader.execute("SELECT count(*) FROM attempts").fetchone() == (1,)  # what it began with
    store.close()


def test_a_database_locked_by_another_writer_is_not_shrunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    open_store(folder=tmp_path).close()
    kept = Database(build_database_url(tmp_path))
    with hold_transaction(tmp_path, "BEGIN IMMEDIATE"):
        kept.shrink()
    assert "stays as large as it was" in caplog.text
    kept.close()


@contextmanager
def hold_transaction(folder: Path, how: str) -> Iterator[sqlite3.Connection]:
    """Hold a transaction open as another program would."""
    other = sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)
    other.execute(how)
    yield other
    other.close()


@pytest.mark.postgres
def test_a_server_database_has_no_known_size_and_its_password_is_hidden(postgres: str, tmp_path: Path) -> None:
    store = open_store(postgres, tmp_path)
    used = store.get_disk_usage()
    assert used.database_bytes is None
    assert used.database.startswith("postgresql")
    store.close()


def test_the_csv_equals_the_table_in_the_export(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    done, waiting = add_done(store), add_recorded(store)
    rows = list(csv.DictReader(io.StringIO(store.to_csv())))
    assert [row["id"] for row in rows] == [done, waiting]
    rate = make_heard_answer()[2].get_finding("speaking_rate").value
    assert float(rows[0]["speaking_rate"]) == pytest.approx(rate)
    assert rows[1]["speaking_rate"] == ""
    store.export(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.read("attempts.csv").decode("utf-8-sig") == store.to_csv()
    store.close()
