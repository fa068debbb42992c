"""How varied the words of an answer are: MATTR, the moving-average type-token ratio (Covington & McFall 2010).

Unlike the plain ratio of distinct to all words, it does not fall as an answer grows longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.text.clauses import plain
from speech.transcript import Word, WordKind

WINDOW = 50  # words


def lexical_variety(words: Iterable[Word]) -> float | None:
    """Mean share (0 to 1) of distinct words in every 50 in a row, without fillers and repetitions; None below 50."""
    texts = [plain(word) for word in words if word.kind is WordKind.WORD]
    texts = [text for text in texts if text]
    windows = len(texts) - WINDOW + 1
    if windows < 1:
        return None
    return sum(len(set(texts[start : start + WINDOW])) for start in range(windows)) / (windows * WINDOW)
