"""A recording as a WAV file that every browser plays: 16 bit, mono, 16 kHz."""

from __future__ import annotations

import io
import wave

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording


def wav(recording: Recording) -> bytes:
    """The bytes of a WAV file with the recording's samples; values beyond full scale are held at it."""
    whole = np.clip(np.round(recording.samples * 32767), -32768, 32767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(whole.tobytes())
    return file.getvalue()
