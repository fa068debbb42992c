"""Say what is damaged or out of place in the stored data, and offer what can be done about it."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from store.health import Trouble, TroubleKind
from store.store import Store

_SURE_KEY = "data_trouble_sure"


def show_troubles(kept: Store) -> None:
    """Show a line for everything that cannot be read, with what to do; raises StoreError."""
    for trouble in kept.list_troubles():
        with st.container(border=True, key=f"trouble_{trouble.id}"):
            st.warning(escape_markdown(trouble.sentence))
            if trouble.kind is not TroubleKind.FILE:
                _offer_deletion(kept, trouble)


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
                kept.delete_attempt(trouble.id)
            else:
                kept.delete_document(trouble.id)
            _ask(None)
            st.rerun()


def _ask(trouble_id: str | None) -> None:
    st.session_state[_SURE_KEY] = trouble_id
