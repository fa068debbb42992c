"""A settings file of a test's own, as the fixture `file`, and settings that set everything.

A test module that wants the fixture says `pytest_plugins = ("tests.support.settings_file",)`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.finding import Band
from store.errors import StoreError
from store.own_bands import OWN_SOURCE
from store.settings import (
    FILE_VARIABLE,
    VARIABLES,
    Settings,
    get_settings_path,
    read_settings,
)

EVERYTHING = Settings(
    model="tiny.en",
    language="en",
    bands={
        "speaking_rate": Band((100, 150.5), (90, None), OWN_SOURCE),
        "outcome": Band((2, None), (None, None), OWN_SOURCE),
    },
    filler_words=("you see", "sozusagen"),
    keep_recordings=False,
    data_folder=Path("/somewhere/else"),
    database="postgresql+psycopg://me:word@host/answers",
    holidays=(date(2026, 12, 25), date(2027, 1, 1)),
    work_field="health",
    question_kind="behavioural",
    stutters=True,
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings of this test are; nothing else is named in the environment."""
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "folder" / "settings.toml"))
    return get_settings_path()


def write_settings_file(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def read_refused_settings(file: Path, text: str) -> str:
    write_settings_file(file, text)
    with pytest.raises(StoreError) as told:
        read_settings()
    assert file.read_text(encoding="utf-8") == text
    return str(told.value)
