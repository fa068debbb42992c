"""Show the page of the user's data: disk usage, answers, export, import and deletion."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.data import answer_list, disk_usage, transfer, upkeep
from app_pages.data.answer_list import clear_page_state
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store, prepare_deletion
from services.centre.sign_in import is_centre
from services.user_store import delete_everything, has_anything
from store.store import Store

PHRASE = "delete everything"
_DONE_KEY, _COUNT_KEY = "data_deleted", "data_deleted_times"
ON_COMPUTER = "It's on this computer and nowhere else."
ON_SERVER = "It's on your centre's server, and only you can open it."
DELETED_TEXT = (
    "Everything has been deleted: answers, recordings, and all you wrote and planned. Your settings are unchanged."
)
EMPTY_TEXT = "There's nothing saved, so there's nothing to delete."


def show_outcome() -> None:
    """Say once that everything was deleted."""
    with st.container():  # always there: what stands below would be built anew when it came or went
        if st.session_state.pop(_DONE_KEY, False):
            st.success(DELETED_TEXT)
            st.toast("Everything has been deleted.")


def show_delete_form(kept: Store) -> None:
    """Ask for the phrase, and delete everything; raises StoreError."""
    answers = len(kept.load_history())
    if not has_anything(kept, upkeep.find_folder()):
        st.markdown(EMPTY_TEXT)
        return
    told_answers = f"**{format_count(answers, 'answer')}** with recordings, reports and notes, and " if answers else ""
    st.markdown(
        f"This deletes {told_answers}all interviews, people, plans and lists. Exports you've saved elsewhere stay. "
        "You can't undo this."
    )
    st.text_input(f"To confirm, type: {PHRASE}", key=_make_phrase_key())
    st.button(
        "Delete everything for good", key="delete_all", disabled=not _is_confirmed(), on_click=_delete, args=(kept,)
    )


def _make_phrase_key() -> str:
    """Return the key of the phrase field; it changes with each deletion, so the field is empty again."""
    return f"delete_phrase_{_count_deletions()}"


def _is_confirmed() -> bool:
    return str(st.session_state[_make_phrase_key()]).strip().casefold() == PHRASE


def _delete(kept: Store) -> None:
    """Delete everything, if the phrase is still in its field."""
    if not _is_confirmed():
        return
    with show_errors():
        prepare_deletion(kept)
        delete_everything(kept, upkeep.find_folder())
        clear_page_state()
        st.session_state[_DONE_KEY] = True
        st.session_state[_COUNT_KEY] = _count_deletions() + 1


def _count_deletions() -> int:
    return int(st.session_state.get(_COUNT_KEY, 0))


st.title("Your data", anchor=False)
with show_errors():
    st.caption(f"Everything you've recorded and written. {ON_SERVER if is_centre() else ON_COMPUTER}")
    show_outcome()
    if demo_mode.is_on() or is_centre() or not upkeep.show_rescue():
        kept = get_store()
        upkeep.show_pending_deletion(kept)
        upkeep.show_troubles(kept)
        upkeep.show_versions(kept)
        disk_usage.show_disk_usage(kept)
        with st.expander("Export your data"):
            transfer.show_export_form(kept)
        with st.expander("Import an export"):
            transfer.show_import_form(kept)
        with st.expander("Check your data"):
            upkeep.show_check(kept)
        if not demo_mode.is_on() and not is_centre():
            with st.expander("Automatic copies"):
                upkeep.show_copies()
        with st.expander("Delete everything"):
            show_delete_form(kept)
        demo_mode.show_offer()
        answer_list.show_answers(kept)
