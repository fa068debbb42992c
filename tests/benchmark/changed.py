"""Variants of the clips under other recording conditions, to detect tuning to the originals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import soxr

from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Segment
from tests.benchmark.clips import Clip, Truth
from tools.scorer_training.augmentation import keep_band

ROOM_NOISE_LEVEL = 1e-4  # level of the noise in the silence that is put before a clip
FAINT_NOISE_LEVEL = 1e-3  # level of the noise that comes with a telephone, -60 dB re full scale


@dataclass(frozen=True)
class Change:
    """A change of speed (and pitch), telephone band, delay, or added white noise."""

    name: str
    speed: float = 1.0
    band: tuple[float, float] | None = None  # Hz, cut off as sharply as can be, with faint noise after it
    delay: float = 0.0  # s
    noise: float | None = None  # dB under the louder half of the sound

    def apply(self, recording: Recording) -> Recording:
        """Return the changed recording, reproducibly and under the same name."""
        random = np.random.default_rng(int.from_bytes(f"{recording.name} {self.name}".encode(), "big"))
        samples = recording.samples
        if self.speed != 1.0:
            samples = soxr.resample(samples, SAMPLE_RATE * self.speed, SAMPLE_RATE).astype(np.float32)
        if self.band is not None:
            faint = FAINT_NOISE_LEVEL * random.standard_normal(len(samples))
            samples = (keep_band(samples, *self.band) + faint).astype(np.float32)
        if self.noise is not None:
            power = np.square(samples, dtype=np.float64)
            speech = np.sqrt(power[power >= np.median(power)].mean())
            samples = samples + speech * 10 ** (-self.noise / 20) * random.standard_normal(len(samples))
        silence = ROOM_NOISE_LEVEL * random.standard_normal(round(self.delay * SAMPLE_RATE))
        return from_samples(np.concatenate((silence, samples)).astype(np.float32), recording.name)

    def move_span(self, span: Segment) -> Segment:
        """Return where a segment of the clip lies after the change."""
        return Segment(span.start / self.speed + self.delay, span.end / self.speed + self.delay)


CHANGES = (
    Change("slower", speed=0.95),
    Change("slightly slower", speed=0.97),
    Change("faster", speed=1.05),
    Change("later", delay=1.3),
    Change("noisy", noise=20.0),
    Change("by telephone", band=(300.0, 3400.0)),
)


def add_changed_clips(clips: tuple[Clip, ...]) -> Iterator[Clip]:
    """Yield each clip unchanged and after each change, with its reference moved along."""
    for clip in clips:
        yield clip
        for change in CHANGES:
            name = f"{clip.name} {change.name}"
            yield replace(clip, name=name, truth=_move_truth(clip.truth, change), change=change.apply)


def _move_truth(truth: Truth, change: Change) -> Truth:
    return replace(
        truth,
        fillers=None if truth.fillers is None else tuple(map(change.move_span, truth.fillers)),
        disputed=tuple(map(change.move_span, truth.disputed)),
        pauses=None if truth.pauses is None else tuple(map(change.move_span, truth.pauses)),
        filler_words=None
        if truth.filler_words is None
        else tuple((text, change.move_span(span)) for text, span in truth.filler_words),
    )
