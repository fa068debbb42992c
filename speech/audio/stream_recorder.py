"""Sound as it comes in, block by block, kept as what a Recording needs: 16 kHz, mono.

Each block is resampled at once, so that the longest take needs no more memory than its Recording; or it is handed on
as it is, to where it is kept. Blocks are added on one thread while others ask for the level, the clock or the
recording.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import soxr
from numpy.typing import NDArray

from speech.audio.downmix import FULL_SCALE
from speech.audio.recording import MAX_RECORDING_SECONDS, SAMPLE_RATE, Recording, Samples, from_samples
from speech.audio.signal import to_decibels

METER_SECONDS = 0.1  # s that the level is taken over
MIN_LEVEL_DBFS = -120.0  # dBFS, below the noise of any converter; what digital silence is shown as


Sink = Callable[[Samples], None]  # takes mono samples at the incoming rate; may not wait for anything


class StreamRecorder:
    """Collects blocks of sound that arrive at one rate, up to the longest recording there may be.

    Args:
        rate: Of the blocks, in Hz.
        sink: Where their samples go instead of into a Recording; None to make one.
    """

    def __init__(self, rate: float, sink: Sink | None = None) -> None:
        self._rate = rate
        self._sink = sink
        is_as_wanted = sink is not None or rate == SAMPLE_RATE
        self._resampler = None if is_as_wanted else soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        self._kept_rate = SAMPLE_RATE if sink is None else rate
        self._lock = threading.Lock()
        self._chunks: list[Samples] = []
        self._length = 0  # samples that were kept or handed on
        self._frames = 0  # at the incoming rate
        self._values = 0  # frames times channels
        self._clipped = 0  # values at full scale
        self._incomplete = False
        self._heard_at = time.monotonic()
        self._recording: Recording | None = None

    def add(self, block: NDArray[np.float32], *, incomplete: bool = False) -> None:
        """Add a block.

        Args:
            block: Shape (frames, channels); the mean of the channels is kept.
            incomplete: Whether audio before this block was lost.
        """
        with self._lock:
            self._heard_at = time.monotonic()
            self._incomplete |= incomplete and self._frames > 0  # what is lost before the first block is not missed
            self._frames += len(block)
            self._values += block.size
            self._clipped += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
            self._append(block.mean(axis=1, dtype=np.float32))

    @property
    def is_full(self) -> bool:
        """Whether the maximum length is reached; audio after that is dropped."""
        return self._length >= round(MAX_RECORDING_SECONDS * self._kept_rate)

    @property
    def seconds_since_block(self) -> float:
        """Seconds since the last block arrived."""
        return time.monotonic() - self._heard_at

    @property
    def elapsed(self) -> float:
        """Seconds of audio so far."""
        return min(self._frames / self._rate, MAX_RECORDING_SECONDS)

    @property
    def level(self) -> float:
        """RMS level of the last 0.1 s in dBFS (a full-scale sine is at -3); at least -120."""
        power = float(np.mean(np.square(self._get_latest()), dtype=np.float64)) if self._length else 0.0
        return float(to_decibels(power, MIN_LEVEL_DBFS))

    @property
    def is_damaged(self) -> bool:
        """Whether some sound between the blocks was lost."""
        return self._incomplete

    @property
    def clipped_share(self) -> float:
        """Share of the incoming values at full scale, 0..1."""
        return self._clipped / self._values if self._values else 0.0

    def make_recording(self, name: str) -> Recording:
        """Return everything that was added; a second call returns the same recording.

        It is marked damaged if audio between blocks was lost.

        Args:
            name: What the user calls the recording.

        Raises:
            RecordingError: There is too little audio.
        """
        with self._lock:
            if self._recording is None:
                if self._resampler is not None:
                    self._append(np.zeros(0, np.float32), last=True)
                samples = np.concatenate([np.zeros(0, np.float32), *self._chunks])
                recording = from_samples(samples, name)
                self._recording = replace(recording, clipped_share=self.clipped_share, damaged=self._incomplete)
            return self._recording

    def _append(self, mono: Samples, *, last: bool = False) -> None:
        chunk = mono if self._resampler is None else self._resampler.resample_chunk(mono, last=last)
        chunk = chunk[: round(MAX_RECORDING_SECONDS * self._kept_rate) - self._length]
        self._chunks.append(chunk)
        self._length += len(chunk)
        if self._sink is not None:
            self._sink(chunk)
            self._drop_what_the_level_needs_no_more()

    def _drop_what_the_level_needs_no_more(self) -> None:
        while sum(map(len, self._chunks[1:])) >= METER_SECONDS * self._kept_rate:
            self._chunks.pop(0)

    def _get_latest(self) -> Samples:
        missing = round(METER_SECONDS * self._kept_rate)
        latest: list[Samples] = []
        with self._lock:
            for chunk in reversed(self._chunks):
                if missing <= 0:
                    break
                latest.append(chunk[-missing:])
                missing -= len(chunk)
        return np.concatenate(latest)
