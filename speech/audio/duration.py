"""Read the duration an audio file declares, where its header can be trusted.

FFmpeg estimates a duration where the file states none, and silently shortens that of a truncated
WAV file to what is there. A container's own length is that of its longest track, which may be a picture.
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
    """Return the duration that a file declares for its first audio track.

    Args:
        container: The opened file.
        file: The same file; its position is restored.

    Returns:
        Seconds; None if the file declares no duration of its sound or its header cannot be trusted. An
        MP3 file's frame count is none: files that were joined carry that of their first part.
    """
    stream, place = container.streams.audio[0], file.tell()
    if container.format.name in (*FORMATS_WITHOUT_LENGTH, "mp3"):
        return None
    try:
        truncated = _read_truncated_wav_duration(file) if container.format.name == "wav" else None
    finally:
        file.seek(place)
    if truncated is not None or stream.duration is None or stream.time_base is None:
        return truncated
    return float(stream.duration * stream.time_base)


def read_declared_end(container: InputContainer, file: SoundFile) -> float | None:
    """Return up to when a file promises packets, on the clock of its time stamps.

    Args:
        container: The opened file.
        file: The same file; its position is restored.

    Returns:
        Seconds; None if it promises nothing, or nothing that can be trusted.
    """
    stream, place = container.streams.audio[0], file.tell()
    name = container.format.name
    start = (
        0.0 if stream.start_time is None or stream.time_base is None else float(stream.start_time * stream.time_base)
    )
    if name == "mp3":
        try:
            return _read_mp3_duration(file, stream.codec_context.frame_size, stream.codec_context.sample_rate)
        finally:
            file.seek(place)
    duration = read_declared_duration(container, file)
    if duration is not None:
        return start + duration
    if container.duration is None or name in FORMATS_WITHOUT_LENGTH:
        return None
    whole = container.duration / av.time_base
    return whole if name.startswith("matroska") else start + whole  # Matroska's length counts from zero


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


def _read_mp3_duration(mp3: SoundFile, frame_size: int, rate: int) -> float | None:
    """Return the duration by the number of frames that the first one states; None if it states none."""
    at, head = 0, _read_bytes(mp3, 0, 10)
    if head[:3] == b"ID3":
        at = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
    first = _read_bytes(mp3, at, 192)
    for mark in (b"Xing", b"Info"):
        found = first.find(mark)
        if found >= 0 and first[found + 7] & 1:
            return int.from_bytes(first[found + 8 : found + 12], "big") * frame_size / rate
    found = first.find(b"VBRI")
    return None if found < 0 else int.from_bytes(first[found + 14 : found + 18], "big") * frame_size / rate


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
