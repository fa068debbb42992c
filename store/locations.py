"""Where data is stored: the user's data folder, and the database in it unless another one is configured."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreError
from store.settings import VARIABLES, read_settings

DATABASE_VARIABLE = VARIABLES["database"]
DATABASE_FILE = "answers.sqlite3"


def get_data_folder() -> Path:
    """Return the configured data folder (environment, settings), else the system's default."""
    return read_settings().data_folder or get_default_folder()


def get_default_folder() -> Path:
    """Return the system's folder for this user's data."""
    return user_data_path("answer-aloud", appauthor=False)


def build_database_url(folder: Path) -> URL:
    """Return the URL of the database file in a folder."""
    return URL.create("sqlite", database=str(folder / DATABASE_FILE))


def get_named_database() -> str | None:
    """Return the configured database address (environment, settings); None without one."""
    return read_settings().database


def parse_database_url(address: str) -> URL:
    """Parse a database address as an SQLAlchemy URL; raises StoreError if it is invalid."""
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StoreError(
            f"{DATABASE_VARIABLE} isn't the address of a database. Write it like "
            "postgresql+psycopg://user:password@host/name, or leave it out to save answers in a file."
        ) from error
