"""The answer to look at and listen to: timeline, transcript and sound, where every mark can be heard."""

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

from analysis.corrections.corrected_transcript import Corrected
from analysis.measures.registry import MEASURES
from analysis.report import Pause, Report
from app_pages.report.correction_marks import TAKEN, Mark, marks, taken
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from speech.audio.recording import Samples
from speech.audio.wav import wav
from speech.segment import Span
from speech.transcript import Word, WordKind
from store.attempt import KeptAttempt
from store.errors import StoreError

_PARTS = Path(__file__).parents[1] / "components" / "frontend"
_COMPONENT = st.components.v2.component(
    "listening",
    html=(_PARTS / "player.html").read_text(encoding="utf-8"),
    css=(_PARTS / "player.css").read_text(encoding="utf-8"),
    js="".join((_PARTS / name).read_text(encoding="utf-8") for name in ("player.js", "corrections.js")),
)
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
    told = marks(now) if now else (Mark(),) * len(report.words)
    return {
        "duration": report.duration,
        "pace": _pace(report),
        "band": list(band.fine) if band else None,
        "pauses": [_pause(pause) for pause in report.pauses],
        "words": [_joined(phrase) for phrase in _phrases(report, told)],
        "possible": [_joined(((word, Mark()),)) for word in report.possible_fillers],
        "taken": [{**asdict(each), "note": TAKEN} for each in (taken(now) if now else ())],
        "title": "What was said, as you put it right" if any(each.note for each in told) else "What was heard",
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


def _phrases(report: Report, told: tuple[Mark, ...]) -> list[tuple[tuple[Word, Mark], ...]]:
    """The words in time order, each with its mark, those that were counted as one ("you know") together."""
    moments = [*report.finding("filler_words").moments, *report.finding("repetitions").moments]

    def counted_as(marked: tuple[Word, Mark]) -> object:
        word = marked[0]
        if word.kind in (WordKind.FILLER_WORD, WordKind.REPETITION):
            return word.kind, next((moment for moment in moments if moment.overlap(word.span)), word)
        return marked

    return [tuple(phrase) for _, phrase in groupby(zip(report.words, told, strict=True), counted_as)]


def _joined(phrase: tuple[tuple[Word, Mark], ...]) -> dict[str, Any]:
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


def _pause(pause: Pause) -> dict[str, Any]:
    return {"start": pause.span.start, "end": pause.span.end, "length": pause.length.value}
