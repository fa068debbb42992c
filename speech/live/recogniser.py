"""Recognising a recording while it is being made: chunks are heard in the background as soon as they are closed.

At the end only what came since the last short pause of the open chunk is left. What came before it, and all of it where
the speaker has been silent for a moment, was heard in advance, as if the recording ended there, which is thrown away if
the voice goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from speech.asr.language import LanguageGuard
from speech.asr.memory import release_free_memory
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.live.chunks import Chunk, ChunkCutter
from speech.segment import Segment
from speech.transcript import Progress, Transcript, Word, ignore_progress

FED = SAMPLE_RATE  # samples of a whole recording that are fed at a time
RELEASED_AFTER = 4  # chunks, about a minute, after which the memory that they left free is given back
WAITING = 1  # chunks of a whole recording that wait beside those being heard


@dataclass(frozen=True)
class Heard:
    """What was heard in one chunk, in seconds from the start of the recording."""

    words: tuple[Word, ...]
    voice: tuple[Segment, ...]
    languages: tuple[tuple[float, float, Mapping[str, float]], ...]  # of each piece: start, seconds, each probability
    end: float


class ChunkTranscriber(Protocol):
    """What recognises the chunks of a recording, each on its own, from any thread."""

    @property
    def language(self) -> str | None:
        """The language that is spoken, where that is known."""
        ...

    @property
    def parallel(self) -> int:
        """How many chunks it can hear side by side."""
        ...

    def cutter(self) -> ChunkCutter:
        """What cuts the sound of one recording."""
        ...

    def transcribe_chunk(self, chunk: Chunk, *, wants_language: bool = True) -> Heard:
        """Recognise one chunk."""
        ...

    def compose(self, chunks: Sequence[Heard], duration: float) -> Transcript:
        """Put together what was heard in all chunks."""
        ...


class LiveRecogniser:
    """Recognises one recording, fed in blocks of any size; to be used by one thread at a time.

    `finish` or `cancel` has to be called in the end.
    """

    def __init__(self, transcriber: ChunkTranscriber) -> None:
        self._transcriber = transcriber
        self._cutter = transcriber.cutter()
        self._guard = LanguageGuard(transcriber.language)
        self._pool = ThreadPoolExecutor(transcriber.parallel, thread_name_prefix="recognising")
        self._waiting: deque[Future[Heard]] = deque()  # in the order of the recording
        self._heard: list[Heard] = []
        self._ahead: dict[tuple[int, int], Future[Heard]] = {}  # by the keys of their chunks
        self._length = 0  # samples
        self._told = 0  # chunks whose voice was told

    def feed(self, samples: Samples, *, hear_ahead: bool = True) -> None:
        """Take in the next samples at 16 kHz, shape (n,); returns before they are recognised.

        Args:
            samples: of any number.
            hear_ahead: whether the open chunk is recognised in advance when the voice has ceased.

        Raises:
            LanguageError: what was recognised so far is clearly not English.
        """
        self._length += len(samples)
        for chunk in self._cutter.feed(samples):
            self._submit(chunk)
        if hear_ahead:
            self._foresee()
        self._collect(most_waiting=None)

    def wait(self, most_waiting: int) -> None:
        """Wait until at most so many chunks are not recognised yet; raises LanguageError."""
        self._collect(most_waiting)

    @property
    def seconds_heard(self) -> float:
        """How far into the recording everything is recognised, in seconds."""
        return self._heard[-1].end if self._heard else 0.0

    def take_new_voice(self) -> tuple[Segment, ...]:
        """Return the voiced stretches that were recognised since this was asked last."""
        new = self._heard[self._told :]
        self._told = len(self._heard)
        return tuple(span for heard in new for span in heard.voice)

    def finish(self, on_progress: Progress = ignore_progress) -> Transcript:
        """Return the transcript, when there is no more sound; raises LanguageError."""
        try:
            for chunk in self._cutter.finish():
                self._submit(chunk)
            self._drop_ahead()
            duration = self._length / SAMPLE_RATE
            while self._waiting:
                self._collect(len(self._waiting) - 1)
                on_progress(min(self.seconds_heard / duration, 1.0))
            self._guard.decide()
            return self._transcriber.compose(self._heard, duration)
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Stop recognising; what is being heard right now is heard to its end and forgotten."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._waiting.clear()
        self._ahead.clear()

    def _submit(self, chunk: Chunk) -> None:
        self._waiting.append(self._ahead.pop(chunk.key) if chunk.key in self._ahead else self._start(chunk))

    def _foresee(self) -> None:
        chunks = {chunk.key: chunk for chunk in self._cutter.foresee()}
        for key in self._ahead.keys() - chunks.keys():
            self._ahead.pop(key).cancel()
        for key in chunks.keys() - self._ahead.keys():
            self._ahead[key] = self._start(chunks[key])

    def _drop_ahead(self) -> None:
        while self._ahead:
            self._ahead.popitem()[1].cancel()

    def _start(self, chunk: Chunk) -> Future[Heard]:
        return self._pool.submit(self._transcriber.transcribe_chunk, chunk, wants_language=self._guard.wants_more)

    def _collect(self, most_waiting: int | None) -> None:
        """Take what is recognised, in order; waits only for what is beyond so many."""
        while self._waiting:
            is_too_many = most_waiting is not None and len(self._waiting) > most_waiting
            if not is_too_many and not self._waiting[0].done():
                return
            heard = self._waiting.popleft().result()
            self._heard.append(heard)
            if len(self._heard) % RELEASED_AFTER == 0:
                release_free_memory()
            for _, seconds, languages in heard.languages:
                self._guard.add_chunk(seconds, languages)


def recognise(
    transcriber: ChunkTranscriber, recording: Recording, on_progress: Progress = ignore_progress
) -> Transcript:
    """Return the transcript of a whole recording, as if it had been heard while it was made; raises LanguageError."""
    live = LiveRecogniser(transcriber)
    try:
        for begin in range(0, len(recording.samples), FED):
            live.feed(recording.samples[begin : begin + FED], hear_ahead=False)
            live.wait(transcriber.parallel + WAITING)
            if live.seconds_heard:
                on_progress(live.seconds_heard / recording.duration)
        return live.finish(on_progress)
    finally:
        live.cancel()
