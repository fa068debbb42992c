"""The sound of a recording that is still going on: a file that grows block by block, so that no crash takes it along.

Samples are 16 bit, mono, little-endian, at the rate of the device. Each block says at which byte it belongs: one that
is there already changes nothing, and one that would leave a gap is refused, so whoever sends can send again whatever
was not confirmed. What was appended is on the disk at most `SYNC_SECONDS` later.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import numpy as np

from speech.audio.recording import MAX_RECORDING_SECONDS, Recording
from speech.audio.signal import INT16_FULL_SCALE
from speech.audio.stream_recorder import StreamRecorder
from speech.flushing import flush_file

SYNC_SECONDS: Final = 0.5  # between two flushes: what a power cut may take
BYTES_PER_SAMPLE: Final = 2
MIN_RATE, MAX_RATE = 8_000, 192_000  # Hz that sound cards have
WINDOWS_LOCK_BYTE = 2**31 - 2  # beyond the longest recording at the highest rate
READ_SECONDS = 1.0  # of sound that are decoded at once
_SAMPLE_TYPE = np.dtype("<i2")

Listener = Callable[["Spool"], None]


class SoundCipher(Protocol):
    """Encrypts and decrypts bytes by their place in the sound, without making them longer."""

    def apply(self, offset: int, data: bytes, /) -> bytes:
        """Return bytes encrypted, or decrypted again."""


class GapError(ValueError):
    """A block does not follow on what is there; `have` says how many bytes are."""

    def __init__(self, have: int) -> None:
        super().__init__(f"only {have} bytes are there")
        self.have = have


class InUseError(OSError):
    """Another process is writing this file."""


class Spool:
    """A file that sound is appended to, flushed to the disk every half a second by a thread of its own.

    All methods may be called from any thread. It has to be closed.

    Args:
        path: The file; it is made, for its owner only, or continued.
        rate: Samples per second.
        max_seconds: Sound after that is dropped.
        cipher: What encrypts the sound in the file; None leaves it plain.

    Raises:
        OSError: It cannot be opened; InUseError where another process has it open.
        ValueError: No sound card has this rate.
    """

    def __init__(
        self,
        path: Path,
        rate: int,
        max_seconds: float = MAX_RECORDING_SECONDS,
        cipher: SoundCipher | None = None,
    ) -> None:
        if not MIN_RATE <= rate <= MAX_RATE:
            raise ValueError(f"no device records {rate} samples a second")
        self.path, self.rate = path, rate
        self._cipher = cipher
        self.failure: OSError | None = None  # of the last flush
        self._max_bytes = round(max_seconds * rate) * BYTES_PER_SAMPLE
        self._file = _open_alone(path)
        self._have = _whole_samples(self._file)
        self._durable = 0
        self._is_closed = False
        self._changed = threading.Condition()
        self._sync_lock = threading.Lock()
        self._ending = threading.Event()
        self._listeners: list[Listener] = []
        self._flusher = threading.Thread(target=self._keep_flushing, name="recording", daemon=True)
        try:
            self.sync()  # what a killed process wrote may not be on the disk yet
        except OSError:
            self._file.close()
            raise
        self._flusher.start()

    @property
    def have(self) -> int:
        """Bytes that were appended."""
        return self._have

    @property
    def durable(self) -> int:
        """Bytes that are on the disk and outlast a power cut."""
        return self._durable

    @property
    def seconds(self) -> float:
        """Length of the sound so far."""
        return self._have / BYTES_PER_SAMPLE / self.rate

    @property
    def is_full(self) -> bool:
        """Whether the longest recording is reached."""
        return self._have >= self._max_bytes

    def append(self, offset: int, block: bytes) -> int:
        """Add what is new of a block; returns how many bytes there are then.

        Args:
            offset: The byte at which the block begins.
            block: Whole samples.

        Raises:
            GapError: Something before the block is missing.
            ValueError: The block is no whole number of samples.
            OSError: It cannot be written; then nothing of it is there, and it can be sent again.
        """
        if offset < 0 or offset % BYTES_PER_SAMPLE or len(block) % BYTES_PER_SAMPLE:
            raise ValueError(f"{len(block)} bytes at {offset} are no whole samples")
        with self._changed:
            if self._is_closed:
                raise OSError("the recording has ended")
            if offset > self._have:
                raise GapError(self._have)
            new = block[self._have - offset : self._max_bytes - offset]
            if new:
                self._write(new)
                self._changed.notify_all()
            return self._have

    def sync(self) -> int:
        """Bring all that was appended to the disk; returns how many bytes are there. Raises OSError."""
        with self._sync_lock:
            have = self._have
            try:
                if have != self._durable:
                    flush_file(self._file.fileno(), data_only=True)
                    self._durable = have
                self.failure = None
            except OSError as error:
                self.failure = error
                raise
            return self._durable

    def read_from(self, offset: int, max_bytes: int = -1) -> bytes:
        """Return what was appended from a byte on, as far as it came; at most `max_bytes`, all if negative."""
        rest = max(self._have - offset, 0)  # no more than is whole
        return read_sound(self.path, offset, rest if max_bytes < 0 else min(rest, max_bytes), self._cipher)

    def wait_beyond(self, offset: int, timeout: float | None = None) -> int:
        """Wait until there is more than `offset` bytes, or no more can come; returns how many there are.

        Args:
            offset: What the caller has read.
            timeout: Seconds after which it returns anyway; None to wait for ever.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._have > offset or self._is_closed, timeout)
            return self._have

    @property
    def is_closed(self) -> bool:
        """Whether nothing more can come through this object."""
        return self._is_closed

    def add_listener(self, listener: Listener) -> None:
        """Have a function called after each flush, on the spool's own thread, whether that succeeded or failed."""
        self._listeners.append(listener)

    def remove_listener(self, listener: Listener) -> None:
        """Call a function no more."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def close(self) -> None:
        """Bring everything to the disk and free the file; nothing the second time. Raises OSError."""
        with self._changed:
            if self._is_closed:
                return
            self._is_closed = True
            self._changed.notify_all()
        self._ending.set()
        if threading.current_thread() is not self._flusher:
            self._flusher.join()
        try:
            self.sync()
        finally:
            self._file.close()

    def _write(self, new: bytes) -> None:
        if self._cipher is not None:
            new = self._cipher.apply(self._have, new)
        try:
            self._file.seek(self._have)
            written = 0
            while written < len(new):
                written += self._file.write(new[written:])
        except OSError:
            self._file.truncate(self._have)  # half a block would be taken for the whole of it
            raise
        self._have += len(new)

    def _keep_flushing(self) -> None:
        while not self._ending.wait(SYNC_SECONDS):
            if self._have == self._durable and self.failure is None:
                continue
            with contextlib.suppress(OSError):
                self.sync()
            for listener in tuple(self._listeners):
                listener(self)


def read_sound(path: Path, offset: int, max_bytes: int = -1, cipher: SoundCipher | None = None) -> bytes:
    """Return the sound in a file of a spool from a byte on; raises OSError.

    Args:
        path: The file.
        offset: The byte.
        max_bytes: How many at most; all if negative.
        cipher: What it was encrypted with; None for a plain one.
    """
    with path.open("rb") as reader:
        reader.seek(offset)
        found = reader.read(max_bytes)
    return found if cipher is None else cipher.apply(offset, found)


def decode_spool(
    path: Path, rate: int, name: str, *, is_damaged: bool = False, cipher: SoundCipher | None = None
) -> Recording:
    """Return the sound of a spool file as a Recording, resampled to what it needs.

    Args:
        path: The file.
        rate: Samples per second in it.
        name: What the recording is called.
        is_damaged: Whether sound was lost before it came here.
        cipher: What it was encrypted with; None for a plain one.

    Raises:
        OSError: The file cannot be read.
        RecordingError: There is too little sound in it.
    """
    capture = StreamRecorder(rate)
    for block in _blocks(path, rate, cipher):
        capture.add(block)
    recording = capture.make_recording(name)
    return replace(recording, damaged=recording.damaged or is_damaged)


def _blocks(
    path: Path, rate: int, cipher: SoundCipher | None
) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    size = round(READ_SECONDS * rate) * BYTES_PER_SAMPLE
    with path.open("rb") as reader:
        while block := reader.read(size):
            if cipher is not None:
                block = cipher.apply(reader.tell() - len(block), block)
            whole = block[: len(block) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE]
            samples = np.frombuffer(whole, _SAMPLE_TYPE).astype(np.float32) / np.float32(INT16_FULL_SCALE)
            yield samples[:, np.newaxis]


def _open_alone(path: Path) -> BinaryIO:
    """Open a file to be continued, which no other process may do meanwhile; the system frees it when this one dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    file: BinaryIO = os.fdopen(descriptor, "r+b", buffering=0)
    if is_in_use(file):
        file.close()
        raise InUseError(f"{path} is being written by another process")
    return file


def is_in_use(file: BinaryIO) -> bool:
    """Return whether another process has this file open as a spool, and else claim it."""
    try:
        import fcntl
    except ImportError:
        return _is_in_use_on_windows(file)
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def _is_in_use_on_windows(file: BinaryIO) -> bool:
    """Claim a byte that no sound reaches: there a lock shuts others out of what it covers."""
    import msvcrt

    place = file.tell()
    file.seek(WINDOWS_LOCK_BYTE)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return True
    finally:
        file.seek(place)
    return False


def _whole_samples(file: BinaryIO) -> int:
    """Cut off half a sample that a power cut left, and return the length in bytes."""
    size = file.seek(0, os.SEEK_END)
    whole = size // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE
    if whole != size:
        file.truncate(whole)
    return whole
