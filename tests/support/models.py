"""The default model, loaded once for all tests, and its transcripts of the samples, made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import samples
from samples.demo import load_demo_samples
from speech.audio.recording import Recording, from_file
from speech.transcript import Transcript
from speech.verbatim import VerbatimTranscriber
from speech.whisper import load


@dataclass(frozen=True)
class TranscribedSample:
    """A sample, its recording, its transcript by the default model, and the progress that was reported."""

    sample: samples.Sample
    recording: Recording
    transcript: Transcript
    progress: tuple[float, ...]


@cache
def load_default_model() -> VerbatimTranscriber:
    """Load the transcriber that the app uses by default."""
    return load()


@cache
def transcribe_sample(name: str) -> TranscribedSample:
    """Transcribe a sample, or a take of the demo, by its name."""
    sample = load_demo_samples()[name]
    recording = from_file(sample.path)
    progress: list[float] = []
    transcript = load_default_model()(recording, progress.append)
    return TranscribedSample(sample, recording, transcript, tuple(progress))
