"""The store that the pages of this server share."""

from __future__ import annotations

import os

import streamlit as st

from store.place import DATABASE_VARIABLE, data_folder
from store.store import Store, open_store


def store() -> Store:
    """What is kept, opened once for each place it can be in; raises StoreError."""
    return _opened(str(data_folder()), os.environ.get(DATABASE_VARIABLE))


@st.cache_resource(show_spinner=False)
def _opened(folder: str, database: str | None) -> Store:
    return open_store()
