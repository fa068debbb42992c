"""Downmix decoded audio of any rate, sample format and number of channels to mono: the mean of the channels.

The mean keeps the level of a voice that is in every channel and never exceeds full scale, unlike a
downmix matrix for loudspeakers. If the channels cancel each other out, as with a cable of reversed
polarity, use `dominant_channel` alone. Of several tracks, `measure_speech_likeness` tells which one holds the voice.
"""

from __future__ import annotations

import av
import numpy as np
import soxr
from numpy.typing import NDArray

MAX_CANCELLED_POWER_SHARE = (
    0.01  # of the channels' power that is left in their mean; unlike rooms leave a half, like ones all of it
)
FULL_SCALE = 0.999  # a source sample at or above this has hit the converter's end
ENVELOPE_RATE = 50  # Hz, of the level that syllables move
SYLLABLE_RATES = (2.0, 8.0)  # Hz; the level of speech moves most at four syllables a second
QUIETEST_POWER = 1e-6  # -60 dBFS; what moves below it is the noise of a muted track


class Downmixer:
    """Converts frames in order to mono samples at `rate` Hz; counts the source's samples at full scale.

    Args:
        rate: Hz of the result.
        channel: Channel to take, counted from 0; None for the mean. Frames that lack it give their
            last.
    """

    def __init__(self, rate: int, channel: int | None = None) -> None:
        self._rate = rate
        self._channel = channel
        self._power = np.zeros(0)  # summed squares of each channel
        self._mean_power = 0.0
        self._source: tuple[str, int, int] | None = None
        self._at_full_scale = 0
        self._seen = 0

    @property
    def clipped_share(self) -> float:
        """Share of the source's samples at full scale, 0 to 1, counted before resampling."""
        return self._at_full_scale / self._seen if self._seen else 0.0

    @property
    def dominant_channel(self) -> int | None:
        """The loudest channel if the channels cancel each other out; None if they do not."""
        if len(self._power) < 2 or self._mean_power >= MAX_CANCELLED_POWER_SHARE * self._power.mean():
            return None
        return int(self._power.argmax())

    def add(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        """Downmix a frame; return samples of shape (n,), whose number varies as the resampler looks ahead."""
        before = self._prepare(frame)
        blocks = [self._average_channels(part) for part in self._to_float.resample(frame)]
        return np.concatenate([before, *(self._resampler.resample_chunk(block) for block in blocks)])

    def flush(self) -> NDArray[np.float32]:
        """Return the samples that the resampler still holds; the next frame begins anew."""
        if self._source is None:
            return np.zeros(0, np.float32)
        self._source = None
        return np.asarray(self._resampler.resample_chunk(np.zeros(0, np.float32), last=True))

    def _prepare(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        """Restart where the source changes its format, as joined files do; return the remaining samples."""
        source = (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
        if source == self._source:
            return np.zeros(0, np.float32)
        before = self.flush()
        self._source = source
        self._to_float = av.AudioResampler(format="flt")  # interleaved: PyAV's planar arrays end at seven channels
        self._resampler = soxr.ResampleStream(frame.sample_rate, self._rate, 1, dtype="float32")
        return before

    def _average_channels(self, frame: av.AudioFrame) -> NDArray[np.float32]:
        block: NDArray[np.float32] = np.asarray(frame.to_ndarray(), np.float32).reshape(-1, frame.layout.nb_channels)
        self._at_full_scale += int(np.count_nonzero(np.abs(block) >= FULL_SCALE))
        self._seen += block.size
        mean = np.asarray(block.mean(axis=1, dtype=np.float32))
        if self._channel is not None:
            return np.ascontiguousarray(block[:, min(self._channel, block.shape[1] - 1)])
        self._add_power(block, mean)
        return mean

    def _add_power(self, block: NDArray[np.float32], mean: NDArray[np.float32]) -> None:
        power = np.square(block, dtype=np.float64).sum(axis=0)
        channels = max(len(power), len(self._power))
        self._power = np.pad(self._power, (0, channels - len(self._power))) + np.pad(power, (0, channels - len(power)))
        self._mean_power += float(np.square(mean, dtype=np.float64).sum())


def measure_speech_likeness(samples: NDArray[np.float32], rate: int) -> float:
    """Return how much a sound's level moves at the rate of syllables, in dB (RMS between 2 and 8 Hz).

    Some 5 dB for speech, less for music, next to none for steady noise, 0 for silence. After the modulation
    energy at 4 Hz of Scheirer & Slaney (1997).

    Args:
        samples: Shape (n,).
        rate: Samples a second.
    """
    width = rate // ENVELOPE_RATE
    frames = samples[: len(samples) // width * width].reshape(-1, width).astype(np.float64)
    if len(frames) < ENVELOPE_RATE:
        return 0.0
    level = 10 * np.log10(np.maximum(np.square(frames).mean(axis=1), QUIETEST_POWER))
    spectrum = np.fft.rfft(level - level.mean())
    rates = np.fft.rfftfreq(len(level), 1 / ENVELOPE_RATE)
    moved = spectrum[(rates >= SYLLABLE_RATES[0]) & (rates <= SYLLABLE_RATES[1])]
    return float(np.sqrt(2 * np.square(np.abs(moved)).sum()) / len(level))
