"""Collect the sentences of many answers, to find recurring phrases in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.report import Report
from analysis.text.clauses import normalise_word, split_sentences
from analysis.text.word_lists import STOP_WORDS
from speech.segment import Segment
from speech.transcript import Word, WordKind

MIN_ANSWERS_TO_RECUR = 3  # that something has to be heard in before it is said to return


@dataclass(frozen=True)
class SpokenAnswer:
    """The words of one answer."""

    attempt: str  # its id
    question: str | None  # its id
    question_text: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class PhraseUse:
    """Where and when something was said."""

    attempt: str  # the id of the answer
    question: str  # its id, or that of the answer where no question was chosen
    span: Segment


@dataclass(frozen=True)
class Sentence:
    """One sentence without filler sounds and repetitions; `texts` has the plain text of each of its words."""

    answer: SpokenAnswer
    words: tuple[Word, ...]
    texts: tuple[str, ...]
    telling: tuple[bool, ...]  # not what everybody needs, and not taken from the question

    def locate_use(self, start: int, length: int) -> PhraseUse:
        """Return where and when `length` of its words from index `start` were said."""
        return locate_words(self.answer, self.words[start : start + length])


def extract_spoken_answer(report: Report, attempt: str) -> SpokenAnswer:
    """Return the words of a report under the id of its attempt."""
    question = report.question
    return SpokenAnswer(attempt, question.id if question else None, question.text if question else "", report.words)


def locate_words(answer: SpokenAnswer, words: Sequence[Word]) -> PhraseUse:
    """Return where and when one or more neighbouring words were said."""
    return PhraseUse(answer.attempt, answer.question or answer.attempt, Segment(words[0].start, words[-1].end))


def list_spoken_sentences(answers: Iterable[SpokenAnswer]) -> tuple[Sentence, ...]:
    """Return every sentence of every answer, in order."""
    return tuple(
        _build_sentence(answer, sentence)
        for answer in answers
        for sentence in split_sentences([word for word in answer.words if word.kind is not WordKind.REPETITION])
    )


def is_recurring(uses: Iterable[PhraseUse]) -> bool:
    """Return whether the uses are in at least MIN_ANSWERS_TO_RECUR different answers."""
    return len({use.attempt for use in uses}) >= MIN_ANSWERS_TO_RECUR


def _build_sentence(answer: SpokenAnswer, said: Sequence[Word]) -> Sentence:
    words = tuple(word for word in said if normalise_word(word))
    common = STOP_WORDS | set(re.findall(r"[a-z']+", answer.question_text.lower()))
    telling = tuple(word.kind is WordKind.DISCOURSE_MARKER or normalise_word(word) not in common for word in words)
    return Sentence(answer, words, tuple(normalise_word(word) for word in words), telling)
