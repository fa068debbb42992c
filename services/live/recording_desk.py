"""Record with this machine's own microphone: one recording at a time, whichever page starts or stops it.

Its sound goes to the disk as it comes, like that of the browser: what is interrupted is offered again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from interview.ids import make_id
from services.live.live_takes import LiveTakes
from services.live.take import LiveTake, Purpose
from speech.audio.microphone import MicrophoneRecording
from speech.audio.recording import Samples
from speech.audio.signal import to_int16
from speech.audio.stream_recorder import Sink
from speech.errors import AnswerAloudError
from speech.live.spool import Spool
from store.errors import StoreError, translate_write_errors

MICROPHONE_NAME = "This computer's microphone"
RETRY_SECONDS = 0.5  # after the disk refused a block


class SpoolWriter:
    """Appends samples to a spool on a thread of its own; what the disk refuses waits and is tried again.

    Args:
        spool: Where the sound goes; the writer does not close it.
    """

    def __init__(self, spool: Spool) -> None:
        self.failure: OSError | None = None  # why the last try did not succeed
        self._spool = spool
        self._waiting: deque[bytes] = deque()
        self._ending = threading.Event()
        self._came = threading.Event()
        self._thread = threading.Thread(target=self._work, name="writing", daemon=True)
        self._thread.start()

    def add(self, samples: Samples) -> None:
        """Take in mono samples at the spool's rate; returns at once."""
        self._waiting.append(to_int16(samples).tobytes())
        self._came.set()

    def flush(self) -> None:
        """End the thread, and append all that still waits; raises OSError, after which it can be called again."""
        self._ending.set()
        self._came.set()
        self._thread.join()
        self._write_all()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._came.wait()
            self._came.clear()
            try:
                self._write_all()
            except OSError:
                self._ending.wait(RETRY_SECONDS)
                self._came.set()

    def _write_all(self) -> None:
        try:
            while self._waiting:
                self._spool.append(self._spool.have, self._waiting[0])
                self._waiting.popleft()
        except OSError as error:
            self.failure = error
            raise
        self.failure = None


@dataclass
class MachineRecording:
    """One recording of this machine."""

    takes: LiveTakes
    id: str
    purpose: Purpose
    microphone: MicrophoneRecording
    writer: SpoolWriter
    is_ended: bool = False

    def end(self) -> None:
        """Free the device, and bring all that it heard to the disk; raises StoreError."""
        self.microphone.end()
        if self.is_ended:
            return
        with translate_write_errors(self.takes.files.folder):
            self.writer.flush()
        damaged, clipped = self.microphone.is_damaged, self.microphone.clipped_share
        self.takes.stop(self.id, damaged=damaged, clipped_share=clipped)
        self.takes.release(self.id)
        self.is_ended = True

    @property
    def failure(self) -> str | None:
        """Why sound does not come or is not saved, as a sentence; None while all is well."""
        if self.microphone.failure is not None:
            return str(self.microphone.failure)
        try:
            with translate_write_errors(self.takes.files.folder):
                if (failure := self.writer.failure) is not None:
                    raise failure
        except StoreError as error:
            return str(error)
        return None


class RecordingDesk:
    """The one recording a server can make at a time; it continues while pages come and go.

    `recording` is the current one, None if there is none. `trouble` is the last failure as a sentence,
    None once the next recording has started.
    """

    def __init__(self) -> None:
        self.recording: MachineRecording | None = None
        self.trouble: str | None = None

    def start(self, device: int, name: str, takes: LiveTakes, purpose: Purpose) -> None:
        """Start to record; what prevents that is told in `trouble`.

        Args:
            device: The index of an input.
            name: What the system calls it.
            takes: Where its sound goes.
            purpose: What it is recorded for.
        """
        take_id, writers = make_id(), list[SpoolWriter]()

        def open_sink(rate: float) -> Sink:
            take = LiveTake(take_id, purpose, round(rate), name, datetime.now().astimezone())
            _, spool = takes.begin(take)
            writers.append(SpoolWriter(spool))
            return writers[0].add

        with self._catch_trouble():
            try:
                microphone = MicrophoneRecording.start(device, open_sink)
            except AnswerAloudError:
                if writers:
                    takes.release(take_id)
                    takes.delete(take_id)
                raise
            self.recording = MachineRecording(takes, take_id, purpose, microphone, writers[0])

    def stop(self, recording: MachineRecording, submit: Callable[[str], object]) -> None:
        """Stop a recording and submit it, unless it was stopped elsewhere; what goes wrong is told in `trouble`.

        Where it cannot be stored it is still there to be stopped again, when there is room on the disk.

        Args:
            recording: The one that runs.
            submit: Is given the id of its take.
        """
        if self.recording is not recording:
            return
        self.recording = None
        with self._catch_trouble():
            try:
                recording.end()
                submit(recording.id)
            except StoreError:
                self.recording = recording  # the sound is on the disk, or still in memory
                raise

    @contextmanager
    def _catch_trouble(self) -> Iterator[None]:
        self.trouble = None
        try:
            yield
        except AnswerAloudError as error:
            self.trouble = str(error)
