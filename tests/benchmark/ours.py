"""The product's own transcriber, whole and with single steps switched off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from speech.recording import Recording
from speech.transcript import Transcript
from tests.benchmark.systems import Entry, System

# Name in the ablation table -> fields of the recovery's options that differ from the product's.
STEPS_OFF: Mapping[str, Mapping[str, Any]] = {
    "the prompt": {"prompt": None},
    "short pieces": {"longest_piece": 28.0},
    "dropping unsaid words": {"drop_unsaid": False},
    "merging doubled fillers": {"merge_doubled": False},
    "decoding uncovered voice again": {"recover_uncovered": False},
}


def product(model: str) -> System:
    """What the app runs."""
    from speech.whisper import load  # late: the baselines can be measured without it

    return _quietly(load(model))


def _quietly(transcriber: Any) -> System:
    def transcribe(recording: Recording) -> Transcript:
        transcript: Transcript = transcriber(recording)
        return transcript

    return transcribe


def without(step: str) -> Entry:
    """The product with one step switched off."""
    from speech.verbatim import Options
    from speech.whisper import load

    options = Options(**STEPS_OFF[step])
    return Entry(step, f"without {step}", lambda model: _quietly(load(model, options=options)))


ENTRIES = (Entry("ours", "**Answer Aloud**", product),)
