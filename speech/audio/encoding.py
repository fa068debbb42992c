"""Encode a recording as a file: as FLAC, lossless at 16 bits, with labels to read back; as WAV for browsers."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping

import av
import av.error
import numpy as np

from speech.audio.recording import NO_NETWORK_OPTIONS, SAMPLE_RATE, Recording
from speech.audio.signal import to_int16
from speech.errors import RecordingError


def encode_flac(recording: Recording, labels: Mapping[str, str] | None = None) -> bytes:
    """Encode a recording as FLAC: 16 kHz, mono, 16 bits; samples beyond full scale are clipped.

    Args:
        recording: What is encoded.
        labels: Metadata, written as Vorbis comments; None for none.
    """
    frame = av.AudioFrame.from_ndarray(to_int16(recording.samples)[np.newaxis], format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    out = io.BytesIO()
    with av.open(out, mode="w", format="flac") as container:
        container.metadata.update(labels or {})
        stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono", format="s16")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def read_labels(data: bytes) -> dict[str, str]:
    """Return the labels that `encode_flac` was given, with their names in lower case.

    Raises:
        RecordingError: The data is not a FLAC file.
    """
    try:
        with av.open(io.BytesIO(data), mode="r", options=NO_NETWORK_OPTIONS) as container:
            return {name.lower(): text for name, text in container.metadata.items()}
    except av.error.FFmpegError as error:
        raise RecordingError(f"A saved recording can't be read ({error.strerror}).") from None


def encode_wav(recording: Recording) -> bytes:
    """Return the recording as the bytes of a WAV file; samples beyond full scale are clipped."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(to_int16(recording.samples).tobytes())
    return file.getvalue()
