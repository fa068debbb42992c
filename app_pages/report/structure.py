"""Show the elements found in an answer, each with a button that plays its moment in the player."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.structure.report_lines import ElementLine, Section
from store.attempt import StoredAttempt

_FRONTEND_FOLDER = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "heard",
    html=(_FRONTEND_FOLDER / "structure.html").read_text(encoding="utf-8"),
    css=(_FRONTEND_FOLDER / "structure.css").read_text(encoding="utf-8"),
    js=(_FRONTEND_FOLDER / "structure.js").read_text(encoding="utf-8"),
)


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
