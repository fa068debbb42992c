"""Show which of the user's key points were found in an answer, compared by meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from analysis.structure.element import Element
from analysis.structure.key_points import find_key_points
from analysis.structure.report_lines import ElementLine, Section
from analysis.text.sentence_embedding import Embedder, load_embedder
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.key_points import find_points
from speech.errors import WeightsError
from speech.transcript import Word
from store.attempt import StoredAttempt

SECTION_TITLE = "Points to make"
TRUST_NOTE = "Compared by meaning, which can be wrong, with your points as they stand now."


def make_key_points_section(attempt: StoredAttempt, report: Report) -> Section:
    """Return the section of the key points to the question of an attempt.

    It has no lines if no points were noted, nothing was said, or the sentence model is missing; the last is
    explained on the page.

    Raises:
        StoreError: the points cannot be read.
    """
    points = find_points(get_store(), attempt.question.id)
    if points is None or not points.points or report.response is None:
        return Section(SECTION_TITLE, TRUST_NOTE, ())
    try:
        found = _match_points(_compute_digest(report.words), points.points, report.words)
    except WeightsError as error:
        st.info(escape_markdown(str(error)))
        return Section(SECTION_TITLE, TRUST_NOTE, ())
    return Section(SECTION_TITLE, TRUST_NOTE, tuple(map(ElementLine, found)))


@st.cache_data(max_entries=64, show_spinner="Looking for your points …")
def _match_points(words_digest: str, points: tuple[str, ...], _words: tuple[Word, ...]) -> tuple[Element, ...]:
    """Find points among words; the cache compares the digest instead of the words."""
    return find_key_points(points, _words, _get_embedder())


@st.cache_resource(show_spinner=False)
def _get_embedder() -> Embedder:
    """Return the sentence model, loaded once per server."""
    return load_embedder()


def _compute_digest(words: Sequence[Word]) -> str:
    """Return a digest that identifies an answer and its corrections."""
    return hashlib.sha256(repr(words).encode()).hexdigest()
