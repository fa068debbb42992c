"""A recording as a WAV file that every browser plays: 16 bit, mono, 16 kHz."""

from __future__ import annotations

import io
import wave

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.audio.signal import to_int16


def wav(recording: Recording) -> bytes:
    """The bytes of a WAV file with the recording's samples; values beyond full scale are held at it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(to_int16(recording.samples).tobytes())
    return file.getvalue()
