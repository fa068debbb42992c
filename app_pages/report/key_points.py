"""The points to make in the report of an answer: which were heard, perhaps, or not, by meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from analysis.structure.element import Part
from analysis.structure.key_points import points_heard
from analysis.structure.report_lines import Line, Section
from analysis.text.sentence_embedding import Embedder, load_embedder
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from services.key_points import find_points
from speech.errors import WeightsError
from speech.transcript import Word
from store.attempt import KeptAttempt

TITLE = "Points to make"
ONE_LINE = "Compared by meaning, which can be wrong, with your points as they stand now."


def section(attempt: KeptAttempt, report: Report) -> Section:
    """The points to the question of an attempt as they were heard in its report; raises StoreError.

    No lines where no points were noted, nothing was said, or points cannot be compared here, which is told.
    """
    points = find_points(get_store(), attempt.question.id)
    if points is None or not points.points or report.response is None:
        return Section(TITLE, ONE_LINE, ())
    try:
        found = _heard(_digest(report.words), points.points, report.words)
    except WeightsError as error:
        st.info(plain(str(error)))
        return Section(TITLE, ONE_LINE, ())
    return Section(TITLE, ONE_LINE, tuple(map(Line, found)))


@st.cache_data(max_entries=64, show_spinner="Looking for your points …")
def _heard(words_digest: str, points: tuple[str, ...], _words: tuple[Word, ...]) -> tuple[Part, ...]:
    """By the digest: words themselves are no key of the cache."""
    return points_heard(points, _words, _embedder())


@st.cache_resource(show_spinner=False)
def _embedder() -> Embedder:
    """The sentence model, loaded once for everybody."""
    return load_embedder()


def _digest(words: Sequence[Word]) -> str:
    """Tells answers and their corrections apart."""
    return hashlib.sha256(repr(words).encode()).hexdigest()
