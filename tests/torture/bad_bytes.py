"""Building blocks of the bad files: speech, whispering, pictures, archives, and a sparse four-hour file."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from samples import load
from speech.audio.recording import SAMPLE_RATE, from_file
from tests.support.sounds import Sound, encode_wav_with_size

SPEECH_SECONDS = 6.0  # of speech in most files
STREAM = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 49170 RTP/AVP 0\n"


def load_speech() -> Sound:
    """Return the first seconds of a calm sample, at 16 kHz."""
    calm = next(sample for sample in load() if sample.name == "calm_and_concise")
    return from_file(calm.path).samples[: round(SPEECH_SECONDS * SAMPLE_RATE)]


def make_whispered(sound: Sound) -> Sound:
    """Randomise the phase of the spectrum, so that the speech sounds whispered.

    Args:
        sound: Mono samples at 16 kHz.
    """
    size, step, window = 512, 128, np.hanning(512)
    chance = np.random.default_rng(3)
    out = np.zeros(len(sound) + size)
    for at in range(0, len(sound) - size, step):
        spectrum = np.abs(np.fft.rfft(window * sound[at : at + size]))
        phase = np.exp(2j * np.pi * chance.random(len(spectrum)))
        out[at : at + size] += window * np.fft.irfft(spectrum * phase)
    return (0.5 * out[: len(sound)] / np.abs(out).max()).astype(np.float32)


def resample(rate: int, sound: Sound) -> Sound:
    """Resample a sound from 16 kHz by linear interpolation.

    Args:
        rate: New sample rate in Hz.
        sound: Mono samples at 16 kHz.
    """
    at = np.arange(round(len(sound) * rate / SAMPLE_RATE)) * SAMPLE_RATE / rate
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32)


def zip_files(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of files, given by name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def encode_picture(codec: str) -> bytes:
    """Encode a black picture with the given codec."""
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = 64, 64, "rgb24", 1
    black = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
    return b"".join(bytes(packet) for frame in (black, None) for packet in encoder.encode(frame))


def write_long_wav(path: Path) -> None:
    """Write a sparse WAV file with four hours of silence."""
    seconds = 4 * 3600
    header = encode_wav_with_size(b"", seconds * SAMPLE_RATE * 2)
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + seconds * SAMPLE_RATE * 2)  # all there, and taking no room
