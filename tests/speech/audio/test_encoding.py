import numpy as np
import pytest

from speech.audio import encoding
from speech.audio.encoding import Damage, drop_labels, encode_flac, find_damage, read_labels
from speech.audio.recording import MAX_MISSING_SECONDS, SAMPLE_RATE, Recording, from_bytes
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


def test_a_label_in_another_encoding_does_not_keep_the_sound_from_being_compared():
    changed = encode_flac(synthesise(make_answer("Yes.")), {"what": "label"}).replace(b"label", b"la\xe2el")
    assert find_damage(changed) is None
    assert read_labels(changed)["what"] in ("lael", "la\ufffdel")


def test_reading_labels_from_other_data_is_refused_with_a_sentence():
    with pytest.raises(RecordingError, match="can't be read"):
        read_labels(b"no sound")


def test_without_its_labels_a_file_has_the_same_sound_and_says_nothing_else():
    recording = synthesise(make_answer("I led it."))
    labelled = encode_flac(recording, {"answer_aloud": "a private name", "title": "x" * 70_000})
    bare = drop_labels(labelled)
    assert b"private" not in bare
    assert "answer_aloud" not in read_labels(bare)
    assert find_damage(bare) is None
    assert np.array_equal(from_bytes(bare, "").samples, from_bytes(labelled, "").samples)


@pytest.mark.parametrize("data", [b"", b"fLaC", b"RIFF and more", b"fLaC\x80\x00"])
def test_what_is_no_whole_flac_file_keeps_what_it_has(data):
    assert drop_labels(data) == data


def test_more_sound_than_any_answer_is_not_decoded_to_its_end(monkeypatch):
    whole = encode_flac(Recording(np.zeros(10 * SAMPLE_RATE, np.float32), "long", ""))
    assert find_damage(whole) is None
    lying = bytearray(whole)  # it promises no length, so only its end would tell
    lying[21:26] = bytes([lying[21] & 0xF0, 0, 0, 0, 0])
    monkeypatch.setattr(encoding, "MAX_RECORDING_SECONDS", 1.0)
    assert find_damage(whole) is Damage.TOO_LONG
    assert find_damage(bytes(lying)) is Damage.TOO_LONG
    most = round((1.0 + MAX_MISSING_SECONDS) * SAMPLE_RATE)
    assert encoding._decode(whole, most)[0] < 2 * most
