"""Find problems with the recording itself, which are reported before anything about the speech.

Conventions: levels are mean power in decibels below full scale (dBFS). Browsers adjust the
microphone's gain and suppress noise on their own, so a level never says anything about the speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.measures.pitch import HOP_SAMPLES, MIN_DB_OVER_HUM, find_hum, track_pitch
from analysis.report import QualityNote
from analysis.structure.question_clauses import find_questions
from analysis.wording import format_seconds
from speech.asr.language import LANGUAGE_NAMES
from speech.audio.dropouts import find_dropouts
from speech.audio.lazy_librosa import load_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import measure_frame_power, to_decibels
from speech.segment import Segment, find_gaps, sum_durations
from speech.transcript import Transcript, Word, WordKind

FRAME_SAMPLES = 480  # samples, 30 ms
BLOCK_FRAMES = 2000  # that are held with double precision, or as spectra, at once, whatever the length
BORDER_SECONDS = 0.1  # s on either side of a voiced stretch that belong to neither voice nor background
MIN_BACKGROUND_FRAMES = 10  # frames, 0.3 s
MIN_CLIPPED_SHARE = 0.001  # share at full scale; single peaks there come from files that were levelled up to it
QUIET_BELOW_DBFS = -45.0  # dBFS; a meeting microphone across the table gives -42, and is still recognised
NOISY_BELOW_DB = 12.0  # dB of voice over background; a shower running gave 21, quiet rooms 25 to 50
DIGITAL_SILENCE_DBFS = -100.0  # dBFS; stands for a gated background, which is digital zero
MIN_SPEECH_SECONDS = 5.0  # s of voice
LITTLE_SPEECH = "little_speech"  # the key of its note
MIN_MEAN_PROBABILITY = 0.65  # mean probability of the words; real speech gave 0.79 to 0.98, backwards 0.34 to 0.67
MIN_WORDS_TO_JUDGE = 5
MIN_DROPOUTS = 5  # holes in the sound; one or two nobody notices
SOUND_PERCENTILE = 90.0  # of the frames' levels: sound that lasts; a whisper gave -44 there, quiet rooms -48
SOUND_FROM_DBFS = -46.0
NO_VOICE = "no_voice"  # the key of the note that there is sound and no voice

MIN_QUESTION_WORDS = 4  # "what?" is nobody's turn
MAX_TURN_SECONDS = 8.0  # of a question, and of what follows it, that are compared
MAX_QUESTIONS = 2  # compared, to bound the time
MIN_TURN_FRAMES = 50  # frames of clear voice, 1 s
OTHER_VOICE_DISTANCE = 2.3  # between the mean spectra of two turns, in deviations of a frame; see find_two_voices
MIN_CHANGE_GAP_SECONDS = 0.15  # s of silence between two voices that follow each other
MIN_SIDE_FRAMES = 125  # frames on each side of it, 2.5 s
CHANGED_VOICE_DISTANCE = 2.3  # between the mean spectra of both sides, in deviations of a frame
SOFT_PERCENTILE = 35.0  # of the frames of a side, by their loudness, that tell little of who speaks
MEL_SAMPLES = 512  # 32 ms
MEL_SETTINGS: Mapping[str, Any] = {
    "sr": SAMPLE_RATE,
    "n_fft": MEL_SAMPLES,
    "hop_length": HOP_SAMPLES,
    "window": np.hanning(MEL_SAMPLES + 1)[:-1],  # as librosa's own "hann", which loads all of scipy.signal
    "n_mels": 40,
    "fmin": 80,  # Hz
    "fmax": 7600,
}
CEPSTRUM_SIZE = 20  # coefficients of the spectral envelope, the first of which is the level

Floats = NDArray[np.float64]


def find_quality_notes(recording: Recording, transcript: Transcript) -> tuple[QualityNote, ...]:
    """Return a note for each problem that makes the report less reliable.

    The notes come worst first; a good recording has none.
    """
    voice, background = measure_levels(recording, transcript.voice)
    voiced = sum_durations(transcript.voice)
    found = (
        _note_two_voices(recording, transcript),
        _note_language_change(transcript),
        _note_damage(recording),
        _note_dropouts(recording),
        _note_silence(recording) if voice is None else _note_quiet_voice(voice),
        _note_hum(recording, transcript.voice, voice, background) or _note_noise(voice, background),
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


def find_two_voices(recording: Recording, transcript: Transcript) -> Segment | None:
    """Return a question that one voice asks and another answers; None if there is none.

    Each question in the words is compared with what is said after it, by the mean of the spectral envelope (mel
    cepstrum) over frames with a clear pitch. Where one person goes on speaking, it moves by 0.5 to 1.8 deviations of a
    frame; another voice is 2.3 and more away. Two people of whom none asks a question are not told from one.
    """
    asked = [each for each in find_questions(transcript.words) if len(each) >= MIN_QUESTION_WORDS]
    for words in asked[:MAX_QUESTIONS]:
        turn = Segment(max(words[0].start, words[-1].end - MAX_TURN_SECONDS), words[-1].end)
        answer = Segment(turn.end, min(turn.end + MAX_TURN_SECONDS, recording.duration))
        one, other = (_compute_cepstra(recording, transcript.voice, span) for span in (turn, answer))
        if min(len(one), len(other)) >= MIN_TURN_FRAMES and _measure_distance(one, other) >= OTHER_VOICE_DISTANCE:
            return turn
    return None


def find_voice_change(recording: Recording, voice: Sequence[Segment]) -> float | None:
    """Return when another voice begins to speak, in seconds; None if there is no such moment.

    At each short silence the sound before it is compared with the sound after it, as in `find_two_voices`, by the
    louder frames. Where one person goes on speaking, the means are up to 1.8 deviations apart.
    """
    gaps = [gap for gap in find_gaps(voice) if gap.duration >= MIN_CHANGE_GAP_SECONDS]
    if not gaps:
        return None
    moments, cepstra = _compute_voice_cepstra(recording, voice)
    found = [(_compare_sides(moments, cepstra, gap), gap.end) for gap in gaps]
    distance, moment = max(found)
    return moment if distance >= CHANGED_VOICE_DISTANCE else None


def _compute_voice_cepstra(recording: Recording, voice: Sequence[Segment]) -> tuple[Floats, Floats]:
    """Return the moments and the mel cepstra of the 20 ms frames of the voice."""
    cepstra = _compute_mfcc(recording.samples)
    moments = np.arange(len(cepstra)) * HOP_SAMPLES / SAMPLE_RATE
    inside = np.zeros(len(cepstra), bool)
    for span in voice:
        inside[(moments >= span.start) & (moments < span.end)] = True
    return moments[inside], cepstra[inside]


def _compare_sides(moments: Floats, cepstra: Floats, gap: Segment) -> float:
    """Return the distance between what is said before and after a silence; 0 where there is too little of either."""
    before = cepstra[(moments >= gap.start - MAX_TURN_SECONDS) & (moments < gap.start)]
    after = cepstra[(moments >= gap.end) & (moments < gap.end + MAX_TURN_SECONDS)]
    if min(len(before), len(after)) < MIN_SIDE_FRAMES:
        return 0.0
    loud = [side[side[:, 0] >= np.percentile(side[:, 0], SOFT_PERCENTILE), 1:] for side in (before, after)]
    return _measure_distance(*loud)


def _compute_mfcc(sound: Samples) -> Floats:
    """Return the mel cepstrum of every 20 ms frame, shape (frames, CEPSTRUM_SIZE)."""
    librosa = load_librosa()
    count = 1 + len(sound) // HOP_SAMPLES
    blocks = (_compute_mel(sound, begin, min(BLOCK_FRAMES, count - begin)) for begin in range(0, count, BLOCK_FRAMES))
    levels = librosa.power_to_db(np.concatenate(tuple(blocks), axis=1))
    found: Floats = librosa.feature.mfcc(S=levels, n_mfcc=CEPSTRUM_SIZE)
    return found.T.astype(np.float64)


def _compute_mel(sound: Samples, begin: int, count: int) -> NDArray[np.float32]:
    """Return the mel spectrum of some 20 ms frames, each with as much sound on both sides of its begin."""
    first, last = begin * HOP_SAMPLES - MEL_SAMPLES // 2, (begin + count - 1) * HOP_SAMPLES + MEL_SAMPLES // 2
    silence = (max(-first, 0), max(last - len(sound), 0))
    found: NDArray[np.float32] = load_librosa().feature.melspectrogram(
        y=np.pad(sound[max(first, 0) : last], silence), center=False, **MEL_SETTINGS
    )
    return found


def _compute_cepstra(recording: Recording, voice: Sequence[Segment], span: Segment) -> Floats:
    """Return the spectral envelope of each 20 ms frame with a clear pitch inside a span, shape (frames, 19)."""
    parts = [np.zeros((0, CEPSTRUM_SIZE - 1))]
    for stretch in voice:
        begin, end = max(stretch.start, span.start), min(stretch.end, span.end)
        sound = recording.cut(Segment(begin, end)) if end - begin >= 0.1 else np.zeros(0, np.float32)
        pitch = track_pitch(sound)
        if not pitch.size:
            continue
        cepstrum = _compute_mfcc(sound)[:, 1:]
        count = min(len(cepstrum), len(pitch))
        parts.append(cepstrum[:count][np.isfinite(pitch[:count])])
    return np.concatenate(parts)


def _measure_distance(one: Floats, other: Floats) -> float:
    """Return the distance of two turns' means, each coefficient in its standard deviation within a turn."""
    spread = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 2)
    return float(np.linalg.norm((one.mean(axis=0) - other.mean(axis=0)) / spread))


