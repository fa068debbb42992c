"""Filler candidates separated by energy, in tones with known boundaries."""

import numpy as np
import pytest

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.fillers.candidates import find_candidates, find_filler_runs
from speech.segment import Segment
from tests.support.sounds import make_noise, make_silence, make_tone

NEAR = 0.04  # s, the smoothing of 30 ms and a step


def find_in_sound(sound, *clear):
    """Return the candidates of a sound whose segments `clear` (start, end in s) sound like a filler."""
    scores = np.zeros(round(len(sound) / SAMPLE_RATE / 0.02), np.float32)
    for start, end in clear:
        scores[round(start / 0.02) : round(end / 0.02)] = 0.9
    return find_candidates(Recording(sound, "tones", "0" * 64), scores, Segment(0, len(sound) / SAMPLE_RATE))


def list_boundaries(found):
    return [moment for island in found for moment in (island.span.start, island.span.end)]


def join_sounds(*sounds):
    joined = np.concatenate(sounds)
    return joined + make_noise(len(joined) / SAMPLE_RATE, -70)


def test_a_run_bridges_gaps_of_less_than_60_ms():
    scores = np.zeros(40, np.float32)
    scores[[*range(5, 10), *range(12, 16), *range(25, 32)]] = 0.9
    assert find_filler_runs(scores) == [pytest.approx((0.10, 0.32)), pytest.approx((0.50, 0.64))]


def test_a_sound_between_silences_stands_alone_and_is_cut_to_its_loud_part():
    (island,) = find_in_sound(join_sounds(make_silence(1), make_tone(0.4, 150), make_silence(1)), (0.9, 1.5))
    assert island.is_alone
    assert list_boundaries([island]) == pytest.approx([1.0, 1.4], abs=NEAR)


def test_a_sound_that_outlasts_its_run_still_stands_alone():
    (island,) = find_in_sound(join_sounds(make_silence(1), make_tone(0.5, 150), make_silence(1)), (1.0, 1.35))
    assert island.is_alone


def test_the_tail_of_a_longer_sound_does_not_stand_alone():
    (island,) = find_in_sound(join_sounds(make_silence(1), make_tone(1.0, 150), make_silence(1)), (1.6, 2.0))
    assert not island.is_alone


def test_a_dip_splits_a_run_into_two_sounds():
    sound = join_sounds(make_silence(1), make_tone(0.4, 150), make_silence(0.08), make_tone(0.3, 150), make_silence(1))
    found = find_in_sound(sound, (1.0, 1.8))
    assert list_boundaries(found) == pytest.approx([1.0, 1.4, 1.48, 1.78], abs=NEAR)
    assert all(island.is_alone for island in found)


def test_a_part_shorter_than_0_2_seconds_is_not_split_off():
    sound = join_sounds(make_silence(1), make_tone(0.3, 150), make_silence(0.06), make_tone(0.15, 150), make_silence(1))
    assert list_boundaries(find_in_sound(sound, (1.0, 1.51))) == pytest.approx([1.0, 1.51], abs=NEAR)


def test_a_sound_that_falls_by_10_db_is_not_split():
    sound = join_sounds(make_silence(1), make_tone(0.3, 150, 0.5), make_tone(0.3, 150, 0.16), make_silence(1))
    assert len(find_in_sound(sound, (1.0, 1.6))) == 1


def test_times_are_seconds_of_the_recording_not_of_the_chunk():
    sound = join_sounds(make_silence(3), make_tone(0.4, 150), make_silence(1))
    scores = np.zeros(100, np.float32)
    scores[50:70] = 0.9
    (island,) = find_candidates(Recording(sound, "tones", "0" * 64), scores, Segment(2, 4))
    assert list_boundaries([island]) == pytest.approx([3.0, 3.4], abs=NEAR)


def test_without_clear_frames_there_are_no_candidates():
    assert find_in_sound(join_sounds(make_silence(1), make_tone(0.4, 150), make_silence(1))) == ()
