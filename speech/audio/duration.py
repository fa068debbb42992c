"""How long a sound file says it lasts, where that can be believed.

FFmpeg guesses where a file says nothing, and quietly cuts a WAV file's promise down to what is there.
"""

from __future__ import annotations

import io

import av
import av.error
from av.container import InputContainer

SoundFile = io.BytesIO | io.BufferedReader
GUESSED = ("aac", "amr")  # formats without a length, guessed from the bit rate of their beginning
MOST_CHUNKS = 1000  # before the sound of a WAV file; recorders write a handful
NOT_WRITTEN = 0x7FFF0000  # bytes; recorders that cannot go back to the header leave a length from here on


def promised_seconds(container: InputContainer, file: SoundFile) -> float | None:
    """The duration in seconds that a file promises; None where it promises none. The place in the file is kept."""
    name = container.format.name
    place = file.tell()
    try:
        if name in GUESSED or (name == "mp3" and not _has_frame_count(file)):
            return None
        return (_cut_wav_seconds(file) if name == "wav" else None) or _container_seconds(container)
    finally:
        file.seek(place)


def lasts_longer(container: InputContainer, seconds: float) -> bool:
    """Whether the packets of the first sound track hold more than so many seconds; none is decoded."""
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


def _container_seconds(container: InputContainer) -> float | None:
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base


def _has_frame_count(mp3: SoundFile) -> bool:
    """Whether the first frame, after the tag with title and cover, is one that counts the others."""
    at, head = 0, _bytes(mp3, 0, 10)
    if head[:3] == b"ID3":
        at = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=False))
    first = _bytes(mp3, at, 192)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def _cut_wav_seconds(wav: SoundFile) -> float | None:
    """The promise of a WAV file that ends before its sound does; None when it is all there."""
    length = wav.seek(0, io.SEEK_END)
    at, bytes_a_second = 12, 0
    for _ in range(MOST_CHUNKS):
        head = _bytes(wav, at, 20)
        size = int.from_bytes(head[4:8], "little")
        if head[:4] == b"fmt ":
            bytes_a_second = int.from_bytes(head[16:20], "little")
        if head[:4] == b"data":
            is_cut = length - at - 8 < size < NOT_WRITTEN
            return size / bytes_a_second if is_cut and bytes_a_second else None
        at += 8 + size + size % 2
        if at + 8 > length:
            break
    return None


def _bytes(file: SoundFile, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
