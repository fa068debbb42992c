"""Augment clips: change speed, add noise, limit to telephone bandwidth, use other chunk lengths."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import soxr

from speech.audio.recording import SAMPLE_RATE, Recording, Samples, from_samples
from speech.segment import Segment
from tools.scorer_training.clips import Clip

TELEPHONE_BAND_HZ = (300.0, 3400.0)  # Hz
ROOM_CUTOFF_HZ = 80.0  # Hz, below which a microphone takes up little


@dataclass(frozen=True)
class Variant:
    """How a clip is changed; evaluation uses only the first, unchanged one."""

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


def apply_variant(clip: Clip, variant: Variant) -> Clip:
    """Return a clip and its truth after augmentation; the same result every time."""
    seed = int.from_bytes(f"{clip.name} {variant.name}".encode(), "big")
    random = np.random.default_rng(seed)
    samples = clip.recording.samples
    if variant.speed != 1.0:
        samples = soxr.resample(samples, SAMPLE_RATE * variant.speed, SAMPLE_RATE).astype(np.float32)
    if variant.telephone:
        samples = keep_band(samples, *TELEPHONE_BAND_HZ)
    if variant.noise:
        samples = _add_noise(samples, random.uniform(*variant.noise), random)
    return _scale_times(clip, from_samples(samples, clip.recording.name), variant.speed)


def _scale_times(clip: Clip, recording: Recording, speed: float) -> Clip:
    def scale(span: Segment) -> Segment:
        return Segment(span.start / speed, span.end / speed)

    return replace(
        clip,
        recording=recording,
        fillers=tuple(map(scale, clip.fillers)),
        words=tuple((text, scale(span)) for text, span in clip.words),
        unsure=tuple(map(scale, clip.unsure)),
    )


def keep_band(samples: Samples, low: float, high: float) -> Samples:
    """Keep only frequencies between two limits in Hz, with an ideal filter.

    Args:
        samples: Shape (n,), 16 kHz.
        low: Hz.
        high: Hz.
    """
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    spectrum[(frequency < low) | (frequency > high)] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def _add_noise(samples: Samples, ratio: float, random: np.random.Generator) -> Samples:
    """Add noise between pink and white.

    Args:
        samples: Shape (n,), 16 kHz.
        ratio: dB of the speech (its louder half) over the noise.
        random: Source of randomness.
    """
    spectrum = np.fft.rfft(random.standard_normal(len(samples)))
    frequency = np.maximum(np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE), ROOM_CUTOFF_HZ)
    noise = np.fft.irfft(spectrum / frequency ** random.uniform(0, 0.7), len(samples))
    power = samples.astype(np.float64) ** 2
    speech = np.sqrt(power[power >= np.median(power)].mean() + 1e-12)
    scale = speech * 10 ** (-ratio / 20) / np.sqrt(np.mean(noise**2))
    return np.asarray(np.clip(samples + scale * noise, -1, 1), dtype=np.float32)
