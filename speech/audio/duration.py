"""Read the duration an audio file declares, where its header can be trusted.

FFmpeg estimates a duration where the file states none, and silently shortens that of a truncated
WAV file to what is there.
"""

from __future__ import annotations

import io

import av
import av.error
from av.container import InputContainer

SoundFile = io.BytesIO | io.BufferedReader
FORMATS_WITHOUT_LENGTH = ("aac", "amr")  # formats without a length, guessed from the bit rate of their beginning
MAX_WAV_CHUNKS = 1000  # before the sound of a WAV file; recorders write a handful
MIN_UNWRITTEN_LENGTH = 0x7FFF0000  # bytes; recorders that cannot go back to the header leave a length from here on


def read_declared_duration(container: InputContainer, file: SoundFile) -> float | None:
    """Return the duration that a file declares.

    Args:
        container: The opened file.
        file: The same file; its position is restored.

    Returns:
        Seconds; None if the file declares no duration or its header cannot be trusted.
    """
    name = container.format.name
    place = file.tell()
    try:
        if name in FORMATS_WITHOUT_LENGTH or (name == "mp3" and not _has_frame_count(file)):
            return None
        return (_read_truncated_wav_duration(file) if name == "wav" else None) or _read_container_duration(container)
    finally:
        file.seek(place)


def is_longer_than(container: InputContainer, seconds: float) -> bool:
    """Return whether the packets of the first audio track exceed a duration; none is decoded."""
    passed = 0.0
    packets = container.demux(audio=0)
    while passed <= seconds:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            return False  # what cannot be read on is bounded when it is decoded
        if packet is None:
            return False
        if packet.duration and packet.time_base:
            passed += float(packet.duration * packet.time_base)
    return True


def _read_container_duration(container: InputContainer) -> float | None:
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base


def _has_frame_count(mp3: SoundFile) -> bool:
    """Return whether the first frame, after the ID3 tag, states the number of frames."""
    at, head = 0, _read_bytes(mp3, 0, 10)
    if head[:3] == b"ID3":
        at = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
    first = _read_bytes(mp3, at, 192)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def _read_truncated_wav_duration(wav: SoundFile) -> float | None:
    """Return the declared duration of a truncated WAV file; None if it is complete."""
    length = wav.seek(0, io.SEEK_END)
    at, bytes_a_second = 12, 0
    for _ in range(MAX_WAV_CHUNKS):
        head = _read_bytes(wav, at, 20)
        size = int.from_bytes(head[4:8], "little")
        if head[:4] == b"fmt ":
            bytes_a_second = int.from_bytes(head[16:20], "little")
        if head[:4] == b"data":
            is_cut = length - at - 8 < size < MIN_UNWRITTEN_LENGTH
            return size / bytes_a_second if is_cut and bytes_a_second else None
        at += 8 + size + size % 2
        if at + 8 > length:
            break
    return None


def _read_bytes(file: SoundFile, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
