"""A microphone of this machine that has heard a sound already, for tests of what is done with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from speech.audio.microphone import OpenSink
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.errors import MicrophoneError

TONE = np.full(SAMPLE_RATE * 12, 0.1, np.float32)


@dataclass
class ScriptedTake:
    """A recording in progress that never changes."""

    failure: MicrophoneError | None = None
    is_damaged = False
    clipped_share = 0.0
    ends = 0

    @classmethod
    def start(cls, open_sink: OpenSink, samples: Samples = TONE) -> ScriptedTake:
        """Begin, and hear everything at once."""
        take, sink = cls(), open_sink(SAMPLE_RATE)
        for block in np.array_split(samples, 10):
            sink(block)
        return take

    def measure_level(self) -> float:
        return -30.0

    def count_seconds(self) -> float:
        return 61.0

    def end(self) -> None:
        self.ends += 1
