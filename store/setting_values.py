"""What can be set, as a value, as plain values for the file and the page, and the checks that both share."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from analysis.finding import Band
from codec.adapters import read_plain
from codec.adapters import to_plain as written
from codec.markers import Checked, WrittenAs
from codec.refusals import Complaint, Refusal
from store import own_bands
from store.errors import StoreError

Plain = Mapping[str, Any]

LANGUAGES = ("en",)
LONGEST_TEXT = 1000  # characters of a path, an address or a name
MOST_FILLERS, LONGEST_FILLER = 100, 5  # phrases, words in one
TWO_MONTHS, MOST_IN_TWO_MONTHS = 60, 40  # days; following up needs a working day to do it on
MOST_HOLIDAYS = 366
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")


class SettingsError(StoreError):
    """A setting that cannot be; `field` is its name in the file, `complaint` says what to write instead."""

    def __init__(self, name: str, complaint: str, where: str = "") -> None:
        super().__init__(f"{where}{name} {complaint}")
        self.field = name
        self.complaint = complaint


def shown(value: object) -> str:
    """Return a refused value for a sentence, however long it is."""
    return reprlib.repr(value)


class Unfit(ValueError):  # noqa: N818 - it never leaves this module
    """Of a check: the value is not what the tables of sentences below say it should be."""


def _line(text: str) -> str:
    if text.strip() != text or not text.isprintable() or not 0 < len(text) <= LONGEST_TEXT:
        raise Unfit
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise Unfit
    return text


def _folder(text: str) -> Path:
    try:
        folder = Path(text).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        folder = Path()
    if not folder.is_absolute():
        raise Complaint(f"should be the whole path of a folder, from its root on. It is {shown(text)}.")
    return folder


def _address(text: str) -> str:
    try:
        make_url(text)
    except (ArgumentError, ValueError):  # without its text, for there may be a password in it
        raise Complaint(
            "should be the address of a database, like postgresql+psycopg://user:password@host/name, or be left out "
            "to keep answers in a file."
        ) from None
    return text


def _phrase(text: str) -> str:
    parts = text.split()
    if not 0 < len(parts) <= LONGEST_FILLER or not all(map(WORD.fullmatch, parts)):
        raise Unfit
    return " ".join(parts)


def _once_each(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) > MOST_FILLERS:
        raise Unfit
    twice = next((each for at, each in enumerate(words) if each.casefold() in map(str.casefold, words[:at])), None)
    if twice is not None:
        raise Complaint(f"should hold each word once. {shown(twice)} is there twice.")
    return words


def _few_holidays(given: tuple[date, ...]) -> tuple[date, ...]:
    if len(given) > MOST_HOLIDAYS:
        raise Unfit
    days = tuple(sorted(set(given)))
    if any((late - early).days < TWO_MONTHS for early, late in zip(days, days[MOST_IN_TWO_MONTHS:], strict=False)):
        raise Complaint(f"should hold at most {MOST_IN_TWO_MONTHS} days of any two months.")
    return days


Line = Annotated[str, Checked(_line)]
Bands = Annotated[
    Mapping[str, Band],
    WrittenAs(
        dict[str, own_bands.Limits],
        lambda limits: MappingProxyType({key: own_bands.band(key, each) for key, each in limits.items()}),
        lambda bands: {key: own_bands.band_to(band) for key, band in bands.items()},
    ),
]


@dataclass(frozen=True)
class Settings:
    """What the user chose; everything has a default, so an empty file is a good one."""

    model: Line | None = None  # the recogniser, a name or a folder; None: speech.whisper.DEFAULT_MODEL
    language: Annotated[str, Checked(_language)] | None = None  # "en": answers are English; None: find out
    bands: Bands = field(default_factory=lambda: MappingProxyType({}))  # own ones, by key of the measure
    # Own words and phrases, besides those that are known.
    filler_words: Annotated[tuple[Annotated[str, Checked(_phrase)], ...], Checked(_once_each)] = ()
    keep_recordings: bool = True  # after the report is made
    data_folder: Annotated[Path, WrittenAs(Line, _folder, str)] | None = None  # None: the system's place for it
    database: Annotated[Line, Checked(_address)] | None = None  # SQLAlchemy URL; None: a file in the data folder
    # Days besides the weekend on which nobody is called or written to.
    holidays: Annotated[tuple[date, ...], Checked(_few_holidays)] = ()


DEFAULTS = Settings()
NAMES = tuple(each.name for each in fields(Settings))

# What a setting should be, where it is of another type.
WANTED = {
    "model": "should be a text in quotes, or be left out. It is {}.",
    "language": 'should be "en", or be left out to have the language found out. It is {}.',
    "bands": "should be a table with one table a measure. It is {}.",
    "filler_words": f"should be a list of at most {MOST_FILLERS} words or phrases. It is {{}}.",
    "keep_recordings": "should be true or false. It is {}.",
    "holidays": f"should be a list of at most {MOST_HOLIDAYS} dates. It is {{}}.",
}
# What stands in the list of a setting.
INNER = {
    "filler_words": f'should hold words, or phrases of up to {LONGEST_FILLER} words, in letters, such as "you see". '
    "{} is none.",
    "holidays": 'should hold days such as "2026-12-25". {} is none.',
}


def from_plain(plain: Plain) -> Settings:
    """Return settings of plain values, as TOML has them; a missing one is its default. Raises SettingsError."""
    try:
        return read_plain(Settings, plain)
    except Refusal as refusal:
        raise _error(refusal) from None


def to_plain(settings: Settings) -> dict[str, Any]:
    """Return plain values of settings, without those that are at their default."""
    plain = written(Settings, settings)
    return {name: plain[name] for name in NAMES if getattr(settings, name) != getattr(DEFAULTS, name)}


def _error(refusal: Refusal) -> SettingsError:
    name, *inner = map(str, refusal.place)
    if name not in NAMES:
        return SettingsError(name, f"is not a setting. The settings are {', '.join(NAMES)}.")
    if name == "bands" and inner:
        return SettingsError(f"{name}.{inner[0]}", own_bands.complaint(inner[0], inner[1:], refusal))
    if refusal.is_worded and not inner:
        return SettingsError(name, refusal.complaint)
    sentences = INNER if inner else WANTED
    return SettingsError(name, sentences.get(name, WANTED["model"]).format(shown(refusal.found)))
