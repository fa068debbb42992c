"""Show what was heard in an answer, line by line, and moments to play, with the player of the same report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from analysis.feedback.said import quote
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
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
from speech.segment import Segment
from speech.transcript import Word
from store.attempt import StoredAttempt

KEY_POINTS_TITLE = "Points you wanted to make"
KEY_POINTS_NOTE = "Matched by meaning, so it can miss a point or find one you didn't make."
UNCOMMENTED = "Marked without a comment."
MAX_MOMENTS = 8  # of a measure, that can be played beside it; the player marks all
_COMPONENT = declare_component("heard", "structure.html", "structure.css", "play_buttons.js", "structure.js")
_MOMENTS = declare_component("moments", "moments.html", "structure.css", "play_buttons.js", "moments.js")


def show_structure(attempt: StoredAttempt, section: Section, key: str) -> None:
    """Show a section of a report; nothing if it has no lines.

    Args:
        attempt: the attempt.
        section: the section.
        key: key of the component; different for each section.
    """
    if not section.lines:
        return
    with st.container(key=f"section_{key}"):
        st.markdown(f"**{section.title}**")
        _COMPONENT(key=key, data=make_component_data(attempt, section.lines))
        st.caption(section.trust)


def show_takeaway_moments(attempt: StoredAttempt, spans: Sequence[Segment], words: Sequence[Word], key: str) -> None:
    """Show the moments of a takeaway: the first with what was said in it, the others as its time."""
    moments = [_serialize_moment(span, words if place == 0 else ()) for place, span in enumerate(spans)]
    _show_moments(attempt, [{"label": "", "moments": moments}], key)


def show_finding_moments(attempt: StoredAttempt, findings: Iterable[Finding], key: str) -> None:
    """Show the moments behind numbers, to be played; nothing where there are none."""
    groups = [
        {"label": MEASURES[found.measure].label, "moments": [_serialize_moment(span, ()) for span in found.moments]}
        for found in findings
        if found.moments
    ]
    for group in groups:
        group["moments"] = group["moments"][:MAX_MOMENTS]
    if groups:
        st.caption("Listen to examples:")
        _show_moments(attempt, groups, key)


def show_comments(attempt: StoredAttempt, spans: Sequence[Segment], comments: Sequence[str], key: str) -> None:
    """Show comments, each beside its moment to be played; nothing where there are none."""
    moments = [
        {"start": span.start, "end": span.end, "text": comment or UNCOMMENTED, "name": "Comment"}
        for span, comment in zip(spans, comments, strict=True)
    ]
    if moments:
        _show_moments(attempt, [{"label": "", "moments": [each]} for each in moments], key)


def _show_moments(attempt: StoredAttempt, groups: Sequence[dict[str, Any]], key: str) -> None:
    _MOMENTS(key=key, data=_add_version({"take": attempt.id, "playable": attempt.has_recording, "groups": groups}))


def _serialize_moment(span: Segment, words: Sequence[Word]) -> dict[str, Any]:
    said = " ".join(word.text for word in words if span.overlap(word.span) > 0)
    return {"start": span.start, "end": span.end, "text": quote(said) if said else ""}


def make_component_data(attempt: StoredAttempt, lines: Sequence[ElementLine]) -> dict[str, Any]:
    """Return what the component draws, as JSON values; times in seconds."""
    drawn = [_serialize_line(line) for line in lines]
    return _add_version({"take": attempt.id, "playable": attempt.has_recording, "lines": drawn})


def _add_version(data: dict[str, Any]) -> dict[str, Any]:
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
