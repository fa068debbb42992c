"""A small learned scorer: the probability of a filled pause (um, uh, er, hmm) from Whisper's encoding.

The encoder represents hesitations that the decoder does not write. A linear filter over the
encoder's output (five frames within +-0.16 s) gives each 20 ms frame a probability; a second,
smaller model judges a whole segment. The encoding exists already, so scoring costs next to nothing.
`tools/scorer_training` fits the weights and evaluates them on held-out speakers.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from speech.asr.whisper_model import TOKEN_STEP_SECONDS
from speech.errors import WeightsError

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
FRAME_SHIFTS = (-8, -4, 0, 4, 8)  # frames of 20 ms that are heard together
MIN_CLEAR_PROBABILITY = 0.5  # frame probability from which a frame speaks for a filler
MEASURE_COUNT = 4  # what is measured of a stretch

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FillerScorer:
    """The fitted weights for one Whisper model."""

    filters: Floats  # (len(SHIFTS), width): weight of each encoder dimension at each shift
    bias: float
    stretch_weights: Floats  # (MEASURES,)
    stretch_bias: float

    def __post_init__(self) -> None:
        if (
            self.filters.ndim != 2
            or len(self.filters) != len(FRAME_SHIFTS)
            or self.stretch_weights.shape != (MEASURE_COUNT,)
        ):
            raise ValueError(f"filters of shape {self.filters.shape}, {self.stretch_weights.shape}")
        if not all(
            np.isfinite(one).all() for one in (self.filters, self.bias, self.stretch_weights, self.stretch_bias)
        ):
            raise ValueError("weights that are not numbers")

    @classmethod
    def load(cls, model_name: str, folder: Path = WEIGHTS_FOLDER) -> FillerScorer | None:
        """Load the scorer of a Whisper model.

        Args:
            model_name: Name of the Whisper model.
            folder: Where the weights are.

        Returns:
            The scorer; None if none was fitted for the model.

        Raises:
            WeightsError: The weights are damaged.
        """
        path = folder / f"{model_name}.npz"
        if Path(model_name).name != model_name or not path.is_file():
            return None
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(
                    np.asarray(held["filters"], dtype=np.float32),
                    float(held["bias"]),
                    np.asarray(held["stretch_weights"], dtype=np.float32),
                    float(held["stretch_bias"]),
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise WeightsError(f"The weights in {path} are damaged ({error}). Install the program again.") from error

    def save(self, path: Path) -> None:
        """Write the weights where `load` finds them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            path,
            filters=self.filters,
            bias=np.float32(self.bias),
            stretch_weights=self.stretch_weights,
            stretch_bias=np.float32(self.stretch_bias),
        )

    def score_frames(self, encoded: Any, frames: int) -> Floats:
        """Return the probability of a filled pause in each 20 ms frame, shape (frames // 2,).

        Args:
            encoded: As in `speech.asr.whisper_model.EncodedChunk`, shape (1, frames / 2, width).
            frames: As in `speech.asr.whisper_model.EncodedChunk`.

        Raises:
            ValueError: The encoding comes from a model of another width.
        """
        hidden = np.asarray(encoded, dtype=np.float32)[0, : frames // 2]
        if hidden.shape[1] != self.filters.shape[1]:
            raise ValueError(f"an encoding of width {hidden.shape[1]} for filters of width {self.filters.shape[1]}")
        return _to_probability(_apply_filters(hidden, self.filters) + np.float32(self.bias))

    def score_stretch(self, scores: Floats, start: float, end: float) -> float:
        """Return the probability that a speech segment is a filled pause.

        Meant for segments of 0.1 to 1 s, one in five of which is a filled pause; if they are rarer, use a
        higher threshold.

        Args:
            scores: Probability for each 20 ms of the chunk, shape (frames,).
            start: Seconds from the start of the chunk.
            end: Seconds from the start of the chunk.
        """
        return self.score_measures(measure_stretch(scores, start, end))

    def score_measures(self, measures: Floats) -> float:
        """Return the probability that a segment with these measures is a filled pause.

        Args:
            measures: As returned by `measure_stretch`, shape (4,).
        """
        logit = measures @ self.stretch_weights + self.stretch_bias
        return float(_to_probability(np.array([logit], dtype=np.float32))[0])


def measure_stretch(scores: Floats, start: float, end: float) -> Floats:
    """Return the measures of a segment, shape (4,).

    Args:
        scores: Probability for each 20 ms of the chunk, shape (frames,).
        start: Seconds from the start of the chunk.
        end: Seconds from the start of the chunk.

    Returns:
        Mean and maximum probability, share of frames above MIN_CLEAR_PROBABILITY, and length in
        seconds.
    """
    if not len(scores):
        return np.array([0, 0, 0, end - start], dtype=np.float32)
    first = min(max(round(start / TOKEN_STEP_SECONDS), 0), len(scores) - 1)
    heard = scores[first : max(round(end / TOKEN_STEP_SECONDS), first + 1)]
    return np.array([heard.mean(), heard.max(), np.mean(heard >= MIN_CLEAR_PROBABILITY), end - start], dtype=np.float32)


def shift_frames(frames: Floats, shift: int) -> Floats:
    """Return the frames `shift` later, repeating the first or last one beyond the edges."""
    return frames[np.clip(np.arange(len(frames)) + shift, 0, len(frames) - 1)] if len(frames) else frames


def _apply_filters(hidden: Floats, filters: Floats) -> Floats:
    seen = hidden @ filters.T
    parts = [shift_frames(seen[:, column], shift) for column, shift in enumerate(FRAME_SHIFTS)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def _to_probability(logit: Floats) -> Floats:
    return np.asarray(scipy.special.expit(logit), dtype=np.float32)
