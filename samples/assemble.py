"""Join spoken pieces with exact silences and room tone, and derive the ground truth from the same numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from samples.marks import FillerSound, Silence, Speech
from samples.script import Script
from samples.truth import MIN_PAUSE_SECONDS, Counts, TimeAccuracy, Truth, TruthWord
from samples.utterance import Utterance, set_level
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.segment import Segment, find_gaps
from speech.transcript import WordKind

SPEECH_LEVEL_DBFS = -23.0  # dBFS, a well set microphone
FILLER_LEVEL_DBFS = -25.0  # dBFS; hesitations are spoken under one's breath
ROOM_LEVEL_DBFS = -64.0  # dBFS; silence in a quiet room is not digital zero
ROOM_CUTOFF_HZ = 80.0  # Hz; microphones let little of a room's rumble through
JOINT_SECONDS = 0.03  # s between pieces with no silence marked between them
TAIL_SECONDS = 0.6  # s of room tone after the last word


class Speaker(Protocol):
    """Anything that can say the pieces of a script: a voice, or tones in a test."""

    def say_words(self, piece: Speech) -> Utterance:
        """Say words in one breath, without silence around them."""
        ...

    def say_filler(self, piece: FillerSound) -> Utterance:
        """Say an um, uh or er of about the requested length."""
        ...


@dataclass
class _Tape:
    """The recording so far; positions are sample counts, so that nothing is rounded twice."""

    blocks: list[Samples] = field(default_factory=list)
    length: int = 0
    words: list[TruthWord] = field(default_factory=list)
    voice: list[Segment] = field(default_factory=list)

    def add_silence(self, seconds: float) -> None:
        self._add(np.zeros(round(seconds * SAMPLE_RATE), np.float32))

    def add_utterance(
        self, utterance: Utterance, words: list[tuple[str, WordKind]], times: TimeAccuracy, level: float
    ) -> None:
        start = self.length / SAMPLE_RATE
        end = start + utterance.duration
        for (text, kind), span in zip(words, utterance.words, strict=True):
            first, last = (round(min(start + moment, end), 4) for moment in (span.start, span.end))
            self.words.append(TruthWord(text, first, last, kind, times))
        self.voice.append(Segment(round(start, 4), round(end, 4)))
        self._add(set_level(utterance.samples, level))

    def _add(self, block: Samples) -> None:
        self.blocks.append(block)
        self.length += len(block)


def assemble(script: Script, speaker: Speaker) -> tuple[Samples, Truth]:
    """Speak a script.

    Returns:
        The samples at 16 kHz, shape (n,), and the ground truth.
    """
    tape = _Tape()
    tape.add_silence(script.lead)
    silent = True
    for piece in script.text.pieces:
        if isinstance(piece, Silence):
            tape.add_silence(piece.seconds)
            silent = True
            continue
        if not silent:
            tape.add_silence(JOINT_SECONDS)
        _say_piece(tape, piece, speaker)
        silent = False
    tape.add_silence(TAIL_SECONDS)
    return np.concatenate(tape.blocks) + make_room_tone(tape.length), _make_truth(script, tape)


def make_room_tone(length: int) -> Samples:
    """Return pink noise from 80 Hz up at the level of a quiet room; the same for every call with one length.

    Args:
        length: Number of samples at 16 kHz.
    """
    spectrum = np.fft.rfft(np.random.default_rng(0).standard_normal(length))
    frequency = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    pink = np.fft.irfft(
        np.where(frequency < ROOM_CUTOFF_HZ, 0, spectrum / np.sqrt(np.maximum(frequency, ROOM_CUTOFF_HZ))), length
    )
    return set_level(pink.astype(np.float32), ROOM_LEVEL_DBFS)


def _say_piece(tape: _Tape, piece: Speech | FillerSound, speaker: Speaker) -> None:
    if isinstance(piece, FillerSound):
        tape.add_utterance(
            speaker.say_filler(piece), [(piece.text, WordKind.FILLED_PAUSE)], TimeAccuracy.EXACT, FILLER_LEVEL_DBFS
        )
    else:
        words = [(word.text, word.kind) for word in piece.words]
        tape.add_utterance(speaker.say_words(piece), words, TimeAccuracy.APPROXIMATE, SPEECH_LEVEL_DBFS)


def _make_truth(script: Script, tape: _Tape) -> Truth:
    sounds = sum(word.kind is WordKind.FILLED_PAUSE for word in tape.words)
    return Truth(
        name=script.name,
        title=script.title,
        question=script.question,
        voice=script.voice,
        speed=script.speed,
        duration=round(tape.length / SAMPLE_RATE, 4),
        response=Segment(tape.voice[0].start, tape.voice[-1].end),
        words=tuple(tape.words),
        pauses=tuple(gap for gap in find_gaps(tape.voice) if gap.duration >= MIN_PAUSE_SECONDS),
        counts=Counts(sounds, script.text.filler_phrases, script.text.repetitions),
    )
