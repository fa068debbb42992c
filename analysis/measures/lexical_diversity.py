"""Lexical diversity: MATTR, the moving-average type-token ratio (Covington & McFall 2010).

Unlike the plain ratio of distinct words to all words, it does not fall as an answer grows longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Source
from analysis.measures.measure import Answer, Family, Measure, Measurement
from analysis.text.clauses import normalise_word
from speech.transcript import Word, WordKind

NAIM = Source("Naim 2015", "Interviewees who used more distinct words were rated higher.", is_evidence=True)
WINDOW_WORDS = 50


def compute_lexical_variety(words: Iterable[Word]) -> float | None:
    """Return the mean share (0 to 1) of distinct words over all windows of 50 words.

    None with fewer than 50 words. Fillers and repetitions are not counted as words.
    """
    texts = [normalise_word(word) for word in words if word.kind is WordKind.WORD]
    texts = [text for text in texts if text]
    windows = len(texts) - WINDOW_WORDS + 1
    if windows < 1:
        return None
    return sum(len(set(texts[start : start + WINDOW_WORDS])) for start in range(windows)) / (windows * WINDOW_WORDS)


def _describe_lexical_variety(answer: Answer) -> Measurement:
    value = compute_lexical_variety(answer.transcript.words)
    if value is None:
        return Measurement(None, f"This needs an answer of {WINDOW_WORDS} words or more.")
    return Measurement(value, f"In any {WINDOW_WORDS} words you used {WINDOW_WORDS * value:.0f} different ones.")


LEXICAL_DIVERSITY: Family = (
    Measure(
        "lexical_variety",
        "Variety of words",
        "share",
        "How many different words you use: the share of different ones in any 50 words in a row.",
        "MATTR-50: mean of distinct words / 50 over every window of 50 words",
        NAIM,
        _describe_lexical_variety,
        decimals=2,
    ),
)
