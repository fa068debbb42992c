"""The product's own transcriber, whole and with single steps switched off.

Its filler scorer was fitted to some of the real clips. So that no figure comes from a speaker the scorer knows, those
clips are scored with weights fitted to everybody but their speaker (`left_out`, one folder a speaker, written by
`python -m tools.scorer_training.train --left-out`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from speech.audio.recording import Recording
from speech.fillers.scorer import FillerScorer
from speech.transcript import Transcript
from speech.verbatim import Options, VerbatimTranscriber
from speech.whisper import load
from tests.benchmark.systems import Entry, System
from tools.scorer_training.clips import speaker

# Name in the ablation table -> fields of the recovery's options that differ from the product's.
STEPS_OFF: Mapping[str, Mapping[str, Any]] = {
    "conditioning": {"condition": False},
    "bringing back the fundamental": {"restore_fundamental": False},
    "taking out breaths": {"drop_breaths": False},
    "the prompt": {"prompt": None},
    "the search for words": {"beam": 1},
    "long pieces": {"longest_piece": 15.0},
    "a threshold for filler sounds": {"count_from": 0.0},
    "dropping unsaid words": {"drop_unsaid": False},
    "weighing the sound": {"weigh_sound": False},
    "telling sounds apart": {"tell_sounds_apart": False},
    "decoding again with other prompts": {"retry": False},
    "merging doubled fillers": {"merge_doubled": False},
    "decoding uncovered voice again": {"recover_uncovered": False},
}


# The clips that the scorer's weights were fitted to.
LEARNT_FROM = (
    "g01", "g02", "g06", "g07", "m01", "m03", "m04", "r01",
    "r02", "r05", "s09", "s10", "s11", "z01", "z04", "z06",
)  # fmt: skip
LEFT_OUT = Path(__file__).with_name("left_out")


def product(model: str) -> System:
    """What the app runs."""
    return _labelled(load(model), model)


def without(step: str) -> Entry:
    """The product with one step switched off."""
    options = Options(**STEPS_OFF[step])
    return Entry(step, f"without {step}", lambda model: _labelled(load(model, options), model))


def _labelled(transcriber: VerbatimTranscriber, model: str) -> System:
    """Filler words and repetitions get their kinds in the analysis."""

    def transcribe(recording: Recording) -> Transcript:
        transcript = _fair(transcriber, model, recording.name)(recording)
        return replace(transcript, words=label_filler_words(label_repetitions(transcript.words)))

    return transcribe


def _fair(transcriber: VerbatimTranscriber, model: str, clip: str) -> VerbatimTranscriber:
    """The transcriber with a scorer that does not know the clip's speaker."""
    name = Path(clip).stem
    if transcriber.scorer is None or not name.startswith(LEARNT_FROM):
        return transcriber
    folder = LEFT_OUT / speaker(name)
    scorer = FillerScorer.load(model, folder)
    if scorer is None:
        raise FileNotFoundError(
            f"No weights for {model} without the speaker of {name} in {folder}: a figure made with weights that know "
            "the speaker is worth nothing. Write them with python -m tools.scorer_training.train --left-out."
        )
    return replace(transcriber, scorer=scorer)


ENTRIES = (Entry("ours", "**Answer Aloud**", product),)
