"""One odd file among the recordings, or one damaged row, costs only itself."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from interview.ids import make_id
from interview.person import Person
from speech.audio.encoding import encode_flac
from store.attempt import AttemptState
from store.db import mapping
from store.db.document_json import to_json
from store.db.revisions import Revision
from store.flac_tags import build_tags
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from store.transfer import kept_versions
from store.troubles import TroubleKind
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add_done, add_recorded, make_heard_answer

Json = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path)
    yield store
    store.close()


def spoil(folder: Path, command: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection, connection:
        assert connection.execute(command).rowcount == 1


def leave_recording(folder: Path, change: Callable[[Json], Any]) -> str:
    """Leave a recording without a row, whose label was changed; return its attempt's id."""
    row = mapping.build_recorded_row(make_heard_answer()[0], CONFLICT, NOON, True)
    label = json.loads(build_tags(row)["answer_aloud"])
    changed = change(label)
    written = json.dumps(label if changed is None else changed)
    path = folder / "recordings" / f"{row['id']}.flac"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(encode_flac(make_heard_answer()[0], {"answer_aloud": written}))
    return str(row["id"])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda label: None, id="as written"),
        pytest.param(lambda label: label.update(mood="calm"), id="a column of a newer version"),
        pytest.param(lambda label: label.update(state="unheard-of"), id="an unknown state"),
        pytest.param(lambda label: label.update(zone_offset=10**9), id="a zone that is none"),
        pytest.param(lambda label: (label.pop("version"), label.pop("damaged"), None)[-1], id="of an earlier version"),
        pytest.param(lambda label: label.pop("correction_count") or None, id="a column less"),
    ],
)
def test_a_recording_is_offered_again_whatever_its_label_says_besides(
    store: Store, tmp_path: Path, change: Callable[[Json], Any]
) -> None:
    done, lost = add_done(store), leave_recording(tmp_path, change)
    (offered,) = store.list_interrupted()
    assert (offered.id, offered.question, offered.state) == (lost, CONFLICT, AttemptState.RECORDED)
    assert offered.recorded_at.isoformat() == NOON.isoformat()
    assert {kept.id for kept in store.load_history()} == {done, lost}
    assert store.list_troubles() == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda label: (label.pop("id"), None)[-1], "id is missing"),
        (lambda label: (label.pop("question_text"), None)[-1], "question_text is missing"),
        (lambda label: label.update(question_kind="riddle"), "question_kind"),
        (lambda label: label.update(duration="long"), "duration should be a number"),
        (lambda label: label.update(duration=-1.0), "not a length"),
        (lambda label: label.update(name=7), "name should be text"),
        (lambda label: label.update(recorded_at="2026-03-01T12:00:00"), "recorded_at"),
        (lambda label: label.update(recorded_at="0001-01-01T00:00:00+05:45"), "label we can't read"),
        (lambda label: label.update(id="0" * 32), "copy of another recording"),
        (lambda label: label.update(version=2), "version"),
        (lambda label: [label], "label we can't read"),
    ],
)
def test_a_recording_with_an_odd_label_is_told_and_left_and_costs_nothing_else(
    store: Store, tmp_path: Path, change: Callable[[Json], Any], reason: str
) -> None:
    waiting, odd = add_recorded(store), leave_recording(tmp_path, change)
    assert [kept.id for kept in store.list_interrupted()] == [waiting]
    assert [kept.id for kept in store.load_history()] == [waiting]
    (told,) = store.list_troubles()
    assert (told.kind, told.id) == (TroubleKind.FILE, f"{odd}.flac")
    assert reason in told.sentence
    assert "Move it out of" in told.sentence
    assert (tmp_path / "recordings" / f"{odd}.flac").exists()


