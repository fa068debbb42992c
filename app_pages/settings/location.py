"""Where answers are kept, and copying them when that changes; the old place is never emptied."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis.wording import count
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from store.errors import files_told
from store.locations import default_folder
from store.settings import Settings, overridden
from store.store import Store, open_store

_MOVED = "settings_moved_from"


@dataclass(frozen=True)
class Place:
    """Where a store lies."""

    database: str | None
    folder: Path

    def open(self) -> Store:
        """The store there; raises StoreError."""
        return open_store(self.database, self.folder)


def choose(seen: Settings) -> dict[str, str]:
    """The folder and the database as plain values, empty where the default holds."""
    folder = st.text_input(
        "Data folder, as a whole path",
        str(seen.data_folder or ""),
        placeholder=str(default_folder()),
        key="set_data_folder",
        help="Empty: the usual place for your data on this system.",
    )
    database = st.text_input(
        "Database, as an SQLAlchemy address",
        seen.database or "",
        placeholder="a file in the data folder",
        key="set_database",
        help="Empty: a file in the data folder. Recordings always lie in the folder.",
    )
    return {"data_folder": folder.strip(), "database": database.strip()}


def check(seen: Settings, chosen: Settings) -> None:
    """Before anything is written, see that a new place can be used; raises StoreError."""
    if _place(seen) != _place(chosen):
        _place(chosen).open().close()


def remember(seen: Settings, chosen: Settings) -> None:
    """Keep in mind where answers were until now, if that is another place and there are some."""
    if _place(seen) != _place(chosen) and not overridden().keys() & {"data_folder", "database"}:
        st.session_state[_MOVED] = _place(seen)


def after_moving() -> None:
    """Say that earlier answers stay where they are, and offer to copy them; raises StoreError."""
    old: Place | None = st.session_state.get(_MOVED)
    if old is None or demo_mode.is_on():
        return
    answers = len(_counted(old))
    if not answers:
        del st.session_state[_MOVED]
        return
    with st.container(border=True, key="moved"):
        st.markdown(
            f"Your **{count(answers, 'earlier answer')}** stayed in {plain(str(old.folder))}; nothing was moved or "
            "deleted. The pages now show what is in the new place."
        )
        with st.container(horizontal=True):
            copies = st.button("Copy them to the new place", key="copy_answers", type="primary")
            st.button("Leave them there", key="leave_answers", on_click=_forget)
        if copies:
            with show_errors(), st.spinner("Copying …"):
                _copy(old)


def _counted(old: Place) -> tuple[object, ...]:
    with closing(old.open()) as earlier:
        return earlier.history()


def _copy(old: Place) -> None:
    temporary = files_told(Path(tempfile.gettempdir()))
    with closing(old.open()) as earlier, temporary, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "everything.zip"
        earlier.export(whole)
        copied = get_store().import_export(whole)
    _forget()
    st.success(f"{count(copied.added, 'answer').capitalize()} copied. The old place was left as it is.")


def _forget() -> None:
    st.session_state.pop(_MOVED, None)


def _place(settings: Settings) -> Place:
    return Place(settings.database, settings.data_folder or default_folder())
