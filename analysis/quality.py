"""Find problems with the recording itself, which are reported before anything about the speech.

Conventions: levels are mean power in decibels below full scale (dBFS). Browsers adjust the
microphone's gain and suppress noise on their own, so a level never says anything about the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.report import QualityNote
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.audio.signal import measure_frame_power, to_decibels
from speech.segment import Segment, sum_durations
from speech.transcript import Transcript, Word, WordKind

FRAME_SAMPLES = 480  # samples, 30 ms
BORDER_SECONDS = 0.1  # s on either side of a voiced stretch that belong to neither voice nor background
MIN_BACKGROUND_FRAMES = 10  # frames, 0.3 s
MIN_CLIPPED_SHARE = 0.001  # share at full scale; single peaks there come from files that were levelled up to it
QUIET_BELOW_DBFS = -45.0  # dBFS; a meeting microphone across the table gives -42, and is still recognised
NOISY_BELOW_DB = 12.0  # dB of voice over background; a shower running gave 21, quiet rooms 25 to 50
DIGITAL_SILENCE_DBFS = -100.0  # dBFS; stands for a gated background, which is digital zero
MIN_SPEECH_SECONDS = 5.0  # s of voice
MIN_MEAN_PROBABILITY = 0.65  # mean probability of the words; real speech gave 0.79 to 0.98, backwards 0.34 to 0.67
MIN_WORDS_TO_JUDGE = 5

Floats = NDArray[np.float64]


def find_quality_notes(recording: Recording, transcript: Transcript) -> tuple[QualityNote, ...]:
    """Return a note for each problem that makes the report less reliable.

    The notes come worst first; a good recording has none.
    """
    voice, background = measure_levels(recording, transcript.voice)
    voiced = sum_durations(transcript.voice)
    found = (
        _note_damage(recording),
        _note_silence(recording) if voice is None else _note_quiet_voice(voice),
        _note_noise(voice, background),
        _note_guessed_words(transcript.words),
        _note_clipping(recording.clipped_share),
        _note_little_speech(voiced),
    )
    return tuple(note for note in found if note is not None)


def measure_levels(recording: Recording, voice: tuple[Segment, ...]) -> tuple[float | None, float | None]:
    """Return the mean level of the speech and the median level between speech, both in dBFS.

    Either is None where there is too little of it: no voiced frame, or less than 0.3 s of background.
    """
    power = _compute_frame_power(recording)
    count = len(power)
    inside, near = np.zeros(count, bool), np.zeros(count, bool)
    for span in voice:
        inside |= _mark_frames(count, span.start, span.end)
        near |= _mark_frames(count, span.start - BORDER_SECONDS, span.end + BORDER_SECONDS)
    spoken = _to_dbfs(float(power[inside].mean())) if inside.any() else None
    between = power[~near]
    return spoken, _to_dbfs(float(np.median(between))) if len(between) >= MIN_BACKGROUND_FRAMES else None


def _compute_frame_power(recording: Recording) -> Floats:
    """Return the mean power of each 30 ms frame, shape (frames,), with any constant offset removed.

    Poor sound cards add such an offset; it is inaudible.
    """
    whole = recording.samples[: len(recording.samples) // FRAME_SAMPLES * FRAME_SAMPLES].astype(np.float64)
    return measure_frame_power(whole - whole.mean(), FRAME_SAMPLES)


def _mark_frames(count: int, start: float, end: float) -> NDArray[np.bool_]:
    middles = (np.arange(count) + 0.5) * FRAME_SAMPLES / SAMPLE_RATE
    return (middles >= start) & (middles < end)


def _to_dbfs(power: float) -> float:
    return float(to_decibels(power, DIGITAL_SILENCE_DBFS))


def _note_damage(recording: Recording) -> QualityNote | None:
    if not recording.damaged:
        return None
    return QualityNote(
        "damaged",
        f"The file breaks off after {recording.duration:.1f} seconds, so this report covers only that part. Save the "
        "file or record your answer again.",
    )


def _note_silence(recording: Recording) -> QualityNote | None:
    """Return a note if no voice was detected and the microphone may be the cause."""
    power = _compute_frame_power(recording)
    loudest = _to_dbfs(float(power.max(initial=0.0)))
    if loudest >= QUIET_BELOW_DBFS:
        return None
    if not np.any(recording.samples):
        text = (
            "There's no sound in this recording. If you did speak, your microphone was muted or another one was in use."
        )
    else:
        text = (
            "The recording is very quiet. If you did speak, move closer to the microphone, turn it up, or choose "
            "another one."
        )
    return QualityNote("quiet", text)


def _note_quiet_voice(voice: float) -> QualityNote | None:
    if voice >= QUIET_BELOW_DBFS:
        return None
    return QualityNote(
        "quiet",
        "Your recording is very quiet, so we may have missed words. Move closer to the microphone or turn it up.",
    )


def _note_noise(voice: float | None, background: float | None) -> QualityNote | None:
    if voice is None or background is None or voice - background >= NOISY_BELOW_DB:
        return None
    return QualityNote(
        "noisy",
        "There's a lot of background noise, so we may have missed pauses and fillers. Record somewhere quieter or "
        "closer to the microphone.",
    )


def _note_clipping(share: float) -> QualityNote | None:
    if share < MIN_CLIPPED_SHARE:
        return None
    return QualityNote(
        "clipped",
        "Your recording is too loud in places, so some words may be wrong. Move back from the microphone or turn it "
        "down.",
    )


def _note_guessed_words(words: Sequence[Word]) -> QualityNote | None:
    """Return a note if the recogniser was unsure of most of its words."""
    beliefs = [word.probability for word in words if word.kind is not WordKind.FILLED_PAUSE]
    if len(beliefs) < MIN_WORDS_TO_JUDGE or float(np.mean(beliefs)) >= MIN_MEAN_PROBABILITY:
        return None
    return QualityNote(
        "guessed",
        "Many words in this transcript are guesses, so the words and numbers may be wrong. Speak English, closer to "
        "the microphone, with less noise and echo.",
    )


def _note_little_speech(voiced: float) -> QualityNote | None:
    if voiced == 0 or voiced >= MIN_SPEECH_SECONDS:
        return None
    return QualityNote(
        "little_speech",
        f"You spoke for only {voiced:.0f} {'second' if round(voiced) == 1 else 'seconds'}, too little for the "
        "numbers to mean much. Answer in a few sentences.",
    )
