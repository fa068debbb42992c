"""Decoded sound of any rate, width and number of channels as one row of samples: the mean of the channels.

The mean keeps the level of a voice that is in every channel and can never exceed full scale, as a matrix for
loudspeakers does.
"""

from __future__ import annotations

import av
import numpy as np
import soxr
from numpy.typing import NDArray

FULL_SCALE = 0.999  # a source sample at or above this has hit the converter's end


class ToMono:
    """Takes frames in order and gives mono samples at `rate` Hz; counts the source's samples at full scale."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._source: tuple[str, int, int] | None = None
        self._at_full_scale = 0
        self._seen = 0

    @property
    def clipped_share(self) -> float:
        """Share of the source's samples at full scale, 0..1, before resampling could round them off."""
        return self._at_full_scale / self._seen if self._seen else 0.0

    def add(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        """The next samples, shape (n,); their number varies, the resampler looks ahead."""
        before = self._prepare(frame)
        blocks = [self._mean(part) for part in self._to_float.resample(frame)]
        return np.concatenate([before, *(self._resampler.resample_chunk(block) for block in blocks)])

    def rest(self) -> NDArray[np.float32]:
        """What the resampler still holds when the last frame has been added."""
        if self._source is None:
            return np.zeros(0, np.float32)
        return np.asarray(self._resampler.resample_chunk(np.zeros(0, np.float32), last=True))

    def _prepare(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        """Start anew where the source changes its shape, as joined files do; gives the rest of what came before."""
        source = (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
        if source == self._source:
            return np.zeros(0, np.float32)
        before = self.rest()
        self._source = source
        self._to_float = av.AudioResampler(format="flt")  # interleaved: PyAV's planar arrays end at seven channels
        self._resampler = soxr.ResampleStream(frame.sample_rate, self._rate, 1, dtype="float32")
        return before

    def _mean(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        block = frame.to_ndarray().reshape(-1, frame.layout.nb_channels)
        self._at_full_scale += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
        self._seen += block.size
        return np.asarray(block.mean(axis=1, dtype=np.float32))
