"""erm (PyPI), which adds acoustic rules to a prompted Whisper, with its own steps and defaults.

Only its detection is used; no audio is cut.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import soundfile

from speech.asr.models import find_weights
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.transcript import Transcript, Word, WordKind
from tests.benchmark.systems.system import Entry, NotInstalledError, System
from tests.benchmark.tokens import normalize_word

# The defaults of erm's command line.
GAP = {"min_gap_s": 0.35}
VOICED = {"min_voiced_s": 0.1, "max_voiced_s": 1.5}
MERGE_GAP_SECONDS = 0.12  # s


def load(model: str) -> System:
    """Load erm's detection of fillers.

    Args:
        model: Name of the recogniser's model.

    Raises:
        NotInstalledError: If the package is not installed.
    """
    try:
        import erm
    except ImportError:
        raise NotInstalledError("not installed (`pip install erm`)") from None
    weights = str(find_weights(model))

    def transcribe(recording: Recording) -> Transcript:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.wav"
            soundfile.write(path, recording.samples, SAMPLE_RATE, subtype="PCM_16")
            words, duration = erm.transcribe(path, weights, device="cpu", compute_type="int8")
        cuts = _cuts(erm, recording, words, duration)
        return _transcript(erm, recording, words, cuts, model)

    return transcribe


def _cuts(erm: Any, recording: Recording, words: list[Any], duration: float) -> list[Any]:
    sound = (recording.samples, SAMPLE_RATE)
    overlong = erm.detect_overlong_words(*sound, words, **VOICED)
    cuts = [
        *erm.find_fillers(words, erm.DEFAULT_FILLERS),
        *erm.detect_gap_fillers(*sound, words, duration, **GAP, **VOICED),
        *erm.detect_intraword_fillers(*sound, words, **VOICED),
        *(cut for cut in overlong if erm.is_sustained_vowel(*sound, cut.start, cut.end)),
    ]
    cuts.sort(key=lambda cut: cut.start)
    refined = erm.refine_boundaries(*sound, cuts, words=words, total_duration=duration)
    merged: list[Any] = erm.merge_close_cuts(refined, min_gap_s=MERGE_GAP_SECONDS)
    return merged


def _transcript(erm: Any, recording: Recording, words: list[Any], cuts: list[Any], model: str) -> Transcript:
    kept = [
        Word(word.text, word.start, max(word.start, word.end), 1.0)
        for word in words
        if normalize_word(word.text) and not erm.is_filler(erm.normalize_word(word.text), erm.DEFAULT_FILLERS)
    ]
    fillers = [Word("um", max(0.0, cut.start), max(0.0, cut.end), 1.0, WordKind.FILLED_PAUSE) for cut in cuts]
    ordered = tuple(sorted([*kept, *fillers], key=lambda word: word.start))
    return Transcript(ordered, (), (), recording.duration, None, model, "erm")


ENTRIES = (Entry("erm", "erm", load),)
