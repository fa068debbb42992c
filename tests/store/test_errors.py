"""Failures of disk and database become sentences, and existing data stays intact."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy

from speech.errors import AnswerAloudError
from store import locations
from store.attempt import AttemptState
from store.db import database
from store.errors import StoreError, translate_database_errors
from store.files import TRANSFER_PREFIX, Recordings, open_transfer_folder, write_atomically
from store.locations import DATABASE_FILE, DATABASE_VARIABLE
from store.store import Store, open_store
from tests.support.stored_attempts import add_done, add_recorded, make_heard_answer

NOBODY = 65_534  # the user without rights, on every Linux


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path)
    yield store
    store.close()


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Make a folder and its contents read-only for this process, even as root."""
    everything = (folder, *folder.rglob("*"))
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path in everything:
            path.chmod(0o700)


@pytest.fixture
def visible_folder() -> Iterator[Path]:
    """Create a folder that other users can see, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    yield folder
    shutil.rmtree(folder)


def is_whole(folder: Path) -> bool:
    with sqlite3.connect(folder / DATABASE_FILE) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return verdict == "ok"


def test_storage_errors_are_answer_aloud_errors() -> None:
    assert issubclass(StoreError, AnswerAloudError)


def test_a_full_disk_is_reported_and_saved_data_stays(store: Store, tmp_path: Path) -> None:
    done, waiting = add_done(store), add_recorded(store)

    def fill(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    full = open_store(folder=tmp_path)
    full.close()
    sqlalchemy.event.listen(full._database._engine, "connect", fill)
    with pytest.raises(StoreError, match=r"disk is full, so nothing was saved in .*answers\.sqlite3\. Make some room"):
        full.finish(waiting, *make_heard_answer()[1:])
    full.close()
    assert store.load_attempt(waiting).state is AttemptState.RECORDED
    assert store.load_report(done) == make_heard_answer()[2]
    assert is_whole(tmp_path)
    store.finish(waiting, *make_heard_answer()[1:])  # there is room again


def test_a_disk_filled_by_a_recording_is_reported_and_no_partial_file_stays(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = add_done(store)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=r"We couldn't save anything in .*recordings \(No space left on device\)"):
            add_recorded(store)
    assert [path.name for path in (tmp_path / "recordings").iterdir()] == [f"{done}.flac"]
    assert [kept.id for kept in store.load_history()] == [done]


def test_a_read_only_folder_is_reported(visible_folder: Path) -> None:
    with (
        without_rights(visible_folder),
        pytest.raises(StoreError, match=r"We couldn't save anything in .*Permission denied.*allowed to write there"),
    ):
        open_store(folder=visible_folder / "data")
    assert list(visible_folder.iterdir()) == []


def test_a_store_that_became_read_only_is_reported_and_unchanged(visible_folder: Path) -> None:
    store = open_store(folder=visible_folder)
    done = add_done(store)
    store.close()
    with (
        without_rights(visible_folder),
        pytest.raises(StoreError, match=r"We can't (write to|open) .*answers\.sqlite3"),
    ):
        open_store(folder=visible_folder)
    again = open_store(folder=visible_folder)
    assert again.load_report(done) == make_heard_answer()[2]
    again.close()


def test_a_failed_deletion_is_reported_and_the_answer_stays(visible_folder: Path) -> None:
    store = open_store(folder=visible_folder)
    done = add_done(store)
    for deleting in (lambda: store.delete_attempt(done), store.delete_all):
        with (
            without_rights(visible_folder),
            pytest.raises(StoreError, match=r"delete a file in .*recordings \(Permission denied\), so it's still"),
        ):
            deleting()
    assert store.load_report(done) == make_heard_answer()[2]
    assert store.load_recording(done).samples.any()
    store.close()


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(StoreError, match="We couldn't save anything"):
        open_store(folder=tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"


def test_a_locked_database_is_reported_and_works_once_it_is_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    store = open_store(folder=tmp_path)
    waiting = add_recorded(store)
    holder = sqlite3.connect(tmp_path / DATABASE_FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="Another program is using"):
        store.finish(waiting, *make_heard_answer()[1:])
    assert store.load_attempt(waiting).state is AttemptState.RECORDED  # reading goes on
    holder.execute("ROLLBACK")
    holder.close()
    store.finish(waiting, *make_heard_answer()[1:])
    assert store.load_attempt(waiting).state is AttemptState.DONE
    store.close()


@pytest.mark.parametrize("content", [b"a letter to my aunt, " * 100, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_file_that_is_not_a_database_is_not_changed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(content)
    with pytest.raises(
        StoreError, match=r"answers\.sqlite3 (isn't an Answer Aloud database|is damaged).*left it alone"
    ):
        open_store(folder=tmp_path)
    assert (tmp_path / DATABASE_FILE).read_bytes() == content


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("not an address", "isn't the address of a database"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/answers", "We can't use the database"),
        ("nosuchdatabase://host/answers", "lacks what it takes to use a database of the kind nosuchdatabase"),
        ("oracle+cx_oracle://host/answers", "lacks what it takes to use a database of the kind oracle"),
    ],
)
def test_an_unreachable_database_is_reported_without_its_password(
    address: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, address)
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    with pytest.raises(StoreError, match=sentence) as told:
        open_store()
    assert "secret" not in str(told.value)


def test_folder_and_database_can_be_set_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv(DATABASE_VARIABLE, f"sqlite:///{tmp_path}/other.db")
    store = open_store()
    done = add_done(store)
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "other.db"]
    monkeypatch.delenv(DATABASE_VARIABLE)
    assert open_store().load_history() == ()
    demo = open_store(folder=tmp_path / "demo")
    assert demo.load_history() == ()
    assert [kept.id for kept in open_store(f"sqlite:///{tmp_path}/other.db").load_history()] == [done]


def test_only_the_owner_can_read_the_stored_files(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path / "data")
    add_done(store)
    for path in ((tmp_path / "data"), *(tmp_path / "data").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    store.close()


def test_a_deleted_answer_leaves_no_trace_in_any_file(store: Store, tmp_path: Path) -> None:
    secret = b"a very private remark"
    gone, stays = add_done(store), add_done(store)

    def places() -> list[str]:
        return [path.name for path in tmp_path.rglob("*") if path.is_file() and secret in path.read_bytes()]

    store.add_note(gone, secret.decode() * 300)  # long enough to fill pages of its own
    store.add_note(stays, secret.decode())
    store.delete_attempt(gone)
    assert b"".join(path.read_bytes() for path in tmp_path.glob("answers*")).count(secret) == 1
    store.delete_all()
    assert places() == []
    assert sorted(path.name for path in tmp_path.rglob("*.flac")) == []


def test_a_deletion_that_has_to_wait_for_a_reader_says_so_and_is_carried_out_once_it_is_gone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    secret, gone = b"a very private remark", add_done(store)
    store.add_note(gone, secret.decode() * 300)
    store.close()  # the next connection waits as long as is set above
    reader = sqlite3.connect(tmp_path / DATABASE_FILE, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM notes").fetchall() == [(1,)]
    assert not store.delete_attempt(gone)
    assert not store.purge_deleted()
    reader.execute("ROLLBACK")
    reader.close()
    assert store.purge_deleted()
    assert all(secret not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert store.delete_attempt(add_done(store))


def test_what_a_killed_export_left_behind_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "mine").mkdir()
    old, new = (tmp_path / f"{TRANSFER_PREFIX}{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
        (folder / "export.zip").write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    with open_transfer_folder() as folder:
        assert folder.stat().st_mode & 0o077 == 0
        assert {path.name for path in tmp_path.iterdir()} == {"mine", new.name, folder.name}
    assert {path.name for path in tmp_path.iterdir()} == {"mine", new.name}


def test_rights_of_others_to_a_restored_folder_are_taken_away(store: Store, tmp_path: Path) -> None:
    add_done(store)
    store.copy_if_due()
    store.close()
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    again = open_store(folder=tmp_path)
    assert again.load_history()
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    again.close()


def test_on_macos_a_file_is_flushed_through_the_cache_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("speech.flushing.sys.platform", "darwin")
    monkeypatch.setattr("fcntl.F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr("fcntl.fcntl", lambda handle, command: asked.append(command))
    with write_atomically(tmp_path / "file") as file:
        file.write(b"sound")
    assert asked == [51, 51]  # the file and its folder
    assert (tmp_path / "file").read_bytes() == b"sound"


def test_sqlite_is_told_to_do_the_same(store: Store) -> None:
    with store._database.begin_read() as connection:
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("fullfsync", "checkpoint_fullfsync")]
    assert told == [1, 1]


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("/home/ann/Dropbox/answers", "is synchronised by another program (Dropbox)"),
        ("/home/ann/OneDrive - Work/answers", "is synchronised by another program (OneDrive - Work)"),
        ("/Users/ann/Library/Mobile Documents/answers", "is synchronised by another program (Mobile Documents)"),
        ("/mnt/nas/my answers", "is on another computer (nfs4)"),
        ("/mnt/nas/local disk/answers", None),
        ("/home/ann/dropboxes", None),
        ("/home/ann/answers", None),
    ],
)
def test_folders_of_the_network_and_synchronised_ones_are_known(
    monkeypatch: pytest.MonkeyPatch, folder: str, reason: str | None
) -> None:
    mounts = [("/", "ext4"), ("/mnt/nas", "nfs4"), ("/mnt/nas/local disk", "ext4")]
    monkeypatch.setattr("store.locations._list_mounts", lambda: mounts)
    assert locations.find_unsafe_reason(Path(folder)) == reason


def test_mounts_of_this_system_and_of_macos_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/" in dict(locations._list_mounts())
    told = "/dev/disk3s1 on / (apfs, local)\n//ann@nas/x on /Volumes/my x (smbfs, nodev)\n"
    monkeypatch.setattr("store.locations.sys.platform", "darwin")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0, told))
    assert locations._list_mounts() == [("/", "apfs"), ("/Volumes/my x", "smbfs")]


def test_a_synchronised_folder_is_refused_for_the_database_unless_it_is_allowed_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Dropbox"
    with pytest.raises(StoreError, match=r"is synchronised by another program \(Dropbox\).*nothing was written"):
        open_store(folder=folder)
    assert not folder.exists()
    monkeypatch.setenv(locations.ALLOW_VARIABLE, str(tmp_path))
    with pytest.raises(StoreError, match="nothing was written"):
        open_store(folder=folder)
    monkeypatch.setenv(locations.ALLOW_VARIABLE, str(folder))
    open_store(folder=folder).close()
    assert (folder / DATABASE_FILE).exists()


def test_a_damaged_page_that_sqlite_quotes_in_its_sentence_is_damage_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is damaged, so we left it alone"), translate_database_errors(str(tmp_path)):
        b"malformed database schema (\xef?)".decode()


def test_a_recording_that_a_disk_gives_back_changed_is_told_at_once_and_not_taken_for_an_answer(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = add_done(store)
    read = Recordings.read

    def read_changed(recordings: Recordings, attempt_id: str) -> bytes:
        data = bytearray(read(recordings, attempt_id))
        data[len(data) * 3 // 4] ^= 0x55
        return bytes(data)

    monkeypatch.setattr(Recordings, "read", read_changed)
    with pytest.raises(StoreError, match=r"can't be read back whole\. Check the disk"):
        add_recorded(store)
    monkeypatch.undo()
    assert [path.stem for path in (tmp_path / "recordings").iterdir()] == [good]
    assert store.list_interrupted() == ()
