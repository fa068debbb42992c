"""Clips changed for the benchmark: a tone burst must lie where the moved truth says."""

import numpy as np
import pytest

from speech.audio.recording import SAMPLE_RATE, from_samples
from speech.segment import Span
from tests.benchmark.changed import CHANGES, changed
from tests.benchmark.clips import samples
from tests.support.sounds import level, noise, silence, tone


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_the_truth_moves_with_the_sound(change):
    sound = np.concatenate((silence(1), tone(1, 440), silence(1)))
    heard = change.sound(from_samples(sound, "burst.wav")).samples
    span = change.span(Span(1.0, 2.0))
    loud = np.flatnonzero(np.abs(heard) > 0.25) / SAMPLE_RATE
    assert (loud[0], loud[-1]) == pytest.approx((span.start, span.end), abs=0.005)


def test_noise_lies_as_far_under_the_louder_half_as_it_says():
    (noisy,) = [change for change in CHANGES if change.noise is not None]
    sound = noise(2, -20)
    added = noisy.sound(from_samples(sound, "hiss.wav")).samples - sound
    louder = np.sort(np.square(sound, dtype=np.float64))[len(sound) // 2 :].mean()
    assert level(added) == pytest.approx(10 * np.log10(louder) - 20.0, abs=0.1)


def test_each_clip_is_heard_as_it_is_and_once_a_change_under_a_name_of_its_own():
    (clip, *_) = samples()
    found = list(changed((clip,)))
    assert found[0] is clip
    assert [one.name for one in found[1:]] == [f"{clip.name} {change.name}" for change in CHANGES]
    assert len(found[1].recording().samples) == pytest.approx(len(clip.recording().samples) / CHANGES[0].speed, abs=2)
