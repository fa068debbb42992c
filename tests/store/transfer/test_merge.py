"""An import is a merge: what is newer wins, a true conflict keeps both, what is deleted stays deleted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.ids import make_id
from interview.person import Person
from services.user_store import export_everything, import_everything
from store.attempt import AttemptState
from store.settings import Settings, read_file_settings, write_settings
from store.store import Store, open_store
from tests.support.stored_attempts import NOON, add_done, add_recorded, make_heard_answer
from tests.torture.stores.merge import ACTIONS, Step, list_corrections, make_report, play

ANN = Person(make_id(), "Ann")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(folder=tmp_path / "one")) as store:
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(folder=tmp_path / "other")) as store:
        yield store


def bring(source: Store, target: Store, folder: Path) -> None:
    source.export(folder / "all.zip")
    assert target.import_archive(folder / "all.zip").damaged == ()


def test_a_report_note_and_change_made_since_the_first_export_come_along_with_the_second(
    one: Store, other: Store, tmp_path: Path
) -> None:
    waiting = add_recorded(one)
    one.save(ANN)
    bring(one, other, tmp_path)
    one.finish(waiting, *make_heard_answer()[1:])
    one.add_note(waiting, "Slower.")
    one.save(replace(ANN, notes="Kind."), ANN)
    bring(one, other, tmp_path)
    assert other.load_attempt(waiting).state is AttemptState.DONE
    assert other.load_result(waiting) == one.load_result(waiting)
    assert other.load_notes(waiting) == one.load_notes(waiting)
    assert other.load_documents(Person) == (replace(ANN, notes="Kind."),)


def test_an_older_export_takes_nothing_back(one: Store, tmp_path: Path) -> None:
    done = add_done(one)
    one.save(ANN)
    one.export(tmp_path / "old.zip")
    made = list_corrections()[0]
    one.add_correction(done, made, make_report((made,)))
    one.save(replace(ANN, notes="Kind."), ANN)
    imported = one.import_archive(tmp_path / "old.zip")
    assert (imported.updated, imported.beside) == (0, 0)
    assert one.load_result(done).corrections == (made,)
    assert one.load_documents(Person) == (replace(ANN, notes="Kind."),)


def test_what_was_changed_on_both_machines_is_kept_twice_and_the_later_change_used(
    one: Store, other: Store, tmp_path: Path
) -> None:
    one.save(ANN)
    bring(one, other, tmp_path)
    one.save(replace(ANN, notes="Kind."), ANN)
    other.save(replace(ANN, notes="Late."), ANN)
    one.export(tmp_path / "all.zip")
    assert other.import_archive(tmp_path / "all.zip").beside == 1
    bring(other, one, tmp_path)
    for store in (one, other):
        assert store.load_documents(Person) == (replace(ANN, notes="Late."),)
        (beside,) = store.list_versions()
        assert (beside.of_id, "Kind." in beside.body) == (ANN.id, True)


def test_what_was_deleted_is_deleted_on_the_other_machine_with_its_recording(
    one: Store, other: Store, tmp_path: Path
) -> None:
    gone, stays = add_done(one), add_done(one)
    one.save(ANN)
    bring(one, other, tmp_path)
    one.delete_attempt(gone)
    one.delete_document(ANN.id)
    bring(other, one, tmp_path)
    assert [kept.id for kept in one.load_history()] == [stays]
    bring(one, other, tmp_path)
    assert [kept.id for kept in other.load_history()] == [stays]
    assert other.load_documents(Person) == ()
    assert [path.stem for path in (tmp_path / "other" / "recordings").iterdir()] == [stays]


def test_after_deleting_everything_an_export_brings_everything_back(one: Store, tmp_path: Path) -> None:
    done = add_done(one)
    one.export(tmp_path / "all.zip")
    one.delete_all()
    bring_back = one.import_archive(tmp_path / "all.zip")
    assert (bring_back.added, [kept.id for kept in one.load_history()]) == (1, [done])


def test_takes_of_two_machines_are_numbered_by_their_time_on_both(one: Store, other: Store, tmp_path: Path) -> None:
    late, early = add_done(one, at=NOON.replace(hour=14)), add_done(other, at=NOON)
    bring(one, other, tmp_path)
    bring(other, one, tmp_path)
    for store in (one, other):
        assert {kept.id: kept.take for kept in store.load_history()} == {early: 1, late: 2}


def test_settings_travel_without_addresses_and_yield_to_those_chosen_here(
    one: Store, other: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "one.toml"))
    secret = "postgresql+psycopg://me:secret@host/name"
    write_settings(Settings(model="base", filler_words=("you see",), data_folder=tmp_path, database=secret))
    export_everything(one, tmp_path / "all.zip")
    assert b"secret" not in (tmp_path / "all.zip").read_bytes()
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "other.toml"))
    write_settings(Settings(model="tiny.en"))
    import_everything(other, tmp_path / "all.zip")
    assert read_file_settings() == Settings(model="tiny.en", filler_words=("you see",))


STEPS = st.lists(
    st.builds(Step, st.integers(0, 1), st.sampled_from(sorted(set(ACTIONS))), st.integers(0, 999)), max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_any_two_histories_end_equal_with_nothing_lost_and_nothing_come_back(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert play(Path(folder), steps) == []
