"""Record with the microphone of this machine: one recording at a time, from any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from speech.audio.microphone import MicrophoneRecording
from speech.audio.recording import Recording
from speech.errors import AnswerAloudError
from store.errors import StoreError

MICROPHONE_NAME = "This machine's microphone"


class RecordingDesk:
    """The one recording a server can make at a time; it continues while pages come and go.

    `recording` is the current one, None if there is none. `trouble` is the last failure as a sentence,
    None once the next recording has started.
    """

    def __init__(self) -> None:
        self.recording: MicrophoneRecording | None = None
        self.trouble: str | None = None

    def start(self, device: int) -> None:
        """Start recording from the device with this index; a failure is put into `trouble`."""
        with self._catch_trouble():
            self.recording = MicrophoneRecording.start(device)

    def stop(self, recording: MicrophoneRecording, submit: Callable[[Recording], object]) -> None:
        """Stop a recording and submit it, unless it was stopped elsewhere; a failure is put into `trouble`.

        If it cannot be stored, it can be stopped again once there is room on the disk.
        """
        if self.recording is not recording:
            return
        self.recording = None
        with self._catch_trouble():
            heard = replace(recording.stop(), name=MICROPHONE_NAME)
            try:
                submit(heard)
            except StoreError:
                self.recording = recording  # the sound is still in memory
                raise

    @contextmanager
    def _catch_trouble(self) -> Iterator[None]:
        self.trouble = None
        try:
            yield
        except AnswerAloudError as error:
            self.trouble = str(error)
