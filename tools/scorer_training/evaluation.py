"""How well a scorer does on speakers it was not fitted to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.fillers.scorer import FillerScorer
from tools.scorer_training.encodings import Encoding, Flags, Floats
from tools.scorer_training.examples import Stretch, stretches
from tools.scorer_training.fitting import labelled, measured

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
RECALL = 0.9  # for which false alarms on read speech are told


@dataclass(frozen=True, eq=False)
class Judged:
    """A stretch of a clip and the probability it was given."""

    clip: str
    stretch: Stretch
    probability: float


@dataclass(frozen=True, eq=False)
class Outcome:
    """Everything a scorer said about clips it did not know."""

    scores: Floats  # of voiced frames
    truth: Flags
    judged: tuple[Judged, ...]
    read_minutes: float

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            np.concatenate([self.scores, other.scores]),
            np.concatenate([self.truth, other.truth]),
            self.judged + other.judged,
            self.read_minutes + other.read_minutes,
        )


def outcome(scorer: FillerScorer, encodings: Sequence[Encoding]) -> Outcome:
    """What a scorer says about some clips."""
    scores, truth, judged = [np.zeros(0, np.float32)], [np.zeros(0, bool)], []
    for one in encodings:
        for piece in one.pieces:
            known = labelled(one, piece)
            sure = known.voice & (known.weight > 0)
            scores.append(scorer.scores(piece.encoded[None], 2 * len(piece.encoded))[sure])
            truth.append(known.filler[sure])
        asked = stretches(one)
        measures = measured(scorer, one, [stretch.span for stretch in asked])
        for stretch, measure in zip(asked, measures, strict=True):
            judged.append(Judged(one.clip.name, stretch, scorer.judged(measure)))
    seconds = sum(one.clip.recording.duration for one in encodings if _is_read(one.clip.name))
    return Outcome(np.concatenate(scores), np.concatenate(truth), tuple(judged), seconds / 60)


def _is_read(clip: str) -> bool:
    return clip.startswith("r")


def auc(scores: NDArray[np.floating], truth: Flags) -> float:
    """Area under the receiver operating curve: how often a true one scores above a false one (ties half)."""
    ordered = np.sort(scores[~truth])
    below = np.searchsorted(ordered, scores[truth], "left") + np.searchsorted(ordered, scores[truth], "right")
    return float(np.mean(below) / 2 / len(ordered))


def table(found: Outcome) -> str:
    """The figures as Markdown."""
    lines = [f"Voiced frames: AUC {auc(found.scores, found.truth):.4f}."]
    lines += _stretch_table("Fillers and words, at the truth's borders", found, lambda one: not one.stretch.is_lone)
    lines += _stretch_table("Lone voice between silences", found, lambda one: one.stretch.is_lone)
    return "\n".join([*lines, "", _read_line(found), ""])


def _stretch_table(title: str, found: Outcome, chosen: Callable[[Judged], bool]) -> list[str]:
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


def _read_line(found: Outcome) -> str:
    at_borders = [one for one in found.judged if not one.stretch.is_lone]
    threshold = float(np.quantile([one.probability for one in at_borders if one.stretch.is_filler], 1 - RECALL))
    false = sum(one.probability >= threshold for one in found.judged if _is_read(one.clip))
    return (
        f"At the threshold with {RECALL:.0%} recall ({threshold:.2f}): {false / found.read_minutes:.2f} false a minute "
        f"in {found.read_minutes:.1f} minutes of read speech."
    )


def worst(found: Outcome, count: int = 12) -> str:
    """The words most taken for fillers and the fillers least heard, for a closer look."""
    ranked = sorted(found.judged, key=lambda one: abs(one.stretch.is_filler - one.probability), reverse=True)
    return "\n".join(
        f"{one.probability:.2f} {one.clip} {one.stretch.span} {one.stretch.text}"
        f"{' (lone)' if one.stretch.is_lone else ''}"
        for one in ranked[:count]
    )
