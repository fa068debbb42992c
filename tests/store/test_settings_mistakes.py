"""Mistakes in a settings file are reported with their place, and the file is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import StoreError
from store.setting_values import MAX_FILLER_WORDS, MAX_FILLERS
from store.settings import (
    DEFAULTS,
    Settings,
    read_settings,
    set_aside,
    write_settings,
)
from tests.support.settings_file import read_refused_settings, write_settings_file

pytest_plugins = ("tests.support.settings_file",)
pytestmark = pytest.mark.usefixtures("file")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("language = de", "line 1"),
        ("model = \n", "line 1"),
        ("a = 1\na = 2\n", "line 2"),
        ("[" * 5000, "aren't TOML"),
        ("keep_recordings = " + "9" * 5000, "aren't TOML"),
        ("\nlangage = 'en'", "line 2: langage isn't a setting. The settings are model, language,"),
        (
            "language = 'de'",
            "line 1: language should be \"en\", or left out to check the language. It is 'de'.",
        ),
        ("language = ['en']", "language should be"),
        ("model = ''", "model should be text in quotes, or left out. It is ''."),
        ("model = 3", "model should be text"),
        ("model = ' base'", "model should be text"),
        ('model = "ba\\nse"', "model should be text"),
        (f"model = '{'x' * 1001}'", "model should be text"),
        ("keep_recordings = 1", "keep_recordings should be true or false. It is 1."),
        ("data_folder = 'answers'", "data_folder should be the full path of a folder"),
        ("data_folder = '~nobody-of-this-name/x'", "data_folder should be the full path"),
        ("data_folder = 7", "data_folder should be text"),
        ("database = 'not an address'", "database should be the address of a database, like postgresql+psycopg://"),
        ("database = 'postgresql://me:secret@host:port/x'", "database should be the address"),
        ("filler_words = 'you see'", "filler_words should be a list"),
        (f"filler_words = {['a' * n for n in range(1, MAX_FILLERS + 2)]}", f"a list of at most {MAX_FILLERS} words"),
        ("filler_words = ['']", "filler_words should be words"),
        ("filler_words = ['ok', 4]", "4 isn't."),
        ("filler_words = ['<b>']", "'<b>' isn't."),
        (f"filler_words = ['{'so ' * (MAX_FILLER_WORDS + 1)}']", "filler_words should be words"),
        ("holidays = 2026-12-25", "holidays should be a list of at most 366 dates"),
        ("holidays = ['25.12.2026']", "holidays should be dates such as \"2026-12-25\". '25.12.2026' isn't."),
        ("holidays = [2026-12-25T10:00:00]", "isn't."),
        (
            "work_field = 3",
            'work_field should be the name of a field of work, such as "health", or be left out. It is 3.',
        ),
        ("question_kind = 'About you'", "question_kind should be the name of a kind of question"),
        ("filler_words = ['Right', 'right']", "filler_words should have each word once. 'right' is there twice."),
        ("bands = 3", "bands should be a table with one table per measure. It is 3."),
        ("[bands.speed]\nfine_to = 1", "line 1: bands.speed isn't a measure. The measures are speaking_rate,"),
        ("[bands]\noutcome = 3", "line 2: bands.outcome should be a table of fine_from, fine_to,"),
        ("[bands.outcome]\nfine = 1", "bands.outcome has no fine. A range is set by fine_from, fine_to,"),
        ("[bands.outcome]", "bands.outcome sets no limit. Give fine_from or fine_to"),
        ("[bands.outcome]\nwatch_from = 1", "bands.outcome sets no limit."),
        ("[bands.outcome]\nfine_from = 3\nfine_to = 2", "runs backwards: fine_from 3 is more than fine_to 2. Swap"),
        ("[bands.outcome]\nfine_from = 1\nwatch_from = 2", "needs a watch_from no higher than fine_from"),
        ("[bands.outcome]\nfine_to = 2\nwatch_to = 1", "needs a watch_to no lower than fine_to"),
        ("[bands.outcome]\nfine_to = 2\nwatch_from = 1", "needs a watch_from no higher than fine_from"),
        ("[bands.outcome]\nfine_from = 4", "needs a number from 0 to 3 (of 3) in fine_from, or none. It is 4."),
        ("[bands.outcome]\nfine_from = -1", "needs a number from 0 to 3"),
        ("[bands.outcome]\nfine_from = nan", "It is nan."),
        ("[bands.speaking_rate]\nfine_to = inf", "It is inf."),
        ("[bands.pause_placement]\nfine_to = 50", "needs a number from 0 to 1 (share)"),
        ("[bands.outcome]\nfine_from = true", "It is True."),
        ("[bands.outcome]\nfine_from = '1'", "It is '1'."),
        ("[bands.outcome]\nfine_from = 1979-05-27", "needs a number"),
    ],
)
def test_a_mistake_is_reported_with_its_file_line_and_remedy(text, sentence, file):
    told = read_refused_settings(file, text)
    assert str(file) in told
    assert sentence in told
    assert len(told) < 700
    assert "secret" not in told


def test_a_settings_file_that_is_not_text_or_not_a_file_is_reported(file):
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StoreError, match="aren't plain text in UTF-8"):
        read_settings()
    file.unlink()
    file.mkdir()
    with pytest.raises(StoreError, match="We can't read"):
        read_settings()


def test_a_file_with_a_mistake_is_not_overwritten_but_can_be_moved_away(file):
    write_settings_file(file, "langage = 'en'")
    with pytest.raises(StoreError, match="langage isn't a setting"):
        write_settings(Settings(model="base"), expected=DEFAULTS)
    with pytest.raises(StoreError, match="langage isn't a setting"):
        write_settings(Settings(model="base"))
    assert file.read_text() == "langage = 'en'"
    aside = set_aside()
    assert aside is not None
    assert aside.read_text() == "langage = 'en'"
    assert read_settings() == DEFAULTS
    assert set_aside() is None


@pytest.mark.parametrize(
    "bad", [Settings(language="de"), Settings(filler_words=("",)), Settings(data_folder=Path("x"))]
)
def test_settings_that_could_not_be_read_back_are_not_written(bad, file):
    with pytest.raises(StoreError):
        write_settings(bad)
    assert not file.exists()
