"""The store that the pages of this server share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app_pages.ui.wording import plain
from app_pages.use_cases import demo
from services import legacy_takes
from store.errors import StoreError
from store.locations import data_folder, named_database
from store.store import Store, open_store


@dataclass(frozen=True)
class Opened:
    """A store, and what could not be brought into it from an earlier version, as a sentence."""

    store: Store
    left_behind: str | None


def store() -> Store:
    """What is kept, opened once for each place it can be in, or the demo in its stead; raises StoreError."""
    return demo.store() if demo.is_on() else _opened(str(data_folder()), named_database()).store


def complaint() -> None:
    """Say what could not be brought over from an earlier version, where there is something."""
    if demo.is_on():
        return
    left_behind = _opened(str(data_folder()), named_database()).left_behind
    if left_behind is not None:
        st.warning(plain(left_behind))


@st.cache_resource(show_spinner="Opening your answers …")
def _opened(folder: str, database: str | None) -> Opened:
    opened = open_store(database, Path(folder))
    try:
        legacy_takes.move(Path(folder), opened)
    except StoreError as error:
        return Opened(opened, str(error))
    return Opened(opened, None)
