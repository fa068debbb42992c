"""The melody of a voice, measured while it speaks: of all a report takes from the sound, what takes longest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.measures.pitch import Tracks, track_pitch
from speech.audio.lazy_librosa import preload_librosa
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.segment import Segment


class PitchAhead:
    """F0 of the voiced stretches heard so far.

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
