"""What a page is about: its address names it, so that it stays after reloading and can be linked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import streamlit as st

from app_pages.ui.links import INTERVIEW, RUN
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.mock.run import MockRun
from speech.errors import AnswerAloudError


class AddressError(AnswerAloudError):
    """The address of the page names nothing that can be shown."""


class Document(Protocol):
    """Something that is kept, with its id."""

    @property
    def id(self) -> str: ...  # noqa: D102


Kind = TypeVar("Kind", bound=Document)


@dataclass(frozen=True)
class PageSubject(Generic[Kind]):
    """The document a page is about, by a parameter of the page's address."""

    parameter: str
    kind: type[Kind]
    back_key: str  # of the button that leads from one of them to all
    back_label: str  # of that button, where nothing else is wanted
    missing: str  # the sentence where the address names none

    def chosen(self) -> Kind | None:
        """Return the document that the address names, None where it names none.

        Raises AddressError when that is not here, StoreError when it cannot be read.
        """
        named = st.query_params.get(self.parameter)
        if named is None:
            return None
        for each in get_store().things(self.kind):
            if each.id == named:
                return each
        self.show_back()
        raise AddressError(self.missing)

    def choose(self, document_id: str | None) -> None:
        """Make another document the one that the page is about, or none."""
        if document_id is None:
            st.query_params.clear()
        else:
            st.query_params.from_dict({self.parameter: document_id})

    def show_back(self, label: str | None = None) -> None:
        """Draw a button from one document to what the same page shows of all."""
        st.button(label or self.back_label, key=self.back_key, type="tertiary", on_click=self.choose, args=(None,))


current_interview = PageSubject(
    INTERVIEW,
    Interview,
    "every_interview",
    "Show all of them",
    "The interview that the address of this page names is not here (any more).",
)
current_run = PageSubject(
    RUN,
    MockRun,
    "every_run",
    "← All mock interviews",
    "The mock interview that the address of this page names is not here (any more).",
)
