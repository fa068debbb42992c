"""Sound as it streams in: 16-bit samples of one channel at the device's rate, kept as what a Recording needs.

What is kept has 16 bits as well, as the store's files do: so what is recognised while somebody speaks is, sample for
sample, what is recognised from the store.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import soxr

from speech.audio.downmix import FULL_SCALE
from speech.audio.recording import MAX_RECORDING_SECONDS, SAMPLE_RATE, Recording, Samples, from_samples
from speech.audio.signal import INT16_FULL_SCALE, from_int16, to_int16

SAMPLE_BYTES = 2
FULL = round(MAX_RECORDING_SECONDS * SAMPLE_RATE)  # samples
CLIPPED = round(FULL_SCALE * INT16_FULL_SCALE)  # steps


class Incoming:
    """Takes in blocks of bytes of any length, little-endian, and gives samples at 16 kHz; what is too long is left out.

    Args:
        rate: samples a second of what comes in.
    """

    def __init__(self, rate: float) -> None:
        self._resampler = None if rate == SAMPLE_RATE else soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        self._half = b""  # a byte whose other half is still to come
        self._kept = bytearray()
        self._digest = hashlib.sha256()
        self._seen = self._clipped = 0

    @property
    def length(self) -> int:
        """How many samples at 16 kHz there are."""
        return len(self._kept) // SAMPLE_BYTES

    def feed(self, block: bytes) -> Samples:
        """Take in the next bytes and return the samples that they make, shape (n,)."""
        whole = self._half + block
        count = len(whole) // SAMPLE_BYTES
        self._half = whole[count * SAMPLE_BYTES :]
        steps = np.frombuffer(whole, "<i2", count)
        self._digest.update(steps.tobytes())
        self._seen += count
        self._clipped += int(np.count_nonzero(np.abs(steps.astype(np.int32)) >= CLIPPED))
        return self._keep(from_int16(steps))

    def finish(self) -> Samples:
        """Return the last samples, when no more bytes come."""
        return self._keep(np.zeros(0, np.float32), last=True)

    def cut(self, begin: int, end: int) -> Samples:
        """Return the samples from one up to another."""
        steps = np.frombuffer(bytes(self._kept[begin * SAMPLE_BYTES : end * SAMPLE_BYTES]), "<i2")
        return from_int16(steps)

    def recording(self, name: str) -> Recording:
        """Return all that came in; raises RecordingError where it's too little. Call `finish` first."""
        recording = from_samples(self.cut(0, self.length), name, self._digest.hexdigest())
        return replace(recording, clipped_share=self._clipped / self._seen if self._seen else 0.0)

    def _keep(self, samples: Samples, *, last: bool = False) -> Samples:
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples, last=last)
        steps = to_int16(samples[: FULL - self.length])
        self._kept += steps.tobytes()
        return from_int16(steps)
