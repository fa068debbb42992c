"""The user's settings: one TOML file, read strictly and written whole; what the environment names wins over it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit
from platformdirs import user_config_path

from store.errors import StoreError, files_told
from store.files import placed
from store.setting_values import DEFAULTS, NAMES, Settings, SettingsError, from_plain, to_plain

__all__ = [
    "DEFAULTS",
    "Settings",
    "SettingsError",
    "overridden",
    "read_settings",
    "settings_file",
    "write_settings",
    "written_settings",
]

FILE_VARIABLE = "ANSWER_ALOUD_SETTINGS"
VARIABLES = {
    "model": "ANSWER_ALOUD_MODEL",
    "data_folder": "ANSWER_ALOUD_DATA",
    "database": "ANSWER_ALOUD_DATABASE",
}  # by setting, where the environment has the last word
HEADER = "# Settings of Answer Aloud. The page Settings writes this file; your own comments stay.\n"
CHANGED_ELSEWHERE = (
    "The settings were changed in another window in the meantime, and those were kept. Load the page again, then make "
    "your change."
)


def settings_file() -> Path:
    """The file named in the environment, else the one in the system's place for this user's settings."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else user_config_path("answer-aloud", appauthor=False) / "settings.toml"


def read_settings() -> Settings:
    """The settings in force: those of the file, and in their place what the environment names. Raises StoreError."""
    named = overridden()
    given: dict[str, Any] = {name: os.environ[variable] for name, variable in named.items()}
    if "data_folder" in given:
        given["data_folder"] = Path(given["data_folder"])
    return replace(written_settings(), **given)


def written_settings() -> Settings:
    """The settings of the file alone, the defaults where there is none; raises StoreError."""
    text = _text(settings_file())
    plain = {} if text is None else _parsed(text)
    try:
        return from_plain(plain)
    except SettingsError as error:
        raise SettingsError(error.field, error.complaint, _where(text or "", error.field)) from None


def write_settings(settings: Settings, instead_of: Settings | None = None) -> None:
    """Write the file, whole or not at all; raises StoreError.

    Comments in the file stay. `instead_of` is what the change was made from; when that is not in the file any more,
    nothing is written. A file that cannot be read is not overwritten.
    """
    plain = to_plain(settings)
    from_plain(plain)
    if instead_of is not None and written_settings() != instead_of:
        raise StoreError(CHANGED_ELSEWHERE)
    path = settings_file().resolve()  # a link stays a link
    written = _filled_in(_text(path), plain)
    if from_plain(tomllib.loads(written)) != settings:
        raise ValueError(f"these settings do not survive being written: {settings}")
    with files_told(path), placed(path) as file:
        file.write(written.encode())


def set_aside() -> Path | None:
    """Move a file out of the way, so that the defaults hold; gives its new place, None when there was no file."""
    path = settings_file().resolve()
    aside = path.with_name(f"{path.name}.old")
    with files_told(path):
        return path.replace(aside) if path.exists() else None


def overridden() -> Mapping[str, str]:
    """By setting, the variable of the environment that has the last word just now."""
    return {name: variable for name, variable in VARIABLES.items() if os.environ.get(variable)}


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            f"The settings in {path} cannot be read ({error.strerror}). Check that it is a file you may open."
        ) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"The settings in {path} are not text in UTF-8. Save the file as UTF-8.") from error


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoreError(
            f"The settings in {settings_file()} are not TOML ({error or 'nested too deeply'}). Correct that place; a "
            'line looks like language = "en".'
        ) from error


def _filled_in(text: str | None, plain: Mapping[str, Any]) -> str:
    """The text of the file with other values."""
    document = tomlkit.parse(HEADER) if text is None else tomlkit.parse(text)
    for name in NAMES:
        if name in plain and document.get(name) != plain[name]:
            document[name] = plain[name]
        elif name not in plain:
            document.pop(name, None)
    return tomlkit.dumps(document)


def _where(text: str, name: str) -> str:
    """The beginning of a sentence about a mistake: the file, and the line where that can be found."""
    header = re.escape(name)
    last = re.escape(name.rsplit(".", 1)[-1])
    found = re.search(rf"^[ \t]*(?:\[{header}\]|{header}\s*=|{last}\s*=|\[{last}[.\]])", text, re.MULTILINE)
    line = f", line {text.count(chr(10), 0, found.start()) + 1}" if found else ""
    return f"In {settings_file()}{line}: "
