"""Decoding: every format keeps time, pitch and level; every bad input is explained in a sentence."""

from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samples
from speech.audio.recording import (
    INVISIBLE_CATEGORIES,
    MAX_NAME_LENGTH,
    MAX_RECORDING_SECONDS,
    SAMPLE_RATE,
    Recording,
    from_bytes,
    from_file,
    from_samples,
    to_display_name,
)
from speech.errors import RecordingError
from speech.segment import Segment
from tests.support.sounds import (
    encode_packets,
    encode_tracks,
    encode_wav,
    encode_wav_with_size,
    encode_with_ffmpeg,
    encode_with_libsndfile,
    make_noise,
    make_silence,
    make_tone,
    measure_level,
    measure_pitch,
)

SAMPLE = Path(samples.__file__).parent / "numbers.flac"
SECONDS = 2.0
LEVEL = -9.03  # dB re full scale, of a sine with a peak of 0.5
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000050001a5f645400000000049454e44ae426082"
)
PCM = [
    ("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "PCM_32"), ("WAV", "FLOAT"), ("WAV", "DOUBLE"), ("WAV", "PCM_U8"),
    ("WAVEX", "PCM_24"), ("FLAC", "PCM_16"), ("FLAC", "PCM_24"), ("AIFF", "PCM_16"),
]  # fmt: skip
CODED = [
    ("mp3", "libmp3lame", 8_000, 1), ("mp3", "libmp3lame", 44_100, 1), ("mp3", "libmp3lame", 48_000, 2),
    ("mp4", "aac", 8_000, 1), ("mp4", "aac", 44_100, 1), ("mp4", "aac", 48_000, 2),
    ("ipod", "aac", 44_100, 2), ("adts", "aac", 48_000, 1),
    ("webm", "libopus", 48_000, 1), ("webm", "libopus", 48_000, 2), ("webm", "libopus", 48_000, 6),
    ("ogg", "libopus", 8_000, 1), ("ogg", "libopus", 48_000, 2), ("ogg", "flac", 48_000, 1),
    ("matroska", "pcm_s16le", 44_100, 2), ("wav", "pcm_s24le", 48_000, 6),
]  # fmt: skip


def copy_to_channels(channels, sound):
    return sound if channels == 1 else np.tile(sound[:, None], channels)


def assert_same_tone(recording, hertz=440.0):
    middle = recording.cut(Segment(0.5, 1.5))
    assert recording.duration == pytest.approx(SECONDS, abs=0.05)
    assert measure_pitch(middle) == pytest.approx(hertz, abs=1)
    assert measure_level(middle) == pytest.approx(LEVEL, abs=0.6)
    assert recording.clipped_share == 0
    assert not recording.damaged


def read_refusal(data, name="answer.wav"):
    """Return the one or two sentences with which bytes are refused."""
    with pytest.raises(RecordingError) as caught:
        from_bytes(data, name)
    return read_sentence(caught.value)


def read_sentence(error):
    text = str(error)
    assert text.endswith(".")
    assert text.count(". ") <= 1
    assert "\n" not in text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 192_000])
@pytest.mark.parametrize(("container", "subtype"), PCM)
def test_uncompressed_sound_keeps_time_pitch_and_level(container, subtype, rate, channels):
    sound = copy_to_channels(channels, make_tone(SECONDS, rate=rate))
    assert_same_tone(from_bytes(encode_with_libsndfile(sound, rate, container, subtype), "answer"))


@pytest.mark.parametrize(("container", "codec", "rate", "channels"), CODED)
def test_compressed_sound_keeps_time_pitch_and_level(container, codec, rate, channels):
    sound = copy_to_channels(channels, make_tone(SECONDS, rate=rate))
    assert_same_tone(from_bytes(encode_with_ffmpeg(container, codec, sound, rate), "answer"))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("subtype", "rate"), [("VORBIS", 44_100), ("VORBIS", 48_000), ("OPUS", 48_000)])
def test_ogg_from_another_encoder_keeps_time_pitch_and_level(subtype, rate, channels):
    sound = copy_to_channels(channels, make_tone(SECONDS, rate=rate))
    assert_same_tone(from_bytes(encode_with_libsndfile(sound, rate, "OGG", subtype), "answer"))


def test_the_sound_of_a_video_is_decoded():
    sound = copy_to_channels(2, make_tone(SECONDS, rate=48_000))
    assert_same_tone(from_bytes(encode_with_ffmpeg("mp4", "aac", sound, video=True), "answer.mp4"))


