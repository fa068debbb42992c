"""Over sixty kinds of bad input, and the expected outcome of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from speech.audio.recording import SAMPLE_RATE
from tests.support.sounds import (
    encode_wav,
    encode_wav_with_size,
    encode_with_ffmpeg,
    encode_with_libsndfile,
    make_noise,
    make_silence,
    make_tone,
)
from tests.torture.bad_bytes import (
    STREAM,
    encode_picture,
    load_speech,
    make_whispered,
    resample,
    write_long_wav,
    zip_files,
)
from tests.torture.report_checks import Json, both, has_no_noise, has_no_speech, has_note, has_words, has_words_inside

REAL_SPEECH_FOLDER = Path(__file__).parents[3] / "shared" / "realspeech"  # clips that are not part of the project
CODED = (  # container, codec, ending
    *(("mp3", "libmp3lame", "mp3"), ("ogg", "libopus", "ogg"), ("ipod", "aac", "m4a"), ("webm", "libopus", "webm")),
    *(("adts", "aac", "aac"), ("matroska", "pcm_s16le", "mkv")),
)
_REFUSED = "damaged|too short|isn't a sound file|has no sound track"


@dataclass(frozen=True)
class Case:
    """One bad file and its expected outcome: the sentence of a refusal, or a check of the report."""

    kind: str
    name: str  # of the file
    make: Callable[[Path], object]  # writes it
    sentence: str | None = None  # what the refusal says; None: there is a report
    holds: Callable[[Json], bool] | None = None  # of the report
    either: bool = False  # a report or a refusal, both are right
    is_heard: bool = False  # refused for what is said, so the recogniser has to listen
    uploaded_as: str | None = None  # a name that a browser may send and no disk can hold; None: it is a file


def cases() -> tuple[Case, ...]:
    """Return all cases; those made of real clips only if the clips are available."""
    parts = (_no_sound(), _no_files(), _cut_off(), _lengths(), _forms(), _levels(), _names(), _real())
    return tuple(case for part in parts for case in part)


def _bytes(kind: str, name: str, data: bytes, sentence: str) -> Case:
    return Case(kind, name, _writer(data), sentence)


def _sound(kind: str, name: str, data: bytes, holds: Callable[[Json], bool] | None = None) -> Case:
    return Case(kind, name, _writer(data), holds=holds or has_words)


def _writer(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _no_sound() -> Iterator[Case]:
    unreadable, no_track = "isn't a sound file we can read", "has no sound track"
    yield _bytes("empty file", "empty.wav", b"", "is empty")
    yield _bytes("one byte", "one.wav", b"R", unreadable)
    yield _bytes("a megabyte of zeros", "zeros.wav", bytes(10**6), unreadable)
    yield _bytes("a megabyte of chance", "chance.wav", np.random.default_rng(1).bytes(10**6), unreadable)
    yield _bytes("text called sound", "text.wav", b"This is no sound.\n" * 100, unreadable)
    yield _bytes("text in UTF-16", "text.mp3", ("Kein Ton. " * 200).encode("utf-16"), unreadable)
    yield _bytes("a web page", "page.m4a", b"<!doctype html><script>alert(1)</script>" * 40, unreadable)
    yield _bytes("JSON", "data.ogg", b'{"a": [1, 2, 3]}' * 50, unreadable)
    yield _bytes("a play list of other files", "list.m3u", b"#EXTM3U\nother.wav\n", unreadable)
    yield _bytes("a description of a stream", "stream.sdp", STREAM, unreadable)
    yield _bytes("a program", "program.wav", b"\x7fELF" + bytes(4000), unreadable)
    yield _bytes("a document", "letter.pdf", b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 50, unreadable)
    yield _bytes("a zip archive", "sound.zip", zip_files({"a.wav": encode_wav(make_tone(1.0))}), unreadable)
    yield _bytes("a zip bomb", "bomb.zip", zip_files({"a.wav": bytes(50_000_000)}), unreadable)
    yield _bytes("a picture", "picture.png", encode_picture("png"), no_track)
    yield _bytes("a picture called sound", "picture.wav", encode_picture("png"), no_track)
    for container in ("mp4", "matroska", "avi"):
        yield _bytes(
            f"video without sound, {container}",
            f"v.{container}",
            encode_with_ffmpeg(container, None, video=True),
            no_track,
        )
    yield _bytes(
        "a WAV header and nothing else", "header.wav", encode_wav(make_silence(0.0)), "too short|damaged|n't a sound"
    )


def _no_files() -> Iterator[Case]:
    yield Case("a folder", "folder.wav", lambda path: path.mkdir(), "no recordings|isn't a file|folder")
    yield Case("a file that is not there", "gone.wav", lambda path: None, "no file")
    yield Case("a link to nowhere", "link.wav", lambda path: path.symlink_to("nowhere"), "no file")
    yield Case("a pipe nobody writes to", "pipe.wav", os.mkfifo, "isn't a file")
    yield Case("a device that never ends", "zero.wav", lambda path: path.symlink_to("/dev/zero"), "isn't a file")


def _cut_off() -> Iterator[Case]:
    whole = {
        "wav": encode_wav(load_speech()),
        "flac": encode_with_libsndfile(load_speech(), SAMPLE_RATE, "FLAC", "PCM_16"),
    }
    whole |= {
        ending: encode_with_ffmpeg(container, codec, load_speech(), SAMPLE_RATE) for container, codec, ending in CODED
    }
    for ending, data in whole.items():
        for at in (4, 11, 43, 200, len(data) // 2):
            where = "half way" if at == len(data) // 2 else f"after {at} bytes"
            yield Case(f"{ending} cut off {where}", f"cut{at}.{ending}", _writer(data[:at]), _REFUSED, either=True)


def _lengths() -> Iterator[Case]:
    yield _bytes("0.1 s", "short.wav", encode_wav(make_tone(0.1)), "too short")
    yield _bytes("0.49 s", "short.wav", encode_wav(make_tone(0.49)), "too short")
    yield _sound("0.5 s of tone", "half.wav", encode_wav(make_tone(0.5)), has_no_speech)
    yield Case("4 h, 461 MB, as its header says", "long.wav", write_long_wav, "lasts 240 minutes")
    yield _bytes(
        "4 h by its header, 1 s there", "promise.wav", encode_wav(make_tone(1.0), promised=4 * 3600.0), "240 minutes"
    )
    unending = encode_wav_with_size(bytes(31 * 60 * 8000 * 2), 0xFFFFFFFF, 8000)
    yield _bytes("31 min that no header tells of", "stream.wav", unending, "lasts 31 minutes")
    minute = encode_with_ffmpeg("adts", "aac", make_tone(60.0), SAMPLE_RATE)
    yield _bytes("4 h of AAC that no header tells of", "hours.aac", 240 * minute, "lasts more than 30 minutes")


def _forms() -> Iterator[Case]:
    sound = load_speech()
    for rate in (8_000, 11_025, 44_100, 192_000):
        yield _sound(f"{rate} Hz", f"{rate}.wav", encode_wav(resample(rate, sound), rate))
    for subtype in ("PCM_U8", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW"):
        yield _sound(f"WAV of {subtype}", f"{subtype}.wav", encode_with_libsndfile(sound, SAMPLE_RATE, "WAV", subtype))
    yield _sound("stereo, one side dead", "dead.wav", encode_wav(np.stack([sound, 0 * sound], axis=1)))
    yield _sound("stereo, sides opposed", "opposed.wav", encode_wav(np.stack([sound, -sound], axis=1)))
    yield _sound("six channels", "six.wav", encode_wav(np.tile(sound[:, None], 6)))
    yield _sound("video with sound", "video.mp4", encode_with_ffmpeg("mp4", "aac", sound, SAMPLE_RATE, video=True))
    for container, codec, ending in CODED:
        wrong = "mp3" if ending != "mp3" else "ogg"
        data = encode_with_ffmpeg(container, codec, sound, SAMPLE_RATE)
        yield _sound(f"{ending} called {wrong}", f"{ending}.{wrong}", data)
    yield _sound("no ending at all", "answer", encode_wav(sound))


def _levels() -> Iterator[Case]:
    sound = load_speech()
    yield _sound("clipped", "clipped.wav", encode_wav(np.clip(40 * sound, -1, 1)), has_note("clipped"))
    yield _sound("shouted: overdriven", "shout.wav", encode_wav(np.tanh(60 * sound).astype(np.float32) * 0.98))
    yield _sound(
        "very quiet, -60 dB",
        "quiet.wav",
        encode_with_libsndfile(sound / 1000, SAMPLE_RATE, "WAV", "FLOAT"),
        has_note("quiet"),
    )
    yield _sound("steady offset of 0.4", "offset.wav", encode_wav(np.clip(0.5 * sound + 0.4, -1, 1)), has_no_noise)
    yield _sound("whispered: no voice, only breath", "whisper.wav", encode_wav(make_whispered(sound)), has_words_inside)
    yield _sound(
        "digital silence", "silence.wav", encode_wav(make_silence(5.0)), both(has_no_speech, has_note("quiet"))
    )
    yield _sound("white noise", "noise.wav", encode_wav(make_noise(5.0, -20.0)), has_no_speech)
    yield _sound("a tone", "tone.wav", encode_wav(make_tone(5.0)), has_no_speech)
    yield _sound("mains hum", "hum.wav", encode_wav(make_tone(5.0, hertz=50.0, peak=0.3)), has_no_speech)
    for name, value in (("not a number", np.nan), ("infinite", np.inf)):
        broken = np.where(np.arange(len(sound)) == 5000, value, sound).astype(np.float32)
        yield _bytes(
            f"a sample {name}", "value.wav", encode_with_libsndfile(broken, SAMPLE_RATE, "WAV", "FLOAT"), "is damaged"
        )


def _names() -> Iterator[Case]:
    data = encode_wav(make_tone(0.2))
    for kind, name in (
        ("a name with quotes", 'it\'s "mine" `now`.wav'),
        ("a name with a line break", "two\nlines.wav"),
        ("a name of markup", "<script>alert(1)<⁄script>.wav"),
        ("a name of template braces", "{{config}} {0} %s ${HOME}.wav"),
        ("a name of emoji", "👩🏽\u200d💻🎙️.wav"),
        ("a name turned right to left", "\u202egpj.wav"),
        ("a name that looks like an option", "--json.wav"),
        ("a name of 251 characters", "a" * 247 + ".wav"),
        ("a name that is no UTF-8", "\udcff\udcfe.wav"),
    ):
        yield _bytes(kind, name, data, "too short")
    for kind, name in (
        ("uploaded as a path upwards", "../../etc/passwd.wav"),
        ("uploaded as a whole path", "/dev/zero"),
        ("uploaded as a path of another system", "C:\\Users\\me\\answer.wav"),
        ("uploaded with a name of 300 characters", "a" * 296 + ".wav"),
        ("uploaded with a zero byte in its name", "a\0b.wav"),
        ("uploaded without a name", ""),
    ):
        yield Case(kind, "upload.wav", _writer(data), "too short", uploaded_as=name)


def _real() -> Iterator[Case]:
    """Yield cases made of real clips, if these are available."""
    for clip, kind, sentence, holds in (
        ("x02_spanish", "Spanish", "English", None),
        ("x06_arabic", "Arabic", "English", None),
        ("z06_music_salsa", "music", None, has_no_speech),
        ("z01_roomnoise_30s", "room noise", None, has_no_speech),
        ("z04_silence_room", "a silent room", None, has_no_speech),
        ("n01_shower_noise", "a voice in a shower", None, has_words_inside),
        ("g11_phone_two_women", "two people on the telephone", None, has_words),
    ):
        path = REAL_SPEECH_FOLDER / f"{clip}.flac"
        if path.exists():
            data = path.read_bytes()
            yield Case(kind, path.name, _writer(data), sentence, holds, is_heard=sentence is not None)
