"""Encode clips in the app's chunks, with the truth for each frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.asr.chunking import split_at_silence
from speech.asr.whisper_model import TOKEN_STEP_SECONDS, WhisperRecogniser
from speech.audio.recording import Recording
from speech.live.whole import voiced
from speech.segment import Segment
from tools.scorer_training.augmentation import Variant, apply_variant
from tools.scorer_training.clips import Clip

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ChunkEncoding:
    """One encoded chunk; times in its clip are `start` plus frame times."""

    start: float  # s
    encoded: Floats  # (frames, width)


@dataclass(frozen=True, eq=False)
class ClipEncoding:
    """A clip in one variant, encoded."""

    clip: Clip
    voice: tuple[Segment, ...]
    pieces: tuple[ChunkEncoding, ...]


def encode_clip(recogniser: WhisperRecogniser, clip: Clip, variant: Variant, cache: Path) -> ClipEncoding:
    """Encode a clip, or load its encoding from the cache folder."""
    clip = apply_variant(clip, variant)
    digest = clip.recording.digest[:12]
    path = cache / f"{recogniser.name}-{clip.name}-{variant.name}-{variant.longest_piece:.0f}-{digest}.npz"
    if path.exists():
        with np.load(path) as held:
            voice = tuple(Segment(*map(float, one)) for one in held["voice"])
            starts = held["starts"].tolist()
            encoded = [held[f"piece{index}"].astype(np.float32) for index in range(len(starts))]
    else:
        voice, starts, encoded = _encode_recording(recogniser, clip.recording, variant.longest_piece)
        blocks = {f"piece{index}": block.astype(np.float16) for index, block in enumerate(encoded)}
        times = np.array([(one.start, one.end) for one in voice]).reshape(-1, 2)
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(path, allow_pickle=False, voice=times, starts=np.array(starts), **blocks)
    return ClipEncoding(clip, voice, tuple(ChunkEncoding(*one) for one in zip(starts, encoded, strict=True)))


def _encode_recording(
    recogniser: WhisperRecogniser, recording: Recording, longest: float
) -> tuple[tuple[Segment, ...], list[float], list[Floats]]:
    voice = voiced(recording, condition=False)
    # Where there is no voice the app decodes nothing; what noise looks like is learned all the same.
    spans = split_at_silence(recording, voice or (Segment(0, recording.duration),), longest)
    blocks = []
    for span in spans:
        window = recogniser.encode(recording.cut(span))
        blocks.append(np.asarray(window.encoded, dtype=np.float32)[0, : window.frames // 2])
    return voice, [span.start for span in spans], blocks


def compute_frame_times(piece: ChunkEncoding) -> NDArray[np.float64]:
    """Return the centre of each frame, in seconds from the start of its clip."""
    return np.asarray(piece.start + (np.arange(len(piece.encoded)) + 0.5) * TOKEN_STEP_SECONDS, dtype=np.float64)


def flag_inside(times: NDArray[np.float64], spans: tuple[Segment, ...], margin: float = 0.0) -> Flags:
    """Return which moments lie in one of the segments.

    Args:
        times: Seconds, shape (n,).
        spans: Segments.
        margin: Seconds by which segments are widened; narrowed if negative.
    """
    found = np.zeros(len(times), dtype=bool)
    for span in spans:
        found |= (times >= span.start - margin) & (times < span.end + margin)
    return found
