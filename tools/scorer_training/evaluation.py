"""Evaluate a scorer on speakers it was not fitted to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.fillers.scorer import FillerScorer
from tools.scorer_training.encodings import ClipEncoding, Flags, Floats
from tools.scorer_training.examples import LabelledStretch, find_stretches
from tools.scorer_training.fitting import label_frames, measure_stretches

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
REPORTED_RECALL = 0.9  # for which false alarms on read speech are told


@dataclass(frozen=True, eq=False)
class JudgedStretch:
    """A stretch of a clip with the probability it was given."""

    clip: str
    stretch: LabelledStretch
    probability: float


@dataclass(frozen=True, eq=False)
class ScorerOutcome:
    """A scorer's results on clips it was not fitted to."""

    scores: Floats  # of voiced frames
    truth: Flags
    judged: tuple[JudgedStretch, ...]
    read_minutes: float

    def __add__(self, other: ScorerOutcome) -> ScorerOutcome:
        return ScorerOutcome(
            np.concatenate([self.scores, other.scores]),
            np.concatenate([self.truth, other.truth]),
            self.judged + other.judged,
            self.read_minutes + other.read_minutes,
        )


def evaluate_scorer(scorer: FillerScorer, encodings: Sequence[ClipEncoding]) -> ScorerOutcome:
    """Score some clips."""
    scores, truth, judged = [np.zeros(0, np.float32)], [np.zeros(0, bool)], []
    for one in encodings:
        for piece in one.pieces:
            known = label_frames(one, piece)
            sure = known.voice & (known.weight > 0)
            scores.append(scorer.score_frames(piece.encoded[None], 2 * len(piece.encoded))[sure])
            truth.append(known.filler[sure])
        asked = find_stretches(one)
        measures = measure_stretches(scorer, one, [stretch.span for stretch in asked])
        for stretch, measure in zip(asked, measures, strict=True):
            judged.append(JudgedStretch(one.clip.name, stretch, scorer.score_measures(measure)))
    seconds = sum(one.clip.recording.duration for one in encodings if _is_read(one.clip.name))
    return ScorerOutcome(np.concatenate(scores), np.concatenate(truth), tuple(judged), seconds / 60)


def _is_read(clip: str) -> bool:
    return clip.startswith("r")


def auc(scores: NDArray[np.floating], truth: Flags) -> float:
    """Return the area under the ROC curve: how often a true item scores above a false one (ties count half)."""
    ordered = np.sort(scores[~truth])
    below = np.searchsorted(ordered, scores[truth], "left") + np.searchsorted(ordered, scores[truth], "right")
    return float(np.mean(below) / 2 / len(ordered))


def format_table(found: ScorerOutcome) -> str:
    """Format the results as Markdown."""
    lines = [f"Voiced frames: AUC {auc(found.scores, found.truth):.4f}."]
    lines += _format_stretch_table(
        "Fillers and words, at the truth's borders", found, lambda one: not one.stretch.is_lone
    )
    lines += _format_stretch_table("Lone voice between silences", found, lambda one: one.stretch.is_lone)
    return "\n".join([*lines, "", _describe_read_speech(found), ""])


def _format_stretch_table(title: str, found: ScorerOutcome, chosen: Callable[[JudgedStretch], bool]) -> list[str]:
    judged = [one for one in found.judged if chosen(one)]
    given = np.array([one.probability for one in judged])
    truth = np.array([one.stretch.is_filler for one in judged])
    lines = ["", f"{title}: {truth.sum()} fillers, {(~truth).sum()} others, AUC {auc(given, truth):.3f}.", ""]
    lines += ["| threshold | precision | recall | F1 | false |", "| --- | --- | --- | --- | --- |"]
    for threshold in THRESHOLDS:
        said = given >= threshold
        right, false = int((said & truth).sum()), int((said & ~truth).sum())
        precision = f"{right / (right + false):.2f}" if right + false else "-"
        score = 2 * right / (right + false + truth.sum())
        lines.append(f"| {threshold} | {precision} | {right / truth.sum():.2f} | {score:.2f} | {false} |")
    return lines


def _describe_read_speech(found: ScorerOutcome) -> str:
    at_borders = [one for one in found.judged if not one.stretch.is_lone]
    threshold = float(
        np.quantile([one.probability for one in at_borders if one.stretch.is_filler], 1 - REPORTED_RECALL)
    )
    false = sum(one.probability >= threshold for one in found.judged if _is_read(one.clip))
    return (
        f"At the threshold with {REPORTED_RECALL:.0%} recall ({threshold:.2f}): "
        f"{false / found.read_minutes:.2f} false a minute in {found.read_minutes:.1f} minutes of read speech."
    )


def describe_worst(found: ScorerOutcome, count: int = 12) -> str:
    """List the words most taken for fillers and the fillers most missed."""
    ranked = sorted(found.judged, key=lambda one: abs(one.stretch.is_filler - one.probability), reverse=True)
    return "\n".join(
        f"{one.probability:.2f} {one.clip} {one.stretch.span} {one.stretch.text}"
        f"{' (lone)' if one.stretch.is_lone else ''}"
        for one in ranked[:count]
    )
