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
PRIOR_ALONE = 0.5  # that a short voice alone between two silences, without a word, is one
PRIOR_IN_WORD = 0.03  # the same inside a word: a lengthened "the" sounds much like "uh"
DOUBTED = 0.1  # probability below which a word may have been put here for want of a better place
ALONE = 0.8  # s that such a voice may last
SILENCE = 0.2  # s of silence on both sides of it
SHORTEST_RUN = 5  # frames, 0.1 s
LONGEST_DIP = 3  # frames, 0.06 s, that do not end a run
SAME = 0.1  # s; a moment this near to a filler that is known already is the same one

Scores = NDArray[np.float32]


def combined(belief: float, sound: float) -> float:
    """Probability of a filler from the decoder's belief and the sound's, both 0 to 1."""
    odds = _log_odds(belief) + SOUND_WEIGHT * _log_odds(sound)
    return 1 / (1 + exp(-odds))


def weighed(
    words: Sequence[Word], voice: Sequence[Span], scorer: FillerScorer, scores: Scores, piece: Span
) -> list[Word]:
    """The words of a piece, each filler sound with its probability from both, and the moments only the sound told."""
    alone = [span for span in lone(voice) if piece.start <= span.start and span.end <= piece.end]
    known = [_reweighed(_on_its_own(word, words, alone), scorer, scores, piece) for word in words]
    heard = [Span(piece.start + begin, min(piece.start + end, piece.end)) for begin, end in runs(scores)]
    for span in (*alone, *heard):
        prior = _prior(span, known, alone)
        if prior is not None:
            sound = scorer.stretch_probability(scores, span.start - piece.start, span.end - piece.start)
            known.append(Word("uh", span.start, span.end, combined(prior, sound), WordKind.FILLER_SOUND))
    return sorted(known, key=lambda word: (word.start, word.end))


def _on_its_own(word: Word, words: Sequence[Word], alone: Sequence[Span]) -> Word:
    """A filler sound that is all there is in a short voice alone between silences is at least as likely as not."""
    if word.kind is not WordKind.FILLER_SOUND:
        return word
    for span in alone:
        if span.overlap(word.span) > 0 and not _has_word(span, words):
            return replace(word, probability=max(word.probability, PRIOR_ALONE))
    return word


def _has_word(span: Span, words: Sequence[Word]) -> bool:
    """Whether a word that is more than a guess reaches into a stretch; filler sounds are none."""
    return any(
        word.kind is not WordKind.FILLER_SOUND and word.probability >= DOUBTED and reach(word).overlap(span) > 0
        for word in words
    )


def _reweighed(word: Word, scorer: FillerScorer, scores: Scores, piece: Span) -> Word:
    if word.kind is not WordKind.FILLER_SOUND or not piece.overlap(word.span):
        return word
    sound = scorer.stretch_probability(scores, word.start - piece.start, word.end - piece.start)
    return replace(word, probability=combined(word.probability, sound))


def _prior(span: Span, known: Sequence[Word], alone: Sequence[Span]) -> float | None:
    """How often such a moment is a filler that was not written down; None where it is known already or has a word."""
    fillers = [word for word in known if word.kind is WordKind.FILLER_SOUND]
    if any(filler.start - SAME < span.end and filler.end + SAME > span.start for filler in fillers):
        return None
    has_word = _has_word(span, known)
    if span in alone:
        return None if has_word else PRIOR_ALONE
    return PRIOR_IN_WORD if has_word else PRIOR_WITHOUT_WORD


def lone(voice: Sequence[Span]) -> list[Span]:
    """Short voiced stretches with silence on both sides."""
    if not voice:
        return []
    edges = [-SILENCE, *(span.end for span in voice)]
    starts = [*(span.start for span in voice[1:]), float("inf")]
    return [
        span
        for before, span, after in zip(edges[:-1], voice, starts, strict=True)
        if span.duration <= ALONE and span.start - before >= SILENCE and after - span.end >= SILENCE
    ]


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
