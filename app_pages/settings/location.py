"""Where answers are kept, and copying them when that changes; the old place is never emptied."""

from __future__ import annotations

import streamlit as st

from analysis.wording import count
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from services.user_store import Location, copy_answers, count_answers
from store.locations import default_folder
from store.settings import Settings, overridden

_MOVED = "settings_moved_from"


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
    if _location(seen) != _location(chosen):
        _location(chosen).open().close()


def remember(seen: Settings, chosen: Settings) -> None:
    """Keep in mind where answers were until now, if that is another place and there are some."""
    if _location(seen) != _location(chosen) and not overridden().keys() & {"data_folder", "database"}:
        st.session_state[_MOVED] = _location(seen)


def after_moving() -> None:
    """Say that earlier answers stay where they are, and offer to copy them; raises StoreError."""
    old: Location | None = st.session_state.get(_MOVED)
    if old is None or demo_mode.is_on():
        return
    answers = count_answers(old)
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


def _copy(old: Location) -> None:
    copied = copy_answers(old, get_store())
    _forget()
    st.success(f"{count(copied.added, 'answer').capitalize()} copied. The old place was left as it is.")


def _forget() -> None:
    st.session_state.pop(_MOVED, None)


def _location(settings: Settings) -> Location:
    return Location(settings.database, settings.data_folder or default_folder())
