"""Joins spoken pieces with exact silence and room tone, and writes down the truth from the same numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from samples.marks import FillerSound, Silence, Speech
from samples.script import Script
from samples.truth import SHORTEST_PAUSE, Counts, Times, Truth, TruthWord
from samples.utterance import Utterance, levelled
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.segment import Span, gaps
from speech.transcript import WordKind

SPEECH_LEVEL = -23.0  # dBFS, a well set microphone
FILLER_LEVEL = -25.0  # dBFS; hesitations are spoken under one's breath
ROOM_LEVEL = -64.0  # dBFS; silence in a quiet room is not digital zero
ROOM_FROM = 80.0  # Hz; microphones let little of a room's rumble through
JOINT = 0.03  # s between pieces with no silence marked between them
TAIL = 0.6  # s of room tone after the last word


class Speaker(Protocol):
    """Whatever can say the pieces of a script: a voice, or tones in a test."""

    def speech(self, piece: Speech) -> Utterance:
        """Say words in one breath, without silence around them."""
        ...

    def filler(self, piece: FillerSound) -> Utterance:
        """Say an um, uh or er of about the wanted length."""
        ...


@dataclass
class _Tape:
    """The recording so far; a position on it is a number of samples, so nothing is rounded twice."""

    blocks: list[Samples] = field(default_factory=list)
    length: int = 0
    words: list[TruthWord] = field(default_factory=list)
    voice: list[Span] = field(default_factory=list)

    def silence(self, seconds: float) -> None:
        self._add(np.zeros(round(seconds * SAMPLE_RATE), np.float32))

    def say(self, utterance: Utterance, words: list[tuple[str, WordKind]], times: Times, level: float) -> None:
        start = self.length / SAMPLE_RATE
        end = start + utterance.duration
        for (text, kind), span in zip(words, utterance.words, strict=True):
            first, last = (round(min(start + moment, end), 4) for moment in (span.start, span.end))
            self.words.append(TruthWord(text, first, last, kind, times))
        self.voice.append(Span(round(start, 4), round(end, 4)))
        self._add(levelled(utterance.samples, level))

    def _add(self, block: Samples) -> None:
        self.blocks.append(block)
        self.length += len(block)


def assemble(script: Script, speaker: Speaker) -> tuple[Samples, Truth]:
    """Speak a script: the sound at 16 kHz, shape (n,), and its truth."""
    tape = _Tape()
    tape.silence(script.lead)
    silent = True
    for piece in script.text.pieces:
        if isinstance(piece, Silence):
            tape.silence(piece.seconds)
            silent = True
            continue
        if not silent:
            tape.silence(JOINT)
        _say(tape, piece, speaker)
        silent = False
    tape.silence(TAIL)
    return np.concatenate(tape.blocks) + room_tone(tape.length), _truth(script, tape)


def room_tone(length: int) -> Samples:
    """Pink noise from 80 Hz up at the level of a quiet room; the same for every recording of one length."""
    spectrum = np.fft.rfft(np.random.default_rng(0).standard_normal(length))
    frequency = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    pink = np.fft.irfft(
        np.where(frequency < ROOM_FROM, 0, spectrum / np.sqrt(np.maximum(frequency, ROOM_FROM))), length
    )
    return levelled(pink.astype(np.float32), ROOM_LEVEL)


def _say(tape: _Tape, piece: Speech | FillerSound, speaker: Speaker) -> None:
    if isinstance(piece, FillerSound):
        tape.say(speaker.filler(piece), [(piece.text, WordKind.FILLER_SOUND)], Times.EXACT, FILLER_LEVEL)
    else:
        words = [(word.text, word.kind) for word in piece.words]
        tape.say(speaker.speech(piece), words, Times.APPROXIMATE, SPEECH_LEVEL)


def _truth(script: Script, tape: _Tape) -> Truth:
    sounds = sum(word.kind is WordKind.FILLER_SOUND for word in tape.words)
    return Truth(
        name=script.name,
        title=script.title,
        question=script.question,
        voice=script.voice,
        speed=script.speed,
        duration=round(tape.length / SAMPLE_RATE, 4),
        response=Span(tape.voice[0].start, tape.voice[-1].end),
        words=tuple(tape.words),
        pauses=tuple(gap for gap in gaps(tape.voice) if gap.duration >= SHORTEST_PAUSE),
        counts=Counts(sounds, script.text.filler_phrases, script.text.repetitions),
    )
