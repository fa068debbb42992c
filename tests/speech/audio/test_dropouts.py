"""Holes in a voice are told from silences, and bridged the same however the sound comes in."""

from __future__ import annotations

import numpy as np
import pytest

from speech.audio.dropouts import DropoutMender, bridge, find_dropouts
from speech.audio.recording import SAMPLE_RATE

SECONDS = 4.0


def make_voice() -> np.ndarray:
    """Make a buzz of 120 Hz that swells and fades as syllables do."""
    at = np.arange(round(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    buzz = sum(np.sin(2 * np.pi * 120 * n * at) / n for n in range(1, 13))
    return (0.1 * buzz * (0.4 + 0.3 * np.sin(2 * np.pi * 3 * at))).astype(np.float32)


def tear(samples: np.ndarray, *holes: tuple[float, float]) -> np.ndarray:
    """Return sound with nothing between these moments, in seconds."""
    torn = samples.copy()
    for begin, end in holes:
        torn[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = 0
    return torn


HOLES = ((0.5, 0.54), (1.2, 1.23), (1.31, 1.35), (2.9, 2.99))


def mend(samples: np.ndarray, *sizes: int) -> np.ndarray:
    mender, parts, begin, place = DropoutMender(), [], 0, 0
    while begin < len(samples):
        size = sizes[place % len(sizes)]
        parts.append(mender.feed(samples[begin : begin + size]))
        begin, place = begin + size, place + 1
    return np.concatenate((*parts, mender.finish()))


def test_holes_in_the_middle_of_a_sound_are_found_where_they_are():
    found = [(begin / SAMPLE_RATE, end / SAMPLE_RATE) for begin, end in find_dropouts(tear(make_voice(), *HOLES))]
    assert found == [pytest.approx(hole, abs=0.002) for hole in HOLES]


def test_a_silence_of_more_than_a_tenth_of_a_second_is_no_hole():
    assert find_dropouts(tear(make_voice(), (1.0, 1.15))) == []


def test_a_silence_that_the_voice_fades_into_is_no_hole():
    voice = make_voice()
    begin, end, fade = round(1.0 * SAMPLE_RATE), round(1.05 * SAMPLE_RATE), round(0.02 * SAMPLE_RATE)
    voice[begin - fade : begin] *= np.linspace(1, 0, fade) ** 2
    voice[begin:end] = 0
    assert find_dropouts(voice) == []


def test_digital_silence_around_words_and_no_sound_at_all_are_no_holes():
    assert find_dropouts(np.zeros(SAMPLE_RATE, np.float32)) == []
    assert find_dropouts(np.concatenate((np.zeros(800, np.float32), make_voice(), np.zeros(800, np.float32)))) == []


def test_sound_without_holes_comes_out_unchanged():
    voice = make_voice()
    assert np.array_equal(mend(voice, 1600), voice)


@pytest.mark.parametrize("sizes", [(160,), (1600,), (16000,), (1, 4999, 333), (10**6,)])
def test_what_comes_out_is_the_same_however_the_sound_is_divided(sizes):
    torn = tear(make_voice(), *HOLES)
    assert np.array_equal(mend(torn, *sizes), mend(torn, 4000))


def test_a_bridged_hole_is_as_loud_as_the_sound_around_it_and_nothing_else_changes():
    voice = make_voice()
    mended = mend(tear(voice, *HOLES), 1600)
    assert len(mended) == len(voice)
    for begin, end in HOLES:
        inside = slice(round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE))
        assert 0.5 < np.sqrt(np.mean(mended[inside] ** 2) / np.mean(voice[inside] ** 2)) < 2
        mended[inside] = voice[inside]
        edges = slice(inside.start - 2, inside.stop + 2)  # a sample beside a hole may be nothing by chance
        mended[edges] = voice[edges]
    assert np.array_equal(mended, voice)


def test_a_bridge_leaves_no_step_at_its_edges():
    voice = make_voice()
    begin, end = round(1.2 * SAMPLE_RATE), round(1.23 * SAMPLE_RATE)
    mended = bridge(tear(voice, (1.2, 1.23)), begin, end)
    largest = np.abs(np.diff(voice)).max()
    assert np.abs(np.diff(mended[begin - 2 : end + 2])).max() <= 1.2 * largest
