"""Record with this machine's own microphone: one recording at a time, whichever page starts or stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from speech.audio.microphone import Take
from speech.audio.recording import Recording
from speech.errors import AnswerAloudError
from store.errors import StoreError

NAME = "This machine's microphone"


class RecordingDesk:
    """The one recording a server can make at a time; it goes on while pages come and go.

    `recording` is the one that runs, None where none does; `trouble` is what went wrong last, as a sentence, until the
    next one starts.
    """

    def __init__(self) -> None:
        self.recording: Take | None = None
        self.trouble: str | None = None

    def start(self, device: int) -> None:
        """Start to record from a device, by its index; what prevents that is told in `trouble`."""
        with self._troubles():
            self.recording = Take.start(device)

    def stop(self, recording: Take, submit: Callable[[Recording], object]) -> None:
        """Stop a recording and submit it, unless it was stopped elsewhere; what goes wrong is told in `trouble`.

        Where it cannot be stored it is still there to be stopped again, when there is room on the disk.
        """
        if self.recording is not recording:
            return
        self.recording = None
        with self._troubles():
            heard = replace(recording.stop(), name=NAME)
            try:
                submit(heard)
            except StoreError:
                self.recording = recording  # the sound is still in memory
                raise

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        self.trouble = None
        try:
            yield
        except AnswerAloudError as error:
            self.trouble = str(error)
