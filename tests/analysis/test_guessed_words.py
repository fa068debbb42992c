"""Reversed speech through the real recogniser."""

import numpy as np
import pytest

import samples
from analysis.quality import find_quality_notes
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from tests.support.models import load_default_model

pytestmark = pytest.mark.slow


def test_a_report_of_reversed_speech_notes_that_the_words_were_guessed():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    forward = from_file(sample.path).samples[: 25 * SAMPLE_RATE]
    for sound, noted in ((forward, False), (np.ascontiguousarray(forward[::-1]), True)):
        recording = from_samples(sound, "speech")
        keys = [note.key for note in find_quality_notes(recording, load_default_model()(recording))]
        assert ("guessed" in keys) is noted
