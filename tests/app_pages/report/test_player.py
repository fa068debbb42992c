"""Test what the player draws: the lines of loudness and pitch, and the waveform."""

from __future__ import annotations

import numpy as np
import pytest

from app_pages.report.player import ENVELOPE_POINTS, LOUDNESS_RANGE_DB, compute_envelope, compute_voice_curves
from speech.audio.recording import SAMPLE_RATE
from tests.support.pages import is_shown, list_drawn, open_tab
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.pages",)


def make_tone(decibels: float, hertz: float = 150.0) -> np.ndarray:
    """Make a second of a tone so many dB below full scale."""
    at = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    return (10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def test_loudness_is_drawn_on_a_scale_of_decibels():
    curves = compute_voice_curves(np.concatenate([make_tone(-10), make_tone(-30), make_tone(-80)]))
    assert curves["step"] == pytest.approx(0.1)
    assert curves["loudness"][:10] == pytest.approx([1.0] * 10, abs=0.01)
    assert curves["loudness"][10:20] == pytest.approx([1 - 20 / LOUDNESS_RANGE_DB] * 10, abs=0.01)
    assert curves["loudness"][20:] == [0.0] * 10


def test_pitch_is_drawn_between_the_lowest_and_the_highest_tone_and_not_in_silence():
    silence = np.zeros(SAMPLE_RATE, np.float32)
    curves = compute_voice_curves(np.concatenate([make_tone(-10, 120), make_tone(-10, 150), silence]))
    assert curves["pitch"][2:8] == pytest.approx([0.0] * 6, abs=0.05)
    assert curves["pitch"][12:18] == pytest.approx([1.0] * 6, abs=0.05)
    assert set(curves["pitch"][22:]) == {None}


def test_the_waveform_is_in_percent_of_its_highest_peak():
    envelope = compute_envelope(np.concatenate([make_tone(-20), make_tone(-6)]))
    assert len(envelope) == ENVELOPE_POINTS
    assert max(envelope) == 100
    assert max(envelope[: ENVELOPE_POINTS // 2 - 10]) == pytest.approx(100 * 10 ** (-14 / 20), abs=1)


def test_loudness_and_pitch_are_drawn_only_on_request(kept):
    attempt = add_done(kept)
    page = open_tab(take=attempt)
    assert list_drawn(page, "listening")[0]["voice"] is None
    page.session_state[f"voice_of_{attempt}"] = True
    voice = list_drawn(page.run(), "listening")[0]["voice"]
    assert len(voice["loudness"]) > 10
    assert is_shown(page, "Take 1")
