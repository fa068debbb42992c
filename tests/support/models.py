"""The default model, loaded once for all tests, and what it hears in a sample, heard once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import samples
from speech.audio.recording import Recording, from_file
from speech.transcript import Transcript
from speech.verbatim import VerbatimTranscriber
from speech.whisper import load


@dataclass(frozen=True)
class Heard:
    """A sample, its sound, its transcript by the default model, and the progress that was told."""

    sample: samples.Sample
    recording: Recording
    transcript: Transcript
    progress: tuple[float, ...]


@cache
def default_model() -> VerbatimTranscriber:
    """The transcriber that the app uses unless told otherwise."""
    return load()


@cache
def hear(name: str) -> Heard:
    """Transcribe a sample by its name."""
    sample = next(sample for sample in samples.load() if sample.name == name)
    recording = from_file(sample.path)
    progress: list[float] = []
    transcript = default_model()(recording, progress.append)
    return Heard(sample, recording, transcript, tuple(progress))
