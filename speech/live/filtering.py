"""A linear-phase filter for sound that comes bit by bit, and the three versions of the sound that listening needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from speech.audio.dropouts import DropoutMender
from speech.audio.recording import Samples
from speech.audio.signal import Taps, design_high_pass
from speech.vad.fundamental import fundamental_band
from speech.vad.preprocessing import CUTOFF_HZ, TRANSITION_HZ

BLOCK = 2048  # samples that are filtered at a time, 0.128 s: as much as this, listening lags behind
FFT_STEP = 512  # the transform's length is a multiple, which has small factors


class StreamFilter:
    """A filter of odd length whose output is in its place, the same to the last bit however its input is divided.

    Beyond its ends the sound goes on as it was there, so that an offset is no step.
    """

    def __init__(self, taps: Taps) -> None:
        self._half = len(taps) // 2
        self._size = -(-(BLOCK + 2 * self._half) // FFT_STEP) * FFT_STEP
        self._spectrum = np.fft.rfft(taps, self._size)
        self._held: Samples = np.zeros(0, np.float32)  # from `half` samples before the next output on

    def feed(self, samples: Samples) -> Samples:
        """Return what can be filtered by now: whole blocks."""
        if not len(samples):
            return samples
        if not len(self._held):
            self._held = np.full(self._half, samples[0], np.float32)
        self._held = np.concatenate((self._held, samples))
        count = max(len(self._held) - 2 * self._half, 0) // BLOCK
        done = [self._filter(self._held[begin:]) for begin in range(0, count * BLOCK, BLOCK)]
        self._held = self._held[count * BLOCK :]
        return np.concatenate((np.zeros(0, np.float32), *done))

    def finish(self) -> Samples:
        """Return the rest, when there is no more sound."""
        left = len(self._held) - self._half
        if left <= 0:
            return np.zeros(0, np.float32)
        whole = self.feed(np.full(self._half + BLOCK, self._held[-1], np.float32))
        return whole[:left]

    def _filter(self, around: Samples) -> Samples:
        width = BLOCK + 2 * self._half
        convolved = np.fft.irfft(np.fft.rfft(around[:width], self._size) * self._spectrum, self._size)
        return np.asarray(convolved[2 * self._half : width], np.float32)


@dataclass(frozen=True, eq=False)
class Versions:
    """One stretch of sound in three versions, each of shape (n,)."""

    plain: Samples  # without rumble
    low: Samples  # only where fundamentals lie
    restored: Samples  # with its fundamental brought back

    def cut(self, begin: int, end: int) -> Versions:
        """Return the samples from one up to another, as views."""
        return Versions(self.plain[begin:end], self.low[begin:end], self.restored[begin:end])


class ListeningFilters:
    """Takes sound at 16 kHz in blocks of any size and gives it as it's listened to, in blocks of `BLOCK` samples."""

    def __init__(self, *, remove_rumble: bool = True) -> None:
        self._mender = DropoutMender()
        self._rumble = StreamFilter(design_high_pass(CUTOFF_HZ, TRANSITION_HZ)) if remove_rumble else None
        self._low, self._beat = StreamFilter(fundamental_band()), StreamFilter(fundamental_band())
        self._waiting: Samples = np.zeros(0, np.float32)  # plain sound that the other filters still look beyond

    def feed(self, samples: Samples) -> Versions:
        """Return what can be told by now."""
        mended = self._mender.feed(samples)
        return self._versions(mended if self._rumble is None else self._rumble.feed(mended))

    def finish(self) -> Versions:
        """Return the rest, when there is no more sound."""
        mended = self._mender.finish()
        if self._rumble is not None:
            mended = np.concatenate((self._rumble.feed(mended), self._rumble.finish()))
        ready = self._versions(mended)
        low, beat, plain = self._low.finish(), self._beat.finish(), self._waiting
        return Versions(
            np.concatenate((ready.plain, plain)),
            np.concatenate((ready.low, low)),
            np.concatenate((ready.restored, plain + beat)),
        )

    def _versions(self, plain: Samples) -> Versions:
        self._waiting = np.concatenate((self._waiting, plain))
        low, beat = self._low.feed(plain), self._beat.feed(np.abs(plain))
        ready, self._waiting = self._waiting[: len(low)], self._waiting[len(low) :]
        return Versions(ready, low, ready + beat)
