"""The settings file: read strictly, written whole, and what the environment names wins."""

from __future__ import annotations

import os
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.finding import Band, Side
from analysis.targets import MEASURES
from app_pages.wording import origin
from store import place
from store.errors import StoreError
from store.own_bands import OWN, most
from store.setting_values import LONGEST_FILLER, MOST_FILLERS, NAMES, SettingsError
from store.settings import (
    DEFAULTS,
    FILE_VARIABLE,
    VARIABLES,
    Settings,
    overridden,
    read_settings,
    set_aside,
    settings_file,
    write_settings,
    written_settings,
)
from store.store import open_store

EVERYTHING = Settings(
    model="tiny.en",
    language="en",
    bands={"speaking_rate": Band((100, 150.5), (90, None), OWN), "outcome": Band((2, None), (None, None), OWN)},
    filler_words=("you see", "sozusagen"),
    keep_recordings=False,
    data_folder=Path("/somewhere/else"),
    database="postgresql+psycopg://me:word@host/answers",
    holidays=(date(2026, 12, 25), date(2027, 1, 1)),
)


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings of this test are; nothing else is named in the environment."""
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "folder" / "settings.toml"))
    return settings_file()


def written(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def refusal(file: Path, text: str) -> str:
    written(file, text)
    with pytest.raises(StoreError) as told:
        read_settings()
    assert file.read_text(encoding="utf-8") == text
    return str(told.value)


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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("language = de", "line 1"),
        ("model = \n", "line 1"),
        ("a = 1\na = 2\n", "line 2"),
        ("[" * 5000, "not TOML"),
        ("keep_recordings = " + "9" * 5000, "not TOML"),
        ("\nlangage = 'en'", "line 2: langage is not a setting. The settings are model, language,"),
        (
            "language = 'de'",
            "line 1: language should be \"en\", or be left out to have the language found out. It is 'de'.",
        ),
        ("language = ['en']", "language should be"),
        ("model = ''", "model should be a text in quotes, or be left out. It is ''."),
        ("model = 3", "model should be a text"),
        ("model = ' base'", "model should be a text"),
        ('model = "ba\\nse"', "model should be a text"),
        (f"model = '{'x' * 1001}'", "model should be a text"),
        ("keep_recordings = 1", "keep_recordings should be true or false. It is 1."),
        ("data_folder = 'answers'", "data_folder should be the whole path of a folder"),
        ("data_folder = '~nobody-of-this-name/x'", "data_folder should be the whole path"),
        ("data_folder = 7", "data_folder should be a text"),
        ("database = 'not an address'", "database should be the address of a database, like postgresql+psycopg://"),
        ("database = 'postgresql://me:secret@host:port/x'", "database should be the address"),
        ("filler_words = 'you see'", "filler_words should be a list"),
        (f"filler_words = {['a' * n for n in range(1, MOST_FILLERS + 2)]}", f"a list of at most {MOST_FILLERS} words"),
        ("filler_words = ['']", "filler_words should hold words"),
        ("filler_words = ['ok', 4]", "4 is none."),
        ("filler_words = ['<b>']", "'<b>' is none."),
        (f"filler_words = ['{'so ' * (LONGEST_FILLER + 1)}']", "filler_words should hold words"),
        ("holidays = 2026-12-25", "holidays should be a list of at most 366 dates"),
        ("holidays = ['25.12.2026']", "holidays should hold days such as \"2026-12-25\". '25.12.2026' is none."),
        ("holidays = [2026-12-25T10:00:00]", "is none."),
        ("filler_words = ['Right', 'right']", "filler_words should hold each word once. 'right' is there twice."),
        ("bands = 3", "bands should be a table with one table a measure. It is 3."),
        ("[bands.speed]\nfine_to = 1", "line 1: bands.speed is no measure. The measures are speaking_rate,"),
        ("[bands]\noutcome = 3", "line 2: bands.outcome should be a table of fine_from, fine_to,"),
        ("[bands.outcome]\nfine = 1", "bands.outcome has no fine. A range is set by fine_from, fine_to,"),
        ("[bands.outcome]", "bands.outcome sets no limit. Give fine_from or fine_to"),
        ("[bands.outcome]\nwatch_from = 1", "bands.outcome sets no limit."),
        ("[bands.outcome]\nfine_from = 3\nfine_to = 2", "runs backwards: fine_from 3 is more than fine_to 2. Swap"),
        ("[bands.outcome]\nfine_from = 1\nwatch_from = 2", "needs a watch_from that is no more than fine_from"),
        ("[bands.outcome]\nfine_to = 2\nwatch_to = 1", "needs a watch_to that is no less than fine_to"),
        ("[bands.outcome]\nfine_to = 2\nwatch_from = 1", "needs a watch_from that is no more than fine_from"),
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
def test_a_mistake_is_told_with_file_place_and_what_to_write(text, sentence, file):
    told = refusal(file, text)
    assert str(file) in told
    assert sentence in told
    assert len(told) < 700
    assert "secret" not in told


def test_a_file_that_is_no_text_or_no_file_is_told(file):
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StoreError, match="not text in UTF-8"):
        read_settings()
    file.unlink()
    file.mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        read_settings()


def test_a_file_with_a_mistake_is_not_overwritten_but_can_be_set_aside(file):
    written(file, "langage = 'en'")
    with pytest.raises(StoreError, match="langage is not a setting"):
        write_settings(Settings(model="base"), instead_of=DEFAULTS)
    with pytest.raises(StoreError, match="langage is not a setting"):
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
def test_what_could_not_be_read_back_is_not_written(bad, file):
    with pytest.raises(StoreError):
        write_settings(bad)
    assert not file.exists()


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
    assert (tmp_path / "data" / place.DATABASE_FILE).is_file()
    write_settings(Settings(data_folder=tmp_path / "data", database=f"sqlite:///{tmp_path}/other.db"))
    open_store().close()
    assert (tmp_path / "other.db").is_file()


def ends(key: str) -> st.SearchStrategy[Band]:
    number = st.floats(0, most(key), allow_nan=False) | st.integers(0, int(most(key)))
    rising = st.lists(number, min_size=4, max_size=4).map(sorted)
    chosen = st.tuples(rising, st.tuples(*[st.booleans()] * 4), st.booleans())

    def band(drawn: tuple[list[float], tuple[bool, ...], bool]) -> Band:
        (watch_low, fine_low, fine_high, watch_high), (low, high, below, above), both = drawn
        low, high = (low, high) if low or high else (both, not both)
        fine = (fine_low if low else None, fine_high if high else None)
        return Band(fine, (watch_low if low and below else None, watch_high if high and above else None), OWN)

    return chosen.map(band)


WORDS = st.lists(st.from_regex(r"[A-Za-zäß]{1,9}", fullmatch=True), min_size=1, max_size=LONGEST_FILLER).map(" ".join)
ALL = st.builds(
    Settings,
    model=st.none() | st.sampled_from(["base", "/a/folder with 'quotes' and \"more\"", "ünï/cödé #1"]),
    language=st.sampled_from([None, "en"]),
    bands=st.fixed_dictionaries({}, optional={key: ends(key) for key in MEASURES}),
    filler_words=st.lists(WORDS, max_size=5, unique_by=str.casefold).map(tuple),
    keep_recordings=st.booleans(),
    data_folder=st.none() | st.just(Path("/a/b c\\d")),
    database=st.none() | st.just("sqlite:////tmp/x%20y.db"),
    holidays=st.sets(st.dates(), max_size=5).map(sorted).map(tuple),
)


@given(ALL, ALL)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_settings_can_take_the_place_of_any_other(first, second):
    for chosen in (first, second):
        write_settings(chosen)
        assert read_settings() == chosen


@given(
    st.text(max_size=60)
    | st.sampled_from(["model", "bands", "[bands.outcome]"]).flatmap(
        lambda start: st.text(max_size=30).map(lambda rest: f"{start} = {rest}\n{rest}")
    )
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_settings_or_a_sentence(text):
    written(settings_file(), "")
    settings_file().write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
    told = ""
    try:
        read_settings()
    except StoreError as error:
        told = str(error)
    assert len(told) < 1000


def test_an_own_range_is_called_neither_evidence_nor_advice():
    assert origin(OWN) == "Your own range"
    assert origin(MEASURES["speaking_rate"].source).startswith("Evidence: ")


def test_the_example_in_the_documentation_is_a_good_file_and_names_every_setting(file):
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    written(file, page.split("```toml\n")[1].split("```")[0])
    example = read_settings()
    assert example.bands["speaking_rate"] == Band((110, 160), (100, 180), OWN)
    assert tomllib.loads(file.read_text(encoding="utf-8")).keys() == set(NAMES)
    for name, variable in VARIABLES.items():
        assert f"| `{variable}` | `{name}` |" in page
