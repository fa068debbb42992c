"""The product's own transcriber, complete and with single steps switched off.

Its filler scorer was trained on some of the real clips. So that no result comes from a speaker the
scorer knows, those clips are scored with weights trained without their speaker (`left_out`, one
folder per speaker, written by `python -m tools.scorer_training.train --left-out`).
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
from tests.benchmark.systems.system import Entry, System
from tools.scorer_training.clips import find_speaker

# Name in the ablation table -> fields of the recovery's options that differ from the product's.
STEPS_OFF: Mapping[str, Mapping[str, Any]] = {
    "conditioning": {"condition": False},
    "bringing back the fundamental": {"restore_fundamental": False},
    "taking out breaths": {"drop_breaths": False},
    "the prompt": {"prompt": None},
    "the search for words": {"beam": 1},
    "searching only in doubt": {"search_in_doubt": False},
    "a limit of what is a doubt": {"doubt_from": 0.45},
    "leaving faint gaps alone": {"skip_faint": False},
    "long pieces": {"longest_piece": 15.0},
    "a threshold for filler sounds": {"count_from": 0.0},
    "dropping unsaid words": {"drop_unsaid": False},
    "weighing the sound": {"weigh_sound": False},
    "telling sounds apart": {"tell_sounds_apart": False},
    "dropping laughter": {"drop_laughter": False},
    "decoding again with other prompts": {"retry": False},
    "merging doubled fillers": {"merge_doubled": False},
    "decoding uncovered voice again": {"recover_uncovered": False},
}


# The clips that the scorer's weights were fitted to.
TRAINING_CLIPS = (
    "g01", "g02", "g06", "g07", "m01", "m03", "m04", "r01",
    "r02", "r05", "s09", "s10", "s11", "z01", "z04", "z06",
)  # fmt: skip
LEFT_OUT_FOLDER = Path(__file__).parents[1] / "left_out"


def load_product(model: str) -> System:
    """Load the transcriber as the app uses it."""
    return _make_system(load(model), model)


def make_without(step: str) -> Entry:
    """Return the entry of the product with one step switched off.

    Args:
        step: A key of `STEPS_OFF`.
    """
    options = Options(**STEPS_OFF[step])
    return Entry(step, f"without {step}", lambda model: _make_system(load(model, options), model))


def _make_system(transcriber: VerbatimTranscriber, model: str) -> System:
    """Label filler words and repetitions as the analysis does."""

    def transcribe(recording: Recording) -> Transcript:
        transcript = _use_left_out_weights(transcriber, model, recording.name)(recording)
        return replace(transcript, words=label_filler_words(label_repetitions(transcript.words)))

    return transcribe


def _use_left_out_weights(transcriber: VerbatimTranscriber, model: str, clip: str) -> VerbatimTranscriber:
    """Return the transcriber with a scorer that was trained without the clip's speaker.

    Args:
        transcriber: The product's transcriber.
        model: Name of the recogniser's model.
        clip: Name of the clip.
    """
    name = Path(clip).stem
    if transcriber.scorer is None or not name.startswith(TRAINING_CLIPS):
        return transcriber
    folder = LEFT_OUT_FOLDER / find_speaker(name)
    scorer = FillerScorer.load(model, folder)
    if scorer is None:
        raise FileNotFoundError(
            f"No weights for {model} without the speaker of {name} in {folder}: a figure made with weights that know "
            "the speaker is worth nothing. Write them with python -m tools.scorer_training.train --left-out."
        )
    return replace(transcriber, scorer=scorer)


ENTRIES = (Entry("ours", "**Answer Aloud**", load_product),)
