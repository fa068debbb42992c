"""How much room is used and where, and the numbers alone as a table."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from interview.identity import new_id
from interview.mock_plan import MockPlan
from store.place import DATABASE_FILE
from store.store import open_store
from tests.kept import add, add_done, heard


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
