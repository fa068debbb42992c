"""The user's settings: a TOML file, read strictly and written atomically; environment variables override it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import tomlkit
from platformdirs import user_config_path

from store.errors import StoreError, translate_write_errors
from store.files import make_private, write_atomically
from store.setting_values import DEFAULTS, SETTING_NAMES, Settings, SettingsError, from_plain, to_plain

__all__ = [
    "DEFAULTS",
    "Settings",
    "SettingsError",
    "find_overrides",
    "find_settings_with",
    "get_settings_path",
    "read_computer_settings",
    "read_file_settings",
    "read_settings",
    "read_settings_of",
    "write_settings",
]

FILE_VARIABLE = "ANSWER_ALOUD_SETTINGS"
VARIABLES = {
    "model": "ANSWER_ALOUD_MODEL",
    "data_folder": "ANSWER_ALOUD_DATA",
    "database": "ANSWER_ALOUD_DATABASE",
}  # by setting, where the environment has the last word
OF_THE_COMPUTER = frozenset(VARIABLES)  # settings that a person of many can't choose
HEADER = "# Settings of Answer Aloud. The Settings page writes this file; your own comments stay.\n"
CHANGED_ELSEWHERE = (
    "You changed the settings in another window, and that change was saved. Reload the page, then make yours."
)


class PersonalSettings(Protocol):
    """Where the settings of one person among many are, as plain values."""

    def load_settings(self) -> Mapping[str, Any] | None:
        """Return them; None without any."""

    def save_settings(self, plain: Mapping[str, Any]) -> None:
        """Save them."""


_FINDERS: list[Callable[[], PersonalSettings | None]] = []  # the last one counts


def find_settings_with(find: Callable[[], PersonalSettings | None]) -> None:
    """Have the settings read from and written to what a function finds; where it finds None, the file is used."""
    _FINDERS[:] = [find]


def read_settings_of(person: PersonalSettings) -> Settings:
    """Return the settings of one person among many, with those of the computer as they are; raises StoreError."""
    computer = read_computer_settings()
    return replace(_read_personal(person), **{name: getattr(computer, name) for name in OF_THE_COMPUTER})


def get_settings_path() -> Path:
    """Return the path of the settings file: from the environment, else the system's default."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else user_config_path("answer-aloud", appauthor=False) / "settings.toml"


def read_settings() -> Settings:
    """Return the settings in force: those of the file or person, overridden by the environment. Raises StoreError."""
    person = _find_personal()
    return read_computer_settings() if person is None else read_settings_of(person)


def read_computer_settings() -> Settings:
    """Return the settings of the file, overridden by the environment, whoever asks; raises StoreError."""
    named = find_overrides()
    given: dict[str, Any] = {name: os.environ[variable] for name, variable in named.items()}
    if "data_folder" in given:
        given["data_folder"] = Path(given["data_folder"])
    return replace(_read_file(), **given)


def make_settings_private() -> None:
    """Take everybody else's rights to the settings if they hold a database's address, and perhaps its password."""
    if read_file_settings().database is not None:
        make_private(get_settings_path())


def read_file_settings() -> Settings:
    """Return the settings that can be changed: those of the file alone, or of one person among many.

    Raises:
        StoreError: They can't be read.
    """
    person = _find_personal()
    return _read_file() if person is None else _read_personal(person)


def _find_personal() -> PersonalSettings | None:
    return _FINDERS[0]() if _FINDERS else None


def _read_personal(person: PersonalSettings) -> Settings:
    return from_plain(_drop_settings_of_the_computer(person.load_settings() or {}))


def _drop_settings_of_the_computer(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in OF_THE_COMPUTER}


def _read_file() -> Settings:
    """Return the settings of the file, or the defaults without one."""
    text = _read_text(get_settings_path())
    plain = {} if text is None else _parse_toml(text)
    try:
        return from_plain(plain)
    except SettingsError as error:
        raise SettingsError(error.field, error.complaint, _describe_place(text or "", error.field)) from None


def write_settings(settings: Settings, expected: Settings | None = None) -> None:
    """Write the settings file atomically; raises StoreError.

    Comments in the file are preserved. A file that cannot be read is not overwritten.

    Args:
        settings: What to write.
        expected: The settings the change was made from; if the file holds others by now, nothing is
            written. None skips this check.
    """
    plain = to_plain(settings)
    from_plain(plain)
    if expected is not None and read_file_settings() != expected:
        raise StoreError(CHANGED_ELSEWHERE)
    person = _find_personal()
    if person is not None:
        person.save_settings(_drop_settings_of_the_computer(plain))
        return
    path = get_settings_path().resolve()  # a link stays a link
    written = _fill_in(_read_text(path), plain)
    if from_plain(tomllib.loads(written)) != settings:
        raise ValueError(f"these settings do not survive being written: {settings}")
    with translate_write_errors(path), write_atomically(path) as file:
        file.write(written.encode())


def set_aside() -> Path | None:
    """Rename the settings file so that the defaults apply.

    Returns:
        Its new path; None if there was no file.
    """
    path = get_settings_path().resolve()
    aside = path.with_name(f"{path.name}.old")
    with translate_write_errors(path):
        return path.replace(aside) if path.exists() else None


def find_overrides() -> Mapping[str, str]:
    """Return the environment variables that override settings now, by setting."""
    return {name: variable for name, variable in VARIABLES.items() if os.environ.get(variable)}


def _read_text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            f"We can't read the settings in {path} ({error.strerror}). Check that you're allowed to open the file."
        ) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"The settings in {path} aren't plain text in UTF-8. Save the file as UTF-8.") from error


def _parse_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoreError(
            f"The settings in {get_settings_path()} aren't TOML ({error or 'nested too deeply'}). "
            "Fix that line; one "
            'looks like language = "en".'
        ) from error


def _fill_in(text: str | None, plain: Mapping[str, Any]) -> str:
    """Return the text of the file with the values replaced; None starts a new file."""
    document = tomlkit.parse(HEADER) if text is None else tomlkit.parse(text)
    for name in SETTING_NAMES:
        if name in plain and document.get(name) != plain[name]:
            document[name] = plain[name]
        elif name not in plain:
            document.pop(name, None)
    return tomlkit.dumps(document)


def _describe_place(text: str, name: str) -> str:
    """Return the beginning of a sentence about a mistake: the file, and its line if it is found."""
    header = re.escape(name)
    last = re.escape(name.rsplit(".", 1)[-1])
    found = re.search(rf"^[ \t]*(?:\[{header}\]|{header}\s*=|{last}\s*=|\[{last}[.\]])", text, re.MULTILINE)
    line = f", line {text.count(chr(10), 0, found.start()) + 1}" if found else ""
    return f"In {get_settings_path()}{line}: "
