"""What was heard in an answer, key points too: lines with a button that plays the moment in the report's player."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from analysis.report import Report
from analysis.structure.element import Element
from analysis.structure.key_points import find_key_points
from analysis.structure.report_lines import ElementLine, Section
from analysis.text.sentence_embedding import Embedder, load_embedder
from app_pages.components.frontend_component import declare_component
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.key_points import find_points
from speech.errors import WeightsError
from speech.transcript import Word
from store.attempt import StoredAttempt

_COMPONENT = declare_component("heard", "structure.html", "structure.css", "structure.js")
KEY_POINTS_TITLE = "Points you wanted to make"
KEY_POINTS_NOTE = "Matched by meaning, so it can miss a point or find one you didn't make."


def show_structure(attempt: StoredAttempt, section: Section, key: str) -> None:
    """Show a section of a report; nothing if it has no lines.

    Args:
        attempt: the attempt.
        section: the section.
        key: key of the component; different for each section.
    """
    if not section.lines:
        return
    with st.container(border=True, key=f"section_{key}"):
        st.markdown(f"#### {section.title}")
        st.caption(section.trust)
        _COMPONENT(key=key, data=make_component_data(attempt, section.lines))


def make_component_data(attempt: StoredAttempt, lines: Sequence[ElementLine]) -> dict[str, Any]:
    """Return what the component draws, as JSON values; times in seconds."""
    data = {"take": attempt.id, "playable": attempt.has_recording, "lines": [_serialize_line(line) for line in lines]}
    return data | {"version": hashlib.sha256(json.dumps(data).encode()).hexdigest()}


def _serialize_line(line: ElementLine) -> dict[str, Any]:
    part = line.part
    return {
        "state": part.state.value,
        "sign": line.sign,
        "says": line.says,
        "label": part.label,
        "text": part.sentence,
        "start": part.span.start if part.span else None,
        "end": part.span.end if part.span else None,
        "note": part.note,
        "share": line.share,
    }


def make_key_points_section(attempt: StoredAttempt, report: Report) -> Section:
    """Return the section of the key points to the question of an attempt.

    It has no lines if no points were noted, nothing was said, or the sentence model is missing; the last is
    explained on the page.

    Raises:
        StoreError: the points cannot be read.
    """
    points = find_points(get_store(), attempt.question.id)
    if points is None or not points.points or report.response is None:
        return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, ())
    try:
        found = _match_points(_compute_words_digest(report.words), points.points, report.words)
    except WeightsError as error:
        st.info(escape_markdown(str(error)))
        return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, ())
    return Section(KEY_POINTS_TITLE, KEY_POINTS_NOTE, tuple(map(ElementLine, found)))


@st.cache_data(max_entries=64, show_spinner="Looking for your points…")
def _match_points(words_digest: str, points: tuple[str, ...], _words: tuple[Word, ...]) -> tuple[Element, ...]:
    """Find points among words; the cache compares the digest instead of the words."""
    return find_key_points(points, _words, _get_embedder())


@st.cache_resource(show_spinner=False)
def _get_embedder() -> Embedder:
    """Return the sentence model, loaded once per server."""
    return load_embedder()


def _compute_words_digest(words: Sequence[Word]) -> str:
    """Return a digest that identifies an answer and its corrections."""
    return hashlib.sha256(repr(words).encode()).hexdigest()
