"""Weighing what the decoder believes of a hesitation against what the sound says.

The decoder knows the sentence, the scorer the sound; their log odds are added. Moments that only the scorer noticed
start from how often such a moment is a filler: seldom inside a word, more often where voice has no word at all, often
where the sound opens a voice or stands alone; the sound counts half there: they were chosen for sounding like one.
These priors and the borders below are settings that no script fits; `python -m tests.benchmark truth --ablation` tells
what the weighing earns with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import scipy

from speech.asr.coverage import reach
from speech.fillers.candidates import Island, Scores
from speech.fillers.scorer import FillerScorer
from speech.segment import Span
from speech.transcript import Word, WordKind

CHOSEN_WEIGHT = 0.5  # of the sound, for moments that were chosen for sounding like a filler
WRITTEN = 0.35  # belief from which the decoder counts as a witness of its own, and the sound in full beside it
SUREST = 0.995  # no single judge is surer than this
PRIOR_WITHOUT_WORD = 0.12  # that a filler-like moment which no word covers is one
PRIOR_ALONE = 0.4  # that a short voice alone between two silences, without a word, is one
PRIOR_OPENING = 0.35  # that such a moment is one where a voice begins after silence and no word has begun
PRIOR_IN_WORD = 0.03  # the same inside a word: a lengthened "the" sounds much like "uh"
DOUBTED = 0.1  # probability below which a word may have been put here for want of a better place
WITHIN_REACH = 0.4  # s between a written filler sound and the sound it was written for
ALONE = 0.8  # s that such a voice may last
SILENCE = 0.2  # s of silence on both sides of it
OPENING = 0.12  # s between a voice's begin and a sound that opens it
SAME = 0.1  # s; a moment this near to a filler that is known already is the same one


def combined(belief: float, sound: float, weight: float = 1.0) -> float:
    """Probability of a filler from a belief and the sound's, both 0 to 1."""
    return float(scipy.special.expit(_log_odds(belief) + weight * _log_odds(sound)))


def weighed(
    words: Sequence[Word],
    voice: Sequence[Span],
    sounds: Sequence[Island],
    scorer: FillerScorer,
    scores: Scores,
    piece: Span,
) -> list[Word]:
    """The words of a piece, each filler sound with its probability from both, and the moments only the sound told.

    Without `voice`, as where the decoder was guessing, nothing counts as standing alone.
    """
    within = [span for span in lone(voice) if piece.start <= span.start and span.end <= piece.end]
    alone = [*(sound.span for sound in sounds if sound.is_alone and voice), *within]
    strays = _strays(words, voice)
    alone = [span for span in alone if not any(_apart(span, stray) <= WITHIN_REACH for stray in strays)]
    opening = _opening(sounds, voice)
    settled = _settled(words, sounds)
    known = [_reweighed(_on_its_own(word, settled, alone, opening), scorer, scores, piece) for word in settled]
    for span in (*alone, *(sound.span for sound in sounds if not sound.is_alone)):
        prior = _prior(span, known, alone, opening)
        if prior is not None:
            sound = scorer.stretch_probability(scores, span.start - piece.start, span.end - piece.start)
            known.append(Word("uh", span.start, span.end, combined(prior, sound, CHOSEN_WEIGHT), WordKind.FILLER_SOUND))
    return sorted(known, key=lambda word: (word.start, word.end))


def _settled(words: Sequence[Word], sounds: Sequence[Island]) -> list[Word]:
    """The words, each filler sound within the filler-like sound it was written for.

    That is the one it shares most time with; else the nearest within reach that no other one overlaps, for the aligner
    is now and then a syllable off.
    """
    written = [word for word in words if word.kind is WordKind.FILLER_SOUND]
    free = [span for span in (sound.span for sound in sounds) if not any(span.overlap(word.span) for word in written)]
    settled = []
    for word in words:
        if word.kind is WordKind.FILLER_SOUND:
            own = max((sound.span for sound in sounds), key=word.span.overlap, default=None)
            near = min(free, key=lambda span: _apart(span, word.span), default=None)
            if own is not None and own.overlap(word.span) > 0:
                word = replace(word, start=max(word.start, own.start), end=min(word.end, own.end))
            elif near is not None and _apart(near, word.span) <= WITHIN_REACH:
                free.remove(near)
                word = replace(word, start=near.start, end=near.end)
        settled.append(word)
    return settled


def _strays(words: Sequence[Word], voice: Sequence[Span]) -> list[Span]:
    """Words written over silence: the nearest sound that stands alone is theirs."""
    spans = [word.span for word in words if word.kind is not WordKind.FILLER_SOUND]
    return [span for span in spans if not any(stretch.overlap(span) > 0 for stretch in voice)]


def _apart(one: Span, other: Span) -> float:
    """Seconds between two spans; below 0 where they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def _opening(sounds: Sequence[Island], voice: Sequence[Span]) -> list[Span]:
    """Filler-like sounds with which a voice begins after silence."""
    edges = [float("-inf"), *(span.end for span in voice)]
    begins = [span.start for span, before in zip(voice, edges, strict=False) if span.start - before >= SILENCE]
    return [sound.span for sound in sounds if any(abs(sound.span.start - begin) <= OPENING for begin in begins)]


def _on_its_own(word: Word, words: Sequence[Word], alone: Sequence[Span], opening: Sequence[Span]) -> Word:
    """A filler sound that is all there is in a voice between silences, or opens one, is at least so likely."""
    if word.kind is not WordKind.FILLER_SOUND:
        return word
    for spans, prior in ((alone, PRIOR_ALONE), (opening, PRIOR_OPENING)):
        if any(span.overlap(word.span) > 0 and not _has_word(span, words) for span in spans):
            return replace(word, probability=max(word.probability, prior))
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
    weight = 1.0 if word.probability >= WRITTEN else CHOSEN_WEIGHT
    return replace(word, probability=combined(word.probability, sound, weight))


def _prior(span: Span, known: Sequence[Word], alone: Sequence[Span], opening: Sequence[Span]) -> float | None:
    """How often such a moment is a filler that was not written down; None where it is known already or has a word."""
    fillers = [word for word in known if word.kind is WordKind.FILLER_SOUND]
    apart = 0.0 if span in alone else SAME
    if any(_apart(filler.span, span) < apart for filler in fillers):
        return None
    has_word = _has_word(span, known)
    if span in alone:
        return None if has_word else PRIOR_ALONE
    if has_word:
        return PRIOR_IN_WORD
    return PRIOR_OPENING if span in opening else PRIOR_WITHOUT_WORD


def lone(voice: Sequence[Span], longest: float = ALONE, silence: float = SILENCE) -> list[Span]:
    """Voiced stretches of at most `longest` seconds with at least so many seconds of silence on both sides."""
    if not voice:
        return []
    edges = [float("-inf"), *(span.end for span in voice)]
    starts = [*(span.start for span in voice[1:]), float("inf")]
    return [
        span
        for before, span, after in zip(edges[:-1], voice, starts, strict=True)
        if span.duration <= longest and span.start - before >= silence and after - span.end >= silence
    ]


def _log_odds(probability: float) -> float:
    return float(scipy.special.logit(min(max(probability, 1 - SUREST), SUREST)))
