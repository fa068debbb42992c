import numpy as np
import pytest

from speech.audio.encoding import encode_flac, read_labels
from speech.audio.recording import Recording, from_bytes
from speech.audio.signal import INT16_FULL_SCALE
from speech.errors import RecordingError
from tests.support.answers import make_answer, synthesise

HALF_A_STEP = 0.5 / INT16_FULL_SCALE


def test_flac_keeps_samples_within_half_a_16_bit_step():
    sound = synthesise(make_answer("I led it. (1.5) It worked."))
    back = from_bytes(encode_flac(sound), "kept")
    assert back.samples.shape == sound.samples.shape
    assert np.abs(back.samples - sound.samples).max() <= HALF_A_STEP
    assert not back.damaged


def test_encoding_flac_twice_changes_nothing_more():
    once = from_bytes(encode_flac(synthesise(make_answer("I led it."))), "kept")
    assert np.array_equal(from_bytes(encode_flac(once), "again").samples, once.samples)


def test_sound_beyond_full_scale_is_clipped_and_does_not_wrap():
    loud = Recording(np.linspace(-1.5, 1.5, 16_000, dtype=np.float32), "loud", "")
    back = from_bytes(encode_flac(loud), "kept").samples
    assert (back[0], back[-1]) == (-1.0, (INT16_FULL_SCALE - 1) / INT16_FULL_SCALE)
    assert (np.diff(back) >= 0).all()


def test_labels_keep_every_character():
    text = '{"question": "Tell me about “yourself” = 100 %\\n; #ü"}'
    assert read_labels(encode_flac(synthesise(make_answer("Yes.")), {"what": text}))["what"] == text


def test_reading_labels_from_other_data_is_refused_with_a_sentence():
    with pytest.raises(RecordingError, match="can't be read"):
        read_labels(b"no sound")
