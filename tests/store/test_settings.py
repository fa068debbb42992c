"""The settings file: read strictly, written whole, and what the environment names wins."""

from __future__ import annotations

import os
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.finding import Band, Side
from analysis.measures.registry import MEASURES
from app_pages.ui.wording import origin
from store import locations
from store.errors import StoreError
from store.own_bands import OWN
from store.setting_values import NAMES, SettingsError
from store.settings import (
    DEFAULTS,
    VARIABLES,
    Settings,
    overridden,
    read_settings,
    write_settings,
    written_settings,
)
from store.store import open_store
from tests.support.settings_file import EVERYTHING, written

pytest_plugins = ("tests.support.settings_file",)
pytestmark = pytest.mark.usefixtures("file")


def test_without_a_file_everything_is_at_its_default(file):
    assert read_settings() == Settings()
    assert not file.exists()


def test_everything_that_is_written_is_read_back(file):
    write_settings(EVERYTHING)
    assert read_settings() == EVERYTHING
    write_settings(DEFAULTS)
    assert read_settings() == DEFAULTS
    assert tomllib.loads(file.read_text()) == {}


def test_the_file_says_in_plain_words_what_was_set(file):
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
    }


def test_an_own_band_judges_and_an_end_that_is_left_out_is_open(file):
    written(file, "[bands.speaking_rate]\nfine_to = 150\n")
    band = read_settings().bands["speaking_rate"]
    assert (band.side(20), band.side(150), band.side(151)) == (Side.INSIDE, Side.INSIDE, Side.ABOVE)
    assert not band.source.is_evidence


def test_holidays_may_be_dates_of_toml_or_texts_in_any_order_and_more_than_once(file):
    written(file, "holidays = ['2027-01-01', 2026-12-25, '2026-12-25']")
    assert read_settings().holidays == (date(2026, 12, 25), date(2027, 1, 1))


def test_comments_and_order_of_the_user_stay(file):
    written(file, "# mine\nkeep_recordings = false # for a reason\n\n[bands.outcome]\nfine_from = 1\n# the end\n")
    write_settings(Settings(model="base", keep_recordings=False, bands=read_settings().bands))
    text = file.read_text()
    assert text.startswith("# mine\nkeep_recordings = false # for a reason\n")
    assert "# the end" in text
    assert read_settings().model == "base"


def test_holidays_leave_working_days(file):
    days = [date(2026, 11, 2) + timedelta(days=each) for each in range(80)]
    written(file, f"holidays = {[day.isoformat() for day in days if day.weekday() < 5]}")
    with pytest.raises(SettingsError, match="holidays should hold at most 40 days of any two months"):
        read_settings()
    written(file, f"holidays = {[day.isoformat() for day in days[:40]]}")
    assert len(read_settings().holidays) == 40


def test_a_change_made_in_another_window_is_not_lost(file):
    write_settings(Settings(model="base"))
    with pytest.raises(StoreError, match="changed in another window"):
        write_settings(Settings(language="en"), instead_of=DEFAULTS)
    assert read_settings() == Settings(model="base")
    write_settings(Settings(language="en"), instead_of=Settings(model="base"))
    assert read_settings() == Settings(language="en")


def test_writing_that_fails_leaves_the_old_file_and_no_other(file, monkeypatch):
    write_settings(Settings(model="base"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left on device"):
            write_settings(EVERYTHING)
    assert read_settings() == Settings(model="base")
    assert list(file.parent.iterdir()) == [file]


def test_only_the_owner_can_read_the_file_for_it_may_hold_a_password(file):
    write_settings(EVERYTHING)
    assert file.stat().st_mode & 0o077 == 0


def test_a_link_to_the_file_stays_a_link(file, tmp_path):
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elsewhere.toml")
    write_settings(Settings(model="base"))
    assert file.is_symlink()
    assert read_settings().model == "base"


def test_the_environment_wins_over_the_file_and_that_can_be_said(file, tmp_path, monkeypatch):
    write_settings(EVERYTHING)
    assert overridden() == {}
    monkeypatch.setenv("ANSWER_ALOUD_MODEL", "small")
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", "sqlite:///x.db")
    used = read_settings()
    assert (used.model, used.data_folder, used.database) == ("small", tmp_path, "sqlite:///x.db")
    assert (used.language, used.filler_words) == (EVERYTHING.language, EVERYTHING.filler_words)
    assert overridden().keys() == VARIABLES.keys()
    assert written_settings() == EVERYTHING


def test_the_store_is_opened_where_the_settings_say(file, tmp_path):
    write_settings(Settings(data_folder=tmp_path / "data"))
    open_store().close()
    assert (tmp_path / "data" / locations.DATABASE_FILE).is_file()
    write_settings(Settings(data_folder=tmp_path / "data", database=f"sqlite:///{tmp_path}/other.db"))
    open_store().close()
    assert (tmp_path / "other.db").is_file()


def test_an_own_range_is_called_neither_evidence_nor_advice():
    assert origin(OWN) == "Your own range"
    assert origin(MEASURES["speaking_rate"].source).startswith("Evidence: ")


def test_the_example_in_the_documentation_is_a_good_file_and_names_every_setting(file):
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    written(file, page.split("```toml\n")[1].split("```")[0])
    example = read_settings()
    assert example.bands["speaking_rate"] == Band((110, 160), (100, 180), OWN)
    assert tomllib.loads(file.read_text(encoding="utf-8")).keys() == set(NAMES)
    for name, variable in VARIABLES.items():
        assert f"| `{variable}` | `{name}` |" in page
