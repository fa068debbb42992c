"""What is wrong with the recording itself, told before anything is said of the speech.

Conventions: levels are decibels below full scale, of mean power. Browsers turn the microphone up and down and suppress
noise by themselves, so a level never says anything about the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.report import QualityNote
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.audio.signal import decibels, frame_power
from speech.segment import Span, total
from speech.transcript import Transcript, Word, WordKind

FRAME = 480  # samples, 30 ms
BORDER = 0.1  # s on either side of a voiced stretch that belong to neither voice nor background
ENOUGH_BACKGROUND = 10  # frames, 0.3 s
CLIPPED_FROM = 0.001  # share at full scale; single peaks there come from files that were levelled up to it
QUIET_BELOW = -45.0  # dBFS; a meeting microphone across the table gives -42, and is still recognised
NOISY_BELOW = 12.0  # dB of voice over background; a shower running gave 21, quiet rooms 25 to 50
QUIETEST = -100.0  # dBFS; stands for a gated background, which is digital zero
LITTLE_SPEECH = 5.0  # s of voice
GUESSED_BELOW = 0.65  # mean probability of the words; real speech gave 0.79 to 0.98, backwards 0.34 to 0.67
FEWEST_WORDS = 5

Floats = NDArray[np.float64]


def quality_notes(recording: Recording, transcript: Transcript) -> tuple[QualityNote, ...]:
    """Everything that weakens what can be said of the speech, the worst first; empty for a good recording."""
    voice, background = levels(recording, transcript.voice)
    voiced = total(transcript.voice)
    found = (
        _damaged(recording),
        _silent(recording) if voice is None else _quiet(voice),
        _noisy(voice, background),
        _guessed(transcript.words),
        _clipped(recording.clipped_share),
        _little_speech(voiced),
    )
    return tuple(note for note in found if note is not None)


def levels(recording: Recording, voice: tuple[Span, ...]) -> tuple[float | None, float | None]:
    """Level of the voiced stretches and the middle level between them, in dBFS; None where there is too little."""
    power = _frame_power(recording)
    count = len(power)
    inside, near = np.zeros(count, bool), np.zeros(count, bool)
    for span in voice:
        inside |= _frames_in(count, span.start, span.end)
        near |= _frames_in(count, span.start - BORDER, span.end + BORDER)
    spoken = _decibels(float(power[inside].mean())) if inside.any() else None
    between = power[~near]
    return spoken, _decibels(float(np.median(between))) if len(between) >= ENOUGH_BACKGROUND else None


def _frame_power(recording: Recording) -> Floats:
    """Mean power of each frame, without the steady offset that poor sound cards add: nobody hears it."""
    whole = recording.samples[: len(recording.samples) // FRAME * FRAME].astype(np.float64)
    return frame_power(whole - whole.mean(), FRAME)


def _frames_in(count: int, start: float, end: float) -> NDArray[np.bool_]:
    middles = (np.arange(count) + 0.5) * FRAME / SAMPLE_RATE
    return (middles >= start) & (middles < end)


def _decibels(power: float) -> float:
    return float(decibels(power, QUIETEST))


def _damaged(recording: Recording) -> QualityNote | None:
    if not recording.damaged:
        return None
    return QualityNote(
        "damaged",
        f"The file breaks off after {recording.duration:.1f} s: it promised more sound than could be read. "
        "What follows describes only that part; save or record the answer again.",
    )


def _silent(recording: Recording) -> QualityNote | None:
    """Where no voice was found: whether the microphone may be to blame."""
    power = _frame_power(recording)
    loudest = _decibels(float(power.max(initial=0.0)))
    if loudest >= QUIET_BELOW:
        return None
    if not np.any(recording.samples):
        text = "The recording holds no sound at all. If you did speak, the microphone was muted, or another was in use."
    else:
        text = (
            f"The recording is very quiet: its loudest moment is {-loudest:.0f} dB below full scale. If you did speak, "
            "move closer to the microphone, turn its level up, or choose another one."
        )
    return QualityNote("quiet", text)


def _quiet(voice: float) -> QualityNote | None:
    if voice >= QUIET_BELOW:
        return None
    return QualityNote(
        "quiet",
        f"The recording is very quiet ({-voice:.0f} dB below full scale where there is voice), so words may be missed. "
        "Move closer to the microphone or turn its level up.",
    )


def _noisy(voice: float | None, background: float | None) -> QualityNote | None:
    if voice is None or background is None or voice - background >= NOISY_BELOW:
        return None
    return QualityNote(
        "noisy",
        f"The background is loud: only {max(voice - background, 0):.0f} dB below the voice, so pauses and fillers may "
        "be missed. Record in a quieter place or closer to the microphone.",
    )


def _clipped(share: float) -> QualityNote | None:
    if share < CLIPPED_FROM:
        return None
    return QualityNote(
        "clipped",
        f"The sound is cut off at full scale in {100 * share:.1f} % of the recording, so words may be misheard. "
        "Move away from the microphone or turn its level down.",
    )


def _guessed(words: Sequence[Word]) -> QualityNote | None:
    """Where the recogniser itself believed little of what it wrote."""
    beliefs = [word.probability for word in words if word.kind is not WordKind.FILLER_SOUND]
    if len(beliefs) < FEWEST_WORDS or (belief := float(np.mean(beliefs))) >= GUESSED_BELOW:
        return None
    return QualityNote(
        "guessed",
        f"Many words were guessed: the recogniser was {100 * belief:.0f} % sure of a word on average, so words and "
        "numbers may be wrong. Speak English, closer to the microphone, with less noise and echo.",
    )


def _little_speech(voiced: float) -> QualityNote | None:
    if voiced == 0 or voiced >= LITTLE_SPEECH:
        return None
    return QualityNote(
        "little_speech",
        f"There are only {voiced:.1f} s of speech, too little for rates to mean much. Answer in a few sentences.",
    )
