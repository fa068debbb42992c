"""What the encoder makes of clips, piece by piece as the app cuts them, with the truth for each frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.asr.chunking import pieces
from speech.asr.whisper_model import TOKEN_STEP, Recogniser
from speech.audio.recording import Recording
from speech.live.whole import voiced
from speech.segment import Span
from tools.scorer_training.augmentation import Variant, varied
from tools.scorer_training.clips import Clip

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Piece:
    """One encoded piece; times of its clip are `start` plus frame times."""

    start: float  # s
    encoded: Floats  # (frames, width)


@dataclass(frozen=True, eq=False)
class Encoding:
    """A clip in one variant, encoded."""

    clip: Clip
    voice: tuple[Span, ...]
    pieces: tuple[Piece, ...]


def encoding(recogniser: Recogniser, clip: Clip, variant: Variant, cache: Path) -> Encoding:
    """Encode a clip, or take it from the cache folder."""
    clip = varied(clip, variant)
    digest = clip.recording.digest[:12]
    path = cache / f"{recogniser.name}-{clip.name}-{variant.name}-{variant.longest_piece:.0f}-{digest}.npz"
    if path.exists():
        with np.load(path) as held:
            voice = tuple(Span(*map(float, one)) for one in held["voice"])
            starts = held["starts"].tolist()
            encoded = [held[f"piece{index}"].astype(np.float32) for index in range(len(starts))]
    else:
        voice, starts, encoded = _encoded(recogniser, clip.recording, variant.longest_piece)
        blocks = {f"piece{index}": block.astype(np.float16) for index, block in enumerate(encoded)}
        times = np.array([(one.start, one.end) for one in voice]).reshape(-1, 2)
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(path, allow_pickle=False, voice=times, starts=np.array(starts), **blocks)
    return Encoding(clip, voice, tuple(Piece(*one) for one in zip(starts, encoded, strict=True)))


def _encoded(
    recogniser: Recogniser, recording: Recording, longest: float
) -> tuple[tuple[Span, ...], list[float], list[Floats]]:
    voice = voiced(recording, condition=False)
    # Where there is no voice the app decodes nothing; what noise looks like is learned all the same.
    spans = pieces(recording, voice or (Span(0, recording.duration),), longest)
    blocks = []
    for span in spans:
        window = recogniser.encode(recording.cut(span))
        blocks.append(np.asarray(window.encoded, dtype=np.float32)[0, : window.frames // 2])
    return voice, [span.start for span in spans], blocks


def frame_times(piece: Piece) -> NDArray[np.float64]:
    """The middle of each frame, in seconds of its clip."""
    return np.asarray(piece.start + (np.arange(len(piece.encoded)) + 0.5) * TOKEN_STEP, dtype=np.float64)


def inside(times: NDArray[np.float64], spans: tuple[Span, ...], margin: float = 0.0) -> Flags:
    """Which moments lie in one of the spans, widened by a margin in seconds (narrowed when negative)."""
    found = np.zeros(len(times), dtype=bool)
    for span in spans:
        found |= (times >= span.start - margin) & (times < span.end + margin)
    return found
