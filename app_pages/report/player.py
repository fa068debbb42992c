"""Show an answer as a timeline, a transcript and sound, where a click on a mark plays that moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from analysis.corrections.corrected_transcript import CorrectedTranscript
from analysis.marked_transcript import STYLES, Token, TokenKind, TokenStyle, kinds_in, label_pause, mark_transcript
from analysis.measures.pitch import track_melody
from analysis.report import Pause, Report
from app_pages.components.frontend_component import declare_component
from app_pages.ui.served_sound import serve_sound
from app_pages.ui.store_access import get_person_id, get_store
from app_pages.ui.wording import escape_markdown
from speech.audio.encoding import encode_wav
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.audio.signal import measure_frame_power
from speech.segment import Segment
from store.attempt import StoredAttempt
from store.errors import StoreError

_COMPONENT = declare_component("listening", "player.html", "player.css", "player.js", "corrections.js")
COMPONENT_KEY = "listening"
ENVELOPE_POINTS = 1200  # of the waveform picture; more than a wide screen can show
CURVE_SAMPLES = SAMPLE_RATE // 10  # of a step of the lines of loudness and pitch
LOUDNESS_RANGE_DB = 40.0  # what lies further below the loudest moment is drawn as silence
_VOICE = "voice_of_"  # before the id of an attempt: whether its loudness and pitch are drawn


def show_player(
    attempt: StoredAttempt,
    report: Report,
    now: CorrectedTranscript | None = None,
    ask: Callable[[Any], None] | None = None,
) -> None:
    """Show the timeline and the transcript of a report; a click plays the moment, if there is a recording.

    Args:
        attempt: the attempt.
        report: the report that is shown.
        now: the corrected transcript of the report; None for the one as recognised.
        ask: callback for a correction chosen at a word; None if words cannot be corrected.
    """
    sound, waves = _load_sound_or_warn(attempt)
    url = None if sound is None else serve_sound(sound, attempt.id)
    data = make_player_data(report, now) | {
        "take": attempt.id,
        "url": url,
        "envelope": waves,
        "correctable": ask is not None,
        "voice": _load_voice_curves(attempt.id) if url and st.session_state.get(f"{_VOICE}{attempt.id}") else None,
    }
    data["version"] = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    _COMPONENT(
        key=COMPONENT_KEY,
        data=data,
        on_correction_change=lambda: ask and ask(st.session_state[COMPONENT_KEY].correction),
        on_voice_change=lambda: _choose_voice(attempt.id),
    )


def add_sound(attempt_id: str) -> str:
    """Return the address at which a browser gets the recording of an attempt; raises StoreError."""
    return serve_sound(_load_sound(attempt_id)[0], attempt_id)


def make_player_data(report: Report, now: CorrectedTranscript | None = None) -> dict[str, Any]:
    """Return what the component draws, as JSON values; times in seconds.

    Args:
        report: the report that is shown.
        now: the corrected transcript of the report; None for the one as recognised.
    """
    band = report.get_finding("speaking_rate").band
    tokens = mark_transcript(report, now, joins_phrases=True)
    is_corrected = any(token.note for token in tokens if token.kind is not TokenKind.REMOVED)
    return {
        "duration": report.duration,
        "speech": _to_times(report.response) if report.response else [0.0, report.duration],
        "pace": _scale_pace(report),
        "band": list(band.fine) if band else None,
        "pauses": [_serialize_pause(pause) for pause in report.pauses],
        "tokens": [_serialize_token(token) for token in tokens],
        "styles": {kind.value: _serialize_style(STYLES[kind]) for kind in kinds_in(tokens)},
        "title": "Corrected transcript" if is_corrected else "What you said",
    }


def _scale_pace(report: Report) -> list[list[float | None]]:
    """Return the pace curve as [seconds, words per minute or None].

    The curve leaves out pauses, while the range counts them. The curve is scaled by the answer's own share of
    speech so that both fit on one axis.
    """
    share = report.get_finding("phonation_ratio").value or 1.0
    return [[p.at, None if p.words_per_minute is None else share * p.words_per_minute] for p in report.pace]


def compute_envelope(samples: Samples) -> list[int]:
    """Return the peaks of ENVELOPE_POINTS equal parts of the sound, in percent of the highest peak."""
    peaks = np.array([np.abs(part).max(initial=0) for part in np.array_split(samples, ENVELOPE_POINTS)])
    return [int(peak) for peak in np.round(100 * peaks / max(peaks.max(), 1e-9))]


def compute_voice_curves(samples: Samples) -> dict[str, Any]:
    """Return loudness and pitch over time as values from 0 to 1 to draw, None where there is no voice to tell.

    Loudness is that of the quietest to the loudest moment, in steps of a decibel scale; pitch that of the speaker's own
    range on a scale of semitones.
    """
    loudness = 10 * np.log10(measure_frame_power(samples, CURVE_SAMPLES) + 1e-9)
    return {
        "step": CURVE_SAMPLES / SAMPLE_RATE,
        "loudness": _scale(np.clip(loudness, loudness.max(initial=-90.0) - LOUDNESS_RANGE_DB, None)),
        "pitch": _scale(track_melody(samples, CURVE_SAMPLES)),
    }


def _scale(values: NDArray[np.float64]) -> list[float | None]:
    """Return values scaled to 0 to 1; None for those that are not known."""
    known = values[np.isfinite(values)]
    if not known.size:
        return [None] * len(values)
    low, span = known.min(), max(np.ptp(known), 1e-9)
    return [round(float(each - low) / span, 3) if np.isfinite(each) else None for each in values]


def _load_voice_curves(attempt_id: str) -> dict[str, Any]:
    return _compute_voice_curves(attempt_id, get_person_id())


@st.cache_data(max_entries=4, show_spinner="Looking at your voice…")
def _compute_voice_curves(attempt_id: str, person_id: str) -> dict[str, Any]:
    return compute_voice_curves(get_store().load_recording(attempt_id).samples)


def _choose_voice(attempt_id: str) -> None:
    wanted = st.session_state[COMPONENT_KEY].voice
    if wanted is not None:
        st.session_state[f"{_VOICE}{attempt_id}"] = wanted


def _load_sound_or_warn(attempt: StoredAttempt) -> tuple[bytes | None, list[int]]:
    if not attempt.has_recording:
        st.caption("This recording wasn't kept, so there's nothing to play.")
        return None, []
    try:
        return _load_sound(attempt.id)
    except StoreError as error:  # the report can be read without it
        st.warning(escape_markdown(str(error)))
        return None, []


def _load_sound(attempt_id: str) -> tuple[bytes, list[int]]:
    return _encode_sound(attempt_id, get_person_id())


@st.cache_data(max_entries=4, show_spinner=False)
def _encode_sound(attempt_id: str, person_id: str) -> tuple[bytes, list[int]]:
    heard = get_store().load_recording(attempt_id)
    return encode_wav(heard), compute_envelope(heard.samples)


def _to_times(span: Segment) -> list[float]:
    return [span.start, span.end]


def _serialize_token(token: Token) -> dict[str, Any]:
    return {**asdict(token), "kind": token.kind.value, "written": token.written}


def _serialize_style(style: TokenStyle) -> dict[str, str]:
    return {**asdict(style), "written": style.written_example}


def _serialize_pause(pause: Pause) -> dict[str, Any]:
    return {**asdict(pause.span), "length": pause.length.value, "label": label_pause(pause)}
