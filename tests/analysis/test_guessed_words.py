"""Speech that means nothing, through the real recogniser."""

import numpy as np
import pytest

import samples
from analysis.quality import quality_notes
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from tests.support.models import default_model

pytestmark = pytest.mark.slow


def test_speech_played_backwards_is_reported_with_a_note_that_its_words_were_guessed():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    forward = from_file(sample.path).samples[: 25 * SAMPLE_RATE]
    for sound, noted in ((forward, False), (np.ascontiguousarray(forward[::-1]), True)):
        recording = from_samples(sound, "speech")
        keys = [note.key for note in quality_notes(recording, default_model()(recording))]
        assert ("guessed" in keys) is noted