@pytest.mark.parametrize("channels", [3, 4, 7, 8, 9, 16, 64])
def test_many_channels_are_downmixed_to_one(channels):
    assert_same_tone(from_bytes(encode_wav(copy_to_channels(channels, make_tone(SECONDS))), "answer.wav"))


def test_a_voice_in_one_of_two_channels_is_heard_at_half_its_pressure():
    sound = np.stack([make_tone(SECONDS), make_silence(SECONDS)], axis=1)
    assert measure_level(from_bytes(encode_wav(sound), "answer.wav").samples) == pytest.approx(LEVEL - 6.02, abs=0.05)


@pytest.mark.parametrize("loudness", [1.0, 0.95])
def test_channels_that_cancel_out_give_the_loudest_one(loudness):
    sides = np.stack([make_tone(SECONDS), -loudness * make_tone(SECONDS)], axis=1)
    assert_same_tone(from_bytes(encode_wav(sides), "swapped.wav"))


def test_different_channels_are_not_mistaken_for_cancelling_ones():
    sides = np.stack([make_tone(SECONDS), make_tone(SECONDS, hertz=550.0)], axis=1)
    assert measure_level(from_bytes(encode_wav(sides), "two.wav").cut(Segment(0.5, 1.5))) == pytest.approx(
        LEVEL - 3.01, abs=0.2
    )


def test_full_scale_in_both_channels_stays_full_scale():
    recording = from_bytes(
        encode_with_libsndfile(copy_to_channels(2, make_tone(2.0, 440, 0.99)), SAMPLE_RATE, "WAV", "FLOAT"),
        "answer.wav",
    )
    assert np.abs(recording.samples).max() == pytest.approx(0.99, abs=0.001)


def test_resampling_does_not_alias():
    recording = from_bytes(
        encode_with_libsndfile(make_tone(2.0, 11_000, rate=48_000), 48_000, "WAV", "FLOAT"), "answer.wav"
    )
    assert measure_level(recording.cut(Segment(0.5, 1.5))) < LEVEL - 80


@pytest.mark.parametrize("container", ["adts", "mp3"])
def test_files_joined_from_unlike_parts_are_read_to_the_end(container):
    codec = {"adts": "aac", "mp3": "libmp3lame"}[container]
    first = encode_with_ffmpeg(container, codec, make_tone(2.0, rate=44_100), 44_100)
    second = encode_with_ffmpeg(container, codec, copy_to_channels(2, make_tone(2.0, 1000, rate=48_000)), 48_000)
    recording = from_bytes(first + second, f"answer.{container}")
    assert recording.duration == pytest.approx(4.0, abs=0.12)
    assert measure_pitch(recording.cut(Segment(0.5, 1.5))) == pytest.approx(440, abs=1)
    assert measure_pitch(recording.cut(Segment(2.5, 3.5))) == pytest.approx(1000, abs=1)


def test_the_digest_is_sha_256_of_the_bytes():
    data = encode_wav(make_tone(1.0))
    assert from_bytes(data, "answer.wav").digest == hashlib.sha256(data).hexdigest()


def test_samples_have_a_digest_of_their_own_bytes():
    samples = make_tone(1.0)
    recording = from_samples(samples, "microphone")
    assert recording.digest == hashlib.sha256(samples.tobytes()).hexdigest()
    assert recording.samples is samples


@pytest.mark.parametrize("channels", [1, 2])
def test_the_clipped_share_of_a_sine_driven_to_twice_full_scale_is_two_thirds(channels):
    # |2 sin x| >= 0.999 wherever |sin x| >= 0.4995: a share of 1 - 2 asin(0.4995) / pi.
    sound = np.clip(copy_to_channels(channels, make_tone(2.0, 97.3, 2.0, 48_000)), -1, 1)
    share = 1 - 2 * np.arcsin(0.4995) / np.pi
    recording = from_bytes(encode_with_libsndfile(sound, 48_000, "WAV", "PCM_16"), "loud.wav")
    assert recording.clipped_share == pytest.approx(share, abs=1e-3)
    assert from_samples(np.clip(make_tone(2.0, 97.3, 2.0), -1, 1), "loud").clipped_share == pytest.approx(
        share, abs=1e-3
    )


def test_clipping_in_one_of_two_channels_counts_half():
    clipped = np.clip(make_tone(2.0, 97.3, 2.0), -1, 1)
    both = from_bytes(encode_wav(copy_to_channels(2, clipped)), "loud.wav").clipped_share
    assert from_bytes(encode_wav(np.stack([clipped, make_silence(2.0)], 1)), "loud.wav").clipped_share == pytest.approx(
        both / 2
    )


