"""Fit a scorer to encoded clips: first frames, then whole stretches, on speakers the frames were not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from speech.fillers.scorer import FRAME_SHIFTS, MEASURE_COUNT, FillerScorer, measure_stretch, shift_frames
from speech.segment import Segment
from tools.scorer_training.encodings import ChunkEncoding, ClipEncoding, Flags, Floats, compute_frame_times, flag_inside
from tools.scorer_training.examples import find_stretches

COMPONENT_COUNT = 48  # principal directions of voiced frames that are kept
FILLER_EDGE_SECONDS = 0.04  # s at a filler's edges that teach nothing
UNSURE_MARGIN_SECONDS = 0.10  # s around a filler that teach nothing: truth is no better than that
SILENCE_WEIGHT = 0.25  # of a frame without voice
SYNTHETIC_WEIGHT = 0.03  # of a frame of synthetic speech: enough to know its uh, too little to forget the real ones
FILLER_SHARE = 0.33  # weight of filler frames among all
STRETCH_SHARE = 0.2  # of fillers among the stretches that are asked about
PENALTY = 100.0
STRETCH_PENALTY = 1.0
FOLD_COUNT = 3
OTHER_FRAME_STEP = 3  # every third frame without a filler is enough

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LabelledFrames:
    """The ground truth of a chunk's frames."""

    filler: Flags
    voice: Flags
    weight: NDArray[np.float64]  # 0 where the truth is unsure


def label_frames(encoding: ClipEncoding, piece: ChunkEncoding) -> LabelledFrames:
    """Label each frame of a chunk; only the voiced inside of a filler counts as filler."""
    times = compute_frame_times(piece)
    clip = encoding.clip
    voice = flag_inside(times, encoding.voice)
    inner = flag_inside(times, clip.fillers, -FILLER_EDGE_SECONDS)
    unsure = (
        (flag_inside(times, clip.fillers, UNSURE_MARGIN_SECONDS) & ~inner)
        | (inner & ~voice)
        | flag_inside(times, clip.unsure)
    )
    weight = np.where(unsure, 0.0, np.where(voice, 1.0, SILENCE_WEIGHT))
    return LabelledFrames(inner & voice, voice, weight * (SYNTHETIC_WEIGHT if clip.is_synthetic else 1.0))


def fit_logistic(features: Floats, truth: Flags, weights: Doubles, penalty: float) -> Doubles:
    """Fit a logistic regression with an L2 penalty.

    It minimises the weighted log loss plus penalty / 2 times the squared coefficients, without the
    intercept.

    Args:
        features: Shape (rows, columns).
        truth: Shape (rows,).
        weights: Shape (rows,).
        penalty: Strength of the L2 penalty.

    Returns:
        Coefficients, shape (columns + 1,), the intercept last.
    """
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-6)
    model.fit(np.asarray(features, dtype=np.float64), truth, sample_weight=weights)
    return np.concatenate([model.coef_[0], model.intercept_])


def balance(truth: Flags, weights: Doubles, share: float) -> Doubles:
    """Scale the weights of true examples to make up a share of all weights.

    Args:
        truth: Shape (rows,).
        weights: Shape (rows,).
        share: Share of the true examples, 0 to 1.

    Raises:
        ValueError: There are no examples of one kind.
    """
    if not weights[truth].sum() or not weights[~truth].sum():
        raise ValueError("examples of both kinds are needed")
    scaled = weights.copy()
    scaled[truth] *= share / (1 - share) * weights[~truth].sum() / weights[truth].sum()
    return scaled


def fit_scorer(encodings: Sequence[ClipEncoding]) -> FillerScorer:
    """Fit a scorer. Stretches are judged by frame scores of models not fitted to their speakers."""
    measures: list[Floats] = []
    truth: list[bool] = []
    for held_out in split_speakers(encodings):
        frames = _fit_frames([one for one in encodings if one.clip.speaker not in held_out])
        for one in encodings:
            if one.clip.speaker in held_out:
                judged = find_stretches(one)
                measures += measure_stretches(frames, one, [stretch.span for stretch in judged])
                truth += [stretch.is_filler for stretch in judged]
    final = _fit_frames(encodings)
    is_filler = np.array(truth)
    weights = balance(is_filler, np.ones(len(truth)), STRETCH_SHARE)
    found = fit_logistic(np.array(measures), is_filler, weights, STRETCH_PENALTY)
    return FillerScorer(final.filters, final.bias, found[:-1].astype(np.float32), float(found[-1]))


def split_speakers(encodings: Sequence[ClipEncoding]) -> list[set[str]]:
    """Split the speakers into groups, so that each group has some of those with many fillers."""
    count: dict[str, int] = {}
    for one in encodings:
        count[one.clip.speaker] = count.get(one.clip.speaker, 0) + len(one.clip.fillers)
    ranked = sorted(count, key=lambda speaker: (-count[speaker], speaker))
    return [set(ranked[first::FOLD_COUNT]) for first in range(FOLD_COUNT)]


def measure_stretches(scorer: FillerScorer, encoding: ClipEncoding, spans: Sequence[Segment]) -> list[Floats]:
    """Measure stretches of a clip, each in the chunk that holds most of it."""
    scores = [scorer.score_frames(piece.encoded[None], 2 * len(piece.encoded)) for piece in encoding.pieces]
    found = []
    for span in spans:
        index = _find_chunk(encoding, span)
        start = encoding.pieces[index].start
        found.append(measure_stretch(scores[index], max(0.0, span.start - start), span.end - start))
    return found


def _find_chunk(encoding: ClipEncoding, span: Segment) -> int:
    def measure_overlap(index: int) -> float:
        piece = encoding.pieces[index]
        return span.overlap(Segment(piece.start, float(compute_frame_times(piece)[-1])))

    return max(range(len(encoding.pieces)), key=measure_overlap)


def _fit_frames(encodings: Sequence[ClipEncoding]) -> FillerScorer:
    pairs = [(piece, label_frames(one, piece)) for one in encodings for piece in one.pieces]
    middle, directions = _find_directions(
        np.concatenate([piece.encoded[known.voice][::OTHER_FRAME_STEP] for piece, known in pairs])
    )
    features, truth, weights = [], [], []
    for piece, known in pairs:
        seen = np.asarray((piece.encoded - middle) @ directions, dtype=np.float32)
        used = (known.weight > 0) & (known.filler | (np.arange(len(seen)) % OTHER_FRAME_STEP == 0))
        features.append(np.concatenate([shift_frames(seen, shift) for shift in FRAME_SHIFTS], axis=1)[used])
        truth.append(known.filler[used])
        weights.append(known.weight[used])
    is_filler = np.concatenate(truth)
    weighted = balance(is_filler, np.concatenate(weights), FILLER_SHARE)
    found = fit_logistic(np.concatenate(features), is_filler, weighted, PENALTY)
    filters = (directions @ found[:-1].reshape(len(FRAME_SHIFTS), -1).T).T
    bias = float(found[-1] - filters.sum(axis=0) @ middle)
    return FillerScorer(filters.astype(np.float32), bias, np.zeros(MEASURE_COUNT, np.float32), 0.0)


def _find_directions(frames: Floats) -> tuple[Floats, Floats]:
    """Return mean and whitened principal directions of frames.

    Args:
        frames: Shape (frames, width).

    Returns:
        Shapes (width,) and (width, COMPONENT_COUNT).
    """
    middle = frames.mean(axis=0)
    centred = frames - middle
    variance, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    kept = slice(-COMPONENT_COUNT, None)
    return middle, np.asarray(directions[:, kept] / np.sqrt(variance[kept]), dtype=np.float32)
