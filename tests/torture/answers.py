"""Short answers to record again and again, each with a digest of its own."""

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
from tests.support.answers import Scripted, sound_of, spoken

QUESTION = AskedQuestion("about-you", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
SCRIPT = spoken("I led {um} it.")


@cache
def _sound() -> Recording:
    return sound_of(SCRIPT)


def answer(name: str) -> Recording:
    """A recording that is told apart by its name."""
    return replace(_sound(), name=name, digest=hashlib.sha256(name.encode()).hexdigest())


def measure(store: Store, attempt_id: str) -> Report:
    """From the recording on disk to a report, as the app does it, with a recogniser that knows the words already."""
    sound = store.recording(attempt_id)
    transcript = Scripted(SCRIPT)(sound)
    return analyze(sound, transcript, QUESTION)


def is_sound_of(kept: Recording) -> bool:
    """Whether a kept recording has the samples of `answer`, within half a step of 16 bits."""
    samples = _sound().samples
    return kept.samples.shape == samples.shape and bool(np.abs(kept.samples - samples).max() <= 0.5 / INT16_FULL_SCALE)