@pytest.mark.parametrize(("seconds", "told"), [(0.001, "0.0"), (0.3, "0.3"), (0.49, "0.4")])
def test_a_duration_below_half_a_second_is_never_rounded_up_to_it(seconds, told):
    assert f"lasts {told} s, too short" in read_refusal(encode_wav(make_tone(seconds)))


def test_half_a_second_is_enough():
    assert from_bytes(encode_wav(make_tone(0.5)), "answer.wav").duration == 0.5


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"This is a text that somebody has called a sound.\n" * 40,
        b'{"not": "a sound"}',
        bytes(range(256)) * 20,
        bytes(4000),
        encode_wav(make_tone(1.0))[:20],
    ],
    ids=["one byte", "text", "JSON", "bytes", "zeros", "part of a header"],
)
def test_other_files_are_refused(data):
    assert "isn't a sound file we can read" in read_refusal(data)


def test_an_empty_file_is_refused():
    assert "is empty" in read_refusal(b"")


def test_a_zip_archive_is_refused_even_with_a_sound_inside():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("answer.wav", encode_wav(make_tone(1.0)))
    assert "isn't a sound file" in read_refusal(file.getvalue(), "answer.zip")


@pytest.mark.parametrize(
    "data",
    [PNG, encode_with_ffmpeg("mp4", None, video=True), encode_with_ffmpeg("matroska", None, video=True)],
    ids=["PNG", "mp4", "mkv"],
)
def test_pictures_without_sound_have_no_sound_track(data):
    assert "no sound track" in read_refusal(data)


def test_a_text_that_describes_a_stream_is_refused_without_waiting_for_the_network():
    sdp = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
    # Waiting would end in a time-out of FFmpeg, after 20 s, and be named as one.
    assert "isn't a sound file we can read" in read_refusal(sdp)


@pytest.mark.parametrize(
    "listing", ["#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n", "ffconcat version 1.0\nfile {}\n"]
)
def test_a_play_list_opens_no_other_file(listing, tmp_path):
    other = tmp_path / "other.wav"
    other.write_bytes(encode_wav(make_tone(2.0)))
    assert "isn't a sound file" in read_refusal(listing.format(other).encode())


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("rate", [SAMPLE_RATE, 48_000])
def test_values_that_are_not_numbers_are_refused(value, rate):
    sound = make_tone(2.0, rate=rate)
    sound[5000] = value
    assert "is damaged" in read_refusal(encode_with_libsndfile(sound, rate, "WAV", "FLOAT"))
    with pytest.raises(RecordingError, match="is damaged"):
        from_samples(sound, "microphone")


def test_a_truncated_wav_file_is_damaged():
    recording = from_bytes(encode_wav(make_tone(2.0), promised=10.0), "answer.wav")
    assert recording.damaged
    assert recording.duration == pytest.approx(2.0)


def test_a_wav_file_that_lacks_a_fraction_of_a_second_is_not_damaged():
    assert not from_bytes(encode_wav(make_tone(2.0), promised=2.3), "answer.wav").damaged


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0x7FFFFFFF, 0xFFFFFFFF])
def test_an_unfinished_wav_header_declares_no_duration(size):
    data = encode_wav(make_tone(2.0))[44:]
    assert_same_tone(from_bytes(encode_wav_with_size(data, size), "piped.wav"))


def test_a_wav_header_without_its_sound_is_damaged():
    assert "damaged" in read_refusal(encode_wav(make_silence(0.0), promised=2.0))


