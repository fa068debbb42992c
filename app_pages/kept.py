"""The store that the pages of this server share."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from store.place import data_folder, named_database
from store.store import Store, open_store


def store() -> Store:
    """What is kept, opened once for each place it can be in; raises StoreError."""
    return _opened(str(data_folder()), named_database())


@st.cache_resource(show_spinner=False)
def _opened(folder: str, database: str | None) -> Store:
    return open_store(database, Path(folder))
