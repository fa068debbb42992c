"""Short answers that can be recorded repeatedly, each with its own digest."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import numpy as np

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.audio.recording import Recording
from speech.audio.signal import INT16_FULL_SCALE
from store.store import Store
from tests.support.answers import ScriptedTranscriber, make_answer, synthesise

QUESTION = AskedQuestion("about-you", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
SCRIPT = make_answer("I led {um} it.")


@cache
def _make_sound() -> Recording:
    return synthesise(SCRIPT)


def make_recording(name: str) -> Recording:
    """Return a recording with its own name and digest."""
    return replace(_make_sound(), name=name, digest=hashlib.sha256(name.encode()).hexdigest())


def measure(store: Store, attempt_id: str) -> Report:
    """Analyse a stored recording as the app does, with a scripted recogniser."""
    sound = store.load_recording(attempt_id)
    transcript = ScriptedTranscriber(SCRIPT)(sound)
    return analyze(sound, transcript, QUESTION)


def is_sound_of(kept: Recording) -> bool:
    """Return whether a stored recording has the expected samples, within half a 16-bit step."""
    samples = _make_sound().samples
    return kept.samples.shape == samples.shape and bool(np.abs(kept.samples - samples).max() <= 0.5 / INT16_FULL_SCALE)
