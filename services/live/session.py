"""One answer that is being spoken: its sound comes in, and is recognised in the background.

Whatever goes wrong with the recognition, the sound is kept; the answer is then recognised from its recording, which
gives the same words.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import SimpleQueue

from analysis.measures.pitch import Tracks, track_pitch
from services.job_queue import StoppedError
from speech import whisper
from speech.audio.incoming import Incoming
from speech.audio.lazy_librosa import preload_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.errors import LanguageError
from speech.live.recogniser import ChunkTranscriber, LiveRecogniser
from speech.segment import Segment
from speech.transcript import Progress, Transcript, ignore_progress
from store.settings import Settings

LOG = logging.getLogger(__name__)
NAME = "browser microphone"
MAX_DIFFERENCE_SECONDS = 0.02  # between what was heard live and what is kept; more, and some of it was not heard

LoadChunkTranscriber = Callable[[str, str | None], ChunkTranscriber]  # of a model's name, and the language if known


@dataclass(frozen=True)
class LiveAnswer:
    """An answer as it was spoken; `transcript` is None where it has to be recognised from the recording."""

    recording: Recording
    transcript: Transcript | None
    pitch: Tracks  # F0 of voiced stretches of it


class PitchAhead:
    """F0 of the voiced stretches heard so far: of all that a report takes from the sound, what takes longest.

    Args:
        cut: gives the samples of the recording from one up to another.
    """

    def __init__(self, cut: Callable[[int, int], Samples]) -> None:
        self._cut = cut
        self._loading = preload_librosa()
        self.tracks: Tracks = {}

    def measure(self, voice: Iterable[Segment]) -> None:
        """Measure these stretches, unless what it takes is not loaded yet."""
        if self._loading.is_alive():
            return
        for span in voice:
            self.tracks[span] = track_pitch(self._cut(round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE)))


class LiveSession:
    """Takes in the sound of one answer from any thread, and never lets the one that feeds it wait.

    `end`, `stop` and `transcript`, or all at once with `finish`, end it; so does `cancel`.

    Args:
        rate: samples a second of the sound, which comes as 16-bit, one channel.
        settings: which model recognises it.
        load_transcriber: called in the session's own thread; loading may take seconds.
        name: what the recording is called.
    """

    def __init__(
        self, rate: float, settings: Settings, load_transcriber: LoadChunkTranscriber, name: str = NAME
    ) -> None:
        self.model = settings.model or whisper.DEFAULT_MODEL
        self.language = settings.language
        self._load_transcriber = load_transcriber
        self._name = name
        self._incoming = Incoming(rate)
        self._blocks: SimpleQueue[Samples | None] = SimpleQueue()  # None: there is no more
        self._lock = threading.Lock()
        self._is_stopped = False
        self._listens = True
        self._is_cancelled = threading.Event()
        self._on_progress: Progress = ignore_progress
        self._transcript: Transcript | None = None
        self._pitch = PitchAhead(self._incoming.cut)
        self._thread = threading.Thread(target=self._recognise, name="live answer", daemon=True)

    @classmethod
    def start(
        cls, rate: float, settings: Settings, load_transcriber: LoadChunkTranscriber, name: str = NAME
    ) -> LiveSession:
        """Return a session that takes in sound and recognises it."""
        session = cls(rate, settings, load_transcriber, name)
        session._thread.start()
        return session

    def feed(self, block: bytes) -> None:
        """Take in the next bytes of the sound, of any number; without effect once it is stopped."""
        with self._lock:
            if self._is_stopped:
                return
            samples = self._incoming.feed(block)
            if self._listens:
                self._blocks.put(samples)

    def end(self) -> None:
        """Say that there is no more sound: its last words are recognised at once, and need not be waited for."""
        with self._lock:
            if not self._is_stopped:
                self._is_stopped = True
                self._blocks.put(self._incoming.finish())
                self._blocks.put(None)

    def stop(self) -> Recording:
        """End the sound and return it; asked again, the same. Raises RecordingError where there is too little."""
        self.end()
        return self._incoming.recording(self._name)

    def transcript(self, on_progress: Progress = ignore_progress) -> Transcript | None:
        """End the sound and wait for its words; None where they have to be recognised from the recording."""
        self._on_progress = on_progress
        self.end()
        self._thread.join()
        return self._transcript

    def finish(self, on_progress: Progress = ignore_progress) -> LiveAnswer:
        """End the sound and return it with its words; raises RecordingError where there is too little."""
        recording = self.stop()
        return LiveAnswer(recording, self.transcript(on_progress), self._pitch.tracks)

    def cancel(self) -> None:
        """Recognise no more; the sound that came in is still there for `stop`."""
        self._is_cancelled.set()
        self.end()

    def _recognise(self) -> None:
        live: LiveRecogniser | None = None
        try:
            live = LiveRecogniser(self._load_transcriber(self.model, self.language))
            self._transcript = self._listen(live)
        except (LanguageError, StoppedError):
            pass  # hearing the recording says so again, to whoever asks for its report; who stopped it asks no more
        except Exception:  # the sound goes on coming in whatever happens here
            LOG.exception("recognition while speaking failed; the recording will be recognised")
        finally:
            if live is not None:
                live.cancel()
            with self._lock:
                self._listens = False
                self._blocks = SimpleQueue()  # what was not listened to takes no memory

    def _listen(self, live: LiveRecogniser) -> Transcript | None:
        """Return the transcript when the sound is complete; None where it was cancelled before."""
        while (samples := self._blocks.get()) is not None:
            if self._is_cancelled.is_set():
                return None
            live.feed(samples)
            self._pitch.measure(live.take_new_voice())
        return None if self._is_cancelled.is_set() else live.finish(lambda share: self._on_progress(share))
