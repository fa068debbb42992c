"""What somebody said in many answers, sentence by sentence, for finding what returns in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.report import Report
from analysis.text.clauses import plain, sentences
from analysis.text.word_lists import STOP_WORDS
from speech.segment import Span
from speech.transcript import Word, WordKind

ANSWERS = 3  # that something has to be heard in before it is said to return


@dataclass(frozen=True)
class OwnWords:
    """What was said in one answer."""

    attempt: str  # its id
    question: str | None  # its id
    question_text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Use:
    """Where something was said."""

    attempt: str  # the id of the answer
    question: str  # its id, or that of the answer where no question was chosen
    span: Span


@dataclass(frozen=True)
class Sentence:
    """One sentence without filler sounds and repetitions; `texts` are its words, plain, and as many."""

    answer: OwnWords
    words: tuple[Word, ...]
    texts: tuple[str, ...]
    telling: tuple[bool, ...]  # not what everybody needs, and not taken from the question

    def use(self, start: int, length: int) -> Use:
        """When some of its words were said."""
        return use(self.answer, self.words[start : start + length])


def own_words(report: Report, attempt: str) -> OwnWords:
    """The words of a report, under the id of its attempt."""
    question = report.question
    return OwnWords(attempt, question.id if question else None, question.text if question else "", report.words)


def use(answer: OwnWords, words: Sequence[Word]) -> Use:
    """Where one or more neighbouring words were said."""
    return Use(answer.attempt, answer.question or answer.attempt, Span(words[0].start, words[-1].end))


def own_sentences(answers: Iterable[OwnWords]) -> tuple[Sentence, ...]:
    """Every sentence of every answer, in order."""
    return tuple(
        _sentence(answer, sentence)
        for answer in answers
        for sentence in sentences([word for word in answer.words if word.kind is not WordKind.REPETITION])
    )


def returns(uses: Iterable[Use]) -> bool:
    """Whether something was heard in enough answers."""
    return len({use.attempt for use in uses}) >= ANSWERS


def _sentence(answer: OwnWords, said: Sequence[Word]) -> Sentence:
    words = tuple(word for word in said if plain(word))
    common = STOP_WORDS | set(re.findall(r"[a-z']+", answer.question_text.lower()))
    telling = tuple(word.kind is WordKind.FILLER_WORD or plain(word) not in common for word in words)
    return Sentence(answer, words, tuple(plain(word) for word in words), telling)
