"""Combine decoder and acoustic evidence for each filled pause (sum of log odds).

The decoder knows the sentence, the scorer the sound; their log odds are added. Candidates that only
the scorer noticed start from a prior: low inside a word, higher where no word covers the speech,
high where the sound follows a silence or stands alone. Their acoustic evidence counts half, because
they were selected for sounding like a filler. The priors and thresholds below are settings that no
script fits; `python -m tests.benchmark truth --ablation` measures what the fusion gains with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import scipy

from speech.asr.coverage import limit_word_extent
from speech.fillers.candidates import FillerCandidate, Scores
from speech.fillers.scorer import FillerScorer
from speech.segment import Segment
from speech.transcript import Word, WordKind

CANDIDATE_SOUND_WEIGHT = 0.5  # of the sound, for moments that were chosen for sounding like a filler
MIN_DECODER_PROBABILITY = (
    0.35  # belief from which the decoder counts as a witness of its own, and the sound in full beside it
)
MAX_PROBABILITY = 0.995  # no single judge is surer than this
PRIOR_WITHOUT_WORD = 0.12  # that a filler-like moment which no word covers is one
PRIOR_ALONE = 0.4  # that a short voice alone between two silences, without a word, is one
PRIOR_OPENING = 0.35  # that such a moment is one where a voice begins after silence and no word has begun
PRIOR_IN_WORD = 0.03  # the same inside a word: a lengthened "the" sounds much like "uh"
MIN_WORD_PROBABILITY = 0.1  # probability below which a word may have been put here for want of a better place
MAX_FILLER_SHIFT_SECONDS = 0.4  # s between a written filler sound and the sound it was written for
MAX_LONE_SECONDS = 0.8  # s that such a voice may last
MIN_SILENCE_SECONDS = 0.2  # s of silence on both sides of it
MAX_OPENING_DELAY_SECONDS = 0.12  # s between a voice's begin and a sound that opens it
MIN_FILLER_DISTANCE_SECONDS = 0.1  # s; a moment this near to a filler that is known already is the same one


def combine_log_odds(belief: float, sound: float, weight: float = 1.0) -> float:
    """Return the probability of a filled pause from two probabilities, by adding their log odds.

    Args:
        belief: The decoder's probability or the prior, 0 to 1.
        sound: The scorer's probability, 0 to 1.
        weight: Factor of the log odds of `sound`.
    """
    return float(scipy.special.expit(_to_log_odds(belief) + weight * _to_log_odds(sound)))


def score_fillers(
    words: Sequence[Word],
    voice: Sequence[Segment],
    sounds: Sequence[FillerCandidate],
    scorer: FillerScorer,
    scores: Scores,
    piece: Segment,
) -> list[Word]:
    """Score the filled pauses of a chunk, and add those that only the sound reveals.

    Args:
        words: The words of the chunk.
        voice: Speech segments of the recording; empty if the decoder was guessing, so that no candidate
            counts as standing alone.
        sounds: Filler-like sounds of the chunk.
        scorer: Gives the acoustic probability.
        scores: The scorer's probability for each 20 ms of the chunk, shape (frames,).
        piece: The chunk.

    Returns:
        All words in time order, with combined probabilities for filled pauses.
    """
    within = [span for span in find_lone_segments(voice) if piece.start <= span.start and span.end <= piece.end]
    alone = [*(sound.span for sound in sounds if sound.is_alone and voice), *within]
    strays = _find_stray_words(words, voice)
    alone = [
        span for span in alone if not any(_measure_gap(span, stray) <= MAX_FILLER_SHIFT_SECONDS for stray in strays)
    ]
    opening = _find_openings(sounds, voice)
    settled = _match_candidates(words, sounds)
    known = [_rescore(_raise_to_prior(word, settled, alone, opening), scorer, scores, piece) for word in settled]
    for span in (*alone, *(sound.span for sound in sounds if not sound.is_alone)):
        prior = _choose_prior(span, known, alone, opening)
        if prior is not None:
            sound = scorer.score_stretch(scores, span.start - piece.start, span.end - piece.start)
            known.append(
                Word(
                    "uh",
                    span.start,
                    span.end,
                    combine_log_odds(prior, sound, CANDIDATE_SOUND_WEIGHT),
                    WordKind.FILLED_PAUSE,
                )
            )
    return sorted(known, key=lambda word: (word.start, word.end))


def _match_candidates(words: Sequence[Word], sounds: Sequence[FillerCandidate]) -> list[Word]:
    """Match each filled pause to the filler-like sound it was written for, and take over its times.

    That is the sound with the largest overlap; otherwise the nearest one that no other filled pause
    overlaps, because the aligner is sometimes a syllable off.
    """
    written = [word for word in words if word.kind is WordKind.FILLED_PAUSE]
    free = [span for span in (sound.span for sound in sounds) if not any(span.overlap(word.span) for word in written)]
    settled = []
    for word in words:
        if word.kind is WordKind.FILLED_PAUSE:
            own = max((sound.span for sound in sounds), key=word.span.overlap, default=None)
            near = min(free, key=lambda span: _measure_gap(span, word.span), default=None)
            if own is not None and own.overlap(word.span) > 0:
                word = replace(word, start=max(word.start, own.start), end=min(word.end, own.end))
            elif near is not None and _measure_gap(near, word.span) <= MAX_FILLER_SHIFT_SECONDS:
                free.remove(near)
                word = replace(word, start=near.start, end=near.end)
        settled.append(word)
    return settled


def _find_stray_words(words: Sequence[Word], voice: Sequence[Segment]) -> list[Segment]:
    """Return words that were written over silence: they belong to the nearest sound that stands alone."""
    spans = [word.span for word in words if word.kind is not WordKind.FILLED_PAUSE]
    return [span for span in spans if not any(stretch.overlap(span) > 0 for stretch in voice)]


def _measure_gap(one: Segment, other: Segment) -> float:
    """Return the seconds between two segments; negative if they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def _find_openings(sounds: Sequence[FillerCandidate], voice: Sequence[Segment]) -> list[Segment]:
    """Return filler-like sounds with which speech begins after silence."""
    edges = [float("-inf"), *(span.end for span in voice)]
    begins = [
        span.start for span, before in zip(voice, edges, strict=False) if span.start - before >= MIN_SILENCE_SECONDS
    ]
    return [
        sound.span
        for sound in sounds
        if any(abs(sound.span.start - begin) <= MAX_OPENING_DELAY_SECONDS for begin in begins)
    ]


