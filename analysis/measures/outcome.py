"""What an answer came to: whether it states a result, a number, a lesson.

Conventions: each is heard or not heard, told by its wording in a sentence without fillers and repetitions; "not heard"
is not "not there". A number counts when it measures something: no years, ordinals, codes, times of day, no small number
in words ("two", "twice"), and only beside a result or a lesson.

Functions: outcome, outcome_count (the measure: 0 to 3, None when nothing was said).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.measures.outcome_patterns import LESSON, RESULT, UNREAL
from analysis.text.clauses import plain, sentences
from analysis.text.number_words import cardinal_words
from analysis.text.word_set import word_set
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind


@dataclass(frozen=True)
class Outcome:
    """Where a result, a number and a lesson were heard; empty: not heard."""

    result: tuple[Span, ...]
    number: tuple[Span, ...]
    lesson: tuple[Span, ...]


_FIGURE = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?(?:%|k|K|M|B|bn|x|X|\+)?(?:[-–]\d[\d,.]*%?)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?")
_AMOUNTS = {word for number in range(10, 100) for word in cardinal_words(number)}
_AMOUNTS |= word_set("hundred thousand million billion hundreds thousands millions dozen dozens percent")
_AMOUNTS |= word_set("doubled tripled quadrupled halved")


def outcome(words: Sequence[Word]) -> Outcome:
    """Where in the words a result, a number and a lesson are stated."""
    said = [word for word in words if word.kind is WordKind.WORD]
    rows = sentences(said)
    return Outcome(
        result=tuple(span for row in rows for span in _matches(row, RESULT) if not _is_unreal(row, span)),
        number=tuple(_numbers(said)),
        lesson=tuple(span for row in rows for span in _matches(row, LESSON)),
    )


def outcome_count(transcript: Transcript) -> int | None:
    """How many of result, number and lesson were heard, 0 to 3; None when no word was said."""
    if not any(word.kind is WordKind.WORD for word in transcript.words):
        return None
    found = outcome(transcript.words)
    if not (found.result or found.lesson):
        return 0  # a number alone may be anything: ten minutes away, two countries
    return sum(map(bool, (found.result, found.number, found.lesson)))


def _matches(row: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[Span]:
    """When the words were said that a pattern finds in the plain text of a sentence."""
    texts = [plain(word) for word in row]
    text = " ".join(texts)
    for found in pattern.finditer(text):
        first, last = text.count(" ", 0, found.start()), text.count(" ", 0, found.end() - 1)
        yield Span(row[first].start, row[last].end)


def _is_unreal(row: Sequence[Word], span: Span) -> bool:
    """Whether one of the three words before, or one inside, says that it did not happen."""
    before = [plain(word) for word in row if word.start < span.start][-3:]
    inside = [plain(word) for word in row if span.start <= word.start < span.end]
    return bool(UNREAL.search(" ".join((*before, *inside))))


def _numbers(words: Sequence[Word]) -> Iterator[Span]:
    start: Word | None = None
    for index, word in enumerate(words):
        measures = _measures(word, words[index - 1] if index else None)
        start = start or (word if measures else None)
        ends = index + 1 == len(words) or not _measures(words[index + 1], word)
        if start and ends:
            yield Span(start.start, word.end)
            start = None


def _measures(word: Word, before: Word | None) -> bool:
    text = word.text.strip(" .,;:!?\"'()")
    if plain(word) in _AMOUNTS or text == "%":
        return True
    if _YEAR.fullmatch(text) or (before is not None and plain(before) in ("number", "version", "level", "grade")):
        return False
    return bool(_FIGURE.fullmatch(text)) and text not in ("1", "0")
