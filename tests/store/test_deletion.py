"""What is deleted leaves no bytes, however it was deleted; where that has to wait for a reader, it is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.person import Person
from store.copies import CopyReason
from store.db import attempts, database
from store.db.document_json import to_json
from store.db.documents import dump_body
from store.db.revisions import Revision
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from store.transfer import kept_versions
from tests.support.stored_attempts import NOON, add_done

SECRET = b"a very private remark"
LONG = SECRET.decode() * 300  # enough to fill pages of its own


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(database, "PURGE_TIMEOUT_SECONDS", 0.05)
    with closing(open_store(folder=tmp_path)) as store:
        yield store


@contextmanager
def read_elsewhere(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM notes").fetchall()
        yield


def holds_secret(folder: Path) -> bool:
    return any(SECRET in path.read_bytes() for path in folder.glob(f"{DATABASE_FILE}*"))


def test_deleting_everything_has_to_wait_for_a_reader_and_says_so(store: Store, tmp_path: Path) -> None:
    store.add_note(add_done(store), LONG)
    with read_elsewhere(tmp_path):
        assert not store.delete_all()
        assert not store.is_purged
        assert holds_secret(tmp_path)
        assert not store.purge_deleted()
    assert store.purge_deleted()
    assert store.is_purged
    assert not holds_secret(tmp_path)


def test_what_an_import_deletes_has_to_wait_for_a_reader_and_says_so(store: Store, tmp_path: Path) -> None:
    gone = add_done(store)
    store.export(tmp_path / "before.zip")
    store.add_note(gone, LONG)
    with closing(open_store(folder=tmp_path / "other")) as other:
        other.import_archive(tmp_path / "before.zip")
        other.delete_attempt(gone)
        other.export(tmp_path / "after.zip")
    with read_elsewhere(tmp_path):
        assert store.import_archive(tmp_path / "after.zip").deleted == 1
        assert not store.is_purged
        assert holds_secret(tmp_path)
    assert store.purge_deleted()
    assert not holds_secret(tmp_path)


def test_the_next_start_removes_what_was_deleted_by_a_process_that_was_killed_then(
    store: Store, tmp_path: Path
) -> None:
    gone = add_done(store)
    store.add_note(gone, LONG)
    with store._database.begin_write() as connection:
        attempts.remove(connection, gone)  # killed before the log was emptied
    assert holds_secret(tmp_path)
    with closing(open_store(folder=tmp_path)):
        assert not holds_secret(tmp_path)


def test_a_version_that_is_deleted_is_deleted_in_the_copies_too(store: Store, tmp_path: Path) -> None:
    ann = Person(make_id(), "Ann", notes=LONG)
    store.save(ann)
    with store._database.begin_write() as connection:
        beside = Revision("a" * 32, frozenset(), NOON)
        kept_versions.keep_version(connection, ann.id, "person", beside, dump_body(to_json(ann)))
    store._copies.make(store._database, CopyReason.WEEKLY)
    (version,) = store.list_versions()
    (copy,) = store._copies.list_copies()
    before = copy.path.read_bytes().count(SECRET)
    assert store.delete_version(version.id)
    assert 0 < copy.path.read_bytes().count(SECRET) < before
