"""Which mock interview the page is about: the address says it, so that it stays after reloading."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.mock.run import MockRun
from speech.errors import AnswerAloudError

PAGE = "app_pages/mock/page.py"
PARAMETER = "run"


class NoRunError(AnswerAloudError):
    """The address names no mock interview that is kept."""


def chosen() -> MockRun | None:
    """The run that the address names, None where it names none.

    Raises NoRunError when that is not here, StoreError when it cannot be read.
    """
    named = st.query_params.get(PARAMETER)
    if named is None:
        return None
    for run in get_store().things(MockRun):
        if run.id == named:
            return run
    every_run()
    raise NoRunError("The mock interview that the address of this page names is not here (any more).")


def choose(run_id: str | None) -> None:
    """Make another run the one that the page is about, or none."""
    if run_id is None:
        st.query_params.clear()
    else:
        st.query_params.from_dict({PARAMETER: run_id})


def link(run_id: str, label: str) -> None:
    """A link to a run; the label is Markdown."""
    st.page_link(PAGE, label=label, query_params={PARAMETER: run_id})


def every_run() -> None:
    """A way to the plan and the list of runs."""
    st.button("← All mock interviews", key="every_run", type="tertiary", on_click=choose, args=(None,))
