"""Of many people each has their own settings in the database; what belongs to the computer isn't theirs to choose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from store import settings as module
from store.errors import StoreError
from store.locations import get_data_folder, get_named_database
from store.settings import (
    DEFAULTS,
    find_settings_with,
    read_computer_settings,
    read_file_settings,
    read_settings,
    read_settings_of,
    write_settings,
)
from store.store import Store
from tests.support.centre.homes import ANN, BEN, Home
from tests.support.settings_file import EVERYTHING, write_settings_file

pytest_plugins = ("tests.support.centre.homes", "tests.support.settings_file")


@pytest.fixture
def ann(home: Home) -> Iterator[Store]:
    with closing(home.open(ANN)) as store:
        yield store


@pytest.fixture
def personal(ann: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Ann reads and writes settings from here on."""
    monkeypatch.setattr(module, "_FINDERS", [])
    find_settings_with(lambda: ann.accounts)
    return ann


def test_settings_are_written_for_the_person_and_not_to_the_file(personal: Store, file: Path) -> None:
    mine = replace(DEFAULTS, filler_words=("you see",), stutters=True)
    write_settings(mine)
    assert read_settings() == read_file_settings() == read_settings_of(personal.accounts) == mine
    assert not file.exists()
    assert read_settings_of(personal.for_owner(BEN).accounts) == DEFAULTS


def test_what_belongs_to_the_computer_comes_from_its_file_and_environment(
    personal: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings_file(file, "model = 'base'\ndata_folder = '/srv/answers'\nfiller_words = ['the operators own']\n")
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", "postgresql+psycopg://app@host/answers")
    write_settings(EVERYTHING)
    found = read_settings()
    assert (found.model, found.data_folder) == ("base", Path("/srv/answers"))
    assert found.database == "postgresql+psycopg://app@host/answers"
    assert (found.filler_words, found.bands) == (EVERYTHING.filler_words, EVERYTHING.bands)
    assert (get_data_folder(), get_named_database()) == (found.data_folder, found.database)
    assert read_computer_settings().filler_words == ("the operators own",)


def test_places_that_were_stored_for_a_person_are_not_followed(personal: Store) -> None:
    personal.accounts.save_settings({"model": "/somewhere", "data_folder": "/somewhere", "database": "sqlite://"})
    assert read_settings() == read_file_settings() == DEFAULTS


def test_a_change_made_in_another_window_is_not_overwritten(personal: Store) -> None:
    seen = read_file_settings()
    write_settings(replace(seen, stutters=True), expected=seen)
    with pytest.raises(StoreError, match="changed the settings in another window"):
        write_settings(replace(seen, keep_recordings=False), expected=seen)
    assert read_settings() == replace(seen, stutters=True)


def test_where_nobody_in_particular_asks_the_file_is_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FINDERS", [])
    find_settings_with(lambda: None)
    write_settings(replace(DEFAULTS, stutters=True))
    assert "stutters = true" in file.read_text(encoding="utf-8")
