"""Make answers of words with exact times: "I led {um} it. (1.5) It worked." pauses for 1.5 s."""

import re

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Segment
from speech.transcript import Progress, Transcript, Word, WordKind, ignore_progress

WORD_SECONDS = 0.3  # s, every word and filler, without a gap


def make_answer(text: str, lead: float = 0.5, word_time: float = WORD_SECONDS) -> Transcript:
    """Make a transcript from marked text.

    Args:
        text: Words; "{um}" is a filled pause, "(1.5)" a pause in seconds.
        lead: Seconds before the first word.
        word_time: Seconds of each word.
    """
    words: list[Word] = []
    voice: list[Segment] = []
    now = begun = lead
    for token in text.split():
        pause = re.fullmatch(r"\((.+)\)", token)
        if pause:
            voice.append(Segment(begun, now))
            now = begun = now + float(pause[1])
            continue
        sound = re.fullmatch(r"\{(.+)\}", token)
        kind = WordKind.FILLED_PAUSE if sound else WordKind.WORD
        words.append(Word(sound[1] if sound else token, now, now + word_time, 0.9, kind))
        now += word_time
    if now > begun:
        voice.append(Segment(begun, now))
    return Transcript(tuple(words), (), tuple(voice), now + 0.5, "en", "scripted", "none")


def make_silent_answer(seconds: float = 5.0) -> Transcript:
    """Make the transcript of a recording in which nothing was said."""
    return Transcript((), (), (), seconds, "en", "scripted", "none")


def synthesise(transcript: Transcript, name: str = "answer") -> Recording:
    """Make a recording that buzzes with a swaying pitch wherever the transcript has speech, over faint noise."""
    at = np.arange(int(transcript.duration * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(120 * 2 ** (3 * np.sin(2 * np.pi * 0.7 * at) / 12)) / SAMPLE_RATE
    buzz = 0.05 * sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 13))
    voiced = np.any([(at >= span.start) & (at < span.end) for span in transcript.voice] or [np.zeros(len(at))], axis=0)
    noise = np.random.default_rng(1).normal(0, 0.0005, len(at))
    return from_samples((buzz * voiced + noise).astype(np.float32), name)


class ScriptedTranscriber:
    """A transcriber that returns a given transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.heard: list[str] = []

    def __call__(self, recording: Recording, on_progress: Progress = ignore_progress) -> Transcript:
        self.heard.append(recording.name)
        on_progress(1.0)
        return self.transcript
