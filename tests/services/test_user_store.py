"""The user's store: opened with what earlier versions kept, copied to another place, and emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview.questions.key_points import KeyPoints
from interview.validation import EntryError
from services import legacy_takes
from services.key_points import find_points, parse_points, save_points
from services.user_store import Location, copy_answers, count_answers, delete_everything, has_anything, open_user_store
from store.errors import StoreError
from tests.support.interviews import HELD
from tests.support.stored_attempts import add_done


def test_data_of_an_earlier_version_that_cannot_be_migrated_is_tried_again(tmp_path, monkeypatch):
    def fail(folder: Path, _store: object) -> None:
        raise StoreError(f"Nothing of {folder} could be brought over.")

    monkeypatch.setattr(legacy_takes, "migrate_takes", fail)
    opened = open_user_store(Location(None, tmp_path))
    assert opened.migration_failure == f"Nothing of {tmp_path} could be brought over."
    assert opened.store.load_history() == ()
    opened.store.close()


def test_answers_are_copied_to_another_location_and_the_originals_stay(store, tmp_path):
    old = Location(None, tmp_path / "old")
    there = open_user_store(old).store
    attempt_id = add_done(there)
    there.save(HELD)
    there.close()
    assert count_answers(old) == 1
    assert copy_answers(old, store).added == 1
    assert store.load_report(attempt_id)
    assert store.load_documents(type(HELD)) == (HELD,)
    assert copy_answers(old, store).added == 0
    assert count_answers(old) == 1


def test_deleting_everything_includes_data_of_an_earlier_version(store, tmp_path):
    folder = tmp_path / "earlier"
    (folder / legacy_takes.MOVED_FOLDER).mkdir(parents=True)
    (folder / "takes-of-mine.txt").write_text("not the app's")
    assert has_anything(store, folder)
    assert not has_anything(store, None)
    add_done(store)
    assert has_anything(store, None)
    delete_everything(store, None)
    assert (folder / legacy_takes.MOVED_FOLDER).is_dir()
    delete_everything(store, folder)
    assert not has_anything(store, folder)
    assert [path.name for path in folder.iterdir()] == ["takes-of-mine.txt"]


def test_key_points_are_stored_by_question_until_the_last_is_removed(store):
    assert parse_points("- one\n* two  words\n\n") == ("one", "two words")
    save_points(store, "money_mix", ("one", "two"), None)
    noted = find_points(store, "money_mix")
    assert noted.points == ("one", "two")
    assert find_points(store, "why_this_company") is None
    with pytest.raises(EntryError):
        save_points(store, "money_mix", ["too many"] * 99, noted)
    with pytest.raises(StoreError):
        save_points(store, "money_mix", ("three",), None)  # another window noted some meanwhile
    save_points(store, "money_mix", (), noted)
    assert store.load_documents(KeyPoints) == ()
