"""Nobody reaches anything of another person: with every id of theirs, through every method, in every exported file."""

from __future__ import annotations

import inspect
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from interview.ids import make_id
from interview.person import Person
from speech.errors import AnswerAloudError
from store.db.owner import LOCAL_OWNER
from store.store import Store, open_store
from tests.store.transfer.test_kept_versions import make_conflict
from tests.support.centre.homes import ANN, BEN, Home
from tests.support.stored_attempts import ABOUT_YOU, add_done, add_recorded, make_heard_answer
from tests.torture.stores.merge import list_corrections, make_report

pytest_plugins = ("tests.support.centre.homes",)

MARK = "Ann's own words, nobody else's"


def fill(store: Store, folder: Path) -> set[str]:
    """Write one of everything; return every id that it has."""
    done, waiting = add_done(store), add_recorded(store)
    first = list_corrections()[0]
    store.add_correction(done, first, make_report((first,)))
    note = store.add_note(done, MARK)
    store.save(Person(make_id(), MARK))
    deleted = add_recorded(store)
    store.delete_attempt(deleted)
    with closing(open_store(folder=folder / "elsewhere")) as other:
        make_conflict(store, other, folder)
    versions = [each.id for each in store.list_versions()]
    assert versions
    sessions = [kept.session_id for kept in store.load_history()]
    return {
        done,
        waiting,
        note.id,
        deleted,
        *versions,
        *sessions,
        *(p.id for p in store.load_documents(Person)),
    }


def read_archive(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "export.json"}


def read_everything(store: Store, folder: Path) -> dict[str, Any]:
    """Return all that a store gives away, by what gives it."""
    history = store.load_history()
    store.export(folder / "everything.zip")
    exported = read_archive((folder / "everything.zip").read_bytes())
    (folder / "everything.zip").unlink()
    return {
        "history": history,
        "measured": store.load_measured(),
        "results": [store.load_result(kept.id) for kept in history if kept.model],
        "notes": [store.load_notes(kept.id) for kept in history],
        "sounds": [store.read_flac(kept.id) for kept in history],
        "documents": store.load_documents(Person),
        "versions": store.list_versions(),
        "found": store.search("ann"),
        "csv": store.to_csv(),
        "exported": exported,
        "packed": read_archive(store.pack_everything()[0]),
        "troubles": store.list_troubles(),
        "checked": store.check(),
        "usage": store.get_disk_usage().recording_count,
        "interrupted": store.list_interrupted(),
        "takes": store.get_next_take(ABOUT_YOU.id),
    }


# How each method is tried with an id of somebody else. What has no id to be tried with is read by `read_everything`.
ATTACKS: dict[str, Callable[[Store, str, Path], Any]] = {
    "add_correction": lambda store, one, _: store.add_correction(one, list_corrections()[0], make_heard_answer()[2]),
    "add_note": lambda store, one, _: store.add_note(one, "mine"),
    "delete_attempt": lambda store, one, _: store.delete_attempt(one),
    "delete_document": lambda store, one, _: store.delete_document(one),
    "delete_version": lambda store, one, _: store.delete_version(one),
    "finish": lambda store, one, _: store.finish(one, *make_heard_answer()[1:]),
    "load_attempt": lambda store, one, _: store.load_attempt(one),
    "load_document": lambda store, one, _: store.load_document(Person, one),
    "load_documents": lambda store, one, _: store.load_documents(Person, one),
    "load_notes": lambda store, one, _: store.load_notes(one),
    "load_recording": lambda store, one, _: store.load_recording(one),
    "load_report": lambda store, one, _: store.load_report(one),
    "load_result": lambda store, one, _: store.load_result(one),
    "mark_failed": lambda store, one, _: store.mark_failed(one, "It failed."),
    "pack": lambda store, one, _: list_packed(store, one),
    "read_flac": lambda store, one, _: store.read_flac(one),
    "save": lambda store, one, _: store.save(Person(make_id(), "Ben's", interview=one)),
    "search": lambda store, one, _: store.search(one),
    "undo_corrections": lambda store, one, _: store.undo_corrections(one, None, left=0, seen=list_corrections()[:1]),
    "use_version": lambda store, one, _: store.use_version(one),
}
WITHOUT_ID = {
    *("accounts", "find_gap", "for_person", "groups", "remove_recordings_before", "sharing"),
    *("add_recording", "check", "close", "copy_if_due", "delete_all", "for_owner", "get_disk_usage", "get_next_take"),
    *("import_archive", "list_interrupted", "list_troubles", "list_versions", "load_history", "load_measured", "owner"),
    *("export", "is_purged", "pack_everything", "purge_deleted", "reach_database", "reach_recordings", "to_csv"),
}
NOTHING = (None, (), [], False, True)  # what a deletion of nothing returns is whether the disk is clean


def list_packed(store: Store, one: str) -> list[str]:
    """Return the files of what is packed that have an id in their name or content."""
    with zipfile.ZipFile(BytesIO(store.pack([one]) or b"")) as archive:
        return [name for name in archive.namelist() if one in name or one.encode() in archive.read(name)]


def test_every_method_is_tried() -> None:
    public = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    assert public == ATTACKS.keys() | WITHOUT_ID


def test_no_id_of_another_person_gives_or_changes_anything(ann: Store, ben: Store, home: Home) -> None:
    ids = fill(ann, home.folder)
    add_done(ben)
    before = read_everything(ann, home.folder)
    assert MARK in str(before["notes"])
    for one in sorted(ids):
        for name, attack in ATTACKS.items():
            given = None
            with suppress(AnswerAloudError, ValueError):
                given = attack(ben, one, home.folder)
            assert given in NOTHING, f"{name} gave {given!r}"
    assert read_everything(ann, home.folder) == before


def test_nothing_that_a_store_gives_away_is_of_another_person(ann: Store, ben: Store, home: Home) -> None:
    ids = fill(ann, home.folder)
    add_done(ben)
    found = repr(read_everything(ben, home.folder))
    assert MARK not in found
    assert [one for one in ids if one in found] == []


def test_deleting_everything_leaves_what_others_have(ann: Store, ben: Store, home: Home) -> None:
    fill(ann, home.folder)
    before = read_everything(ann, home.folder)
    add_done(ben)
    ben.delete_all()
    assert ben.load_history() == ()
    assert read_everything(ann, home.folder) == before


def test_both_can_have_the_same_answer_and_each_deletes_only_their_own(ann: Store, ben: Store, home: Home) -> None:
    fill(ann, home.folder)
    before = read_everything(ann, home.folder)
    ann.export(home.folder / "given.zip")
    assert ben.import_archive(home.folder / "given.zip").damaged == ()
    assert [kept.id for kept in ben.load_history()] == [kept.id for kept in ann.load_history()]
    for kept in ben.load_history():
        ben.add_note(kept.id, "mine")
        ben.delete_attempt(kept.id)
    assert read_everything(ann, home.folder) == before


def test_the_single_user_sees_nothing_of_those_who_sign_in(ann: Store, home: Home) -> None:
    fill(ann, home.folder)
    with closing(home.open(LOCAL_OWNER)) as local:
        assert MARK not in repr(read_everything(local, home.folder))
        assert local.load_history() == ()


def test_a_store_for_another_owner_shares_nothing_but_the_connections(ann: Store, home: Home) -> None:
    ids = fill(ann, home.folder)
    other = ann.for_owner(BEN)
    assert (other.owner, ann.owner) == (BEN, ANN)
    assert other.load_history() == ()
    mine = add_done(other)
    assert mine not in {kept.id for kept in ann.load_history()}
    assert ids >= {kept.id for kept in ann.load_history()}
