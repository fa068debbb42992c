"""Answers made of words with exact times: "I led {um} it. (1.5) It worked." has a filler sound and a pause of 1.5 s."""

import re

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Span
from speech.transcript import Progress, Transcript, Word, WordKind, no_progress

WORD_TIME = 0.3  # s, every word and filler, without a gap


def spoken(text: str, lead: float = 0.5, word_time: float = WORD_TIME) -> Transcript:
    """A transcript of marked text; voice begins after `lead` s and breaks only at pauses."""
    words: list[Word] = []
    voice: list[Span] = []
    now = begun = lead
    for token in text.split():
        pause = re.fullmatch(r"\((.+)\)", token)
        if pause:
            voice.append(Span(begun, now))
            now = begun = now + float(pause[1])
            continue
        sound = re.fullmatch(r"\{(.+)\}", token)
        kind = WordKind.FILLER_SOUND if sound else WordKind.WORD
        words.append(Word(sound[1] if sound else token, now, now + word_time, 0.9, kind))
        now += word_time
    if now > begun:
        voice.append(Span(begun, now))
    return Transcript(tuple(words), (), tuple(voice), now + 0.5, "en", "scripted", "none")


def silence(seconds: float = 5.0) -> Transcript:
    """A transcript of a recording in which nothing was said."""
    return Transcript((), (), (), seconds, "en", "scripted", "none")


def sound_of(transcript: Transcript, name: str = "answer") -> Recording:
    """A buzz with a swaying pitch wherever the transcript has voice, over faint noise."""
    at = np.arange(int(transcript.duration * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(120 * 2 ** (3 * np.sin(2 * np.pi * 0.7 * at) / 12)) / SAMPLE_RATE
    buzz = 0.05 * sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 13))
    voiced = np.any([(at >= span.start) & (at < span.end) for span in transcript.voice] or [np.zeros(len(at))], axis=0)
    noise = np.random.default_rng(1).normal(0, 0.0005, len(at))
    return from_samples((buzz * voiced + noise).astype(np.float32), name)


class Scripted:
    """A transcriber that has heard the answer already."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.heard: list[str] = []

    def __call__(self, recording: Recording, on_progress: Progress = no_progress) -> Transcript:
        self.heard.append(recording.name)
        on_progress(1.0)
        return self.transcript
