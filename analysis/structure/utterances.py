"""What is said in one go: sentences, and where no mark ends them, each question and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.structure.question_clauses import find_questions
from analysis.text.clauses import has_sentence_end, split_clauses, split_sentences
from speech.transcript import Word, WordKind

MAX_SENTENCE_WORDS = 30  # recognisers sometimes leave out every mark

Utterance = tuple[Word, ...]


def utterances(words: Sequence[Word]) -> tuple[Utterance, ...]:
    """Return the sentences and questions of an answer in order, without filler sounds and repetitions."""
    said = [word for word in words if word.kind not in (WordKind.FILLED_PAUSE, WordKind.REPETITION)]
    return tuple(utterance for row in split_sentences(said) for utterance in _split(row))


def _split(row: Utterance) -> Iterator[Utterance]:
    """A sentence; a long one, or one without an end, as its questions and the runs of clauses around them."""
    if len(row) <= MAX_SENTENCE_WORDS and has_sentence_end(row[-1]):
        yield row
        return
    ends = {question[-1].start for question in find_questions(row)}
    begins = {question[0].start for question in find_questions(row)}
    part: Utterance = ()
    for clause in split_clauses(row):
        if part and (
            clause[0].start in begins or part[-1].start in ends or len(part) + len(clause) > MAX_SENTENCE_WORDS
        ):
            yield part
            part = ()
        part += clause
    if part:
        yield part
