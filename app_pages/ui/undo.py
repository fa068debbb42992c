"""Say what was deleted a moment ago, and bring it back on request until the page is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.undo import bring_back, pack

_DELETED_KEY, _BACK_KEY, _PAGE_KEY = "deleted_thing", "brought_back", "page_of_undo"


@dataclass(frozen=True)
class DeletedThing:
    """What was deleted a moment ago, which is kept in memory alone."""

    place: str  # the part of a page that says so
    name: str
    packed: bytes | None  # None: it cannot come back, because it could not be read whole


def forget_on_another_page(page: str) -> None:
    """Forget what was deleted as soon as another page is opened.

    Args:
        page: the address of the page that is open.
    """
    if st.session_state.get(_PAGE_KEY) != page:
        st.session_state[_PAGE_KEY] = page
        forget_deleted()


def forget_deleted() -> None:
    """Forget what was deleted: it cannot come back any more."""
    st.session_state.pop(_DELETED_KEY, None)


def remember_deleted(place: str, name: str, packed: bytes | None) -> None:
    """Remember what was deleted, to be told in the next run of the page.

    Args:
        place: the part of the page that tells it.
        name: of what was deleted.
        packed: as `services.undo.pack` returned it.
    """
    st.session_state[_DELETED_KEY] = DeletedThing(place, name, packed)


def delete_document(place: str, document_id: str, name: str) -> None:
    """Delete a document with all that belongs to it, so that it can come back; raises StoreError.

    Args:
        place: the part of the page that tells it.
        document_id: id of the document.
        name: of the document.
    """
    packed = pack(get_store(), [document_id])
    get_store().delete_document(document_id)
    remember_deleted(place, name, packed)


def show_deleted(place: str, then: Callable[[], None] = lambda: None) -> None:
    """Say what was deleted in a part of the page, with a button that brings it back, or that it is back.

    Args:
        place: the part of the page.
        then: called once it is back.
    """
    with st.container():  # always there, so that what stands below keeps its place
        if st.session_state.get(_BACK_KEY, ("",))[0] == place:
            st.success(escape_markdown(f"{st.session_state.pop(_BACK_KEY)[1]} is back."))
        deleted: DeletedThing | None = st.session_state.get(_DELETED_KEY)
        if deleted is None or deleted.place != place:
            return
        with st.container(horizontal=True, vertical_alignment="center", key="deleted_thing"):
            undo = " You can undo this until you leave this page." if deleted.packed else ""
            st.success(escape_markdown(f"Deleted: {deleted.name}.{undo}"))
            if deleted.packed:
                st.button("Undo", key="undo_delete", on_click=_bring_back, args=(deleted, then))


def _bring_back(deleted: DeletedThing, then: Callable[[], None]) -> None:
    with show_errors():
        bring_back(get_store(), deleted.packed or b"")  # where it fails, it can be tried again
        forget_deleted()
        st.session_state[_BACK_KEY] = deleted.place, deleted.name
        then()
