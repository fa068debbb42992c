"""The user's store: opened with what earlier versions kept, copied to another place, and emptied."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from interview.questions.key_points import KeyPoints
from interview.validation import EntryError
from services import encryption, old_takes, user_store
from services.key_points import find_points, parse_points, save_points
from services.user_store import Location, copy_answers, count_answers, delete_everything, has_anything, open_user_store
from store.encryption import conversion, vault
from store.errors import StoreError
from store.files import TRANSFER_PREFIX
from store.locations import build_database_url
from tests.support.interviews import HELD
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)
QUESTION = "tell_me_about_yourself"
OTHER = "why_this_company"
MODEL = "tiny.en"
NOON = 1_767_265_200.0  # s since 1970


def test_data_of_an_earlier_version_that_cannot_be_migrated_is_tried_again(tmp_path, monkeypatch):
    def fail(folder: Path, _store: object) -> None:
        raise StoreError(f"Nothing of {folder} could be brought over.")

    monkeypatch.setattr(user_store, "migrate_takes", fail)
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
    (folder / old_takes.MOVED_FOLDER).mkdir(parents=True)
    (folder / "takes-of-mine.txt").write_text("not the app's")
    assert has_anything(store, folder)
    assert not has_anything(store, None)
    add_done(store)
    assert has_anything(store, None)
    delete_everything(store, None)
    assert (folder / old_takes.MOVED_FOLDER).is_dir()
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


def test_the_next_start_removes_what_a_killed_export_left_and_deleting_everything_what_a_new_one_did(
    tmp_path, monkeypatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    old, fresh = (tmp_path / "temporary" / f"{TRANSFER_PREFIX}{name}" for name in ("old", "fresh"))
    for left in (old, fresh):
        left.mkdir()
        (left / "export.zip").write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    opened = user_store.open_user_store(user_store.Location(None, tmp_path / "data")).store
    assert list((tmp_path / "temporary").iterdir()) == [fresh]
    user_store.delete_everything(opened, tmp_path / "data")
    assert list((tmp_path / "temporary").iterdir()) == []
    opened.close()


def test_settings_with_the_address_of_a_database_are_for_their_owner_alone(tmp_path, monkeypatch):
    settings = tmp_path / "settings.toml"
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(settings))
    for text, rights in (('language = "en"\n', 0o644), ('database = "sqlite:////nowhere/x"\n', 0o600)):
        settings.write_text(text)
        settings.chmod(0o644)
        user_store.open_user_store(user_store.Location(None, tmp_path / "data")).store.close()
        assert settings.stat().st_mode & 0o777 == rights


def test_answers_that_are_encrypted_are_copied_to_another_folder_without_anything_plain_on_the_disk(
    tmp_path, monkeypatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("services.user_store.open_transfer_folder", lambda: pytest.fail("it was written to the disk"))
    old, new = user_store.Location(None, tmp_path / "old"), user_store.Location(None, tmp_path / "new")
    with closing(old.open()) as store:
        mine = add_done(store)
        sound = store.read_flac(mine)
    conversion.encrypt(old.folder, build_database_url(old.folder), "four plain words here")
    encryption.carry_over(old.folder, new.folder)
    try:
        with closing(new.open()) as store:
            assert user_store.copy_answers(old, store).added == 1
            assert store.read_flac(mine) == sound
    finally:
        vault._OPEN.clear()
    assert list((tmp_path / "temporary").iterdir()) == []
    plain = [path for path in new.folder.rglob("*") if path.is_file() and b"fLaC" in path.read_bytes()]
    assert plain == []
