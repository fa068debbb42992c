"""Where answers are kept: a folder of this user, and a database in it unless another one is named."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreError
from store.settings import VARIABLES, read_settings

DATABASE_VARIABLE = VARIABLES["database"]
DATABASE_FILE = "answers.sqlite3"


def data_folder() -> Path:
    """The folder named in the environment or the settings, else the system's place for this user's data."""
    return read_settings().data_folder or default_folder()


def default_folder() -> Path:
    """The system's place for this user's data."""
    return user_data_path("answer-aloud", appauthor=False)


def database_in(folder: Path) -> URL:
    """The address of the database file in a folder."""
    return URL.create("sqlite", database=str(folder / DATABASE_FILE))


def named_database() -> str | None:
    """The address in the environment or the settings, if there is one."""
    return read_settings().database


def parsed(address: str) -> URL:
    """An SQLAlchemy URL; raises StoreError when it is none."""
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StoreError(
            f"{DATABASE_VARIABLE} is not the address of a database. Write it like "
            "postgresql+psycopg://user:password@host/name, or leave it out to keep answers in a file."
        ) from error
