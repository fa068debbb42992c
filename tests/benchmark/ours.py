"""The product's own transcriber, whole and with single steps switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.fillers import label_filler_words
from analysis.repetition import label_repetitions
from speech.recording import Recording
from speech.transcript import Transcriber, Transcript
from speech.verbatim import Options
from speech.whisper import load
from tests.benchmark.systems import Entry, System

# Name in the ablation table -> fields of the recovery's options that differ from the product's.
STEPS_OFF: Mapping[str, Mapping[str, Any]] = {
    "the prompt": {"prompt": None},
    "short pieces": {"longest_piece": 28.0},
    "a threshold for filler sounds": {"count_from": 0.0},
    "dropping unsaid words": {"drop_unsaid": False},
    "merging doubled fillers": {"merge_doubled": False},
    "decoding uncovered voice again": {"recover_uncovered": False},
}


def product(model: str) -> System:
    """What the app runs."""
    return _labelled(load(model))


def without(step: str) -> Entry:
    """The product with one step switched off."""
    options = Options(**STEPS_OFF[step])
    return Entry(step, f"without {step}", lambda model: _labelled(load(model, options)))


def _labelled(transcriber: Transcriber) -> System:
    """Filler words and repetitions get their kinds in the analysis."""

    def transcribe(recording: Recording) -> Transcript:
        transcript = transcriber(recording)
        return replace(transcript, words=label_filler_words(label_repetitions(transcript.words)))

    return transcribe


ENTRIES = (Entry("ours", "**Answer Aloud**", product),)