def _compute_frame_power(recording: Recording) -> Floats:
    """Return the mean power of each 30 ms frame, shape (frames,), with any constant offset removed.

    Poor sound cards add such an offset; it is inaudible.
    """
    whole = recording.samples[: len(recording.samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    if not whole.size:
        return np.zeros(0)
    offset, size = whole.mean(dtype=np.float64), BLOCK_FRAMES * FRAME_SAMPLES
    blocks = (whole[begin : begin + size].astype(np.float64) - offset for begin in range(0, len(whole), size))
    return np.concatenate([measure_frame_power(block, FRAME_SAMPLES) for block in blocks])


def _mark_frames(count: int, start: float, end: float) -> NDArray[np.bool_]:
    middles = (np.arange(count) + 0.5) * FRAME_SAMPLES / SAMPLE_RATE
    return (middles >= start) & (middles < end)


def _to_dbfs(power: float) -> float:
    return float(to_decibels(power, DIGITAL_SILENCE_DBFS))


def _note_two_voices(recording: Recording, transcript: Transcript) -> QualityNote | None:
    if find_two_voices(recording, transcript) is not None:
        return QualityNote(
            "two_voices",
            "Two people speak in this recording, so the numbers and the advice mix both. Record only your own answers.",
        )
    moment = find_voice_change(recording, transcript.voice)
    if moment is None:
        return None
    return QualityNote(
        "two_voices",
        f"After {format_seconds(moment)} another voice seems to speak: a person, or a television. The numbers and the "
        "advice mix both, so record only your own answer.",
    )


def _note_language_change(transcript: Transcript) -> QualityNote | None:
    change = transcript.language_change
    if change is None:
        return None
    name = LANGUAGE_NAMES.get(change.language, "another language")
    return QualityNote(
        "other_language",
        f"Some time after {format_seconds(change.start)}, this sounds like {name}. We can only analyse English, so the "
        "words and the numbers are wrong there.",
    )


def _note_dropouts(recording: Recording) -> QualityNote | None:
    if len(find_dropouts(recording.samples)) < MIN_DROPOUTS:
        return None
    return QualityNote(
        "dropouts",
        "The sound drops out for moments again and again, so we may miss words. A wireless headset may be too far "
        "away: use a cable, or another microphone.",
    )


def _note_damage(recording: Recording) -> QualityNote | None:
    if not recording.damaged:
        return None
    return QualityNote(
        "damaged",
        f"The file breaks off after {format_seconds(recording.duration)}, so this report covers only that part. "
        "Save or record the answer again.",
    )


def _note_silence(recording: Recording) -> QualityNote | None:
    """Return a note on a recording in which no voice was detected: what is there instead."""
    power = _compute_frame_power(recording)
    loudest = _to_dbfs(float(power.max(initial=0.0)))
    if loudest >= QUIET_BELOW_DBFS:
        if _to_dbfs(float(np.percentile(power, SOUND_PERCENTILE))) < SOUND_FROM_DBFS:
            return None  # a quiet room in which something clicked
        return QualityNote(
            NO_VOICE,
            "There's sound in this recording, but no voice we could make out. If you whispered, speak up. If it was "
            "loud around you, find a quieter place.",
        )
    if not np.any(recording.samples):
        text = "There's no sound in this recording. The microphone may be muted, or another one may be in use."
    else:
        text = (
            "The recording is too quiet to hear a voice. Move closer to the microphone, turn its level up, or choose "
            "another one."
        )
    return QualityNote("quiet", text)


def _note_quiet_voice(voice: float) -> QualityNote | None:
    if voice >= QUIET_BELOW_DBFS:
        return None
    return QualityNote(
        "quiet",
        "The recording is very quiet, so we may miss words. Move closer to the microphone or turn its level up.",
    )


def _note_hum(
    recording: Recording, spans: Sequence[Segment], voice: float | None, background: float | None
) -> QualityNote | None:
    if voice is None or background is None or voice - background >= MIN_DB_OVER_HUM:
        return None
    if find_hum(recording, spans) is None:
        return None
    return QualityNote(
        "hum",
        "There's a hum or buzz behind your voice, so we can't tell how lively it sounds. Unplug the charger, or move "
        "the microphone away from other devices.",
    )


def _note_noise(voice: float | None, background: float | None) -> QualityNote | None:
    if voice is None or background is None or voice - background >= NOISY_BELOW_DB:
        return None
    return QualityNote(
        "noisy",
        "There's a lot of background noise, so we may miss pauses and ums. Record in a quieter place, or closer to the "
        "microphone.",
    )


def _note_clipping(share: float) -> QualityNote | None:
    if share < MIN_CLIPPED_SHARE:
        return None
    return QualityNote(
        "clipped",
        "The recording is too loud and distorted in places, so we may mishear words. Move away from the microphone or "
        "turn its level down.",
    )


def _note_guessed_words(words: Sequence[Word]) -> QualityNote | None:
    """Return a note if the recogniser was unsure of most of its words."""
    beliefs = [word.probability for word in words if word.kind is not WordKind.FILLED_PAUSE]
    if len(beliefs) < MIN_WORDS_TO_JUDGE or float(np.mean(beliefs)) >= MIN_MEAN_PROBABILITY:
        return None
    return QualityNote(
        "guessed",
        "We had to guess many of the words, so the words and the numbers may be wrong. Speak English, closer to the "
        "microphone, with less noise and echo.",
    )


def _note_little_speech(voiced: float) -> QualityNote | None:
    if voiced == 0 or voiced >= MIN_SPEECH_SECONDS:
        return None
    return QualityNote(
        LITTLE_SPEECH,
        f"You spoke for only {format_seconds(voiced)}, too little to measure well. Answer in a few sentences.",
    )
