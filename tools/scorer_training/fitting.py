"""Fits a scorer to encoded clips: first the frames, then whole stretches on speakers the frames were not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from speech.fillers.scorer import MEASURES, SHIFTS, FillerScorer, shifted, stretch_measures
from speech.segment import Span
from tools.scorer_training.encodings import Encoding, Flags, Floats, Piece, frame_times, inside
from tools.scorer_training.examples import stretches

COMPONENTS = 48  # principal directions of voiced frames that are kept
INNER = 0.04  # s at a filler's edges that teach nothing
NEAR = 0.10  # s around a filler that teach nothing: truth is no better than that
SILENCE_WEIGHT = 0.25  # of a frame without voice
SYNTHETIC_WEIGHT = 0.03  # of a frame of synthetic speech: enough to know its uh, too little to forget the real ones
FILLER_SHARE = 0.33  # weight of filler frames among all
STRETCH_SHARE = 0.2  # of fillers among the stretches that are asked about
PENALTY = 100.0
STRETCH_PENALTY = 1.0
FOLDS = 3
OTHER_STEP = 3  # every third frame without a filler is enough

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Frames:
    """A piece's frames: what is known of them."""

    filler: Flags
    voice: Flags
    weight: NDArray[np.float64]  # 0 where the truth is unsure


def labelled(encoding: Encoding, piece: Piece) -> Frames:
    """The truth for each frame of a piece; only the voiced inside of a filler counts as one."""
    times = frame_times(piece)
    clip = encoding.clip
    voice = inside(times, encoding.voice)
    inner = inside(times, clip.fillers, -INNER)
    unsure = (inside(times, clip.fillers, NEAR) & ~inner) | (inner & ~voice) | inside(times, clip.unsure)
    weight = np.where(unsure, 0.0, np.where(voice, 1.0, SILENCE_WEIGHT))
    return Frames(inner & voice, voice, weight * (SYNTHETIC_WEIGHT if clip.is_synthetic else 1.0))


def fit_logistic(features: Floats, truth: Flags, weights: Doubles, penalty: float) -> Doubles:
    """Return the coefficients of a logistic regression, shape (columns + 1,), the intercept last.

    They minimise the weighted log loss plus penalty / 2 times their squares; the intercept is free of penalty.
    """
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-6)
    model.fit(np.asarray(features, dtype=np.float64), truth, sample_weight=weights)
    return np.concatenate([model.coef_[0], model.intercept_])


def balance(truth: Flags, weights: Doubles, share: float) -> Doubles:
    """Return the weights with the true ones scaled to make up a share of all; raises ValueError without any of them."""
    if not weights[truth].sum() or not weights[~truth].sum():
        raise ValueError("examples of both kinds are needed")
    scaled = weights.copy()
    scaled[truth] *= share / (1 - share) * weights[~truth].sum() / weights[truth].sum()
    return scaled


def fitted(encodings: Sequence[Encoding]) -> FillerScorer:
    """The scorer for some encodings. Stretches are judged by frame scores from speakers left out of those frames."""
    measures: list[Floats] = []
    truth: list[bool] = []
    for held_out in folds(encodings):
        frames = _fitted_frames([one for one in encodings if one.clip.speaker not in held_out])
        for one in encodings:
            if one.clip.speaker in held_out:
                judged = stretches(one)
                measures += measured(frames, one, [stretch.span for stretch in judged])
                truth += [stretch.is_filler for stretch in judged]
    final = _fitted_frames(encodings)
    is_filler = np.array(truth)
    weights = balance(is_filler, np.ones(len(truth)), STRETCH_SHARE)
    found = fit_logistic(np.array(measures), is_filler, weights, STRETCH_PENALTY)
    return FillerScorer(final.filters, final.bias, found[:-1].astype(np.float32), float(found[-1]))


def folds(encodings: Sequence[Encoding]) -> list[set[str]]:
    """The speakers dealt into groups, those with most fillers first, so that each group has some."""
    count: dict[str, int] = {}
    for one in encodings:
        count[one.clip.speaker] = count.get(one.clip.speaker, 0) + len(one.clip.fillers)
    ranked = sorted(count, key=lambda speaker: (-count[speaker], speaker))
    return [set(ranked[first::FOLDS]) for first in range(FOLDS)]


def measured(scorer: FillerScorer, encoding: Encoding, spans: Sequence[Span]) -> list[Floats]:
    """What is measured of stretches of a clip, each in the piece that holds most of it."""
    scores = [scorer.scores(piece.encoded[None], 2 * len(piece.encoded)) for piece in encoding.pieces]
    found = []
    for span in spans:
        index = _piece_of(encoding, span)
        start = encoding.pieces[index].start
        found.append(stretch_measures(scores[index], max(0.0, span.start - start), span.end - start))
    return found


def _piece_of(encoding: Encoding, span: Span) -> int:
    def shared(index: int) -> float:
        piece = encoding.pieces[index]
        return span.overlap(Span(piece.start, float(frame_times(piece)[-1])))

    return max(range(len(encoding.pieces)), key=shared)


def _fitted_frames(encodings: Sequence[Encoding]) -> FillerScorer:
    pairs = [(piece, labelled(one, piece)) for one in encodings for piece in one.pieces]
    middle, directions = _directions(
        np.concatenate([piece.encoded[known.voice][::OTHER_STEP] for piece, known in pairs])
    )
    features, truth, weights = [], [], []
    for piece, known in pairs:
        seen = np.asarray((piece.encoded - middle) @ directions, dtype=np.float32)
        used = (known.weight > 0) & (known.filler | (np.arange(len(seen)) % OTHER_STEP == 0))
        features.append(np.concatenate([shifted(seen, shift) for shift in SHIFTS], axis=1)[used])
        truth.append(known.filler[used])
        weights.append(known.weight[used])
    is_filler = np.concatenate(truth)
    weighted = balance(is_filler, np.concatenate(weights), FILLER_SHARE)
    found = fit_logistic(np.concatenate(features), is_filler, weighted, PENALTY)
    filters = (directions @ found[:-1].reshape(len(SHIFTS), -1).T).T
    bias = float(found[-1] - filters.sum(axis=0) @ middle)
    return FillerScorer(filters.astype(np.float32), bias, np.zeros(MEASURES, np.float32), 0.0)


def _directions(frames: Floats) -> tuple[Floats, Floats]:
    """Mean and whitened principal directions, shape (width, COMPONENTS), of frames."""
    middle = frames.mean(axis=0)
    centred = frames - middle
    variance, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    kept = slice(-COMPONENTS, None)
    return middle, np.asarray(directions[:, kept] / np.sqrt(variance[kept]), dtype=np.float32)
