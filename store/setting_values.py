"""The settings as a value, their plain form for the file and the page, and the checks both share."""

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
MAX_TEXT_CHARACTERS = 1000  # characters of a path, an address or a name
MAX_FILLERS, MAX_FILLER_WORDS = 100, 5  # phrases, words in one
TWO_MONTHS_DAYS, MAX_HOLIDAYS_IN_TWO_MONTHS = 60, 40  # days; following up needs a working day to do it on
MAX_HOLIDAYS = 366
WORD_PATTERN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")


class SettingsError(StoreError):
    """Raised for an invalid setting.

    `field` is its name in the file, `complaint` says what to write instead.
    """

    def __init__(self, name: str, complaint: str, where: str = "") -> None:
        super().__init__(f"{where}{name} {complaint}")
        self.field = name
        self.complaint = complaint


def abbreviate(value: object) -> str:
    """Return an abbreviated representation of a refused value for a sentence."""
    return reprlib.repr(value)


class Unfit(ValueError):  # noqa: N818 - it never leaves this module
    """Raised by a check when a value does not fit; the sentence comes from the tables below."""


def _check_line(text: str) -> str:
    if text.strip() != text or not text.isprintable() or not 0 < len(text) <= MAX_TEXT_CHARACTERS:
        raise Unfit
    return text


def _check_language(text: str) -> str:
    if text not in LANGUAGES:
        raise Unfit
    return text


def _check_name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z_]{0,40}", text):
        raise Unfit
    return text


def _parse_folder(text: str) -> Path:
    try:
        folder = Path(text).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        folder = Path()
    if not folder.is_absolute():
        raise Complaint(f"should be the full path of a folder. It is {abbreviate(text)}.")
    return folder


def _check_address(text: str) -> str:
    try:
        make_url(text)
    except (ArgumentError, ValueError):  # without its text, for there may be a password in it
        raise Complaint(
            "should be the address of a database, like postgresql+psycopg://user:password@host/name. Leave it out to "
            "save answers in a file."
        ) from None
    return text


def _parse_phrase(text: str) -> str:
    parts = text.split()
    if not 0 < len(parts) <= MAX_FILLER_WORDS or not all(map(WORD_PATTERN.fullmatch, parts)):
        raise Unfit
    return " ".join(parts)


def _check_unique(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) > MAX_FILLERS:
        raise Unfit
    twice = next((each for at, each in enumerate(words) if each.casefold() in map(str.casefold, words[:at])), None)
    if twice is not None:
        raise Complaint(f"should have each word once. {abbreviate(twice)} is there twice.")
    return words


def _check_holidays(given: tuple[date, ...]) -> tuple[date, ...]:
    if len(given) > MAX_HOLIDAYS:
        raise Unfit
    days = tuple(sorted(set(given)))
    if any(
        (late - early).days < TWO_MONTHS_DAYS
        for early, late in zip(days, days[MAX_HOLIDAYS_IN_TWO_MONTHS:], strict=False)
    ):
        raise Complaint(f"should have at most {MAX_HOLIDAYS_IN_TWO_MONTHS} days in any two months.")
    return days


Line = Annotated[str, Checked(_check_line)]
Bands = Annotated[
    Mapping[str, Band],
    WrittenAs(
        dict[str, own_bands.BandLimits],
        lambda limits: MappingProxyType({key: own_bands.make_band(key, each) for key, each in limits.items()}),
        lambda bands: {key: own_bands.dump_band(band) for key, band in bands.items()},
    ),
]


@dataclass(frozen=True)
class Settings:
    """The user's choices; every field has a default, so an empty file is valid."""

    model: Line | None = None  # the recogniser, a name or a folder; None: speech.whisper.DEFAULT_MODEL
    language: Annotated[str, Checked(_check_language)] | None = None  # "en": answers are English; None: find out
    bands: Bands = field(default_factory=lambda: MappingProxyType({}))  # own ones, by key of the measure
    # Own words and phrases, besides those that are known.
    filler_words: Annotated[tuple[Annotated[str, Checked(_parse_phrase)], ...], Checked(_check_unique)] = ()
    keep_recordings: bool = True  # after the report is made
    data_folder: Annotated[Path, WrittenAs(Line, _parse_folder, str)] | None = None  # None: the system's place for it
    database: Annotated[Line, Checked(_check_address)] | None = None  # SQLAlchemy URL; None: a file in the data folder
    # Days besides the weekend on which nobody is called or written to.
    holidays: Annotated[tuple[date, ...], Checked(_check_holidays)] = ()
    # What questions are offered first, keys of the content's taxonomy; None: any. One that is gone means any.
    work_field: Annotated[str, Checked(_check_name)] | None = None
    question_kind: Annotated[str, Checked(_check_name)] | None = None
    stutters: bool = False  # ums, restarts and pauses are left uncounted


DEFAULTS = Settings()
SETTING_NAMES = tuple(each.name for each in fields(Settings))

# What a setting should be, where it is of another type.
TYPE_SENTENCES = {
    "model": "should be text in quotes, or left out. It is {}.",
    "language": 'should be "en", or left out to check the language. It is {}.',
    "bands": "should be a table with one table per measure. It is {}.",
    "filler_words": f"should be a list of at most {MAX_FILLERS} words or phrases. It is {{}}.",
    "stutters": "should be true or false. It is {}.",
    "keep_recordings": "should be true or false. It is {}.",
    "work_field": 'should be the name of a field of work, such as "health", or be left out. It is {}.',
    "question_kind": 'should be the name of a kind of question, such as "behavioural", or be left out. It is {}.',
    "holidays": f"should be a list of at most {MAX_HOLIDAYS} dates. It is {{}}.",
}
# What stands in the list of a setting.
ITEM_SENTENCES = {
    "filler_words": f'should be words or phrases of up to {MAX_FILLER_WORDS} words, in letters, such as "you see". '
    "{} isn't.",
    "holidays": 'should be dates such as "2026-12-25". {} isn\'t.',
}


def from_plain(plain: Plain) -> Settings:
    """Return settings from plain values as in TOML; missing ones get their default.

    Raises:
        SettingsError: If a value is invalid or a name is unknown.
    """
    try:
        return read_plain(Settings, plain)
    except Refusal as refusal:
        raise _to_settings_error(refusal) from None


def to_plain(settings: Settings) -> dict[str, Any]:
    """Return settings as plain values, without those at their default."""
    plain = written(Settings, settings)
    return {name: plain[name] for name in SETTING_NAMES if getattr(settings, name) != getattr(DEFAULTS, name)}


def _to_settings_error(refusal: Refusal) -> SettingsError:
    name, *inner = map(str, refusal.place)
    if name not in SETTING_NAMES:
        return SettingsError(name, f"isn't a setting. The settings are {', '.join(SETTING_NAMES)}.")
    if name == "bands" and inner:
        return SettingsError(f"{name}.{inner[0]}", own_bands.describe_mistake(inner[0], inner[1:], refusal))
    if refusal.is_worded and not inner:
        return SettingsError(name, refusal.complaint)
    sentences = ITEM_SENTENCES if inner else TYPE_SENTENCES
    return SettingsError(name, sentences.get(name, TYPE_SENTENCES["model"]).format(abbreviate(refusal.found)))
