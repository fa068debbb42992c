"""While a take is measured: a progress bar that asks the worker how far it is, or the sentence why it failed."""

from __future__ import annotations

import streamlit as st

from app_pages.measuring import worker
from app_pages.takes import Take
from app_pages.wording import plain
from app_pages.worker import Failed, Working

POLL = 0.5  # s


def show(take: Take) -> None:
    """Have a take measured and show how far it is; when it is done the whole page runs again."""
    state = worker().state(take)
    if isinstance(state, Failed):
        st.error(plain(state.sentence))
        if not state.is_final:
            st.button("Try again", on_click=worker().submit, args=(take,))
        return
    if state is None:
        worker().submit(take)
    st.caption("Your recording is saved on this machine. You can leave this page and come back to it.")
    _poll(take)


@st.fragment(run_every=POLL)
def _poll(take: Take) -> None:
    state = worker().state(take)
    if not isinstance(state, Working):
        st.rerun()
    st.progress(state.share, text=f"{state.doing} …")
