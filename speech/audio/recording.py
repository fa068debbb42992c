"""One spoken answer as samples, and the only door through which sound comes in.

Whatever PyAV can decode (wav, mp3, m4a, webm, ogg, flac, mp4; any rate, channels and width) becomes a Recording:
16 kHz, mono, 32-bit float. Every bad input ends here with a RecordingError that says what happened and what to do.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from speech.audio.display_name import readable
from speech.audio.downmix import FULL_SCALE, ToMono
from speech.audio.duration import SoundFile, lasts_longer, promised_seconds
from speech.errors import RecordingError
from speech.segment import Span

SAMPLE_RATE = 16_000  # Hz, what Whisper and the voice detector were trained on
SHORTEST = 0.5  # s; below this there is no word to measure
LONGEST = 30 * 60.0  # s; an interview answer, not a podcast, and a bound on memory (115 MB as it is decoded)
DAMAGED = 0.5  # s that may be missing from what the file promises before it is called damaged
NO_NETWORK = {"protocol_whitelist": "none"}  # a text that describes a stream must not make FFmpeg listen to it
# Names and comments in another encoding must not keep the sound from being read. PyAV 19 reads past them by itself and
# no longer takes the argument, without which PyAV 18 gives up.
ANY_METADATA: dict[str, Any] = {"metadata_errors": "ignore"} if int(av.__version__.split(".")[0]) < 19 else {}

Samples = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Recording:
    """Mono samples at 16 kHz, shape (n,), float32, nominally within -1..1; two are told apart by their digest."""

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

    def cut(self, span: Span) -> Samples:
        """The samples of one stretch of time, as a view."""
        return self.samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]


def from_file(path: Path | str) -> Recording:
    """Decode a file piece by piece; raises RecordingError when it is missing, unreadable or holds no usable sound."""
    path = Path(path)
    try:
        if path.exists() and not path.is_file():
            raise RecordingError(f"{path} cannot be read (it is no file). Name a recording.")  # a device never ends
        with path.open("rb") as file:
            return _decoded(file, path.name)
    except FileNotFoundError:
        raise RecordingError(f"There is no file {path}. Check the name and try again.") from None
    except OSError as error:
        reason = error.strerror
        raise RecordingError(f"{path} cannot be read ({reason}). Check that it is a file you may open.") from None


def from_bytes(data: bytes, name: str) -> Recording:
    """Decode the bytes of a sound file; raises RecordingError with a sentence for the user."""
    return _decoded(io.BytesIO(data), name)


def _decoded(file: SoundFile, name: str) -> Recording:
    name = readable(name)
    if not file.read(1):
        raise RecordingError(f"{name} is empty. Record the answer again or choose another file.")
    mono = ToMono(SAMPLE_RATE)
    promised, samples, broke = _samples(file, mono, name)
    if mono.louder is not None:
        _, samples, _ = _samples(file, ToMono(SAMPLE_RATE, mono.louder), name)
    seconds = len(samples) / SAMPLE_RATE
    if promised and not samples.size:
        raise RecordingError(f"{name} is damaged: no sound could be read from it. Record the answer again.")
    file.seek(0)
    recording = Recording(
        samples=samples,
        name=name,
        digest=hashlib.file_digest(file, "sha256").hexdigest(),
        clipped_share=mono.clipped_share,
        damaged=broke if promised is None else seconds < promised - DAMAGED,
    )
    return _usable(recording)


def _samples(file: SoundFile, mono: ToMono, name: str) -> tuple[float | None, Samples, bool]:
    """The seconds a file promises, the samples that are in it, and whether some could not be decoded."""
    file.seek(0)
    try:
        with _opened(file) as container:
            promised = _promised(container, file, name)
            if promised is None:
                _refuse_by_packets(file, name)
            frames = _Frames(container)
            return promised, _mono(frames, mono, name), frames.broke
    except av.error.FFmpegError as error:
        raise RecordingError(
            f"{name} is not a sound file that can be read, or its beginning or end is missing. Use wav, mp3, m4a, ogg, "
            "webm or flac."
        ) from error


def _opened(file: SoundFile) -> InputContainer:
    container: InputContainer = av.open(file, mode="r", options=NO_NETWORK, **ANY_METADATA)
    return container


def from_samples(samples: Samples, name: str) -> Recording:
    """Wrap samples that are 16 kHz mono already, as the microphone gives them; raises RecordingError if unusable."""
    samples = np.ascontiguousarray(samples, dtype=np.float32)
    share = float(np.mean(np.abs(samples) >= FULL_SCALE)) if samples.size else 0.0
    digest = hashlib.sha256(samples.tobytes()).hexdigest()
    return _usable(Recording(samples, name, digest, clipped_share=share))


def _usable(recording: Recording) -> Recording:
    if not np.isfinite(recording.samples).all():
        raise RecordingError(f"{recording.name} holds sound values that are not numbers. Record the answer again.")
    if recording.duration < SHORTEST:
        seconds = math.floor(10 * recording.duration) / 10  # never as long as is enough
        raise RecordingError(f"{recording.name} lasts {seconds} s, too short to measure. Record at least a sentence.")
    if recording.duration > LONGEST:
        raise _too_long(recording.name, recording.duration)
    return recording


def _too_long(name: str, seconds: float) -> RecordingError:
    minutes = math.floor(seconds / 60)
    lasts = f"{minutes}" if minutes > LONGEST / 60 else f"more than {minutes}"
    return RecordingError(
        f"{name} lasts {lasts} minutes; answers of up to {LONGEST / 60:.0f} minutes can be measured. "
        "Cut out the answer and try again."
    )


def _promised(container: InputContainer, file: SoundFile, name: str) -> float | None:
    if not container.streams.audio:
        raise RecordingError(f"{name} has no sound track. Choose a recording with sound.")
    seconds = promised_seconds(container, file)
    if seconds is not None and seconds > LONGEST:
        raise _too_long(name, seconds)
    return seconds


def _refuse_by_packets(file: SoundFile, name: str) -> None:
    """Refuse a file without a length before hours of it are decoded; its place is kept."""
    place = file.tell()
    file.seek(0)
    try:
        with _opened(file) as container:
            if lasts_longer(container, LONGEST + DAMAGED):  # coders add a fraction of a second
                raise _too_long(name, LONGEST)
    finally:
        file.seek(place)


class _Frames:
    """The frames of a container's first sound track that can be decoded, and whether some could not."""

    def __init__(self, container: InputContainer) -> None:
        self.container = container
        self.broke = False  # sound after the first that could be decoded was lost

    def __iter__(self) -> Iterator[av.AudioFrame]:
        heard, error = False, None
        packets = self.container.demux(audio=0)
        while True:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else []
            except av.error.FFmpegError as caught:
                self.broke, error = self.broke or heard, caught
                continue
            if packet is None:
                break
            heard = heard or bool(frames)
            yield from frames
        if error is not None and not heard:
            raise error


def _mono(frames: _Frames, mono: ToMono, name: str) -> Samples:
    blocks: list[Samples] = []
    decoded = 0
    for frame in frames:
        blocks.append(mono.add(frame))
        decoded += len(blocks[-1])
        if decoded > LONGEST * SAMPLE_RATE:
            raise _too_long(name, decoded / SAMPLE_RATE)
    return np.concatenate([*blocks, mono.rest()])
