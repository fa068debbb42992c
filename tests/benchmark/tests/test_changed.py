"""Clips changed for the benchmark: a tone burst must lie where the moved truth says."""

import numpy as np
import pytest

from speech.audio.recording import SAMPLE_RATE, from_samples
from speech.segment import Segment
from tests.benchmark.changed import CHANGES, add_changed_clips
from tests.benchmark.clips import samples
from tests.support.sounds import make_noise, make_silence, make_tone, measure_level


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_the_truth_moves_with_the_sound(change):
    sound = np.concatenate((make_silence(1), make_tone(1, 440), make_silence(1)))
    heard = change.apply(from_samples(sound, "burst.wav")).samples
    span = change.move_span(Segment(1.0, 2.0))
    loud = np.flatnonzero(np.abs(heard) > 0.25) / SAMPLE_RATE
    assert (loud[0], loud[-1]) == pytest.approx((span.start, span.end), abs=0.005)


def test_noise_has_the_stated_level_below_the_louder_half():
    (noisy,) = [change for change in CHANGES if change.noise is not None]
    sound = make_noise(2, -20)
    added = noisy.apply(from_samples(sound, "hiss.wav")).samples - sound
    louder = np.sort(np.square(sound, dtype=np.float64))[len(sound) // 2 :].mean()
    assert measure_level(added) == pytest.approx(10 * np.log10(louder) - 20.0, abs=0.1)


def test_each_clip_is_used_unchanged_and_once_per_change_with_its_own_name():
    (clip, *_) = samples()
    found = list(add_changed_clips((clip,)))
    assert found[0] is clip
    assert [one.name for one in found[1:]] == [f"{clip.name} {change.name}" for change in CHANGES]
    assert len(found[1].recording().samples) == pytest.approx(len(clip.recording().samples) / CHANGES[0].speed, abs=2)
