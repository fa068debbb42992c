"""Encode a recording as a WAV file that every browser plays: 16 bits, mono, 16 kHz."""

from __future__ import annotations

import io
import wave

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.audio.signal import to_int16


def encode_wav(recording: Recording) -> bytes:
    """Return the recording as the bytes of a WAV file; samples beyond full scale are clipped."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(to_int16(recording.samples).tobytes())
    return file.getvalue()
