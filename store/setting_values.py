"""What can be set, as a value, as plain values for the file and the page, and the checks that both share."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from analysis.finding import Band
from store.errors import StoreError
from store.own_bands import band_from, band_to

Plain = Mapping[str, Any]

LANGUAGES = ("en",)
LONGEST_TEXT = 1000  # characters of a path, an address or a name
MOST_FILLERS, LONGEST_FILLER = 100, 5  # phrases, words in one
TWO_MONTHS, MOST_IN_TWO_MONTHS = 60, 40  # days; following up needs a working day to do it on
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_HOLIDAYS = 366
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")


class SettingsError(StoreError):
    """A setting that cannot be; `field` is its name in the file, `complaint` says what to write instead."""

    def __init__(self, name: str, complaint: str, where: str = "") -> None:
        super().__init__(f"{where}{name} {complaint}")
        self.field = name
        self.complaint = complaint


@dataclass(frozen=True)
class Settings:
    """What the user chose; everything has a default, so an empty file is a good one."""

    model: str | None = None  # the recogniser, a name or a folder; None: speech.whisper.DEFAULT_MODEL
    language: str | None = None  # "en": answers are English, without asking; None: find out
    bands: Mapping[str, Band] = field(default_factory=lambda: MappingProxyType({}))  # own ones, by key of the measure
    filler_words: tuple[str, ...] = ()  # own words and phrases, besides those that are known
    keep_recordings: bool = True  # after the report is made
    data_folder: Path | None = None  # None: the system's place for this user's data
    database: str | None = None  # SQLAlchemy URL; None: a file in the data folder
    holidays: tuple[date, ...] = ()  # days besides the weekend on which nobody is called or written to


DEFAULTS = Settings()
NAMES = tuple(each.name for each in fields(Settings))


def from_plain(plain: Plain) -> Settings:
    """Settings of plain values, as TOML has them; a missing one is its default. Raises SettingsError."""
    for name in plain:
        if name not in NAMES:
            raise SettingsError(str(name), f"is not a setting. The settings are {', '.join(NAMES)}.")
    return Settings(**{name: _READ[name](name, value) for name, value in plain.items()})


def to_plain(settings: Settings) -> dict[str, Any]:
    """Plain values of settings, without those that are at their default."""
    changed = {name: getattr(settings, name) for name in NAMES if getattr(settings, name) != getattr(DEFAULTS, name)}
    return {name: _WRITTEN.get(name, lambda value: value)(value) for name, value in changed.items()}


def shown(value: object) -> str:
    """A refused value in a sentence, however long it is."""
    return reprlib.repr(value)


def _text(name: str, value: object) -> str:
    is_good = isinstance(value, str) and value.strip() == value and value.isprintable()
    if not is_good or not 0 < len(str(value)) <= LONGEST_TEXT:
        raise SettingsError(name, f"should be a text in quotes, or be left out. It is {shown(value)}.")
    return str(value)


def _language(name: str, value: object) -> str:
    if value not in LANGUAGES:
        raise SettingsError(
            name, f'should be "en", or be left out to have the language found out. It is {shown(value)}.'
        )
    return str(value)


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(name, f"should be true or false. It is {shown(value)}.")
    return value


def _folder(name: str, value: object) -> Path:
    try:
        folder = Path(_text(name, value)).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        folder = Path()
    if not folder.is_absolute():
        raise SettingsError(name, f"should be the whole path of a folder, from its root on. It is {shown(value)}.")
    return folder


def _database(name: str, value: object) -> str:
    text = _text(name, value)
    try:
        make_url(text)
    except (ArgumentError, ValueError):  # without its text, for there may be a password in it
        raise SettingsError(
            name,
            "should be the address of a database, like postgresql+psycopg://user:password@host/name, or be left out "
            "to keep answers in a file.",
        ) from None
    return text


def _fillers(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_FILLERS:
        raise SettingsError(name, f"should be a list of at most {MOST_FILLERS} words or phrases. It is {shown(value)}.")
    words = tuple(_filler(name, each) for each in value)
    twice = next((each for at, each in enumerate(words) if each.casefold() in map(str.casefold, words[:at])), None)
    if twice is not None:
        raise SettingsError(name, f"should hold each word once. {shown(twice)} is there twice.")
    return words


def _filler(name: str, value: object) -> str:
    parts = value.split() if isinstance(value, str) else []
    if not 0 < len(parts) <= LONGEST_FILLER or not all(map(WORD.fullmatch, parts)):
        raise SettingsError(
            name,
            f'should hold words, or phrases of up to {LONGEST_FILLER} words, in letters, such as "you see". '
            f"{shown(value)} is none.",
        )
    return " ".join(parts)


def _holidays(name: str, value: object) -> tuple[date, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_HOLIDAYS:
        raise SettingsError(name, f"should be a list of at most {MOST_HOLIDAYS} dates. It is {shown(value)}.")
    days = tuple(sorted({_day(name, each) for each in value}))
    if any((late - early).days < TWO_MONTHS for early, late in zip(days, days[MOST_IN_TWO_MONTHS:], strict=False)):
        raise SettingsError(name, f"should hold at most {MOST_IN_TWO_MONTHS} days of any two months.")
    return days


def _day(name: str, value: object) -> date:
    try:
        if isinstance(value, date) and not isinstance(value, datetime):  # TOML has dates of its own
            return value
        return date.fromisoformat(value if isinstance(value, str) and DAY.fullmatch(value) else "")
    except ValueError:
        raise SettingsError(name, f'should hold days such as "2026-12-25". {shown(value)} is none.') from None


def _bands(name: str, value: object) -> Mapping[str, Band]:
    if not isinstance(value, Mapping):
        raise SettingsError(name, f"should be a table with one table a measure. It is {shown(value)}.")
    found: dict[str, Band] = {}
    for key, limits in value.items():
        try:
            found[str(key)] = band_from(str(key), limits)
        except ValueError as error:
            raise SettingsError(f"{name}.{key}", str(error)) from None
    return MappingProxyType(found)


_READ: Mapping[str, Callable[[str, object], Any]] = {
    "model": _text,
    "language": _language,
    "bands": _bands,
    "filler_words": _fillers,
    "keep_recordings": _switch,
    "holidays": _holidays,
    "data_folder": _folder,
    "database": _database,
}
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "bands": lambda bands: {key: band_to(band) for key, band in bands.items()},
    "filler_words": list,
    "holidays": lambda days: [day.isoformat() for day in days],
    "data_folder": str,
}
