"""Where answers are stored, and copying them when that changes; the old place is never emptied."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from analysis.wording import format_count
from app_pages.data.transfer import tell_damage
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.encryption import carry_over
from services.user_store import Location, copy_answers, count_answers
from store.encryption.vault import LockedError
from store.locations import fill_in_password, get_default_folder, hide_password
from store.settings import Settings, find_overrides

_OLD_LOCATION = "settings_moved_from"


def choose(seen: Settings) -> dict[str, str]:
    """Ask for the folder and the database; return them as plain values, empty for the default."""
    folder = st.text_input(
        "Data folder (full path)",
        str(seen.data_folder or ""),
        placeholder=str(get_default_folder()),
        key="set_data_folder",
        help="Leave it empty to use the usual place on this computer.",
    )
    database = st.text_input(
        "Database address",
        hide_password(seen.database or ""),
        placeholder="a file in the data folder",
        key="set_database",
        help=(
            "Only for a database of your own, such as Postgres. Leave it empty to use a file in the data folder. "
            "Its password is shown as ***; leave that as it is, or type another one there. "
            "Recordings are always in the folder."
        ),
    )
    return {"data_folder": folder.strip(), "database": fill_in_password(database.strip(), seen.database or "")}


def check(seen: Settings, chosen: Settings) -> None:
    """Check that a new place can be used, before anything is written.

    Raises:
        StoreError: it cannot be used.
    """
    old, new = _make_location(seen), _make_location(chosen)
    if old != new:
        carry_over(old.folder, new.folder)
        with suppress(LockedError):  # it has a passphrase of its own, which is asked for next
            new.open().close()


def remember(seen: Settings, chosen: Settings) -> None:
    """Remember where answers were stored until now, if a change of the settings moves them."""
    if _make_location(seen) != _make_location(chosen) and not find_overrides().keys() & {"data_folder", "database"}:
        st.session_state[_OLD_LOCATION] = _make_location(seen)


def offer_to_copy_answers() -> None:
    """Tell the user that earlier answers are in the old place, and offer to copy them.

    Raises:
        StoreError: the data cannot be read.
    """
    old: Location | None = st.session_state.get(_OLD_LOCATION)
    if old is None or demo_mode.is_on():
        return
    answers = count_answers(old)
    if not answers:
        del st.session_state[_OLD_LOCATION]
        return
    with st.container(border=True, key="moved"):
        st.markdown(
            f"Your **{format_count(answers, 'earlier answer')}** stayed in {escape_markdown(str(old.folder))}. "
            "Nothing was moved or deleted. You're now looking at the new place."
        )
        with st.container(horizontal=True):
            copies = st.button("Copy them to the new place", key="copy_answers")
            st.button("Leave them there", key="leave_answers", on_click=_forget)
        if copies:
            with show_errors(), st.spinner("Copying…"):
                _copy(old)


def _copy(old: Location) -> None:
    copied = copy_answers(old, get_store())
    _forget()
    tell_damage(copied.damaged)
    st.success(f"{format_count(copied.added, 'answer').capitalize()} copied. The old place is unchanged.")


def _forget() -> None:
    st.session_state.pop(_OLD_LOCATION, None)


def _make_location(settings: Settings) -> Location:
    return Location(settings.database, settings.data_folder or get_default_folder())
