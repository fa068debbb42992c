"""How varied the words of an answer are: MATTR, the moving-average type-token ratio (Covington & McFall 2010).

Unlike the plain ratio of distinct to all words, it does not fall as an answer grows longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Source
from analysis.measures.measure import Answer, Family, Measure, Measured
from analysis.text.clauses import plain
from speech.transcript import Word, WordKind

NAIM = Source("Naim 2015", "Interviewees who used more distinct words were rated higher.", is_evidence=True)
WINDOW_WORDS = 50


def compute_lexical_variety(words: Iterable[Word]) -> float | None:
    """Return the mean share (0 to 1) of distinct words in every 50 in a row; None with fewer words.

    Fillers and repetitions are no words here.
    """
    texts = [plain(word) for word in words if word.kind is WordKind.WORD]
    texts = [text for text in texts if text]
    windows = len(texts) - WINDOW_WORDS + 1
    if windows < 1:
        return None
    return sum(len(set(texts[start : start + WINDOW_WORDS])) for start in range(windows)) / (windows * WINDOW_WORDS)


def _describe_lexical_variety(answer: Answer) -> Measured:
    value = compute_lexical_variety(answer.transcript.words)
    if value is None:
        return Measured(None, f"Variety needs an answer of {WINDOW_WORDS} words or more.")
    return Measured(value, f"Of any {WINDOW_WORDS} words in a row, {WINDOW_WORDS * value:.0f} are different.")


LEXICAL_DIVERSITY: Family = (
    Measure(
        "lexical_variety",
        "Variety of words",
        "share",
        "Which share of any 50 words in a row are different words, averaged over the answer.",
        "MATTR-50: mean of distinct words / 50 over every window of 50 words",
        NAIM,
        _describe_lexical_variety,
        decimals=2,
    ),
)
