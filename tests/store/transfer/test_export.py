"""Everything goes out into one file and comes back from it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.measures.registry import MEASURES
from analysis.serialization import to_json
from store.errors import StoreError
from store.store import Store
from store.transfer.importer import Imported
from tests.support.exports import everything
from tests.support.stored_attempts import ABOUT_YOU, NOON, add_done, heard

pytest_plugins = ("tests.support.exports",)


def test_everything_comes_back_from_an_export_exactly(full: Store, empty: Store, export: Path) -> None:
    assert empty.import_export(export) == Imported(added=4, known=0)
    assert everything(empty) == everything(full)


def test_importing_twice_changes_nothing(empty: Store, export: Path) -> None:
    empty.import_export(export)
    before = everything(empty)
    assert empty.import_export(export) == Imported(added=0, known=4)
    assert everything(empty) == before


def test_an_import_leaves_what_is_here_as_it_is_and_brings_back_what_was_deleted(full: Store, export: Path) -> None:
    first, *_ = full.history()
    full.note(first.id, "Written after the export.")
    full.delete(full.history()[2].id)
    assert full.import_export(export) == Imported(added=1, known=3)
    assert len(full.notes(first.id)) == 2
    assert len(full.history()) == 4


def test_an_import_that_was_broken_off_can_be_repeated(
    full: Store, empty: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("store.files.Recordings.put", killed)
        with pytest.raises(KeyboardInterrupt):
            empty.import_export(export)
    empty.import_export(export)
    assert everything(empty) == everything(full)


def test_takes_of_another_machine_are_counted_on(empty: Store, export: Path) -> None:
    mine = add_done(empty, ABOUT_YOU, NOON + timedelta(days=9))
    empty.import_export(export)
    assert empty.attempt(mine).take == 1
    assert sorted(kept.take for kept in empty.history() if kept.question == ABOUT_YOU) == [1, 2, 3]


def test_the_json_holds_the_report_and_the_table_a_row_an_attempt(full: Store, export: Path) -> None:
    first, _, waiting, failed = full.history()
    with zipfile.ZipFile(export) as archive:
        attempt = json.loads(archive.read(f"attempts/{first.id}.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("attempts.csv").decode())))
        recordings = {name for name in archive.namelist() if name.startswith("recordings/")}
    assert attempt["report"] == json.loads(json.dumps(to_json(heard()[2])))
    assert (attempt["recorded_at"], attempt["take"]) == ("2026-03-01T12:00:00+05:45", 1)
    assert recordings == {f"recordings/{kept.id}.flac" for kept in (first, waiting, failed)}
    assert [row["state"] for row in rows] == ["done", "done", "recorded", "failed"]
    assert (rows[0]["question_text"], rows[0]["corrections"]) == (ABOUT_YOU.text, "1")
    for measure in MEASURES:
        value = heard()[2].finding(measure).value
        assert rows[0][measure] == ("" if value is None else str(value))
        assert rows[2][measure] == ""


def test_an_export_of_nothing_can_be_imported(empty: Store, full: Store, tmp_path: Path) -> None:
    empty.export(tmp_path / "nothing.zip")
    assert full.import_export(tmp_path / "nothing.zip") == Imported(0, 0)


def test_an_export_that_cannot_be_written_is_told_and_leaves_no_half_of_it(full: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Nothing could be saved"):
        full.export(tmp_path / "file" / "answers.zip")
    (tmp_path / "out").mkdir()
    for path in (tmp_path / "full" / "recordings").iterdir():
        path.write_bytes(b"")
        path.unlink()
        path.mkdir()
    with pytest.raises(StoreError):
        full.sound(full.history()[0].id)
    full.export(tmp_path / "out" / "answers.zip")  # without the sounds that are gone
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["answers.zip"]