def test_a_flac_file_cut_in_the_middle_is_damaged():
    data = encode_with_libsndfile(make_noise(4.0, -20), SAMPLE_RATE, "FLAC", "PCM_16")
    recording = from_bytes(data[: len(data) // 2], "answer.flac")
    assert recording.damaged
    assert recording.duration == pytest.approx(2.0, abs=0.5)


def test_a_flac_file_with_a_hole_keeps_the_sound_after_it():
    sound = np.concatenate([make_noise(2.0, -20), make_noise(2.0, -20), make_tone(2.0)])
    data = bytearray(encode_with_libsndfile(sound, SAMPLE_RATE, "FLAC", "PCM_16"))
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    recording = from_bytes(bytes(data), "answer.flac")
    assert recording.damaged
    assert recording.duration == pytest.approx(6.0, abs=0.1)  # what comes after it keeps its time
    assert measure_pitch(recording.samples[-SAMPLE_RATE:]) == pytest.approx(440, abs=1)


@pytest.mark.parametrize(("container", "codec"), [("mp3", "libmp3lame"), ("webm", "libopus"), ("mp4", "aac")])
def test_half_of_a_compressed_file_is_damaged_if_it_can_be_read(container, codec):
    options = {"movflags": "frag_keyframe+empty_moov"} if container == "mp4" else None
    data = encode_with_ffmpeg(container, codec, make_tone(20.0, rate=48_000), container_options=options)
    recording = from_bytes(data[: len(data) // 2], "answer")
    assert recording.damaged
    assert recording.duration == pytest.approx(10.0, abs=1.0)


def test_an_mp4_file_that_lost_its_index_is_refused():
    data = encode_with_ffmpeg("mp4", "aac", make_tone(20.0, rate=48_000))
    assert "isn't a sound file we can read" in read_refusal(data[: len(data) // 2], "answer.m4a")


def test_an_mp3_stream_cut_out_of_a_longer_one_is_whole():
    data = encode_with_ffmpeg("mp3", "libmp3lame", make_tone(4.0, rate=48_000))
    recording = from_bytes(data[len(data) // 2 + 37 :], "answer.mp3")
    assert recording.duration == pytest.approx(2.0, abs=0.1)
    assert not recording.damaged


def test_an_mp3_file_of_changing_bit_rate_and_no_frame_count_is_whole():
    # FFmpeg takes the silence at its beginning for its bit rate, and its duration for more than twice what it is.
    sound = np.concatenate([make_silence(3.0, 44_100), make_noise(5.0, -14, 44_100)])
    data = encode_with_ffmpeg(
        "mp3",
        "libmp3lame",
        sound,
        44_100,
        container_options={"write_xing": "0"},
        codec_options={"flags": "+qscale", "global_quality": "236"},
    )
    recording = from_bytes(data, "answer.mp3")
    assert recording.duration == pytest.approx(8.0, abs=0.1)
    assert not recording.damaged


@pytest.mark.parametrize(("container", "codec"), [("webm", "libopus"), ("mp4", "aac")])
def test_packets_that_were_left_out_are_silence_of_their_length(container, codec):
    recording = from_bytes(
        encode_packets(container, codec, make_tone(6.0, rate=48_000), lambda at: 2.0 <= at < 3.5), "a"
    )
    assert recording.duration == pytest.approx(6.0, abs=0.05)
    assert np.abs(recording.cut(Segment(2.1, 3.3))).max() < 1e-3
    assert measure_level(recording.cut(Segment(4.0, 5.5))) == pytest.approx(LEVEL, abs=0.6)
    assert not recording.damaged


def test_a_clock_that_jumps_by_an_hour_makes_no_pause():
    data = encode_packets("webm", "libopus", make_tone(4.0, rate=48_000), offset=lambda at: 3600.0 if at >= 2 else 0.0)
    assert from_bytes(data, "answer.webm").duration == pytest.approx(4.0, abs=0.1)


def test_sound_that_begins_late_begins_at_once():
    data = encode_packets("webm", "libopus", make_tone(4.0, rate=48_000), offset=lambda _: 10.0)
    recording = from_bytes(data, "answer.webm")
    assert recording.duration == pytest.approx(4.0, abs=0.1)
    assert not recording.damaged


@pytest.mark.parametrize("seconds", [20.0, 2400.0])
def test_a_picture_that_outlasts_the_sound_says_nothing_about_it(seconds):
    data = encode_packets("matroska", "libopus", make_tone(4.0, rate=48_000), picture=seconds)
    recording = from_bytes(data, "answer.mkv")
    assert recording.duration == pytest.approx(4.0, abs=0.1)
    assert not recording.damaged


def test_an_mp3_file_whose_header_states_an_hour_is_read():
    data = bytearray(encode_with_ffmpeg("mp3", "libmp3lame", make_tone(4.0, rate=48_000)))
    at = max(data.find(b"Xing"), data.find(b"Info")) + 8
    data[at : at + 4] = (150_000).to_bytes(4, "big")
    assert from_bytes(bytes(data), "answer.mp3").duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("voice_track", [0, 1, 2])
def test_of_several_tracks_the_one_with_the_voice_is_read(voice_track):
    voice = from_file(SAMPLE).cut(Segment(0.0, 8.0))
    tracks = [make_tone(len(voice) / SAMPLE_RATE) for _ in range(3)]
    tracks[0], tracks[voice_track] = make_silence(len(voice) / SAMPLE_RATE), voice
    recording = from_bytes(encode_tracks("matroska", "flac", tracks), "screen.mkv")
    assert np.abs(recording.samples[: len(voice)] - voice).max() < 1e-3


def test_tracks_that_sound_alike_leave_it_to_the_default():
    voice = from_file(SAMPLE).cut(Segment(0.0, 8.0))
    recording = from_bytes(encode_tracks("matroska", "flac", [voice, voice[::-1]], default=1), "screen.mkv")
    assert np.abs(recording.samples[: len(voice)] - voice[::-1]).max() < 1e-3


def test_four_hours_are_refused_by_the_header(monkeypatch):
    monkeypatch.setattr("speech.audio.recording.Downmixer.add", lambda *_: pytest.fail("it was decoded"))
    assert "lasts 240 minutes" in read_refusal(encode_wav(make_tone(1.0), promised=4 * 3600))


def test_a_file_over_the_maximum_length_is_refused_without_a_declared_duration():
    size = round((MAX_RECORDING_SECONDS + 60) * 8000) * 2
    assert "30 minutes" in read_refusal(encode_wav_with_size(bytes(size), 0xFFFFFFFF, 8000))


def test_hours_without_a_declared_duration_are_refused_before_decoding(monkeypatch):
    ten_seconds = encode_with_ffmpeg("adts", "aac", make_tone(10.0), SAMPLE_RATE)
    monkeypatch.setattr("speech.audio.recording.Downmixer.add", lambda *_: pytest.fail("it was decoded"))
    assert "lasts more than 30 minutes" in read_refusal(185 * ten_seconds)


def test_samples_over_the_maximum_length_are_refused():
    with pytest.raises(RecordingError, match="lasts 31 minutes"):
        from_samples(np.zeros(round((MAX_RECORDING_SECONDS + 60) * SAMPLE_RATE), np.float32), "microphone")


def test_a_file_is_read_and_named_without_its_folder(tmp_path):
    path = tmp_path / "my answer é.wav"
    path.write_bytes(encode_wav(make_tone(SECONDS)))
    assert_same_tone(from_file(path))
    assert from_file(str(path)).name == "my answer é.wav"


def test_a_missing_file_is_explained_in_a_sentence(tmp_path):
    with pytest.raises(RecordingError, match=r"There's no file .*gone\.wav\. Check") as caught:
        from_file(tmp_path / "gone.wav")
    read_sentence(caught.value)


def test_a_folder_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(RecordingError, match="isn't a file") as caught:
        from_file(tmp_path)
    read_sentence(caught.value)


@pytest.mark.parametrize("samples", [np.zeros((2, 8000), np.float32), np.zeros(8000, np.float64)])
def test_a_recording_is_one_row_of_32_bit_floats(samples):
    with pytest.raises(ValueError, match="one row of float32"):
        Recording(samples, "x", "0" * 64)


def test_a_cut_holds_the_samples_of_its_time():
    recording = from_samples(np.arange(SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE, "ramp")
    assert recording.cut(Segment(0.25, 0.5)).tolist() == recording.samples[4000:8000].tolist()
    assert recording.cut(Segment(0.9, 3.0)).size == 1600


@pytest.mark.parametrize("name", ["answer é.wav", 'it\'s "mine".mp3', "../../etc/passwd", "👩🏽.m4a", "<b>{x}</b>.wav"])
def test_a_name_of_one_short_line_stays_as_it_is(name):
    assert to_display_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("two\nlines.wav", "two lines.wav"), ("\u202egpj.wav", "gpj.wav"), ("\udcff.wav", ".wav"), ("\x00", "recording")],
)
def test_line_breaks_and_direction_marks_are_removed(name, shown):
    assert to_display_name(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending():
    shown = to_display_name("a" * 300 + ".wav")
    assert len(shown) == MAX_NAME_LENGTH - 1
    assert shown.startswith("aaa")
    assert shown.endswith("….wav"[1:])


@given(st.text(max_size=400))
def test_any_name_becomes_one_line_that_can_be_written(name):
    shown = to_display_name(name)
    assert 0 < len(shown) <= MAX_NAME_LENGTH
    assert not any(unicodedata.category(sign) in INVISIBLE_CATEGORIES for sign in shown)
    assert shown.encode()
    assert to_display_name(shown) == shown


def test_a_track_in_a_format_that_nothing_here_reads_is_a_sentence():
    sound = b"\0\1" * SAMPLE_RATE
    head = struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 0x4556)  # as many bits no sample has
    parts = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(sound)) + sound
    with pytest.raises(RecordingError, match=r"odd.wav isn't a sound file we can read"):
        from_bytes(b"RIFF" + struct.pack("<I", len(parts)) + parts, "odd.wav")
