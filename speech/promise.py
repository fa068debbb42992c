"""How long a sound file says it lasts, where that can be believed.

FFmpeg guesses where a file says nothing, and quietly cuts a WAV file's promise down to what is there.
"""

from __future__ import annotations

import av
from av.container import InputContainer

GUESSED = ("aac", "amr")  # formats without a length, guessed from the bit rate of their beginning
NOT_WRITTEN = 0x7FFF0000  # bytes; recorders that cannot go back to the header leave a length from here on


def promised_seconds(container: InputContainer, data: bytes) -> float | None:
    """The duration in seconds that a file promises; None where it promises none."""
    name = container.format.name
    if name in GUESSED or (name == "mp3" and not _has_frame_count(data)):
        return None
    return (_cut_wav_seconds(data) if name == "wav" else None) or _container_seconds(container)


def _container_seconds(container: InputContainer) -> float | None:
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base


def _has_frame_count(mp3: bytes) -> bool:
    """Whether the first frame, after the tag with title and cover, is one that counts the others."""
    at = 0
    if mp3[:3] == b"ID3":
        at = 10 + sum(byte << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=False))
    first = mp3[at : at + 192]
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def _cut_wav_seconds(wav: bytes) -> float | None:
    """The promise of a WAV file that ends before its sound does; None when it is all there."""
    at, bytes_a_second = 12, 0
    while at + 8 <= len(wav):
        size = int.from_bytes(wav[at + 4 : at + 8], "little")
        if wav[at : at + 4] == b"fmt ":
            bytes_a_second = int.from_bytes(wav[at + 16 : at + 20], "little")
        if wav[at : at + 4] == b"data":
            is_cut = len(wav) - at - 8 < size < NOT_WRITTEN
            return size / bytes_a_second if is_cut and bytes_a_second else None
        at += 8 + size + size % 2
    return None
