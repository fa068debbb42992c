"""Copies of the database are made by themselves, hold nothing that was deleted, and can be put back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.person import Person
from services.user_store import Location, list_copies, restore_copy
from store import copies as copies_module
from store.copies import KEPT_COPIES, TIME_FORMAT, WEEK, CopyReason
from store.db.tables import VERSION_TABLE
from store.errors import StoreError
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from store.troubles import TroubleKind
from tests.store.db.test_migrations import make_first_version
from tests.support.stored_attempts import add_done, make_heard_answer

SECRET = "a very private remark "


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path)
    yield store
    store.close()


def make_older(folder: Path, age: timedelta) -> None:
    """Rename all copies, as if they had been made earlier."""
    for copy in list_copies(folder):
        at = (copy.made_at - age).strftime(TIME_FORMAT)
        copy.path.rename(copy.path.with_name(f"answers-{at}-{copy.reason}.sqlite3"))


def test_a_copy_is_made_once_a_week_if_there_is_anything_to_copy(store: Store, tmp_path: Path) -> None:
    assert not store.copy_if_due()
    add_done(store)
    assert store.copy_if_due()
    assert not store.copy_if_due()
    make_older(tmp_path, WEEK)
    assert store.copy_if_due()
    (newest, _) = list_copies(tmp_path)
    assert newest.reason is CopyReason.WEEKLY
    assert datetime.now(UTC) - newest.made_at < timedelta(minutes=10)
    assert newest.path.stat().st_mode & 0o077 == 0
    assert newest.path.parent.stat().st_mode & 0o077 == 0


def test_the_last_three_copies_are_kept(store: Store, tmp_path: Path) -> None:
    add_done(store)
    for _ in range(KEPT_COPIES + 2):
        make_older(tmp_path, WEEK)
        assert store.copy_if_due()
    assert len(list_copies(tmp_path)) == KEPT_COPIES


def test_a_copy_is_made_before_the_tables_change_and_holds_them_as_they_were(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    open_store(folder=tmp_path).close()
    (copy,) = list_copies(tmp_path)
    assert copy.reason is CopyReason.MIGRATION
    with closing(sqlite3.connect(copy.path)) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [("0001",)]
        assert connection.execute("SELECT count(*) FROM attempts").fetchall() == [(1,)]
    open_store(folder=tmp_path).close()
    assert len(list_copies(tmp_path)) == 1


def test_without_a_copy_the_tables_are_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_first_version(tmp_path)
    (tmp_path / "copies").write_text("a file in the place of the folder")
    with pytest.raises(StoreError, match="copies"):
        open_store(folder=tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [("0001",)]


def test_what_is_deleted_is_deleted_in_every_copy_byte_for_byte(store: Store, tmp_path: Path) -> None:
    gone, stays = add_done(store), add_done(store)
    person = Person(make_id(), "Ann", notes=SECRET * 30)
    store.add_note(gone, SECRET * 300)
    store.save(person)
    store.copy_if_due()
    make_older(tmp_path, WEEK)
    store.copy_if_due()
    assert all(SECRET.encode() in copy.path.read_bytes() for copy in list_copies(tmp_path))
    store.delete_attempt(gone)
    store.delete_document(person.id)
    copies = list_copies(tmp_path)
    assert len(copies) == 2
    for copy in copies:
        assert SECRET.encode() not in copy.path.read_bytes()
        with closing(sqlite3.connect(copy.path)) as connection:
            assert connection.execute("SELECT id FROM attempts").fetchall() == [(stays,)]
    assert [path.name for path in (tmp_path / "copies").iterdir() if path.suffix != ".sqlite3"] == []


def test_a_copy_in_which_nothing_can_be_deleted_is_removed(store: Store, tmp_path: Path) -> None:
    gone = add_done(store)
    store.copy_if_due()
    (copy,) = list_copies(tmp_path)
    copy.path.write_bytes(b"\xff" * 5000)
    store.delete_attempt(gone)
    assert list_copies(tmp_path) == ()


def test_deleting_everything_removes_the_copies(store: Store, tmp_path: Path) -> None:
    add_done(store)
    store.copy_if_due()
    store.delete_all()
    assert not (tmp_path / "copies").exists()


def test_a_copy_is_put_back_and_what_was_there_before_is_a_copy_then(store: Store, tmp_path: Path) -> None:
    done = add_done(store)
    store.copy_if_due()
    later = add_done(store)
    store.add_note(done, "Written after the copy.")
    (copy,) = list_copies(tmp_path)
    restore_copy(Location(None, tmp_path), copy)
    assert {kept.id for kept in store.load_history()} == {done, later}  # the later one from its recording
    assert store.load_notes(done) == ()
    newest, _ = list_copies(tmp_path)
    assert newest.reason is CopyReason.RESTORE
    restore_copy(Location(None, tmp_path), newest)
    assert [note.text for note in store.load_notes(done)] == ["Written after the copy."]
    assert store.load_report(later) == make_heard_answer()[2]


@pytest.mark.parametrize("damage", [b"", b"a letter to my aunt", b"\xff" * 9000])
def test_a_copy_takes_the_place_of_a_database_that_cannot_be_opened(tmp_path: Path, damage: bytes) -> None:
    with closing(open_store(folder=tmp_path)) as store:
        done = add_done(store)
        store.copy_if_due()
    for beside in tmp_path.glob(f"{DATABASE_FILE}-*"):
        beside.unlink()
    (tmp_path / DATABASE_FILE).write_bytes(damage)
    restore_copy(Location(None, tmp_path), list_copies(tmp_path)[-1])
    with closing(open_store(folder=tmp_path)) as store:
        assert store.load_report(done) == make_heard_answer()[2]


def test_a_damaged_copy_is_named_and_never_put_back(store: Store, tmp_path: Path) -> None:
    done = add_done(store)
    store.copy_if_due()
    (copy,) = list_copies(tmp_path)
    copy.path.write_bytes(copy.path.read_bytes()[:9000])
    assert [(each.kind, each.id) for each in store.check().troubles] == [(TroubleKind.COPY, copy.path.name)]
    with pytest.raises(StoreError, match="is damaged"):
        restore_copy(Location(None, tmp_path), copy)
    assert store.load_report(done) == make_heard_answer()[2]


def test_a_copy_that_fails_leaves_nothing_behind(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_done(store)

    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(copies_module, "flush_file", full)
    with pytest.raises(StoreError, match="No space left on device"):
        store.copy_if_due()
    assert list((tmp_path / "copies").iterdir()) == []
