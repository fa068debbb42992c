"""Decode audio files, bytes or samples into a 16 kHz mono Recording.

Anything that PyAV can decode (wav, mp3, m4a, webm, ogg, flac, mp4; any rate, channels and sample
format) becomes 16 kHz, mono, 32-bit float. Every bad input ends here with a RecordingError that
says what happened and what to do.
"""

from __future__ import annotations

import hashlib
import io
import math
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from numpy.typing import NDArray

from speech.audio.downmix import FULL_SCALE, Downmixer, measure_speech_likeness
from speech.audio.duration import SoundFile, is_longer_than, read_declared_duration, read_declared_end
from speech.errors import RecordingError
from speech.segment import Segment

SAMPLE_RATE = 16_000  # Hz, what Whisper and the voice detector were trained on
MIN_RECORDING_SECONDS = 0.5  # s; below this there is no word to measure
SOUND_FILE_SUFFIXES = (  # of files that are offered and looked for; what a file holds is seen when it is read
    *(".3ga", ".3gp", ".aac", ".aif", ".aiff", ".amr", ".au", ".caf", ".flac", ".gsm", ".m4a", ".m4b", ".m4v", ".mka"),
    *(".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".spx", ".w64", ".wav", ".webm", ".wma", ".wv"),
)
MAX_RECORDING_SECONDS = (
    30 * 60.0
)  # s; an interview answer, not a podcast, and a bound on memory (115 MB as it is decoded)
MAX_MISSING_SECONDS = 0.5  # s that may be missing from what the file promises before it is called damaged
MIN_GAP_SECONDS = 0.04  # s between the time stamps of frames: packets were left out, by silence or by a lost link
MAX_GAP_SECONDS = 60.0  # s; beyond this the clock jumped, and there was no pause
GAPLESS_CODECS = ("flac", "pcm", "alac")  # whose coders leave nothing out, so that a gap is damage
MAX_TRACKS = 8  # of sound that are looked into
MIN_LIKENESS_SHARE = 0.5  # of the likeness to speech of the best track, from which on a file's own default is taken
NO_NETWORK_OPTIONS = {"protocol_whitelist": "none"}  # a text that describes a stream must not make FFmpeg listen to it
# Names and comments in another encoding must not keep the sound from being read. PyAV 19 reads past them by itself and
# no longer takes the argument, without which PyAV 18 gives up.
METADATA_OPTIONS: dict[str, Any] = {"metadata_errors": "ignore"} if int(av.__version__.split(".")[0]) < 19 else {}
Samples = NDArray[np.float32]
SAMPLE_BYTES = 4
MAX_NAME_LENGTH = 100  # characters
INVISIBLE_CATEGORIES = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Zl",
    "Zp",
)  # categories: controls, marks of direction, halves of characters, breaks


@dataclass(frozen=True, eq=False)
class Recording:
    """Mono samples at 16 kHz, shape (n,), float32, nominally within -1 to 1; identified by its digest."""

    samples: Samples
    name: str  # what the user calls it: a file name, "browser microphone"
    digest: str  # SHA-256 of the bytes it came from, in hexadecimal
    clipped_share: float = 0.0  # of the source's samples at full scale, 0..1
    damaged: bool = False  # the file promised more sound than could be read

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise ValueError(f"samples are one row of float32: {self.samples.dtype} of shape {self.samples.shape}")

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE

    def cut(self, span: Segment) -> Samples:
        """Return the samples of a segment, as a view."""
        return self.samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]


