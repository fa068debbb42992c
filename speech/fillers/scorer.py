"""A small learned scorer: how likely a moment is a filled pause (um, uh, er, hmm), from Whisper's encoding.

The encoder hears hesitations that the decoder does not write down. A linear filter over the encoder's output (five
frames within +-0.16 s) gives each 20 ms frame a probability; a second, smaller one judges a whole stretch of voice. The
encoding is there already, so that scoring costs next to nothing. `tools/scorer_training` tells how the weights were
fitted and how well they do on speakers left out.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from speech.asr.whisper_model import TOKEN_STEP
from speech.errors import WeightsError

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
SHIFTS = (-8, -4, 0, 4, 8)  # frames of 20 ms that are heard together
CLEAR = 0.5  # frame probability from which a frame speaks for a filler
MEASURES = 4  # what is measured of a stretch

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FillerScorer:
    """The fitted filters for one Whisper model."""

    filters: Floats  # (len(SHIFTS), width): weight of each encoder dimension at each shift
    bias: float
    stretch_weights: Floats  # (MEASURES,)
    stretch_bias: float

    def __post_init__(self) -> None:
        if self.filters.ndim != 2 or len(self.filters) != len(SHIFTS) or self.stretch_weights.shape != (MEASURES,):
            raise ValueError(f"filters of shape {self.filters.shape}, {self.stretch_weights.shape}")
        if not all(
            np.isfinite(one).all() for one in (self.filters, self.bias, self.stretch_weights, self.stretch_bias)
        ):
            raise ValueError("weights that are not numbers")

    @classmethod
    def load(cls, model_name: str, folder: Path = WEIGHTS_FOLDER) -> FillerScorer | None:
        """The scorer of a Whisper model by its name, None where none was fitted; WeightsError when it is damaged."""
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

    def scores(self, encoded: Any, frames: int) -> Floats:
        """Probability of a filler in each 20 ms frame, shape (frames // 2,).

        `encoded` and `frames` are those of a `speech.asr.whisper_model.Window`; raises ValueError for another model's
        width.
        """
        hidden = np.asarray(encoded, dtype=np.float32)[0, : frames // 2]
        if hidden.shape[1] != self.filters.shape[1]:
            raise ValueError(f"an encoding of width {hidden.shape[1]} for filters of width {self.filters.shape[1]}")
        return _probability(_filtered(hidden, self.filters) + np.float32(self.bias))

    def stretch_probability(self, scores: Floats, start: float, end: float) -> float:
        """Probability that a stretch of voice is a filler; start and end in seconds from the window's start.

        Meant for stretches of 0.1 to 1 s, of which one in five is a filler: a calmer prior needs a higher threshold.
        """
        return self.judged(stretch_measures(scores, start, end))

    def judged(self, measures: Floats) -> float:
        """Probability that a stretch with these measures is a filler."""
        logit = measures @ self.stretch_weights + self.stretch_bias
        return float(_probability(np.array([logit], dtype=np.float32))[0])


def stretch_measures(scores: Floats, start: float, end: float) -> Floats:
    """Mean, highest and share of clear frame probabilities in a stretch, and its length in seconds; shape (4,)."""
    if not len(scores):
        return np.array([0, 0, 0, end - start], dtype=np.float32)
    first = min(max(round(start / TOKEN_STEP), 0), len(scores) - 1)
    heard = scores[first : max(round(end / TOKEN_STEP), first + 1)]
    return np.array([heard.mean(), heard.max(), np.mean(heard >= CLEAR), end - start], dtype=np.float32)


def shifted(frames: Floats, shift: int) -> Floats:
    """The frames `shift` later, the first or last one repeated beyond the edges."""
    return frames[np.clip(np.arange(len(frames)) + shift, 0, len(frames) - 1)] if len(frames) else frames


def _filtered(hidden: Floats, filters: Floats) -> Floats:
    seen = hidden @ filters.T
    parts = [shifted(seen[:, column], shift) for column, shift in enumerate(SHIFTS)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def _probability(logit: Floats) -> Floats:
    return np.asarray(scipy.special.expit(logit), dtype=np.float32)