def _raise_to_prior(word: Word, words: Sequence[Word], alone: Sequence[Segment], opening: Sequence[Segment]) -> Word:
    """Raise the probability of a filled pause that stands alone, or opens speech, to its prior."""
    if word.kind is not WordKind.FILLED_PAUSE:
        return word
    for spans, prior in ((alone, PRIOR_ALONE), (opening, PRIOR_OPENING)):
        if any(span.overlap(word.span) > 0 and not _has_word(span, words) for span in spans):
            return replace(word, probability=max(word.probability, prior))
    return word


def _has_word(span: Segment, words: Sequence[Word]) -> bool:
    """Return whether a word above MIN_WORD_PROBABILITY overlaps a segment; filled pauses do not count."""
    return any(
        word.kind is not WordKind.FILLED_PAUSE
        and word.probability >= MIN_WORD_PROBABILITY
        and limit_word_extent(word).overlap(span) > 0
        for word in words
    )


def _rescore(word: Word, scorer: FillerScorer, scores: Scores, piece: Segment) -> Word:
    if word.kind is not WordKind.FILLED_PAUSE or not piece.overlap(word.span):
        return word
    sound = scorer.score_stretch(scores, word.start - piece.start, word.end - piece.start)
    weight = 1.0 if word.probability >= MIN_DECODER_PROBABILITY else CANDIDATE_SOUND_WEIGHT
    return replace(word, probability=combine_log_odds(word.probability, sound, weight))


def _choose_prior(
    span: Segment, known: Sequence[Word], alone: Sequence[Segment], opening: Sequence[Segment]
) -> float | None:
    """Return the prior of a candidate that was not written down; None if it is known already or is a word."""
    fillers = [word for word in known if word.kind is WordKind.FILLED_PAUSE]
    apart = 0.0 if span in alone else MIN_FILLER_DISTANCE_SECONDS
    if any(_measure_gap(filler.span, span) < apart for filler in fillers):
        return None
    has_word = _has_word(span, known)
    if span in alone:
        return None if has_word else PRIOR_ALONE
    if has_word:
        return PRIOR_IN_WORD
    return PRIOR_OPENING if span in opening else PRIOR_WITHOUT_WORD


def find_lone_segments(
    voice: Sequence[Segment], longest: float = MAX_LONE_SECONDS, silence: float = MIN_SILENCE_SECONDS
) -> list[Segment]:
    """Return short speech segments with silence on both sides.

    Args:
        voice: Speech segments, in time order.
        longest: Maximum length in seconds.
        silence: Minimum silence on each side, in seconds.
    """
    if not voice:
        return []
    edges = [float("-inf"), *(span.end for span in voice)]
    starts = [*(span.start for span in voice[1:]), float("inf")]
    return [
        span
        for before, span, after in zip(edges[:-1], voice, starts, strict=True)
        if span.duration <= longest and span.start - before >= silence and after - span.end >= silence
    ]


def _to_log_odds(probability: float) -> float:
    return float(scipy.special.logit(min(max(probability, 1 - MAX_PROBABILITY), MAX_PROBABILITY)))
