"""Say what is damaged or out of place in the stored data, and offer what can be done about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app_pages.data.disk_usage import format_size
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_person_folder, get_user_store, prepare_deletion, reopen_store
from app_pages.ui.wording import escape_markdown, format_date_time
from services.check import check_everything, describe_check, list_troubles
from services.user_store import Location, list_copies, restore_copy
from store.copies import CopyReason, DatabaseCopy
from store.errors import StoreError
from store.locations import get_data_folder, get_named_database
from store.store import Store
from store.transfer.kept_versions import ATTEMPT_KIND, ExportedVersion
from store.troubles import Trouble, TroubleKind

_SURE_KEY, _RESTORED_KEY = "data_trouble_sure", "data_restored"
REASONS = {
    CopyReason.WEEKLY: "weekly copy",
    CopyReason.MIGRATION: "before an update",
    CopyReason.RESTORE: "before you put back another copy",
}
COPIES_TEXT = (
    "Answer Aloud copies your reports, notes and plans by itself: once a week, and before an update changes the "
    "database. It keeps the last three. Recordings aren't in the copies. What you delete is deleted in them too. They "
    "lie on the same disk, so save an export elsewhere as well."
)
NO_COPIES_TEXT = "There's no copy yet. The first one is made when you next start the app with an answer in it."
PURGE_TEXT = (
    "What you deleted is gone from the list, but another program is reading the database, so its bytes are still in "
    "the file. Close that program, or other windows of this app. It's tried again each time you open this page."
)


_DELETE: dict[TroubleKind, Callable[[Store, str], bool]] = {
    TroubleKind.ANSWER: Store.delete_attempt,
    TroubleKind.DOCUMENT: Store.delete_document,
    TroubleKind.VERSION: Store.delete_version,
}


def show_check(kept: Store) -> None:
    """Offer to look through everything, and list what is damaged; raises StoreError."""
    st.markdown("Reads every report and recording and says what's damaged and how to get it back.")
    if not st.button("Check everything", key="check_all"):
        return
    with show_errors(), st.spinner("Checking everything…"):
        checked = check_everything(kept, find_folder())
        for trouble in checked.troubles:
            st.warning(escape_markdown(trouble.sentence))
        told = st.warning if checked.troubles else st.success
        told(describe_check(checked))


def show_rescue() -> bool:
    """Show the copies alone if the store cannot be opened, with the reason; return whether it is so."""
    try:
        get_user_store()
    except StoreError as error:
        st.error(escape_markdown(str(error)))
        show_copies()
        return True
    return False


def show_copies() -> None:
    """List the automatic copies, each with a button that puts it back; raises StoreError."""
    if st.session_state.pop(_RESTORED_KEY, False):
        st.success("The copy is back in place. What was there before is now a copy too.")
    st.markdown(COPIES_TEXT)
    copies = list_copies(get_data_folder())
    if not copies:
        st.markdown(NO_COPIES_TEXT)
    for copy in copies:
        made_at = format_date_time(copy.made_at.astimezone())
        with st.container(horizontal=True, vertical_alignment="center", key=f"copy_{copy.path.stem}"):
            st.markdown(f"{made_at} · {REASONS[copy.reason]} · {format_size(copy.size)}", width=520)
            st.button("Put back", key=f"restore_{copy.path.stem}", on_click=_restore, args=(copy,))


def _restore(copy: DatabaseCopy) -> None:
    with show_errors():
        restore_copy(Location(get_named_database(), get_data_folder()), copy)
        reopen_store()
        st.cache_data.clear()
        st.session_state[_RESTORED_KEY] = True


def show_versions(kept: Store) -> None:
    """List what a merge kept beside what is used, with what it says; raises StoreError."""
    for version in kept.list_versions():
        with st.container(border=True, key=f"version_{version.id}"):
            name = "corrections of an answer" if version.kind == ATTEMPT_KIND else version.kind.replace("_", " ")
            at = format_date_time(version.changed_at.astimezone())
            st.markdown(f"You changed this on two computers: {name}. The later change is used. The other one, of {at}:")
            st.code("\n".join(_list_texts(version)), language=None, wrap_lines=True)
            with st.container(horizontal=True):
                _offer(kept, version, "Use this one", "use_version", _use_version)
                _offer(kept, version, "Delete this version", "delete_version", _delete_version)


def _list_texts(version: ExportedVersion) -> list[str]:
    body = json.loads(version.body)
    if version.kind == ATTEMPT_KIND:
        return [f"{each['text_before'] or '–'} → {each['text_after'] or '–'}" for each in body["corrections"]]
    return [f"{name}: {value}" for name, value in body.items() if value and name not in ("id", "interview")]


def _offer(kept: Store, version: ExportedVersion, label: str, key: str, act: Callable[[Store, str], None]) -> None:
    st.button(label, key=f"{key}_{version.id}", on_click=act, args=(kept, version.id))


def _use_version(kept: Store, version_id: str) -> None:
    with show_errors():
        kept.use_version(version_id)
        st.cache_data.clear()
        st.toast("Done. The one you used before is kept here instead.")


def _delete_version(kept: Store, version_id: str) -> None:
    with show_errors():
        kept.delete_version(version_id)


def show_pending_deletion(kept: Store) -> None:
    """Say so while bytes of what was deleted are still in the file, and try again; raises StoreError."""
    if not kept.is_purged and not kept.purge_deleted():
        st.warning(PURGE_TEXT)


def show_troubles(kept: Store) -> None:
    """Show a line for everything that cannot be read, with what to do; raises StoreError."""
    for trouble in list_troubles(kept, find_folder()):
        with st.container(border=True, key=f"trouble_{trouble.id}"):
            st.warning(escape_markdown(trouble.sentence))
            if trouble.kind in _DELETE:
                _offer_deletion(kept, trouble)


def find_folder() -> Path | None:
    """Return the folder of the user's own files; None in demo mode."""
    return None if demo_mode.is_on() else get_person_folder()


def _offer_deletion(kept: Store, trouble: Trouble) -> None:
    if st.session_state.get(_SURE_KEY) != trouble.id:
        st.button(
            "Delete",
            key=f"delete_trouble_{trouble.id}",
            type="tertiary",
            on_click=_ask,
            args=(trouble.id,),
        )
    elif st.button("Delete for good", key=f"sure_trouble_{trouble.id}", type="primary"):
        with show_errors():
            if trouble.kind is TroubleKind.ANSWER:
                prepare_deletion(kept, trouble.id)
            _DELETE[trouble.kind](kept, trouble.id)
            _ask(None)
            st.rerun()


def _ask(trouble_id: str | None) -> None:
    st.session_state[_SURE_KEY] = trouble_id
