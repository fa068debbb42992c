"""One piece of speech as a voice gave it, and the energy gate that finds where it begins, ends and falls silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.segment import Span

WINDOW = SAMPLE_RATE // 100  # 10 ms
HOP = WINDOW // 2
GATE = 32.0  # dB below the loud part of a piece; what is quieter would drown in the room
LONGEST_INNER_SILENCE = 0.20  # s; a voice's own longer ones would be near the 0.25 s of a pause without being marked
INNER_SILENCE_KEPT = 0.12  # s left of one that was too long
FADE = WINDOW // 2  # samples at both ends, against clicks


@dataclass(frozen=True, eq=False)
class Utterance:
    """Mono samples at 16 kHz, shape (n,), and when each of its words is said, in seconds from its first sample."""

    samples: Samples
    words: tuple[Span, ...]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE


def trimmed(utterance: Utterance) -> Utterance:
    """The utterance without the silence around it and with its own long silences shortened.

    Raises ValueError when nothing can be heard at all.
    """
    loud = np.flatnonzero(_above_gate(utterance.samples))
    if not loud.size:
        raise ValueError("the voice gave no sound")
    quiet = [(0, int(loud[0]))]
    keep = round(INNER_SILENCE_KEPT * SAMPLE_RATE)
    for left, right in zip(loud[:-1] + 1, loud[1:], strict=True):
        if right - left > LONGEST_INNER_SILENCE * SAMPLE_RATE:
            quiet.append((int(left) + keep // 2, int(right) - keep // 2))
    quiet.append((int(loud[-1]) + 1, len(utterance.samples)))
    return _faded(_without(utterance, quiet))


def levelled(samples: Samples, level: float) -> Samples:
    """The samples at a level in dBFS (RMS over the whole piece)."""
    rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
    return (samples * (10 ** (level / 20) / rms)).astype(np.float32)


def _above_gate(samples: Samples) -> NDArray[np.bool_]:
    """For each sample, whether its 5 ms block belongs to a 10 ms window above the gate."""
    blocks = np.pad(samples, (0, -len(samples) % HOP)).reshape(-1, HOP).astype(np.float64)
    power = np.mean(blocks**2, axis=1)
    windows = (power + np.append(power[1:], 0)) / 2
    loud = windows > np.percentile(windows, 90) * 10 ** (-GATE / 10)
    heard = loud | np.append(False, loud[:-1])
    return np.repeat(heard & (power > 0), HOP)[: len(samples)]


def _without(utterance: Utterance, quiet: list[tuple[int, int]]) -> Utterance:
    keep = np.ones(len(utterance.samples), dtype=bool)
    for start, end in quiet:
        keep[start:end] = False
    kept_before = np.append(0, np.cumsum(keep)) / SAMPLE_RATE

    def moved(moment: float) -> float:
        return float(kept_before[min(round(moment * SAMPLE_RATE), len(keep))])

    words = tuple(Span(moved(word.start), moved(word.end)) for word in utterance.words)
    return Utterance(utterance.samples[keep], words)


def _faded(utterance: Utterance) -> Utterance:
    ramp = np.linspace(0, 1, FADE, dtype=np.float32)
    samples = utterance.samples.copy()
    samples[:FADE] *= ramp
    samples[-FADE:] *= ramp[::-1]
    return Utterance(samples, utterance.words)
