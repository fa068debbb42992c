"""The same clips as they might have been recorded: what was chosen while looking at clips has to hold for these too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import soxr

from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Span
from tests.benchmark.clips import Clip, Truth
from tools.scorer_training.augmentation import band

ROOM = 1e-4  # level of the noise in the silence that is put before a clip
FAINT = 1e-3  # level of the noise that comes with a telephone, -60 dB re full scale


@dataclass(frozen=True)
class Change:
    """Speed (and pitch with it), a telephone's band, silence before the sound, white noise under it."""

    name: str
    speed: float = 1.0
    band: tuple[float, float] | None = None  # Hz, cut off as sharply as can be, with faint noise after it
    delay: float = 0.0  # s
    noise: float | None = None  # dB under the louder half of the sound

    def sound(self, recording: Recording) -> Recording:
        """The recording, changed; the same each time, under the same name."""
        random = np.random.default_rng(int.from_bytes(f"{recording.name} {self.name}".encode(), "big"))
        samples = recording.samples
        if self.speed != 1.0:
            samples = soxr.resample(samples, SAMPLE_RATE * self.speed, SAMPLE_RATE).astype(np.float32)
        if self.band is not None:
            faint = FAINT * random.standard_normal(len(samples))
            samples = (band(samples, *self.band) + faint).astype(np.float32)
        if self.noise is not None:
            power = np.square(samples, dtype=np.float64)
            speech = np.sqrt(power[power >= np.median(power)].mean())
            samples = samples + speech * 10 ** (-self.noise / 20) * random.standard_normal(len(samples))
        silence = ROOM * random.standard_normal(round(self.delay * SAMPLE_RATE))
        return from_samples(np.concatenate((silence, samples)).astype(np.float32), recording.name)

    def span(self, span: Span) -> Span:
        """Where a stretch of the clip lies after the change."""
        return Span(span.start / self.speed + self.delay, span.end / self.speed + self.delay)


CHANGES = (
    Change("slower", speed=0.95),
    Change("slightly slower", speed=0.97),
    Change("faster", speed=1.05),
    Change("later", delay=1.3),
    Change("noisy", noise=20.0),
    Change("by telephone", band=(300.0, 3400.0)),
)


def changed(clips: tuple[Clip, ...]) -> Iterator[Clip]:
    """Each clip as it is and after each change, with its truth moved along."""
    for clip in clips:
        yield clip
        for change in CHANGES:
            name = f"{clip.name} {change.name}"
            yield replace(clip, name=name, truth=_moved(clip.truth, change), change=change.sound)


def _moved(truth: Truth, change: Change) -> Truth:
    return replace(
        truth,
        fillers=None if truth.fillers is None else tuple(map(change.span, truth.fillers)),
        disputed=tuple(map(change.span, truth.disputed)),
        pauses=None if truth.pauses is None else tuple(map(change.span, truth.pauses)),
        filler_words=None
        if truth.filler_words is None
        else tuple((text, change.span(span)) for text, span in truth.filler_words),
    )
