"""Run systems over clips and collect all scores."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import ctranslate2

from speech.audio.recording import Recording
from speech.errors import AnswerAloudError
from speech.transcript import Transcript
from tests.benchmark.clips import Clip
from tests.benchmark.scoring import Score, score
from tests.benchmark.systems.system import Entry, NotInstalledError, System

SEED = 1  # plain faster-whisper falls back to sampling where it is unsure

Listener = Callable[[Entry, Clip, Transcript, Score], None]


@dataclass(frozen=True)
class Result:
    """All scores of one system, or why there are none."""

    entry: Entry
    scores: tuple[Score, ...]
    missing: str = ""


def run(entries: Iterable[Entry], clips: Sequence[Clip], model: str, listener: Listener) -> tuple[Result, ...]:
    """Load each system once, and transcribe and score every clip.

    Args:
        entries: The systems.
        clips: The clips.
        model: Name of the recogniser's model.
        listener: Called after each clip with entry, clip, transcript and score.
    """
    ctranslate2.set_random_seed(SEED)
    recordings = {clip.name: clip.recording() for clip in clips}
    return tuple(_run_system(entry, clips, recordings, model, listener) for entry in entries)


def _run_system(
    entry: Entry, clips: Sequence[Clip], recordings: dict[str, Recording], model: str, listener: Listener
) -> Result:
    try:
        system = entry.load(model)
    except NotInstalledError as reason:
        return Result(entry, (), str(reason))
    scores: list[Score] = []
    for number, clip in enumerate(clips, start=1):
        print(f"\r{entry.name}: clip {number} of {len(clips)} ", end="", file=sys.stderr, flush=True)
        began = time.process_time()
        transcript, said = _transcribe(system, recordings[clip.name], model)
        scores.append(score(clip, transcript, time.process_time() - began, said))
        listener(entry, clip, transcript, scores[-1])
    print(file=sys.stderr)
    del system
    gc.collect()  # one model in memory at a time
    return Result(entry, tuple(scores))


def _transcribe(system: System, recording: Recording, model: str) -> tuple[Transcript, str]:
    """Return the transcript, or an empty one with the error shown to the user instead."""
    try:
        return system(recording), ""
    except AnswerAloudError as sentence:
        return Transcript((), (), (), recording.duration, None, model, "refused"), str(sentence)
