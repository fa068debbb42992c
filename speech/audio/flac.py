"""Encode a recording as FLAC, lossless at 16 bits, with labels as metadata, and read the labels back."""

from __future__ import annotations

import io
from collections.abc import Mapping

import av
import av.error
import numpy as np

from speech.audio.recording import NO_NETWORK_OPTIONS, SAMPLE_RATE, Recording
from speech.audio.signal import to_int16
from speech.errors import RecordingError


def encode(recording: Recording, labels: Mapping[str, str] | None = None) -> bytes:
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
    """Return the labels that `encode` was given, with their names in lower case.

    Raises:
        RecordingError: The data is not a FLAC file.
    """
    try:
        with av.open(io.BytesIO(data), mode="r", options=NO_NETWORK_OPTIONS) as container:
            return {name.lower(): text for name, text in container.metadata.items()}
    except av.error.FFmpegError as error:
        raise RecordingError(f"A kept recording is not a FLAC file that can be read ({error.strerror}).") from None
