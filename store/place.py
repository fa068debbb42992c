"""Where answers are kept: a folder of this user, and a database in it unless another one is named."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreError

DATA_VARIABLE = "ANSWER_ALOUD_DATA"
DATABASE_VARIABLE = "ANSWER_ALOUD_DATABASE"
DATABASE_FILE = "answers.sqlite3"


def data_folder() -> Path:
    """The folder named in the environment, else the system's place for this user's data."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else user_data_path("answer-aloud", appauthor=False)


def database_in(folder: Path) -> URL:
    """The address of the database file in a folder."""
    return URL.create("sqlite", database=str(folder / DATABASE_FILE))


def named_database() -> str | None:
    """The address in the environment, if there is one."""
    return os.environ.get(DATABASE_VARIABLE) or None


def parsed(address: str) -> URL:
    """An SQLAlchemy URL; raises StoreError when it is none."""
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StoreError(
            f"{DATABASE_VARIABLE} is not the address of a database. Write it like "
            "postgresql+psycopg://user:password@host/name, or leave it out to keep answers in a file."
        ) from error
