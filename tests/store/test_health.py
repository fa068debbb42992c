"""The check names what is damaged, says what can be had back, and finds nothing where everything is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.person import Person
from store.db.owner import LOCAL_ID
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from store.troubles import CheckResult, TroubleKind
from tests.support.stored_attempts import add_done, add_recorded


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path)
    yield store
    store.close()


def run_sql(folder: Path, *commands: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection, connection:
        for command in commands:
            connection.execute(command)


def test_where_everything_is_whole_the_check_counts_it_and_finds_nothing(store: Store) -> None:
    done, _ = add_done(store), add_recorded(store)
    add_done(store, keep=False)
    store.save(Person(make_id(), "Ann"))
    store.add_note(done, "Slower.")
    store.copy_if_due()
    expected = CheckResult(answers=3, reports=2, recordings=2, documents=1, copies=1, troubles=())
    assert store.check() == expected
    assert store.check() == expected


@pytest.mark.parametrize(
    "damage",
    [
        "report = replace(report, '\"words\"', '\"wörds\"')",
        "report = replace(report, 'worked', 'walked')",
        "transcript = replace(transcript, 'worked', 'walked')",
        "report = substr(report, 1, 100)",
        "said = 'something else'",
        "transcript = X'00ff'",
    ],
)
def test_a_damaged_report_is_named_with_the_copy_that_has_it_whole(store: Store, tmp_path: Path, damage: str) -> None:
    good, bad = add_done(store), add_done(store)
    store.copy_if_due()
    run_sql(tmp_path, f"UPDATE results SET {damage} WHERE attempt_id = '{bad}'")
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.REPORT, bad)
    assert "has it whole: put that back" in told.sentence
    assert store.load_result(good)


def test_numbers_in_the_list_that_are_not_those_of_the_report_are_named(store: Store, tmp_path: Path) -> None:
    bad = add_done(store)
    run_sql(tmp_path, "UPDATE attempts SET word_count = word_count + 1")
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.REPORT, bad)
    assert "No copy has it whole" in told.sentence


@pytest.mark.parametrize("damage", ["bits", "cut", "gone", "other"])
def test_a_damaged_recording_is_named(store: Store, tmp_path: Path, damage: str) -> None:
    good, bad = add_done(store), add_done(store)
    path = tmp_path / "recordings" / f"{bad}.flac"
    data = bytearray(path.read_bytes())
    middle = len(data) * 3 // 4
    data[middle : middle + 20] = bytes(each ^ 0x55 for each in data[middle : middle + 20])
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"bits": bytes(data), "cut": bytes(data[:-500]), "other": b"a letter"}[damage])
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.RECORDING, bad)
    assert good not in told.sentence


def test_a_recording_of_an_earlier_version_is_decoded_once_and_known_by_its_digest_then(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_done(store)
    run_sql(tmp_path, "UPDATE attempts SET sound_digest = NULL")
    assert store.check().troubles == ()
    monkeypatch.setattr("store.transfer.sounds.find_damage", lambda _: pytest.fail("it was decoded again"))
    assert store.check().troubles == ()
    assert store.export(tmp_path / "all.zip").damaged == ()


def test_a_document_that_is_not_as_it_was_written_is_named(store: Store, tmp_path: Path) -> None:
    person = Person(make_id(), "Ann")
    store.save(person)
    run_sql(tmp_path, "UPDATE things SET body = replace(body, 'Ann', 'Ahn')")
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.DOCUMENT, person.id)


@pytest.mark.parametrize("damage", ["text = 'Slawer.'", "text = X'00ff'", "written_at = '2020-01-01 00:00:00.000000'"])
def test_a_note_that_is_not_as_it_was_written_is_named(store: Store, tmp_path: Path, damage: str) -> None:
    note = store.add_note(add_done(store), "Slower.")
    run_sql(tmp_path, f"UPDATE notes SET {damage}")
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.NOTE, note.id)
    assert told.sentence.startswith("A note on your answer of 1 March 2026, 12:00")


def test_a_note_of_an_earlier_version_is_sealed_by_the_first_check(store: Store, tmp_path: Path) -> None:
    store.add_note(add_done(store), "Slower.")
    run_sql(tmp_path, "UPDATE notes SET seal = NULL")
    assert store.check().troubles == ()
    run_sql(tmp_path, "UPDATE notes SET text = 'Slawer.'")
    assert [each.kind for each in store.check().troubles] == [TroubleKind.NOTE]


@pytest.mark.parametrize(
    ("damage", "names"),
    [
        ("question_text = replace(question_text, 'about', 'abaut')", "question text"),
        ("zone_offset = zone_offset + 60, name = 'x'", "zone offset, name"),
        ("duration = duration / 2", "duration"),
    ],
)
def test_an_answer_that_differs_from_the_label_of_its_recording_is_named(
    store: Store, tmp_path: Path, damage: str, names: str
) -> None:
    good, bad = add_done(store), add_recorded(store)
    run_sql(tmp_path, f"UPDATE attempts SET {damage} WHERE id = '{bad}'")
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.ANSWER, bad)
    assert f"differs from the label of its recording ({names})" in told.sentence
    assert good not in told.sentence


def test_rows_of_something_that_is_not_there_are_named(store: Store, tmp_path: Path) -> None:
    add_done(store)
    run_sql(
        tmp_path,
        "INSERT INTO notes (owner, id, attempt_id, written_at, zone_offset, text) "
        f"VALUES ('{LOCAL_ID}', '{'a' * 32}', '{'b' * 32}', '2026-03-01 12:00:00.000000', 0, 'Lost.')",
    )
    assert [(each.kind, each.id) for each in store.check().troubles] == [(TroubleKind.DATABASE, "links of notes")]


@pytest.mark.parametrize("letter", [b"a", b"\xe5"])  # the second is no UTF-8
def test_a_bit_that_changed_beside_the_sound_of_a_recording_is_named(
    store: Store, tmp_path: Path, letter: bytes
) -> None:
    bad = add_recorded(store)
    path = tmp_path / "recordings" / f"{bad}.flac"
    changed = path.read_bytes().replace(b"question", b"qu" + letter + b"stion")
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    (told,) = store.check().troubles
    assert (told.kind, told.id) == (TroubleKind.RECORDING, bad)
    assert "outside of its sound, which is whole" in told.sentence
    assert len(store.export(tmp_path / "all.zip").damaged) == 1


def test_a_damaged_page_of_the_database_is_named(store: Store, tmp_path: Path) -> None:
    for _ in range(3):
        add_done(store)
    store.purge_deleted()
    store.close()
    path = tmp_path / DATABASE_FILE
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 4096 - 4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 4096] = b"\xaa" * 4096
    path.write_bytes(data)
    with closing(open_store(folder=tmp_path)) as damaged:
        assert TroubleKind.DATABASE in {each.kind for each in damaged.check().troubles}


def test_an_undone_correction_is_no_damage(store: Store) -> None:
    from tests.torture.stores.merge import list_corrections, make_report

    done = add_done(store)
    made = list_corrections()[0]
    store.add_correction(done, made, make_report((made,)))
    assert store.check().troubles == ()
    store.undo_corrections(done, None, left=0, seen=[made])
    assert store.check().troubles == ()
    assert replace(store.check(), troubles=()) == store.check()
