"""Comments of listeners are added once, in the place of earlier ones, and belong to their answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interview.listener_comments import ListenerComments, MarkedMoment
from interview.validation import EntryError
from services.follow_up_answers import delete_answer, pack_answer
from services.listener_comments import (
    MAX_LISTENERS,
    add_listener_comments,
    count_listeners,
    load_listener_comments,
    remove_listener_comments,
    restore_listener_comments,
)
from services.undo import bring_back
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.listeners import make_comments_file
from tests.support.stored_attempts import CONFLICT, add_done, add_said

LATER = "2026-03-01T11:00:00.000+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(folder=tmp_path)


def add(store: Store, attempt_id: str, **changes: Any) -> tuple[ListenerComments, bool]:
    digest = store.load_attempt(attempt_id).digest
    return add_listener_comments(store, attempt_id, "comments.json", make_comments_file(digest, **changes))


def test_comments_are_kept_in_the_order_of_the_answer(store: Store) -> None:
    attempt = add_done(store)
    added, is_new = add(store, attempt)
    assert is_new
    assert added.moments == (MarkedMoment(0.5, "Slower here."), MarkedMoment(1.5, "Good pause."))
    assert (added.name, added.overall, added.attempt) == ("Sam", "Clear.", attempt)
    assert load_listener_comments(store, attempt) == (added,)
    assert load_listener_comments(store, add_done(store, CONFLICT)) == ()
    assert count_listeners(store) == {attempt: 1}


def test_a_file_that_is_added_twice_is_there_once(store: Store) -> None:
    attempt = add_done(store)
    first, _ = add(store, attempt)
    assert add(store, attempt) == (first, False)
    assert load_listener_comments(store, attempt) == (first,)


def test_a_later_file_of_the_same_listener_takes_the_place_of_the_earlier_and_never_the_other_way(store: Store) -> None:
    attempt = add_done(store)
    add(store, attempt)
    second, _ = add(store, attempt, saved_at=LATER, name="Sam B.", overall="Clearer than last time.")
    assert load_listener_comments(store, attempt) == (second,)
    with pytest.raises(EntryError, match=r"You already have newer comments from Sam B\."):
        add(store, attempt)
    assert load_listener_comments(store, attempt) == (second,)


def test_two_listeners_of_one_name_both_stay(store: Store) -> None:
    attempt = add_done(store)
    both = (add(store, attempt)[0], add(store, attempt, listener="c" * 32)[0])
    assert load_listener_comments(store, attempt) == both


def test_comments_on_another_answer_are_refused_with_the_answer_that_they_are_about(store: Store) -> None:
    here, there = add_done(store), add_said(store, "We argued. (0.5) Then we talked.", CONFLICT)
    about_there = make_comments_file(store.load_attempt(there).digest)
    with pytest.raises(EntryError, match=r"another answer: “Tell me about a conflict\.”, take 1\. Open that answer"):
        add_listener_comments(store, here, "comments.json", about_there)
    with pytest.raises(EntryError, match="a recording you don't have here"):
        add_listener_comments(store, here, "comments.json", make_comments_file("e" * 64))
    assert store.load_documents(ListenerComments) == ()


def test_a_moment_is_within_the_recording(store: Store) -> None:
    attempt = add_done(store)
    end = store.load_attempt(attempt).duration
    with pytest.raises(EntryError, match="after the end of your recording"):
        add(store, attempt, moments=[{"at": end + 0.01, "comment": ""}])
    assert add(store, attempt, moments=[{"at": end, "comment": ""}])[0].moments[0].at == end


def test_an_answer_has_so_many_listeners_and_no_more(store: Store) -> None:
    attempt = add_done(store)
    for number in range(MAX_LISTENERS):
        add(store, attempt, listener=f"{number:032x}")
    with pytest.raises(EntryError, match="Remove some first"):
        add(store, attempt, listener="f" * 32)
    add(store, attempt, listener=f"{0:032x}", saved_at=LATER)
    assert len(load_listener_comments(store, attempt)) == MAX_LISTENERS


def test_what_was_removed_can_come_back_and_be_added_again(store: Store) -> None:
    attempt = add_done(store)
    added, _ = add(store, attempt)
    remove_listener_comments(store, added.id)
    assert load_listener_comments(store, attempt) == ()
    restore_listener_comments(store, added)
    assert load_listener_comments(store, attempt) == (added,)
    remove_listener_comments(store, added.id)
    assert add(store, attempt) == (added, True)


def test_comments_are_found_by_search(store: Store) -> None:
    added, _ = add(store, add_done(store))
    assert [(each.kind, each.id) for each in store.search("slower sam")] == [("listener_comments", added.id)]


@pytest.mark.parametrize("delete", [delete_answer, Store.delete_attempt])
def test_comments_are_deleted_with_their_answer_and_come_back_with_it(store: Store, delete: Any) -> None:
    goes, stays = add_done(store), add_done(store, CONFLICT)
    added, other = add(store, goes)[0], add(store, stays, listener="c" * 32)[0]
    packed = pack_answer(store, goes)
    delete(store, goes)
    assert store.load_documents(ListenerComments) == (other,)
    with pytest.raises(StoreError):
        restore_listener_comments(store, added)
    assert packed is not None
    bring_back(store, packed)
    assert set(store.load_documents(ListenerComments)) == {added, other}


def test_nothing_of_deleted_comments_is_left_on_the_disk(store: Store, tmp_path: Path) -> None:
    attempt = add_done(store)
    add(store, attempt, overall="unmistakable needle")
    assert store.copy_if_due()
    assert len(list_files_with(tmp_path, b"needle")) >= 2
    store.delete_attempt(attempt)
    assert list_files_with(tmp_path, b"needle") == []


def list_files_with(folder: Path, text: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and text in path.read_bytes()]


def test_comments_travel_and_those_on_an_answer_that_was_deleted_on_one_machine_go_on_the_other(
    store: Store, tmp_path: Path
) -> None:
    attempt, other = add_done(store), open_store(folder=tmp_path / "other")
    added, _ = add(store, attempt)
    store.export(tmp_path / "all.zip")
    other.import_archive(tmp_path / "all.zip")
    assert other.load_documents(ListenerComments) == (added,)
    add(other, attempt, listener="c" * 32)
    store.delete_attempt(attempt)
    other.export(tmp_path / "from_other.zip")
    assert store.import_archive(tmp_path / "from_other.zip").left_deleted == 3  # the answer and both comments
    assert store.load_documents(ListenerComments) == ()
    store.export(tmp_path / "all.zip")
    other.import_archive(tmp_path / "all.zip")
    assert (other.load_history(), other.load_documents(ListenerComments)) == ((), ())