def from_file(path: Path | str) -> Recording:
    """Decode an audio file.

    Raises:
        RecordingError: It is missing, unreadable or contains no usable audio; the message is for the
            user.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file():
            raise RecordingError(f"{path} isn't a file. Name a recording.")  # a device never ends
        with path.open("rb") as file:
            return _decode(file, path.name)
    except FileNotFoundError:
        raise RecordingError(f"There's no file {path}. Check the name and try again.") from None
    except OSError as error:
        reason = error.strerror
        raise RecordingError(f"We can't read {path} ({reason}). Check that you're allowed to open it.") from None


def from_bytes(data: bytes, name: str) -> Recording:
    """Decode the bytes of an audio file.

    Args:
        data: The content of the file.
        name: What the user calls it.

    Raises:
        RecordingError: It contains no usable audio; the message is for the user.
    """
    return _decode(io.BytesIO(data), name)


def _decode(file: SoundFile, name: str) -> Recording:
    name = to_display_name(name)
    if not file.read(1):
        raise RecordingError(f"{name} is empty. Record your answer again or choose another file.")
    track = _choose_track(file, name)
    mono = Downmixer(SAMPLE_RATE)
    samples, is_promised, is_damaged = _decode_samples(file, mono, name, track)
    if mono.dominant_channel is not None:
        samples, *_ = _decode_samples(file, Downmixer(SAMPLE_RATE, mono.dominant_channel), name, track)
    if is_promised and not samples.size:
        raise RecordingError(f"{name} is damaged and has no sound we can read. Record your answer again.")
    file.seek(0)
    recording = Recording(
        samples=samples,
        name=name,
        digest=hashlib.file_digest(file, "sha256").hexdigest(),
        clipped_share=mono.clipped_share,
        damaged=is_damaged,
    )
    return _check_usable(recording)


def _choose_track(file: SoundFile, name: str) -> int:
    """Return which audio track to read: of several, the one that sounds most like speech.

    Screen recorders put the microphone on a track of its own, often the second; tracks that sound alike
    leave it to the file's own default.
    """
    file.seek(0)
    with _translate_decoding_errors(name), _open_container(file) as container:
        tracks = container.streams.audio[:MAX_TRACKS]
        default = next((index for index, track in enumerate(tracks) if track.disposition & Disposition.default), 0)
        readable = [index for index, track in enumerate(tracks) if track.codec_context is not None]
    if tracks and not readable:
        raise _make_unreadable_error(name)
    if len(readable) < 2:
        return readable[0] if readable else 0
    sounds = {track: _decode_samples(file, Downmixer(SAMPLE_RATE), name, track)[0] for track in readable}
    likeness = {track: measure_speech_likeness(sound, SAMPLE_RATE) for track, sound in sounds.items()}
    best = max(readable, key=likeness.__getitem__)
    return default if likeness.get(default, 0.0) >= MIN_LIKENESS_SHARE * likeness[best] else best


def _decode_samples(file: SoundFile, mono: Downmixer, name: str, track: int) -> tuple[Samples, bool, bool]:
    """Return the samples of a track, whether the file promised some, and whether some of them are missing."""
    file.seek(0)
    with _translate_decoding_errors(name), _open_container(file) as container:
        if _read_checked_duration(container, file, name) is None:
            _refuse_long_stream(file, name)
        promised = read_declared_end(container, file)
        frames = _DecodableFrames(container, track)
        samples = _downmix(frames, mono, name)
        lacks = frames.broke if promised is None else promised - frames.reached > MAX_MISSING_SECONDS
        return samples, promised is not None, lacks or frames.lost > MAX_MISSING_SECONDS


@contextmanager
def _translate_decoding_errors(name: str) -> Iterator[None]:
    try:
        yield
    except av.error.FFmpegError as error:
        raise _make_unreadable_error(name) from error


def _make_unreadable_error(name: str) -> RecordingError:
    return RecordingError(
        f"{name} isn't a sound file we can read, or part of it is missing. Use wav, mp3, m4a, ogg, webm or flac."
    )


def _open_container(file: SoundFile) -> InputContainer:
    container: InputContainer = av.open(file, mode="r", options=NO_NETWORK_OPTIONS, **METADATA_OPTIONS)
    return container


def from_samples(samples: Samples, name: str, digest: str | None = None) -> Recording:
    """Wrap samples that are already 16 kHz mono, as the microphone gives them.

    Args:
        samples: Shape (n,).
        name: What the user calls the recording.
        digest: What tells it from others; None: SHA-256 of the samples.

    Raises:
        RecordingError: The samples are too few, too many or not finite; the message is for the user.
    """
    samples = np.ascontiguousarray(samples, dtype=np.float32)
    clipped = np.count_nonzero(samples >= FULL_SCALE) + np.count_nonzero(samples <= -FULL_SCALE)
    share = float(clipped / samples.size) if samples.size else 0.0
    digest = digest or hashlib.sha256(samples.data).hexdigest()
    return _check_usable(Recording(samples, name, digest, clipped_share=share))


def _check_usable(recording: Recording) -> Recording:
    if not np.isfinite(recording.samples).all():
        raise RecordingError(f"{recording.name} is damaged. Record your answer again.")
    if recording.duration < MIN_RECORDING_SECONDS:
        seconds = math.floor(10 * recording.duration) / 10  # never as long as is enough
        raise RecordingError(f"{recording.name} lasts {seconds} s, too short to analyse. Record at least a sentence.")
    if recording.duration > MAX_RECORDING_SECONDS:
        raise _make_too_long_error(recording.name, recording.duration)
    return recording


def _make_too_long_error(name: str, seconds: float) -> RecordingError:
    minutes = math.floor(seconds / 60)
    lasts = f"{minutes}" if minutes > MAX_RECORDING_SECONDS / 60 else f"more than {minutes}"
    return RecordingError(
        f"{name} lasts {lasts} minutes; we can analyse answers of up to {MAX_RECORDING_SECONDS / 60:.0f} minutes. "
        "Cut out the answer and try again."
    )


def _read_checked_duration(container: InputContainer, file: SoundFile, name: str) -> float | None:
    if not container.streams.audio:
        raise RecordingError(f"{name} has no sound track. Choose a recording with sound.")
    seconds = read_declared_duration(container, file)
    if seconds is not None and seconds > MAX_RECORDING_SECONDS:
        raise _make_too_long_error(name, seconds)
    return seconds


def _refuse_long_stream(file: SoundFile, name: str) -> None:
    """Refuse a file of unknown length before hours of it are decoded; its position is restored."""
    place = file.tell()
    file.seek(0)
    try:
        with _open_container(file) as container:
            if is_longer_than(
                container, MAX_RECORDING_SECONDS + MAX_MISSING_SECONDS
            ):  # coders add a fraction of a second
                raise _make_too_long_error(name, MAX_RECORDING_SECONDS)
    finally:
        file.seek(place)


class _DecodableFrames:
    """Iterates over the frames of an audio track that can be decoded, each with the time that is missing before it."""

    def __init__(self, container: InputContainer, track: int) -> None:
        self._container = container
        self._track = container.streams.audio[track]
        self._never_pauses = self._track.codec_context.name.startswith(GAPLESS_CODECS)
        self._end: float | None = None  # s, of the last frame, by its time stamp
        self.broke = False  # sound after the first that could be decoded was lost
        self.lost = 0.0  # s that are missing where packets could not be decoded
        self.reached = 0.0  # s, where the last packet of any track ends

    def __iter__(self) -> Iterator[tuple[float, av.AudioFrame]]:
        heard, error, is_hole = False, None, False
        packets = self._container.demux(self._track, *self._container.streams.video)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    break
                self._note_end(packet)
                frames = packet.decode() if packet.stream.index == self._track.index else []
            except av.error.FFmpegError as caught:
                self.broke, error, is_hole = self.broke or heard, caught, True
                continue
            for frame in frames:
                if not isinstance(frame, av.AudioFrame):
                    continue
                gap = self._measure_gap(frame)
                self.lost += gap if is_hole or self._never_pauses else 0.0
                heard, is_hole = True, False
                yield gap, frame
        if error is not None and not heard:
            raise error

    def _note_end(self, packet: av.Packet[Any]) -> None:
        if packet.pts is not None and packet.time_base is not None:
            end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            self.reached = max(self.reached, end)

    def _measure_gap(self, frame: av.AudioFrame) -> float:
        """Return how many seconds the time stamps leave between the last frame and this one."""
        last, begin = self._end, frame.time
        length = frame.samples / frame.sample_rate
        self._end = (begin if begin is not None else last or 0.0) + length
        self.reached = max(self.reached, self._end)
        gap = 0.0 if last is None or begin is None else begin - last
        return gap if MIN_GAP_SECONDS <= gap <= MAX_GAP_SECONDS else 0.0


def _downmix(frames: _DecodableFrames, mono: Downmixer, name: str) -> Samples:
    kept = bytearray()  # grows in its place, where blocks put together at the end would be there twice
    for gap, frame in frames:
        if gap:
            kept += mono.flush().tobytes()
            kept += bytes(round(gap * SAMPLE_RATE) * SAMPLE_BYTES)
        kept += mono.add(frame).tobytes()
        if len(kept) > MAX_RECORDING_SECONDS * SAMPLE_RATE * SAMPLE_BYTES:
            raise _make_too_long_error(name, len(kept) / SAMPLE_BYTES / SAMPLE_RATE)
    kept += mono.flush().tobytes()
    return np.frombuffer(kept, np.float32)


def to_display_name(name: str) -> str:
    """Remove characters that break a line or change its direction; shorten a long name in the middle."""
    shown = " ".join(
        "".join(" " if unicodedata.category(sign) in INVISIBLE_CATEGORIES else sign for sign in name).split()
    )
    if len(shown) > MAX_NAME_LENGTH:
        half = (MAX_NAME_LENGTH - 1) // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return shown or "recording"
