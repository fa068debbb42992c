"""Lines of what was heard with a button at each, which has the player of the report play that moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from analysis.structure.report_lines import Line, Section
from app_pages.components.frontend_component import declare_component
from store.attempt import KeptAttempt

_COMPONENT = declare_component("heard", "structure.html", "structure.css", "structure.js")


def show(attempt: KeptAttempt, section: Section, key: str) -> None:
    """Show a section of the report of an attempt; nothing where it has no lines."""
    if not section.lines:
        return
    with st.container(border=True, key=f"section_{key}"):
        st.markdown(f"#### {section.title}")
        st.caption(section.trust)
        _COMPONENT(key=key, data=drawn(attempt, section.lines))


def drawn(attempt: KeptAttempt, lines: Sequence[Line]) -> dict[str, Any]:
    """What the component draws, as plain JSON values; times in seconds."""
    data = {"take": attempt.id, "playable": attempt.has_recording, "lines": [_line(line) for line in lines]}
    return data | {"version": hashlib.sha256(json.dumps(data).encode()).hexdigest()}


def _line(line: Line) -> dict[str, Any]:
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
