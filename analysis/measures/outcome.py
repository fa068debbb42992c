"""What an answer came to: whether it states a result, a number, a lesson.

Conventions: each is heard or not heard, told by its wording in a sentence without fillers and repetitions; "not heard"
is not "not there". A number counts when it measures something: no years, ordinals, codes, times of day, no small number
in words ("two", "twice"), and only beside a result or a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_END,
    NO_WORDS,
    Answer,
    Family,
    Goal,
    Measure,
    Measured,
    Remedy,
    Theme,
)
from analysis.question import QuestionKind
from analysis.structure.outcome_wording import LESSON, RESULT, UNREAL
from analysis.text.clauses import plain, sentences
from analysis.text.number_words import cardinal_words
from analysis.text.word_lists import word_set
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

ACCOMPLISHMENTS = Source(
    "Interview guides", "Tie answers to accomplishments and say what your results were.", is_evidence=False
)


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


def find_outcome(words: Sequence[Word]) -> Outcome:
    """Return where in the words a result, a number and a lesson are stated."""
    said = [word for word in words if word.kind is WordKind.WORD]
    rows = sentences(said)
    return Outcome(
        result=tuple(span for row in rows for span in _matches(row, RESULT) if not _is_unreal(row, span)),
        number=tuple(_numbers(said)),
        lesson=tuple(span for row in rows for span in _matches(row, LESSON)),
    )


def compute_outcome(transcript: Transcript) -> int | None:
    """Return how many of result, number and lesson were heard, 0 to 3; None when no word was said."""
    if not any(word.kind is WordKind.WORD for word in transcript.words):
        return None
    found = find_outcome(transcript.words)
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


def _describe_outcome(answer: Answer) -> Measured:
    value = compute_outcome(answer.transcript)
    if value is None:
        return Measured(None, NO_WORDS)
    found = find_outcome(answer.transcript.words)
    kinds = (("a result", found.result), ("a number", found.number), ("a lesson", found.lesson))
    heard = ", ".join(name for name, spans in kinds if spans) if value else "neither a result nor a lesson"
    missing = ", ".join(name for name, spans in kinds if not spans)
    detail = f"Heard: {heard}." + (f" Not heard: {missing}." if value and missing else "")
    return Measured(value, detail, moments=tuple(sorted(found.result + found.number + found.lesson)) if value else ())


def _state_outcome(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("one sentence that says what came of it, with a number or what was learnt", low=bound)


OUTCOME: Family = (
    Measure(
        "outcome",
        "Outcome stated",
        "of 3",
        "Whether a result or a lesson learnt was heard in the answer, and a number with it. Told by wording alone: "
        "what is worded unusually is not heard.",
        "count of the kinds heard: result, number, lesson; 0 without a result or a lesson",
        ACCOMPLISHMENTS,
        _describe_outcome,
        band=Band(fine=(1, None), watch=NO_END, source=COACHING_ADVICE),
        band_by_kind={QuestionKind.CLOSING: None},  # one's own questions to the interviewer have no result to tell
        priority=50,
        theme=Theme.CONCISE,
        praise="The answer says what came of it",
        if_below=Remedy(_state_outcome, "End with what came of it."),
    ),
)
