"""Foreign, damaged and hostile archives are refused in a sentence and change nothing."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from speech.audio import encoding
from speech.audio.recording import SAMPLE_RATE, Recording
from store.attempt import AttemptState
from store.errors import StoreError
from store.store import Store
from store.transfer.archive import RESERVE_BYTES
from tests.support.exports import Json, change_attempts, rewrite_export

pytest_plugins = ("tests.support.exports",)


@pytest.mark.parametrize(
    "name",
    [
        *("../../escaped.flac", "/tmp/escaped.flac", "recordings/../../escaped.flac", "..\\escaped.flac"),
        *("C:\\escaped.flac", "recordings/notes.txt", "attempts/../export.json", "recordings/", ""),
        f"recordings/{'a' * 32}.flac\n",
    ],
)
def test_an_unexpected_member_name_is_refused_and_nothing_is_imported(empty: Store, export: Path, name: str) -> None:
    with zipfile.ZipFile(export, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"fLaC")
    with pytest.raises(StoreError, match=r"doesn't belong in an export\. Nothing was imported"):
        empty.import_archive(export)
    assert empty.load_history() == ()
    assert [*export.parent.parent.parent.rglob("*escaped*"), *Path("/tmp").glob("escaped*")] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda attempt: attempt.update(id="../../escaped"),
        lambda attempt: attempt.update(id="0" * 32),
        lambda attempt: attempt.update(recording="../../escaped.flac"),
        lambda attempt: attempt.update(recording=f"recordings/{'0' * 32}.flac"),
        lambda attempt: attempt.update(recorded_at="2026-03-01T12:00:00"),
        lambda attempt: attempt.update(state="unheard-of"),
        lambda attempt: attempt.update(recorded_at="0001-01-01T00:00:00+05:45"),
        lambda attempt: attempt.update(take="first"),
        lambda attempt: attempt.update(take=0),
        lambda attempt: attempt.update(take=2**70),
        lambda attempt: attempt.update(take=float("inf")),
        lambda attempt: attempt.update(duration=float("nan")),
        lambda attempt: attempt.update(
            session={"id": "'; DROP TABLE attempts; --", "started_at": attempt["recorded_at"]}
        ),
        lambda attempt: attempt.update(state="done", report=None),
        lambda attempt: attempt.update(report={"schema_version": 99}),
        lambda attempt: (attempt["corrected_report"] or attempt).update(formula_version=2**70),
        lambda attempt: attempt["transcript"].update(words=[]),
        lambda attempt: attempt.update(duration=-1.0),
        lambda attempt: attempt.update(clipped_share=-1e300),
        lambda attempt: attempt.update(revision="../../escaped"),
        lambda attempt: attempt.update(ancestors=["'; DROP TABLE attempts; --"]),
        lambda attempt: attempt.update(notes=[{"id": 7}]),
        lambda attempt: attempt.update(corrections=[{"action": "invent"}]),
        lambda attempt: attempt.pop("question"),
    ],
)
def test_a_damaged_attempt_is_named_and_left_out_while_the_rest_comes_in(
    empty: Store, full: Store, export: Path, change: Callable[[Json], Any]
) -> None:
    first = full.load_history()[0].id

    def change_first(attempt: Json) -> None:
        if attempt["id"] == first:
            change(attempt)

    imported = empty.import_archive(change_attempts(export, change_first))
    assert (imported.added, len(imported.damaged)) == (3, 1)
    assert imported.damaged[0].endswith("It was left out.")
    assert [kept.id for kept in empty.load_history()] == [kept.id for kept in full.load_history()[1:]]


@pytest.mark.parametrize("instead", [None, b"#!/bin/sh"])
def test_answers_come_in_without_a_recording_that_is_missing_or_no_flac_unless_nothing_would_be_left(
    empty: Store, full: Store, export: Path, instead: bytes | None
) -> None:
    def changed(name: str, data: bytes) -> dict[str, bytes]:
        if not name.startswith("recordings/"):
            return {name: data}
        return {} if instead is None else {name: instead}

    imported = empty.import_archive(rewrite_export(export, changed))
    done = [kept for kept in full.load_history() if kept.state is AttemptState.DONE]
    assert [kept.id for kept in empty.load_history()] == [kept.id for kept in done]
    assert not any(kept.has_recording for kept in empty.load_history())
    assert [each.rsplit(". ", 1)[-1] for each in sorted(imported.damaged)] == [
        "Its report came in without it.",
        "It was left out.",
        "It was left out.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "isn't an Answer Aloud export"),
        (b"a letter", "isn't an Answer Aloud export"),
        (None, "We can't read"),
    ],
)
def test_a_file_that_is_not_an_export_is_refused(
    empty: Store, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / "letter.zip").write_bytes(content)
    with pytest.raises(StoreError, match=sentence):
        empty.import_archive(tmp_path / "letter.zip")


def test_of_a_damaged_export_what_is_whole_comes_in(empty: Store, full: Store, export: Path) -> None:
    data = bytearray(export.read_bytes())
    data[len(data) // 2] ^= 0xFF
    export.write_bytes(data)
    imported = empty.import_archive(export)
    assert len(imported.damaged) == 1
    assert imported.added >= 3
    for kept in empty.load_history():
        if kept.state is AttemptState.DONE:
            assert empty.load_result(kept.id) == full.load_result(kept.id)


def test_an_export_without_its_end_is_refused(empty: Store, export: Path) -> None:
    export.write_bytes(export.read_bytes()[:-100])
    with pytest.raises(StoreError, match=r"isn.t an Answer Aloud export, or it.s damaged"):
        empty.import_archive(export)
    assert empty.load_history() == ()


@pytest.mark.parametrize(
    ("name", "size"),
    [
        (f"attempts/{'a' * 32}.json", 30_000_000),
        ("things.json", 30_000_000),
        (f"recordings/{'a' * 32}.flac", 201_000_000),
    ],
)
def test_a_zip_bomb_is_refused_without_being_unpacked(
    empty: Store, export: Path, name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zipfile.ZipFile.read", lambda *_: pytest.fail("it was read"))
    with (
        zipfile.ZipFile(export) as old,
        zipfile.ZipFile(export.with_name("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        assert old.namelist()
        bomb.writestr(name, bytes(size))
    assert export.with_name("bomb.zip").stat().st_size < 250_000
    with pytest.raises(StoreError, match=r"too large to be an answer\. Nothing was imported"):
        empty.import_archive(export.with_name("bomb.zip"))


def test_an_archive_that_would_fill_the_disk_is_refused_with_both_sizes(
    empty: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(StoreError, match=r"takes \d+ MB and 0 MB are free\. Make some room .* Nothing was imported"):
        empty.import_archive(export)
    assert empty.load_history() == ()


def test_attempts_refused_by_the_database_are_left_out(empty: Store, export: Path) -> None:
    note = {"id": "a" * 32, "written_at": "2026-03-01T12:00:00+00:00", "text": "Twice"}
    twice = change_attempts(export, lambda attempt: attempt.update(notes=[note]))
    imported = empty.import_archive(twice)
    assert (imported.added, len(imported.damaged)) == (1, 3)
    (kept,) = empty.load_history()
    assert [note.text for note in empty.load_notes(kept.id)] == ["Twice"]


def test_a_sound_that_is_nothing_made_large_is_refused_before_it_is_written(
    empty: Store, full: Store, export: Path, tmp_path: Path
) -> None:
    first = next(kept.id for kept in full.load_history() if kept.has_recording)
    with zipfile.ZipFile(export) as old, zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in old.namelist():
            is_sound = name == f"recordings/{first}.flac"
            bomb.writestr(name, b"fLaC" + bytes(199_000_000) if is_sound else old.read(name))
    with pytest.raises(StoreError, match=r"nearly nothing made large.*Nothing was imported"):
        empty.import_archive(tmp_path / "bomb.zip")
    assert not (tmp_path / "empty" / "recordings").exists()


def test_recordings_stored_already_need_no_disk_space(
    full: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(export) as archive:
        texts = sum(each.file_size for each in archive.infolist() if not each.filename.startswith("recordings/"))
        assert sum(each.file_size for each in archive.infolist()) > texts
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=texts + RESERVE_BYTES))
    assert full.import_archive(export).added == 0


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_duplicate_member_name_is_refused(empty: Store, export: Path) -> None:
    with zipfile.ZipFile(export, "a") as archive:
        archive.writestr(archive.namelist()[0], b"{}")
    with pytest.raises(StoreError, match=r"more than once\. Nothing was imported"):
        empty.import_archive(export)
    assert empty.load_history() == ()


def test_a_symbolic_link_in_an_archive_is_not_followed(empty: Store, full: Store, export: Path, tmp_path: Path) -> None:
    sound = next(kept.id for kept in full.load_history() if kept.has_recording)

    def changed(name: str, data: bytes) -> dict[str, bytes]:
        return {} if name == f"recordings/{sound}.flac" else {name: data}

    with zipfile.ZipFile(rewrite_export(export, changed), "a") as archive:
        link = zipfile.ZipInfo(f"recordings/{sound}.flac")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    imported = empty.import_archive(export.with_name("changed.zip"))
    assert len(imported.damaged) == 1
    assert not (tmp_path / "empty" / "recordings" / f"{sound}.flac").exists()


@pytest.mark.parametrize("about", [{"format": "another"}, {"format": "answer-aloud", "version": 4}, [], None])
def test_an_export_of_another_program_or_newer_version_is_refused(empty: Store, export: Path, about: object) -> None:
    def changed(name: str, data: bytes) -> dict[str, bytes]:
        if name != "export.json":
            return {name: data}
        return {} if about is None else {name: json.dumps(about).encode()}

    with pytest.raises(StoreError, match=r"isn't an Answer Aloud export|newer version|damaged"):
        empty.import_archive(rewrite_export(export, changed))
    assert empty.load_history() == ()


@pytest.mark.parametrize("body", ["[]", "{}", "7", "no JSON", '{"corrections": [7], "transcript": "", "report": ""}'])
def test_a_version_that_no_page_could_show_is_left_out_and_what_was_deleted_is_deleted_all_the_same(
    empty: Store, full: Store, export: Path, body: str
) -> None:
    first, second, *_ = (kept.id for kept in full.load_history())
    empty.import_archive(export)

    def add_version(name: str, data: bytes) -> dict[str, bytes]:
        if name != "history.json":
            return {name: data}
        at = "2026-03-01T12:00:00+00:00"
        version = {"id": "a" * 32, "of_id": first, "kind": "attempt", "changed_at": at, "body": body}
        gone = [{"id": second, "deleted_at": at, "restored_at": None}, {"id": "no id", "deleted_at": at}]
        return {name: json.dumps({"deletions": gone, "versions": [version], "settings": None}).encode()}

    imported = empty.import_archive(rewrite_export(export, add_version))
    assert len(imported.damaged) == 2
    assert empty.list_versions() == ()
    assert empty.list_troubles() == ()
    assert second not in {kept.id for kept in empty.load_history()}


def test_a_small_file_with_hours_of_silence_is_no_answer_and_its_report_comes_in_without_it(
    empty: Store, full: Store, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "MAX_RECORDING_SECONDS", 60.0)
    first = full.load_history()[0].id
    silence = encoding.encode_flac(Recording(np.zeros(70 * SAMPLE_RATE, np.float32), "long", ""))
    assert len(silence) < 100_000
    changed = rewrite_export(export, lambda name, data: {name: silence if first in name and "flac" in name else data})
    (told,) = empty.import_archive(changed).damaged
    assert "is longer than any answer. Its report came in without it." in told
    assert not (empty._recordings.folder / f"{first}.flac").exists()
