"""Show an answer as a timeline, a transcript and sound, where a click on a mark plays that moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from streamlit import runtime

from analysis.corrections.corrected_transcript import CorrectedTranscript
from analysis.measures.registry import MEASURES
from analysis.report import Pause, Report
from app_pages.report.correction_marks import REMOVED_NOTE, CorrectionMark, list_removed, mark_words
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from speech.audio.recording import Samples
from speech.audio.wav import encode_wav
from speech.segment import Segment
from speech.transcript import Word, WordKind
from store.attempt import StoredAttempt
from store.errors import StoreError

_FRONTEND_FOLDER = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "listening",
    html=(_FRONTEND_FOLDER / "player.html").read_text(encoding="utf-8"),
    css=(_FRONTEND_FOLDER / "player.css").read_text(encoding="utf-8"),
    js="".join((_FRONTEND_FOLDER / name).read_text(encoding="utf-8") for name in ("player.js", "corrections.js")),
)
COMPONENT_KEY = "listening"
ENVELOPE_POINTS = 1200  # of the waveform picture; more than a wide screen can show


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
    url = None
    if sound is not None:
        url = runtime.get_instance().media_file_mgr.add(sound, "audio/wav", f"listening-{attempt.id}")
    data = make_player_data(report, now) | {
        "take": attempt.id,
        "url": url,
        "envelope": waves,
        "correctable": ask is not None,
    }
    data["version"] = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    _COMPONENT(
        key=COMPONENT_KEY,
        data=data,
        on_correction_change=lambda: ask and ask(st.session_state[COMPONENT_KEY].correction),
    )


def make_player_data(report: Report, now: CorrectedTranscript | None = None) -> dict[str, Any]:
    """Return what the component draws, as JSON values; times in seconds.

    Args:
        report: the report that is shown.
        now: the corrected transcript of the report; None for the one as recognised.
    """
    band = report.get_finding("speaking_rate").band
    told = mark_words(now) if now else (CorrectionMark(),) * len(report.words)
    return {
        "duration": report.duration,
        "pace": _scale_pace(report),
        "band": list(band.fine) if band else None,
        "pauses": [_serialize_pause(pause) for pause in report.pauses],
        "words": [_serialize_phrase(phrase) for phrase in _group_phrases(report, told)],
        "possible": [_serialize_phrase(((word, CorrectionMark()),)) for word in report.possible_fillers],
        "taken": [{**asdict(each), "note": REMOVED_NOTE} for each in (list_removed(now) if now else ())],
        "title": "What was said, as you put it right" if any(each.note for each in told) else "What was heard",
        "behind": [
            {"label": MEASURES[found.measure].label, "moments": [_to_times(moment) for moment in found.moments]}
            for found in report.findings
            if found.moments
        ],
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


def _load_sound_or_warn(attempt: StoredAttempt) -> tuple[bytes | None, list[int]]:
    if not attempt.has_recording:
        st.caption("The recording of this answer was not kept, so there is nothing to play.")
        return None, []
    try:
        return _load_sound(attempt.id)
    except StoreError as error:  # the report can be read without it
        st.warning(escape_markdown(str(error)))
        return None, []


@st.cache_data(max_entries=4, show_spinner=False)
def _load_sound(attempt_id: str) -> tuple[bytes, list[int]]:
    heard = get_store().load_recording(attempt_id)
    return encode_wav(heard), compute_envelope(heard.samples)


def _to_times(span: Segment) -> list[float]:
    return [span.start, span.end]


def _group_phrases(report: Report, told: tuple[CorrectionMark, ...]) -> list[tuple[tuple[Word, CorrectionMark], ...]]:
    """Group words in time order with their marks; the words of one filler ("you know") form one group."""
    moments = [*report.get_finding("filler_words").moments, *report.get_finding("repetitions").moments]

    def counted_as(marked: tuple[Word, CorrectionMark]) -> object:
        word = marked[0]
        if word.kind in (WordKind.DISCOURSE_MARKER, WordKind.REPETITION):
            return word.kind, next((moment for moment in moments if moment.overlap(word.span)), word)
        return marked

    return [tuple(phrase) for _, phrase in groupby(zip(report.words, told, strict=True), counted_as)]


def _serialize_phrase(phrase: tuple[tuple[Word, CorrectionMark], ...]) -> dict[str, Any]:
    words = [word for word, _ in phrase]
    mark = next((mark for _, mark in phrase if mark.note), phrase[0][1])
    whole = mark if len(words) == 1 else replace(mark, heard=None)  # part of a phrase is no text to go back to
    return {
        "text": " ".join(word.text for word in words),
        "start": words[0].start,
        "end": words[-1].end,
        "kind": words[0].kind.value,
        **asdict(whole),
    }


def _serialize_pause(pause: Pause) -> dict[str, Any]:
    return {"start": pause.span.start, "end": pause.span.end, "length": pause.length.value}
