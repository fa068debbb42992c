"""Weighing what the decoder believes of a hesitation against what the sound says.

The decoder knows the sentence, the scorer the sound; their log odds are added, the sound's at half weight, since the
stretches it judges were chosen for sounding like a filler. Moments that only the scorer noticed start from how often
such a moment is a filler: seldom inside a word, more often where voice has no word at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from speech.coverage import reach
from speech.filler_scorer import CLEAR, FillerScorer
from speech.recogniser import TOKEN_STEP
from speech.span import Span
from speech.transcript import Word, WordKind

SOUND_WEIGHT = 0.5
SUREST = 0.995  # no single judge is surer than this
PRIOR_WITHOUT_WORD = 0.12  # that a filler-like moment which no word covers is one
PRIOR_IN_WORD = 0.03  # the same inside a word: a lengthened "the" sounds much like "uh"
SHORTEST_RUN = 5  # frames, 0.1 s
LONGEST_DIP = 3  # frames, 0.06 s, that do not end a run
SAME = 0.1  # s; a moment this near to a filler that is known already is the same one

Scores = NDArray[np.float32]


def combined(belief: float, sound: float) -> float:
    """Probability of a filler from the decoder's belief and the sound's, both 0 to 1."""
    odds = _log_odds(belief) + SOUND_WEIGHT * _log_odds(sound)
    return 1 / (1 + exp(-odds))


def weighed(words: Sequence[Word], scorer: FillerScorer, scores: Scores, piece: Span) -> list[Word]:
    """The words of a piece, each filler sound with its probability from both, and the moments only the sound told."""
    known = [_reweighed(word, scorer, scores, piece) for word in words]
    return sorted([*known, *_noticed(known, scorer, scores, piece)], key=lambda word: (word.start, word.end))


def _reweighed(word: Word, scorer: FillerScorer, scores: Scores, piece: Span) -> Word:
    if word.kind is not WordKind.FILLER_SOUND or not piece.overlap(word.span):
        return word
    sound = scorer.stretch_probability(scores, word.start - piece.start, word.end - piece.start)
    return replace(word, probability=combined(word.probability, sound))


def _noticed(words: Sequence[Word], scorer: FillerScorer, scores: Scores, piece: Span) -> list[Word]:
    fillers = [word for word in words if word.kind is WordKind.FILLER_SOUND]
    noticed = []
    for begin, end in runs(scores):
        start, stop = piece.start + begin, min(piece.start + end, piece.end)
        if any(filler.start - SAME < stop and filler.end + SAME > start for filler in fillers):
            continue
        inside = any(reach(word).overlap(Span(start, stop)) > 0 for word in words)
        prior = PRIOR_IN_WORD if inside else PRIOR_WITHOUT_WORD
        probability = combined(prior, scorer.stretch_probability(scores, begin, end))
        noticed.append(Word("uh", start, stop, probability, WordKind.FILLER_SOUND))
    return noticed


def runs(scores: Scores) -> list[tuple[float, float]]:
    """Stretches of frames that sound like a filler, in seconds from the window's start."""
    clear = scores >= CLEAR
    found = []
    frame = 0
    while frame < len(clear):
        end = frame
        while end < len(clear) and clear[end : end + LONGEST_DIP].any():
            end += 1
        if end - frame >= SHORTEST_RUN:
            found.append((frame * TOKEN_STEP, end * TOKEN_STEP))
        frame = max(end, frame + 1)
    return found


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1 - SUREST), SUREST)
    return log(bounded / (1 - bounded))
