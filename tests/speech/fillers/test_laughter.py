"""Laughter is told from ums by its bursts."""

from __future__ import annotations

import numpy as np
import pytest

from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.fillers.laughter import drop_laughter
from speech.transcript import Word, WordKind


def make_bursts(count: int, step: float, length: float) -> Recording:
    """Make buzzes of a length in seconds that begin every `step` seconds from 1 s on, over faint noise."""
    at = np.arange(round(8 * SAMPLE_RATE)) / SAMPLE_RATE
    buzz = sum(np.sin(2 * np.pi * 180 * n * at) / n for n in range(1, 9))
    place = at - 1
    loud = (place >= 0) & (place < count * step) & (place % step < length)
    noise = np.random.default_rng(3).normal(0, 1e-3, len(at))
    return from_samples((0.1 * buzz * loud + noise).astype(np.float32), "bursts")


def make_fillers(*spans: tuple[float, float]) -> list[Word]:
    words = [Word("So", 0.2, 0.5, 0.9), Word("yes", 7.0, 7.4, 0.9)]
    words += [Word("uh", start, end, 0.6, WordKind.FILLED_PAUSE) for start, end in spans]
    return sorted(words, key=lambda word: word.start)


@pytest.mark.parametrize("step", [0.15, 0.2, 0.3])
def test_filler_sounds_over_a_row_of_quick_bursts_are_laughter(step):
    words = make_fillers((1.0, 1.0 + 3 * step), (1.0 + 3 * step, 1.0 + 6 * step))
    assert [word.text for word in drop_laughter(words, make_bursts(6, step, 0.6 * step))] == ["So", "yes"]


@pytest.mark.parametrize(
    ("recording", "spans"),
    [
        (make_bursts(1, 0.6, 0.5), ((1.0, 1.5),)),  # one steady sound
        (make_bursts(2, 0.3, 0.2), ((1.0, 1.5),)),  # "uh-huh" has two
        (make_bursts(5, 0.6, 0.4), ((1.0, 1.4), (1.6, 2.0), (2.2, 2.6), (2.8, 3.2), (3.4, 3.8))),  # said in a row
    ],
    ids=["steady", "two", "slow"],
)
def test_a_steady_sound_two_and_slow_ones_in_a_row_are_no_laughter(recording, spans):
    words = make_fillers(*spans)
    assert drop_laughter(words, recording) == words


@pytest.mark.parametrize("seconds", [0.0, 0.004])
def test_a_filler_sound_with_hardly_any_time_is_no_laughter(seconds):
    um = Word("um", 1.0, 1.0 + seconds, 0.9, WordKind.FILLED_PAUSE)
    assert drop_laughter([um], make_bursts(6, 0.2, 0.12)) == [um]


def test_words_are_kept_whatever_they_sound_like():
    words = [Word("ha", 1.0, 2.2, 0.3)]
    assert drop_laughter(words, make_bursts(6, 0.2, 0.12)) == words
