"""Sound that's filtered bit by bit is the sound that's filtered as a whole."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.recording import SAMPLE_RATE
from speech.audio.signal import design_high_pass
from speech.live.filtering import BLOCK, ListeningFilters, StreamFilter
from speech.vad.preprocessing import CUTOFF_HZ, TRANSITION_HZ
from tests.support.sounds import apply_filter, make_noise, make_tone, measure_level

TAPS = design_high_pass(CUTOFF_HZ, TRANSITION_HZ)
SOUND = make_noise(1.5, -20) + np.float32(0.3)
INSIDE = slice(SAMPLE_RATE, -SAMPLE_RATE)  # away from the edges, where a filter meets nothing


def in_blocks(stream, sound, cuts):
    edges = [0, *sorted(cuts), len(sound)]
    parts = [stream.feed(sound[begin:end]) for begin, end in pairwise(edges)]
    return np.concatenate([*parts, stream.finish()])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(SOUND)), st.lists(st.integers(0, len(SOUND)), max_size=20))
def test_however_the_sound_is_divided_the_same_comes_out_to_the_last_bit(length, cuts):
    sound = SOUND[:length]
    whole = in_blocks(StreamFilter(TAPS), sound, [])
    assert len(whole) == length
    assert (in_blocks(StreamFilter(TAPS), sound, [min(cut, length) for cut in cuts]) == whole).all()


@pytest.mark.parametrize("length", [0, 1, 700, BLOCK, 3 * BLOCK, len(SOUND)])
def test_what_comes_out_is_what_the_filter_gives_for_the_whole(length):
    expected = apply_filter(SOUND[:length], TAPS)
    assert in_blocks(StreamFilter(TAPS), SOUND[:length], []) == pytest.approx(expected, abs=1e-6)


def test_what_comes_out_lags_no_more_than_a_block_and_the_filters_behind():
    stream = StreamFilter(TAPS)
    fed = out = 0
    for begin in range(0, len(SOUND), 100):
        fed += len(SOUND[begin : begin + 100])
        out += len(stream.feed(SOUND[begin : begin + 100]))
        assert fed - out < BLOCK + len(TAPS) + 100


def listened_to(sound):
    filters = ListeningFilters()
    parts = [filters.feed(sound), filters.finish()]
    return tuple(np.concatenate([getattr(part, name) for part in parts]) for name in ("plain", "low", "restored"))


@pytest.mark.parametrize("length", [1, 5000, 4 * SAMPLE_RATE])
def test_the_three_versions_are_as_long_as_the_sound(length):
    assert [len(version) for version in listened_to(make_noise(4, -20)[:length])] == [length] * 3


@pytest.mark.parametrize("pitch", [60, 85, 200, 1000, 6000])
def test_a_tone_of_the_voice_stays_as_it_is_where_it_is(pitch):
    sound = make_tone(10, pitch)
    assert listened_to(sound)[0][INSIDE] == pytest.approx(sound[INSIDE], abs=1e-3)


@pytest.mark.parametrize("pitch", [2, 5, 9])
def test_rumble_below_10_hz_falls_by_60_db(pitch):
    sound = make_tone(6, pitch)
    assert measure_level(listened_to(sound)[0][INSIDE]) < measure_level(sound[INSIDE]) - 60


def test_a_wandering_zero_goes_and_a_click_stays_in_its_place():
    sound = np.full(2 * SAMPLE_RATE, 0.3, np.float32)
    sound[SAMPLE_RATE] += 0.5
    heard = listened_to(sound)[0]
    assert int(np.argmax(heard)) == SAMPLE_RATE
    assert np.median(np.abs(heard[INSIDE.start // 2 : -INSIDE.start // 2])) < 0.01


def test_a_steady_offset_leaves_nothing_at_the_ends_either():
    assert np.abs(listened_to(np.full(SAMPLE_RATE, 0.1, np.float32))[0]).max() < 1e-6


def test_without_taking_rumble_away_the_plain_sound_is_the_sound():
    filters = ListeningFilters(remove_rumble=False)
    parts = [filters.feed(SOUND), filters.finish()]
    assert (np.concatenate([part.plain for part in parts]) == SOUND).all()
