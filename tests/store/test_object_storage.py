"""Recordings in a storage that speaks S3: kept, verified, deleted and found again as those in a folder are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from store.attempt import AttemptState
from store.db.owner import Owner
from store.errors import StoreError
from store.files import Recordings
from store.locations import SOUND_VARIABLE
from store.object_storage import RemoteRecordings, open_storage
from store.store import Store, open_store
from tests.support.servers.cut_off import way_to
from tests.support.servers.storage_server import ADDRESS, BUCKET, reach_storage
from tests.support.stored_attempts import ABOUT_YOU, add_done, add_recorded, make_heard_answer


@pytest.fixture
def remote(storage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose recordings are in a storage."""
    monkeypatch.setenv(SOUND_VARIABLE, storage)
    with closing(open_store(folder=tmp_path / "data")) as store:
        yield store


def list_objects() -> list[str]:
    """Return the names of all objects in the storage."""
    files, _ = open_storage(ADDRESS)
    return sorted(name.removeprefix(f"{BUCKET}/sound/") for name in files.find(BUCKET))


def test_a_recording_is_in_the_storage_when_it_is_promised_and_not_in_the_folder(remote: Store, tmp_path: Path) -> None:
    attempt_id = add_recorded(remote)
    assert list_objects() == [f"{attempt_id}.flac"]
    assert not (tmp_path / "data" / "recordings").exists()


def test_it_is_what_a_folder_would_hold(remote: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = remote.load_recording(add_recorded(remote))
    monkeypatch.delenv(SOUND_VARIABLE)
    with closing(open_store(folder=tmp_path / "other")) as local:
        here = local.load_recording(add_recorded(local))
    assert np.array_equal(there.samples, here.samples)
    assert there.digest == here.digest == make_heard_answer()[0].digest


def test_it_goes_with_its_answer(remote: Store) -> None:
    gone, kept = add_done(remote), add_done(remote)
    remote.delete_attempt(gone)
    assert list_objects() == [f"{kept}.flac"]
    remote.delete_all()
    assert list_objects() == []


def test_those_of_other_owners_lie_apart(remote: Store) -> None:
    ann = Owner("https://id.example", "ann")
    anns = remote.for_owner(ann)
    here, there = add_recorded(remote), add_recorded(anns)
    assert list_objects() == sorted([f"{here}.flac", f"people/{ann.id}/{there}.flac"])
    assert [each.id for each in remote.list_interrupted()] == [here]
    assert [each.id for each in anns.list_interrupted()] == [there]
    remote.delete_all()
    assert list_objects() == [f"people/{ann.id}/{there}.flac"]
    assert anns.load_recording(there).digest == make_heard_answer()[0].digest


def test_a_sound_that_is_not_to_be_kept_goes_when_its_report_is_made(remote: Store) -> None:
    add_done(remote, keep=False)
    assert list_objects() == []


def test_a_recording_whose_answer_was_never_written_is_found_again(
    remote: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("store.db.attempts.insert_recorded", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add_recorded(remote)
    assert remote.load_history() == ()
    (found,) = remote.list_interrupted()
    assert (found.question, found.state) == (ABOUT_YOU, AttemptState.RECORDED)
    assert remote.load_recording(found.id).digest == make_heard_answer()[0].digest


def test_a_recording_that_cannot_be_read_back_whole_is_not_promised(
    remote: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = RemoteRecordings.save
    monkeypatch.setattr(RemoteRecordings, "save", lambda self, name, flac: save(self, name, flac[:-100]))
    with pytest.raises(StoreError, match=f"was written to {ADDRESS}, but it can't be read back whole"):
        add_recorded(remote)
    assert remote.load_history() == ()


def test_while_the_storage_is_away_nothing_is_promised_and_a_sentence_says_so(
    remote: Store, storage_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = add_recorded(remote)
    with way_to(storage_port) as way:
        reach_storage(way.port, monkeypatch)
        away = RemoteRecordings(ADDRESS)
        assert away.has(kept)
        way.cut()
        with pytest.raises(
            StoreError, match=f"can't reach the storage of recordings at {ADDRESS} .* nothing was saved"
        ):
            away.save("a" * 32, b"sound")
        for broken in (away.read, away.has, away.remove):
            with pytest.raises(StoreError, match="can't reach the storage"):
                broken(kept)
        way.mend()
        assert away.read(kept) == remote.read_flac(kept)


def test_a_recording_that_is_gone_is_told_as_from_a_folder(remote: Store) -> None:
    attempt_id = add_recorded(remote)
    files, root = open_storage(ADDRESS)
    files.rm_file(f"{root}/{attempt_id}.flac")
    with pytest.raises(StoreError, match=f"is no longer in {ADDRESS}"):
        remote.read_flac(attempt_id)
    RemoteRecordings(ADDRESS).remove(attempt_id)  # does nothing


def test_only_recordings_are_listed_and_counted(remote: Store) -> None:
    attempt_id = add_recorded(remote)
    files, root = open_storage(ADDRESS)
    files.pipe_file(f"{root}/holiday.flac", b"fLaC")
    files.pipe_file(f"{root}/deeper/{'b' * 32}.flac", b"fLaC")
    found = RemoteRecordings(f"{ADDRESS}/")
    assert list(found.list_ids()) == [attempt_id]
    assert list(found.list_foreign_names()) == ["holiday.flac"]
    used = remote.get_disk_usage()
    assert (used.recordings, used.recording_count) == (ADDRESS, 2)
    assert used.recording_bytes == len(remote.read_flac(attempt_id)) + 4
    assert [each.name for each in remote.check().troubles if hasattr(each, "name")] == []


def test_an_export_carries_recordings_from_a_storage_into_a_folder(
    remote: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = add_done(remote)
    remote.export(tmp_path / "all.zip")
    monkeypatch.delenv(SOUND_VARIABLE)
    with closing(open_store(folder=tmp_path / "other")) as local:
        local.import_archive(tmp_path / "all.zip")
        assert local.read_flac(attempt_id) == remote.read_flac(attempt_id)
        assert Recordings(tmp_path / "other" / "recordings").has(attempt_id)


def test_an_export_is_imported_into_a_storage(remote: Store, tmp_path: Path) -> None:
    attempt_id = add_done(remote)
    sound = remote.read_flac(attempt_id)
    remote.export(tmp_path / "all.zip")
    remote.delete_all()
    remote.import_archive(tmp_path / "all.zip")
    assert remote.read_flac(attempt_id) == sound


@pytest.mark.parametrize("address", ["bucket/folder", "s3://", "/home/me/sound", "C:\\sound"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="isn't the address of a storage"):
        RemoteRecordings(address)


def test_a_storage_of_an_unknown_kind_says_what_is_missing() -> None:
    with pytest.raises(StoreError, match="Python lacks what it takes to use the storage tape://shelf"):
        RemoteRecordings("tape://shelf/box")


def test_a_single_user_needs_none_of_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules |= dict.fromkeys(('s3fs', 'procrastinate', 'psycopg', 'psycopg_pool', 'aiobotocore'));"
        "import app_pages.server.app, app_pages.ui.store_access, analysis.cli.batch;"
        "from pathlib import Path; from store.store import open_store;"
        f"open_store(folder=Path({str(tmp_path)!r})).close();"
        "print(sorted(name for name in sys.modules if name.startswith('services.workers')),"
        " 'store.object_storage' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['services.workers', 'services.workers.logs'] False\n"
