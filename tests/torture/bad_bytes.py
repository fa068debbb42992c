"""What the bad files are made of: speech, whispering, pictures, archives, and four hours that take no room."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from samples import load
from speech.audio.recording import SAMPLE_RATE, from_file
from tests.support.sounds import Sound, wav_with_size

SECONDS = 6.0  # of speech in most files
STREAM = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 49170 RTP/AVP 0\n"


def speech() -> Sound:
    """The beginning of a calm sample, 16 kHz."""
    calm = next(sample for sample in load() if sample.name == "calm_and_concise")
    return from_file(calm.path).samples[: round(SECONDS * SAMPLE_RATE)]


def whispered(sound: Sound) -> Sound:
    """The same spectrum over time with the phase of chance: what is left of a voice without vocal folds."""
    size, step, window = 512, 128, np.hanning(512)
    chance = np.random.default_rng(3)
    out = np.zeros(len(sound) + size)
    for at in range(0, len(sound) - size, step):
        spectrum = np.abs(np.fft.rfft(window * sound[at : at + size]))
        phase = np.exp(2j * np.pi * chance.random(len(spectrum)))
        out[at : at + size] += window * np.fft.irfft(spectrum * phase)
    return (0.5 * out[: len(sound)] / np.abs(out).max()).astype(np.float32)


def at_rate(rate: int, sound: Sound) -> Sound:
    """A sound of 16 kHz at another rate."""
    at = np.arange(round(len(sound) * rate / SAMPLE_RATE)) * SAMPLE_RATE / rate
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture(codec: str) -> bytes:
    """A black picture."""
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = 64, 64, "rgb24", 1
    black = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
    return b"".join(bytes(packet) for frame in (black, None) for packet in encoder.encode(frame))


def long_wav(path: Path) -> None:
    """Four hours of silence."""
    seconds = 4 * 3600
    header = wav_with_size(b"", seconds * SAMPLE_RATE * 2)
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + seconds * SAMPLE_RATE * 2)  # all there, and taking no room
