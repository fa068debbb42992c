"""The settings file: read strictly, written atomically, overridden by the environment."""

from __future__ import annotations

import os
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.finding import Band, Side
from analysis.measures.registry import MEASURES
from app_pages.ui.wording import describe_source
from store import locations
from store.errors import StoreError
from store.own_bands import OWN_SOURCE
from store.setting_values import SETTING_NAMES, SettingsError
from store.settings import (
    DEFAULTS,
    VARIABLES,
    Settings,
    find_overrides,
    read_file_settings,
    read_settings,
    write_settings,
)
from store.store import open_store
from tests.support.settings_file import EVERYTHING, write_settings_file

pytest_plugins = ("tests.support.settings_file",)
pytestmark = pytest.mark.usefixtures("file")


def test_without_a_file_all_settings_have_their_defaults(file):
    assert read_settings() == Settings()
    assert not file.exists()


def test_written_settings_are_read_back_unchanged(file):
    write_settings(EVERYTHING)
    assert read_settings() == EVERYTHING
    write_settings(DEFAULTS)
    assert read_settings() == DEFAULTS
    assert tomllib.loads(file.read_text()) == {}


def test_the_file_contains_the_settings_as_readable_toml(file):
    write_settings(EVERYTHING)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {
        "model": "tiny.en",
        "language": "en",
        "bands": {
            "speaking_rate": {"fine_from": 100, "fine_to": 150.5, "watch_from": 90},
            "outcome": {"fine_from": 2},
        },
        "filler_words": ["you see", "sozusagen"],
        "keep_recordings": False,
        "data_folder": "/somewhere/else",
        "database": "postgresql+psycopg://me:word@host/answers",
        "holidays": ["2026-12-25", "2027-01-01"],
        "work_field": "health",
        "question_kind": "behavioural",
        "stutters": True,
    }


def test_an_own_band_is_used_and_a_missing_end_is_open(file):
    write_settings_file(file, "[bands.speaking_rate]\nfine_to = 150\n")
    band = read_settings().bands["speaking_rate"]
    assert (band.find_side(20), band.find_side(150), band.find_side(151)) == (Side.INSIDE, Side.INSIDE, Side.ABOVE)
    assert not band.source.is_evidence


def test_holidays_may_be_toml_dates_or_texts_unsorted_and_repeated(file):
    write_settings_file(file, "holidays = ['2027-01-01', 2026-12-25, '2026-12-25']")
    assert read_settings().holidays == (date(2026, 12, 25), date(2027, 1, 1))


def test_the_users_comments_and_order_are_preserved(file):
    write_settings_file(
        file, "# mine\nkeep_recordings = false # for a reason\n\n[bands.outcome]\nfine_from = 1\n# the end\n"
    )
    write_settings(Settings(model="base", keep_recordings=False, bands=read_settings().bands))
    text = file.read_text()
    assert text.startswith("# mine\nkeep_recordings = false # for a reason\n")
    assert "# the end" in text
    assert read_settings().model == "base"


def test_at_most_40_holidays_are_allowed_in_two_months(file):
    days = [date(2026, 11, 2) + timedelta(days=each) for each in range(80)]
    write_settings_file(file, f"holidays = {[day.isoformat() for day in days if day.weekday() < 5]}")
    with pytest.raises(SettingsError, match="holidays should have at most 40 days in any two months"):
        read_settings()
    write_settings_file(file, f"holidays = {[day.isoformat() for day in days[:40]]}")
    assert len(read_settings().holidays) == 40


def test_a_change_made_in_another_window_is_not_lost(file):
    write_settings(Settings(model="base"))
    with pytest.raises(StoreError, match="in another window"):
        write_settings(Settings(language="en"), expected=DEFAULTS)
    assert read_settings() == Settings(model="base")
    write_settings(Settings(language="en"), expected=Settings(model="base"))
    assert read_settings() == Settings(language="en")


def test_a_failed_write_leaves_the_old_file_and_no_temporary_file(file, monkeypatch):
    write_settings(Settings(model="base"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left on device"):
            write_settings(EVERYTHING)
    assert read_settings() == Settings(model="base")
    assert list(file.parent.iterdir()) == [file]


def test_only_the_owner_can_read_the_settings_file(file):
    write_settings(EVERYTHING)
    assert file.stat().st_mode & 0o077 == 0


def test_a_symbolic_link_to_the_file_is_preserved(file, tmp_path):
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elsewhere.toml")
    write_settings(Settings(model="base"))
    assert file.is_symlink()
    assert read_settings().model == "base"


def test_environment_variables_override_the_file_and_are_reported(file, tmp_path, monkeypatch):
    write_settings(EVERYTHING)
    assert find_overrides() == {}
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "small")
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", "sqlite:///x.db")
    used = read_settings()
    assert (used.model, used.data_folder, used.database) == ("small", tmp_path, "sqlite:///x.db")
    assert (used.language, used.filler_words) == (EVERYTHING.language, EVERYTHING.filler_words)
    assert find_overrides().keys() == VARIABLES.keys()
    assert read_file_settings() == EVERYTHING


def test_the_store_is_opened_in_the_configured_folder(file, tmp_path):
    write_settings(Settings(data_folder=tmp_path / "data"))
    open_store().close()
    assert (tmp_path / "data" / locations.DATABASE_FILE).is_file()
    write_settings(Settings(data_folder=tmp_path / "data", database=f"sqlite:///{tmp_path}/other.db"))
    open_store().close()
    assert (tmp_path / "other.db").is_file()


def test_an_own_range_is_not_labelled_as_evidence_or_advice():
    assert describe_source(OWN_SOURCE) == "Your own range"
    assert describe_source(MEASURES["speaking_rate"].source).startswith("Evidence: ")


def test_the_documented_example_is_valid_and_has_every_setting(file):
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    write_settings_file(file, page.split("```toml\n")[1].split("```")[0])
    example = read_settings()
    assert example.bands["speaking_rate"] == Band((110, 160), (100, 180), OWN_SOURCE)
    assert tomllib.loads(file.read_text(encoding="utf-8")).keys() == set(SETTING_NAMES)
    for name, variable in VARIABLES.items():
        assert f"| `{variable}` | `{name}` |" in page
