"""The same speech as it sounds elsewhere: faster, noisier, through a telephone, cut into other pieces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import soxr

from speech.audio.recording import SAMPLE_RATE, Recording, Samples, from_samples
from speech.segment import Span
from tools.scorer_training.clips import Clip

TELEPHONE = (300.0, 3400.0)  # Hz
ROOM_FROM = 80.0  # Hz, below which a microphone takes up little


@dataclass(frozen=True)
class Variant:
    """What is done to a clip; the first, unchanged one is also what is measured on."""

    name: str
    speed: float = 1.0
    noise: tuple[float, float] | None = None  # dB of speech over noise, at random between the two
    telephone: bool = False
    longest_piece: float = 15.0  # s


PLAIN = Variant("plain")
VARIANTS = (
    PLAIN,
    Variant("noise", noise=(10, 25), longest_piece=8.0),
    Variant("slow-telephone", speed=0.93, noise=(20, 30), telephone=True, longest_piece=11.0),
    Variant("fast-noise", speed=1.07, noise=(12, 25), longest_piece=5.0),
)


def varied(clip: Clip, variant: Variant) -> Clip:
    """The clip and its truth after a variant; the same for the same clip and variant."""
    seed = int.from_bytes(f"{clip.name} {variant.name}".encode(), "big")
    random = np.random.default_rng(seed)
    samples = clip.recording.samples
    if variant.speed != 1.0:
        samples = soxr.resample(samples, SAMPLE_RATE * variant.speed, SAMPLE_RATE).astype(np.float32)
    if variant.telephone:
        samples = band(samples, *TELEPHONE)
    if variant.noise:
        samples = _noisy(samples, random.uniform(*variant.noise), random)
    return _timed(clip, from_samples(samples, clip.recording.name), variant.speed)


def _timed(clip: Clip, recording: Recording, speed: float) -> Clip:
    def moved(span: Span) -> Span:
        return Span(span.start / speed, span.end / speed)

    return replace(
        clip,
        recording=recording,
        fillers=tuple(map(moved, clip.fillers)),
        words=tuple((text, moved(span)) for text, span in clip.words),
        unsure=tuple(map(moved, clip.unsure)),
    )


def band(samples: Samples, low: float, high: float) -> Samples:
    """What lies between two frequencies in Hz, cut off as sharply as can be; samples of shape (n,)."""
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    spectrum[(frequency < low) | (frequency > high)] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def _noisy(samples: Samples, ratio: float, random: np.random.Generator) -> Samples:
    """With noise between pink and white, `ratio` dB below the speech (its louder half)."""
    spectrum = np.fft.rfft(random.standard_normal(len(samples)))
    frequency = np.maximum(np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE), ROOM_FROM)
    noise = np.fft.irfft(spectrum / frequency ** random.uniform(0, 0.7), len(samples))
    power = samples.astype(np.float64) ** 2
    speech = np.sqrt(power[power >= np.median(power)].mean() + 1e-12)
    scale = speech * 10 ** (-ratio / 20) / np.sqrt(np.mean(noise**2))
    return np.asarray(np.clip(samples + scale * noise, -1, 1), dtype=np.float32)
