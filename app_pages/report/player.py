"""The answer to look at and listen to: timeline, transcript and sound, where every mark can be heard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st
from streamlit import runtime

from analysis.corrections.corrected_transcript import Corrected
from analysis.marked_transcript import STYLES, Token, TokenKind, TokenStyle, kinds_in, label_pause, mark_transcript
from analysis.measures.registry import MEASURES
from analysis.report import Pause, Report
from app_pages.components.frontend_component import declare_component
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from speech.audio.recording import Samples
from speech.audio.wav import wav
from speech.segment import Span
from store.attempt import KeptAttempt
from store.errors import StoreError

_COMPONENT = declare_component("listening", "player.html", "player.css", "player.js", "corrections.js")
KEY = "listening"
COLUMNS = 1200  # of the waveform picture; more than a wide screen can show


def show(
    attempt: KeptAttempt, report: Report, now: Corrected | None = None, ask: Callable[[Any], None] | None = None
) -> None:
    """Show the timeline and the transcript of a report; clicking a mark plays that moment, if the sound was kept.

    `now` are the words of the report beside what was heard; with `ask`, which is told what was chosen at a word, they
    can be put right.
    """
    sound, waves = _kept_sound(attempt)
    url = None
    if sound is not None:
        url = runtime.get_instance().media_file_mgr.add(sound, "audio/wav", f"listening-{attempt.id}")
    data = timeline(report, now) | {"take": attempt.id, "url": url, "envelope": waves, "correctable": ask is not None}
    data["version"] = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    _COMPONENT(key=KEY, data=data, on_correction_change=lambda: ask and ask(st.session_state[KEY].correction))


def timeline(report: Report, now: Corrected | None = None) -> dict[str, Any]:
    """What the component draws, as plain JSON values; times in seconds."""
    band = report.finding("speaking_rate").band
    tokens = mark_transcript(report, now, joins_phrases=True)
    is_corrected = any(token.note for token in tokens if token.kind is not TokenKind.REMOVED)
    return {
        "duration": report.duration,
        "pace": _pace(report),
        "band": list(band.fine) if band else None,
        "pauses": [_pause(pause) for pause in report.pauses],
        "tokens": [_serialize_token(token) for token in tokens],
        "styles": {kind.value: _serialize_style(STYLES[kind]) for kind in kinds_in(tokens)},
        "title": "What was said, as you put it right" if is_corrected else "What was heard",
        "behind": [
            {"label": MEASURES[found.measure].label, "moments": [_times(moment) for moment in found.moments]}
            for found in report.findings
            if found.moments
        ],
    }


def _pace(report: Report) -> list[list[float | None]]:
    """The curve leaves pauses out and the band is made for speech with them: the answer's own share makes them meet."""
    share = report.finding("phonation_ratio").value or 1.0
    return [[p.at, None if p.words_per_minute is None else share * p.words_per_minute] for p in report.pace]


def envelope(samples: Samples) -> list[int]:
    """The loudest sample of each of COLUMNS equal stretches, in percent of the loudest of all."""
    peaks = np.array([np.abs(part).max(initial=0) for part in np.array_split(samples, COLUMNS)])
    return [int(peak) for peak in np.round(100 * peaks / max(peaks.max(), 1e-9))]


def _kept_sound(attempt: KeptAttempt) -> tuple[bytes | None, list[int]]:
    if not attempt.has_recording:
        st.caption("The recording of this answer was not kept, so there is nothing to play.")
        return None, []
    try:
        return _sound(attempt.id)
    except StoreError as error:  # the report can be read without it
        st.warning(plain(str(error)))
        return None, []


@st.cache_data(max_entries=4, show_spinner=False)
def _sound(attempt_id: str) -> tuple[bytes, list[int]]:
    heard = get_store().recording(attempt_id)
    return wav(heard), envelope(heard.samples)


def _times(span: Span) -> list[float]:
    return [span.start, span.end]


def _serialize_token(token: Token) -> dict[str, Any]:
    return {**asdict(token), "kind": token.kind.value, "written": token.written}


def _serialize_style(style: TokenStyle) -> dict[str, str]:
    return {**asdict(style), "written": style.written_example}


def _pause(pause: Pause) -> dict[str, Any]:
    return {**asdict(pause.span), "length": pause.length.value, "label": label_pause(pause)}
