"""All data survives an export and an import."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import time
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.measures.registry import MEASURES
from analysis.serialization import to_json
from store.errors import StoreError
from store.files import ABANDONED_AFTER_SECONDS, EXPORT_PREFIX, UNFINISHED_SUFFIX
from store.locations import DATABASE_FILE
from store.store import Store
from store.transfer.importer import ArchiveImport
from tests.support.exports import read_everything
from tests.support.stored_attempts import ABOUT_YOU, NOON, add_done, make_heard_answer

pytest_plugins = ("tests.support.exports",)


def test_all_data_is_restored_exactly_from_an_export(full: Store, empty: Store, export: Path) -> None:
    assert empty.import_archive(export) == ArchiveImport(added=4, known=0)
    assert read_everything(empty) == read_everything(full)


def test_importing_twice_changes_nothing(empty: Store, export: Path) -> None:
    empty.import_archive(export)
    before = read_everything(empty)
    assert empty.import_archive(export) == ArchiveImport(added=0, known=4)
    assert read_everything(empty) == before


def test_an_import_restores_deleted_data_if_told_to_and_changes_no_newer_data(full: Store, export: Path) -> None:
    first, *_ = full.load_history()
    full.add_note(first.id, "Written after the export.")
    full.delete_attempt(full.load_history()[2].id)
    assert full.import_archive(export) == ArchiveImport(added=0, known=3, left_deleted=1)
    assert full.import_archive(export, restore_deleted=True) == ArchiveImport(added=1, known=3)
    assert len(full.load_notes(first.id)) == 2
    assert len(full.load_history()) == 4


def test_an_interrupted_import_can_be_repeated(
    full: Store, empty: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("store.files.Recordings.save", killed)
        with pytest.raises(KeyboardInterrupt):
            empty.import_archive(export)
    empty.import_archive(export)
    assert read_everything(empty) == read_everything(full)


def test_imported_takes_get_new_numbers_if_theirs_are_taken(empty: Store, export: Path) -> None:
    mine = add_done(empty, ABOUT_YOU, NOON + timedelta(days=9))
    empty.import_archive(export)
    assert empty.load_attempt(mine).take == 3  # by their time, so that both machines agree
    assert sorted(kept.take for kept in empty.load_history() if kept.question == ABOUT_YOU) == [1, 2, 3]


def test_an_export_has_the_report_as_json_and_a_csv_row_per_attempt(full: Store, export: Path) -> None:
    first, _, waiting, failed = full.load_history()
    with zipfile.ZipFile(export) as archive:
        attempt = json.loads(archive.read(f"attempts/{first.id}.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("attempts.csv").decode("utf-8-sig"))))
        recordings = {name for name in archive.namelist() if name.startswith("recordings/")}
    assert attempt["report"] == json.loads(json.dumps(to_json(make_heard_answer()[2])))
    assert (attempt["recorded_at"], attempt["take"]) == ("2026-03-01T12:00:00+05:45", 1)
    assert recordings == {f"recordings/{kept.id}.flac" for kept in (first, waiting, failed)}
    assert [row["state"] for row in rows] == ["done", "done", "recorded", "failed"]
    assert (rows[0]["question_text"], rows[0]["corrections"]) == (ABOUT_YOU.text, "1")
    for measure in MEASURES:
        value = make_heard_answer()[2].get_finding(measure).value
        assert rows[0][measure] == ("" if value is None else str(value))
        assert rows[2][measure] == ""


def test_a_value_that_no_file_can_hold_costs_its_answer_only(full: Store, empty: Store, tmp_path: Path) -> None:
    first, *others = full.load_history()
    with closing(sqlite3.connect(tmp_path / "full" / DATABASE_FILE)) as connection, connection:
        connection.execute("UPDATE attempts SET question_kind = X'00ff' WHERE id = ?", (first.id,))
    done = full.export(tmp_path / "all.zip")
    assert done.attempts == len(others)
    (told,) = done.damaged
    assert told.startswith("We can't read one of your answers")
    assert told.endswith("so it was left out.")
    assert empty.import_archive(tmp_path / "all.zip").added == len(others)


def test_a_measure_that_is_not_known_has_no_column(full: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "full" / DATABASE_FILE)) as connection, connection:
        connection.execute("UPDATE attempts SET measure_keys = replace(measure_keys, 'hedges', 'hadges')")
    full.export(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("attempts.csv").decode("utf-8-sig"))))
    assert {*MEASURES} <= set(rows[0])
    assert "hadges" not in rows[0]
    assert {row["hedges"] for row in rows} == {""}


def test_an_empty_export_can_be_imported(empty: Store, full: Store, tmp_path: Path) -> None:
    empty.export(tmp_path / "nothing.zip")
    assert full.import_archive(tmp_path / "nothing.zip") == ArchiveImport(0, 0)


@pytest.mark.parametrize("damage", ["head", "middle", "gone", "empty"])
def test_a_damaged_recording_is_named_by_the_export_and_costs_nothing_but_itself(
    full: Store, empty: Store, tmp_path: Path, damage: str
) -> None:
    first, _, waiting, failed = full.load_history()
    path = tmp_path / "full" / "recordings" / f"{first.id}.flac"
    whole = path.read_bytes()
    middle = len(whole) * 3 // 4
    data = {"head": bytes(4) + whole[4:], "middle": whole[:middle] + bytes(50) + whole[middle + 50 :], "empty": b""}
    path.unlink() if damage == "gone" else path.write_bytes(data[damage])
    exported = full.export(tmp_path / "all.zip")
    (told,) = exported.damaged
    assert f"The recording of your answer of 1 March 2026, 12:00 to “{ABOUT_YOU.text}” " in told
    imported = empty.import_archive(tmp_path / "all.zip")
    assert imported.added == 4
    assert len(imported.damaged) == (1 if damage == "middle" else 0)  # what is marked as missing is no surprise
    assert len(empty.load_history()) == 4
    assert empty.load_result(first.id) == full.load_result(first.id)
    assert empty.load_attempt(first.id).has_recording is (damage == "middle")
    for kept in (waiting, failed):
        assert empty.read_flac(kept.id) == full.read_flac(kept.id)


def test_a_damaged_recording_is_had_back_from_an_export_that_has_it_whole(
    full: Store, export: Path, tmp_path: Path
) -> None:
    first = full.load_history()[0]
    whole = full.read_flac(first.id)
    (tmp_path / "full" / "recordings" / f"{first.id}.flac").write_bytes(whole[:-2000])
    assert full.export(tmp_path / "again.zip").damaged != ()
    full.import_archive(export)
    assert full.read_flac(first.id) == whole
    assert full.export(tmp_path / "again.zip").damaged == ()


def test_a_failed_export_is_reported_and_leaves_no_partial_file(full: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="We couldn't save anything"):
        full.export(tmp_path / "file" / "answers.zip")
    (tmp_path / "out").mkdir()
    for path in (tmp_path / "full" / "recordings").iterdir():
        path.write_bytes(b"")
        path.unlink()
        path.mkdir()
    with pytest.raises(StoreError):
        full.read_flac(full.load_history()[0].id)
    full.export(tmp_path / "out" / "answers.zip")  # without the sounds that are gone
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["answers.zip"]


def test_what_a_killed_export_left_beside_its_place_goes_with_the_next_export_there(
    full: Store, tmp_path: Path
) -> None:
    left, fresh = (tmp_path / f"{EXPORT_PREFIX}{name}{UNFINISHED_SUFFIX}" for name in ("old", "new"))
    foreign = tmp_path / "mine.part"
    for path in (left, fresh, foreign):
        path.write_bytes(b"half a zip file")
    hours_ago = time.time() - 2 * ABANDONED_AFTER_SECONDS
    for path in (left, foreign):
        os.utime(path, (hours_ago, hours_ago))
    full.export(tmp_path / "all.zip")
    assert not left.exists()
    assert fresh.exists()  # it may be going on
    assert foreign.exists()
