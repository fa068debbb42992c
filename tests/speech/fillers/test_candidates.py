"""Sounds told apart by their energy, from tones whose borders are known."""

import numpy as np
import pytest

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.fillers.candidates import islands, runs
from speech.segment import Span
from tests.support.sounds import noise, silence, tone

NEAR = 0.04  # s, the smoothing of 30 ms and a step


def heard(sound, *clear):
    """The islands of a sound whose stretches `clear` (start, end in s) sound like a filler."""
    scores = np.zeros(round(len(sound) / SAMPLE_RATE / 0.02), np.float32)
    for start, end in clear:
        scores[round(start / 0.02) : round(end / 0.02)] = 0.9
    return islands(Recording(sound, "tones", "0" * 64), scores, Span(0, len(sound) / SAMPLE_RATE))


def borders(found):
    return [moment for island in found for moment in (island.span.start, island.span.end)]


def together(*sounds):
    joined = np.concatenate(sounds)
    return joined + noise(len(joined) / SAMPLE_RATE, -70)


def test_a_run_is_one_stretch_of_clear_frames_with_dips_of_less_than_60_ms():
    scores = np.zeros(40, np.float32)
    scores[[*range(5, 10), *range(12, 16), *range(25, 32)]] = 0.9
    assert runs(scores) == [pytest.approx((0.10, 0.32)), pytest.approx((0.50, 0.64))]


def test_a_sound_between_silences_is_alone_and_cut_down_to_what_is_loud():
    (island,) = heard(together(silence(1), tone(0.4, 150), silence(1)), (0.9, 1.5))
    assert island.is_alone
    assert borders([island]) == pytest.approx([1.0, 1.4], abs=NEAR)


def test_a_sound_that_outlasts_what_is_clear_of_it_is_alone_all_the_same():
    (island,) = heard(together(silence(1), tone(0.5, 150), silence(1)), (1.0, 1.35))
    assert island.is_alone


def test_the_tail_of_a_longer_sound_is_not_alone():
    (island,) = heard(together(silence(1), tone(1.0, 150), silence(1)), (1.6, 2.0))
    assert not island.is_alone


def test_two_sounds_in_one_run_are_told_apart_by_the_dip_between_them():
    sound = together(silence(1), tone(0.4, 150), silence(0.08), tone(0.3, 150), silence(1))
    found = heard(sound, (1.0, 1.8))
    assert borders(found) == pytest.approx([1.0, 1.4, 1.48, 1.78], abs=NEAR)
    assert all(island.is_alone for island in found)


def test_a_part_of_less_than_a_fifth_of_a_second_is_no_sound_in_a_row():
    sound = together(silence(1), tone(0.3, 150), silence(0.06), tone(0.15, 150), silence(1))
    assert borders(heard(sound, (1.0, 1.51))) == pytest.approx([1.0, 1.51], abs=NEAR)


def test_a_sound_that_grows_10_db_quieter_as_lips_close_stays_one():
    sound = together(silence(1), tone(0.3, 150, 0.5), tone(0.3, 150, 0.16), silence(1))
    assert len(heard(sound, (1.0, 1.6))) == 1


def test_sounds_are_told_in_seconds_of_the_recording_and_not_of_the_piece():
    sound = together(silence(3), tone(0.4, 150), silence(1))
    scores = np.zeros(100, np.float32)
    scores[50:70] = 0.9
    (island,) = islands(Recording(sound, "tones", "0" * 64), scores, Span(2, 4))
    assert borders([island]) == pytest.approx([3.0, 3.4], abs=NEAR)


def test_without_clear_frames_there_is_nothing():
    assert heard(together(silence(1), tone(0.4, 150), silence(1))) == ()