def test_files_that_are_no_recordings_of_ours_are_told_by_name(store: Store, tmp_path: Path) -> None:
    add_done(store)
    (tmp_path / "recordings" / f"{'0' * 32}.flac").write_bytes(b"not a sound")
    (tmp_path / "recordings" / "mine.flac").write_bytes(b"of somebody else")
    assert store.list_interrupted() == ()
    assert [(each.kind, each.id) for each in store.list_troubles()] == [
        (TroubleKind.FILE, "mine.flac"),
        (TroubleKind.FILE, f"{'0' * 32}.flac"),
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "state = 'unheard-of'",
        "question_kind = 'riddle'",
        "zone_offset = 1000000000",
        "zone_offset = 'east'",
        "recorded_at = 'yesterday'",
        "question_text = CAST(X'ff00fe' AS TEXT)",
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_can_be_deleted_while_the_others_are_shown(
    store: Store, tmp_path: Path, damage: str
) -> None:
    good, bad = add_done(store), add_done(store)
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        connection.execute(f"UPDATE attempts SET {damage} WHERE id = ?", (bad,))
    connection.close()
    assert [kept.id for kept in store.load_history()] == [good]
    assert good in {kept.id for kept in store.load_measured()}
    assert store.list_interrupted() == ()
    (told,) = store.list_troubles()
    assert (told.kind, told.id) == (TroubleKind.ANSWER, bad)
    assert "Restore it from a copy or an export, or delete it" in told.sentence
    add_recorded(store, ABOUT_YOU, NOON.replace(year=2027))
    store.delete_attempt(bad)
    assert store.list_troubles() == ()
    assert not (tmp_path / "recordings" / f"{bad}.flac").exists()


@pytest.mark.parametrize(
    "damage", ["measure_numbers = X'00'", "measure_keys = 'pauses'", "measure_keys = NULL", "formula_version = 'x'"]
)
def test_numbers_that_cannot_be_read_keep_only_their_own_answer_from_the_charts(
    store: Store, tmp_path: Path, damage: str
) -> None:
    good, bad = add_done(store), add_done(store)
    with sqlite3.connect(tmp_path / DATABASE_FILE) as connection:
        connection.execute(f"UPDATE attempts SET {damage} WHERE id = ?", (bad,))
    connection.close()
    assert good in {kept.id for kept in store.load_measured()}
    assert {kept.id for kept in store.load_history()} >= {good}


def test_a_folder_in_the_place_of_an_unfinished_or_a_deleted_recording_costs_nothing(
    store: Store, tmp_path: Path
) -> None:
    gone, waiting = add_recorded(store), add_recorded(store)
    store.delete_attempt(gone)
    for name in ("tmp1234.part", f"{gone}.flac"):
        (tmp_path / "recordings" / name).mkdir()
        os.utime(tmp_path / "recordings" / name, (1e9, 1e9))
    assert [kept.id for kept in store.list_interrupted()] == [waiting]
    assert [each.id for each in store.list_troubles()] == [f"{gone}.flac"]


@pytest.mark.parametrize("value", ["'unheard-of'", "1e300", "X'00ff'", "-1"])
def test_the_next_take_is_counted_past_a_number_that_is_damaged(store: Store, tmp_path: Path, value: str) -> None:
    add_done(store)
    spoil(tmp_path, f"UPDATE attempts SET take = {value}")
    good = add_done(store)
    assert store.load_attempt(good).take == 1
    assert store.get_next_take(ABOUT_YOU.id) == 2


@pytest.mark.parametrize(
    "damage",
    [
        "versions SET kind = 'riddle'",
        "versions SET body = 'no JSON'",
        "versions SET body = '[]'",
        "versions SET body = '{}'",
        "versions SET changed_at = 'yesterday'",
        "deletions SET deleted_at = 'yesterday'",
        "deletions SET restored_at = X'00ff'",
        "sessions SET started_at = 'yesterday'",
        "sessions SET zone_offset = 1000000000",
    ],
)
def test_a_damaged_row_that_belongs_to_no_list_is_named_and_costs_no_export_and_no_page(
    store: Store, tmp_path: Path, damage: str
) -> None:
    ann = Person(make_id(), "Ann")
    store.save(ann)
    done = add_done(store)
    store.delete_attempt(add_recorded(store))
    with store._database.begin_write() as connection:
        kept_versions.keep_version(
            connection, ann.id, "person", Revision("a" * 32, frozenset(), NOON), json.dumps(to_json(ann))
        )
    assert store.check().troubles == ()
    assert len(store.list_versions()) == 1
    spoil(tmp_path, f"UPDATE {damage}")
    assert len(store.list_versions()) == (0 if damage.startswith("versions") else 1)
    store.list_troubles()
    (told,) = store.check().troubles
    exported = store.export(tmp_path / "all.zip")
    assert (exported.attempts, len(exported.damaged)) == (1, 1)
    with closing(open_store(folder=tmp_path / "new")) as new:
        assert new.import_archive(tmp_path / "all.zip").damaged == ()
        assert [kept.id for kept in new.load_history()] == [done]
        assert new.load_documents(Person) == (ann,)
    if told.kind is TroubleKind.VERSION:
        assert store.delete_version(told.id)
        assert store.check().troubles == ()


@pytest.mark.parametrize(
    "damage",
    [
        "attempts SET has_recording = CAST(X'ff00fe' AS TEXT)",
        "attempts SET session_id = CAST(X'ff00fe' AS TEXT)",
        "attempts SET question_text = CAST(X'ff00fe' AS TEXT)",
        "attempts SET question_text = X'00ff'",
        "attempts SET duration = 'long'",
        "attempts SET failure = X'00ff'",
        "attempts SET answer_seconds = 'long'",
        "results SET said = CAST(X'ff00fe' AS TEXT)",
        "notes SET text = CAST(X'ff00fe' AS TEXT)",
        "things SET kind = CAST(X'ff00fe' AS TEXT)",
    ],
)
def test_a_damaged_value_keeps_nobody_from_recording_searching_and_looking(
    store: Store, tmp_path: Path, damage: str
) -> None:
    store.save(Person(make_id(), "Ann"))
    store.add_note(add_done(store), "Slower.")
    spoil(tmp_path, f"UPDATE {damage}")
    good = add_done(store, CONFLICT, NOON + timedelta(minutes=1))
    store.add_note(good, "Faster, please.")
    assert good in {kept.id for kept in store.load_history()}
    assert {found.id for found in store.search("faster")} == {good}
    assert store.list_interrupted() == ()
    assert store.get_disk_usage().recording_count == 2
    store.load_measured()
    store.list_troubles()
    assert store.check().troubles
    assert store.export(tmp_path / "all.zip").attempts >= 1


def test_one_wrong_bit_deletes_no_recording(store: Store, tmp_path: Path) -> None:
    done = add_done(store)
    spoil(tmp_path, "UPDATE attempts SET has_recording = 0")
    assert store.list_interrupted() == ()
    assert (tmp_path / "recordings" / f"{done}.flac").exists()
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.RECORDING, done)


def test_a_session_that_is_not_there_any_more_keeps_no_answer_from_being_recorded(store: Store, tmp_path: Path) -> None:
    add_done(store)
    spoil(tmp_path, "UPDATE attempts SET session_id = 'unheard-of'")
    good = add_done(store, CONFLICT, NOON + timedelta(minutes=1))
    assert store.load_attempt(good).session_id != "unheard-of"
