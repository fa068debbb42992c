"""Read from the URL which document a page is about, so that it survives a reload and can be linked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import streamlit as st

from app_pages.ui.links import INTERVIEW_PARAMETER, RUN_PARAMETER
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.mock.run import MockRun
from speech.errors import AnswerAloudError


class AddressError(AnswerAloudError):
    """The URL of the page names nothing that can be shown."""


class Document(Protocol):
    """A stored document with an id."""

    @property
    def id(self) -> str: ...  # noqa: D102


SubjectT = TypeVar("SubjectT", bound=Document)


@dataclass(frozen=True)
class PageSubject(Generic[SubjectT]):
    """The document that a page is about, named by a URL parameter."""

    parameter: str
    kind: type[SubjectT]
    back_key: str  # of the button that leads from one of them to all
    back_label: str  # of that button, where nothing else is wanted
    missing: str  # the sentence where the address names none

    def load_named(self) -> SubjectT | None:
        """Return the document that the URL names; None if it names none.

        Raises:
            AddressError: the document does not exist (any more).
            StoreError: it cannot be read.
        """
        named = st.query_params.get(self.parameter)
        if named is None:
            return None
        for each in get_store().load_documents(self.kind):
            if each.id == named:
                return each
        self.show_back()
        raise AddressError(self.missing)

    def set_subject(self, document_id: str | None) -> None:
        """Make the page about another document.

        Args:
            document_id: id of the document; None for the list of all.
        """
        if document_id is None:
            st.query_params.clear()
        else:
            st.query_params.from_dict({self.parameter: document_id})

    def show_back(self, label: str | None = None) -> None:
        """Draw a button that leads from one document to the list of all.

        Args:
            label: label of the button; None for `back_label`.
        """
        st.button(label or self.back_label, key=self.back_key, type="tertiary", on_click=self.set_subject, args=(None,))


current_interview = PageSubject(
    INTERVIEW_PARAMETER,
    Interview,
    "every_interview",
    "Show all",
    "We can't find that interview. It may have been deleted.",
)
current_run = PageSubject(
    RUN_PARAMETER,
    MockRun,
    "every_run",
    "← All mock interviews",
    "We can't find that mock interview. It may have been deleted.",
)
