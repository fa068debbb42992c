"""One piece of synthesised speech, and the energy gate that finds where it starts, ends and pauses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.segment import Segment

WINDOW_SAMPLES = SAMPLE_RATE // 100  # 10 ms
HOP_SAMPLES = WINDOW_SAMPLES // 2
GATE_DB = 32.0  # dB below the loud part of a piece; what is quieter would drown in the room
MAX_INNER_SILENCE_SECONDS = (
    0.20  # s; a voice's own longer ones would be near the 0.25 s of a pause without being marked
)
SHORTENED_SILENCE_SECONDS = 0.12  # s left of one that was too long
FADE_SAMPLES = WINDOW_SAMPLES // 2  # samples at both ends, against clicks


@dataclass(frozen=True, eq=False)
class Utterance:
    """Mono samples at 16 kHz, shape (n,), and the segment of each word, in seconds from the first sample."""

    samples: Samples
    words: tuple[Segment, ...]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE


def trim_silence(utterance: Utterance) -> Utterance:
    """Cut the silence around an utterance and shorten long silences inside it.

    Raises:
        ValueError: The utterance is silent.
    """
    loud = np.flatnonzero(_flag_loud_samples(utterance.samples))
    if not loud.size:
        raise ValueError("the voice gave no sound")
    quiet = [(0, int(loud[0]))]
    keep = round(SHORTENED_SILENCE_SECONDS * SAMPLE_RATE)
    for left, right in zip(loud[:-1] + 1, loud[1:], strict=True):
        if right - left > MAX_INNER_SILENCE_SECONDS * SAMPLE_RATE:
            quiet.append((int(left) + keep // 2, int(right) - keep // 2))
    quiet.append((int(loud[-1]) + 1, len(utterance.samples)))
    return _fade_ends(_cut_out(utterance, quiet))


def set_level(samples: Samples, level: float) -> Samples:
    """Scale samples to a level.

    Args:
        samples: Shape (n,).
        level: RMS over all samples, in dBFS.
    """
    rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
    return (samples * (10 ** (level / 20) / rms)).astype(np.float32)


def _flag_loud_samples(samples: Samples) -> NDArray[np.bool_]:
    """Return for each sample whether its 5 ms block belongs to a 10 ms window above the gate."""
    blocks = np.pad(samples, (0, -len(samples) % HOP_SAMPLES)).reshape(-1, HOP_SAMPLES).astype(np.float64)
    power = np.mean(blocks**2, axis=1)
    windows = (power + np.append(power[1:], 0)) / 2
    loud = windows > np.percentile(windows, 90) * 10 ** (-GATE_DB / 10)
    heard = loud | np.append(False, loud[:-1])
    return np.repeat(heard & (power > 0), HOP_SAMPLES)[: len(samples)]


def _cut_out(utterance: Utterance, quiet: list[tuple[int, int]]) -> Utterance:
    keep = np.ones(len(utterance.samples), dtype=bool)
    for start, end in quiet:
        keep[start:end] = False
    kept_before = np.append(0, np.cumsum(keep)) / SAMPLE_RATE

    def shift(moment: float) -> float:
        return float(kept_before[min(round(moment * SAMPLE_RATE), len(keep))])

    words = tuple(Segment(shift(word.start), shift(word.end)) for word in utterance.words)
    return Utterance(utterance.samples[keep], words)


def _fade_ends(utterance: Utterance) -> Utterance:
    ramp = np.linspace(0, 1, FADE_SAMPLES, dtype=np.float32)
    samples = utterance.samples.copy()
    samples[:FADE_SAMPLES] *= ramp
    samples[-FADE_SAMPLES:] *= ramp[::-1]
    return Utterance(samples, utterance.words)
