"""Encode a recording as FLAC, lossless at 16 bits, with labels to read back, or as WAV for browsers; find damage."""

from __future__ import annotations

import hashlib
import io
import wave
from collections.abc import Mapping
from enum import StrEnum

import av
import av.error
import numpy as np

from speech.audio.recording import (
    MAX_MISSING_SECONDS,
    MAX_RECORDING_SECONDS,
    METADATA_OPTIONS,
    NO_NETWORK_OPTIONS,
    SAMPLE_RATE,
    Recording,
)
from speech.audio.signal import to_int16
from speech.errors import RecordingError

MAGIC = b"fLaC"
# The block STREAMINFO, which every file begins with: its head, its length, and what lies where in it (RFC 9639, 8.2).
BLOCK_HEAD_BYTES, LABELS_KIND = 4, 4
STREAMINFO_HEADS, STREAMINFO_BYTES = (b"\x00\x00\x00\x22", b"\x80\x00\x00\x22"), 34


class Damage(StrEnum):
    """What is wrong with a FLAC file, worded to follow "the recording"."""

    UNREADABLE = "can't be read"
    CHANGED = "is damaged: some of its sound is lost"
    TOO_LONG = "is longer than any answer"


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
        with av.open(io.BytesIO(data), mode="r", options=NO_NETWORK_OPTIONS, **METADATA_OPTIONS) as container:
            return {name.lower(): text for name, text in container.metadata.items()}
    except av.error.FFmpegError as error:
        raise RecordingError(f"A saved recording can't be read ({error.strerror}).") from None


def drop_labels(data: bytes) -> bytes:
    """Return a FLAC file without its labels, its sound untouched; what is no FLAC file comes back as it is.

    The blocks before the sound follow each other, each with a head that says whether it is the last one, what it is,
    and how long (RFC 9639, 8.1).
    """
    kept, at, is_last = [], len(MAGIC), not data.startswith(MAGIC)
    while not is_last and at + BLOCK_HEAD_BYTES <= len(data):
        is_last, kind = bool(data[at] & 0x80), data[at] & 0x7F
        end = at + BLOCK_HEAD_BYTES + int.from_bytes(data[at + 1 : at + BLOCK_HEAD_BYTES], "big")
        if kind != LABELS_KIND:
            kept.append((kind, data[at + 1 : end]))
        at = end
    if not kept:
        return data
    heads = [kind | (0x80 if place == len(kept) - 1 else 0) for place, (kind, _) in enumerate(kept)]
    blocks = [bytes([head]) + rest for head, (_, rest) in zip(heads, kept, strict=True)]
    return b"".join((MAGIC, *blocks, data[at:]))


def encode_wav(recording: Recording) -> bytes:
    """Return the recording as the bytes of a WAV file; samples beyond full scale are clipped."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(to_int16(recording.samples).tobytes())
    return file.getvalue()


def find_damage(data: bytes) -> Damage | None:
    """Decode a FLAC file within limits and compare its sound with the check sum inside; None: it is whole.

    Bytes outside of the sound, such as labels, are not covered by the check sum.
    """
    head = data[8 : 8 + STREAMINFO_BYTES]
    if not data.startswith(MAGIC) or data[4:8] not in STREAMINFO_HEADS or len(head) < STREAMINFO_BYTES:
        return Damage.UNREADABLE
    packed = int.from_bytes(head[10:18], "big")
    rate, channels, bits, promised = (
        packed >> 44,
        (packed >> 41 & 7) + 1,
        (packed >> 36 & 31) + 1,
        packed & (1 << 36) - 1,
    )
    if rate == 0:
        return Damage.UNREADABLE
    most = round((MAX_RECORDING_SECONDS + MAX_MISSING_SECONDS) * rate)
    if promised > most:
        return Damage.TOO_LONG
    try:
        count, digest = _decode(data, most)
    except av.error.FFmpegError as error:
        return Damage.UNREADABLE if isinstance(error, av.error.EOFError) else Damage.CHANGED
    if count > most:
        return Damage.TOO_LONG
    if count == 0:
        return Damage.UNREADABLE
    is_summed = channels == 1 and bits == 16 and any(head[18:34])  # as `encode` writes it
    return Damage.CHANGED if count != promised or (is_summed and digest != head[18:34]) else None


def _decode(data: bytes, most: int) -> tuple[int, bytes]:
    """Return the number of samples, decoded until there are more than `most`, and the MD5 of their bytes."""
    count, digest = 0, hashlib.md5(usedforsecurity=False)
    file, options = io.BytesIO(data), NO_NETWORK_OPTIONS
    with av.open(file, mode="r", format="flac", options=options, **METADATA_OPTIONS) as container:
        for frame in container.decode(audio=0):
            count += frame.samples
            digest.update(memoryview(frame.planes[0])[: frame.samples * frame.format.bytes])
            if count > most:
                break
    return count, digest.digest()
