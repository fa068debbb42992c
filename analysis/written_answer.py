"""A written answer read as if it had been said: its words with their kinds, what it contains, hedges and repetitions.

There are no numbers of speech: nobody said it. The words get times of an even pace, so that the rules for early answers
and for the place of a clause work as on speech; pauses there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.measures.fillers.labelling import find_filler_uses, label_filler_words
from analysis.measures.fillers.own_fillers import normalise_phrases
from analysis.measures.hedges import find_hedges
from analysis.measures.repetition import find_repetitions, label_repetitions
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.closing import ADVISED_AGAINST
from analysis.structure.element import ElementState
from analysis.structure.expected_structure import ExpectedStructure, find_expected_structure, is_clarifying_expected
from analysis.structure.report_lines import ElementLine
from analysis.structure.understanding import CLOSING, AnswerContent, Content, understand
from analysis.wording import format_count
from speech.fillers.filled_pauses import find_filled_pauses
from speech.segment import Segment
from speech.transcript import Word, WordKind

SECONDS_PER_WORD = 0.4  # 150 words a minute, the middle of the band of the speaking rate
TITLE = "What your answer includes"
CAVEAT = "Read from the words alone, so it can miss things you say in other words."
_STORY = (Content.SITUATION, Content.TASK, Content.ACTION, Content.RESULT, Content.NUMBER, Content.LESSON)
_PROJECT = (Content.PROBLEM, Content.DATA, Content.TOOLS, Content.RESULTS, Content.NUMBER, Content.LESSON)
_PARTS = {ExpectedStructure.STORY: _STORY, ExpectedStructure.PROJECT: _PROJECT}
_BETTER_LEFT_OUT = {Content(check.value) for check in ADVISED_AGAINST}
STATES = {ElementState.HEARD: "heard", ElementState.POSSIBLE: "possible", ElementState.NOT_HEARD: "not_heard"}


@dataclass(frozen=True)
class WrittenAnswer:
    """What was read in a written answer; spans are those that its words would have at an even pace."""

    words: tuple[Word, ...]  # with their kinds
    content: AnswerContent
    hedges: tuple[Segment, ...]
    repetitions: tuple[Segment, ...]
    filler_words: tuple[Segment, ...]


def read_text(text: str, question: AskedQuestion | None = None, own_filler_words: Sequence[str] = ()) -> WrittenAnswer:
    """Return what a written answer holds; of a text without words nothing.

    Args:
        text: the answer as it was written.
        question: what it answers; without it nobody can say whether it answers early.
        own_filler_words: further words and phrases to count as fillers.
    """
    own = normalise_phrases(own_filler_words)
    words = label_repetitions(label_filler_words(split_words(text), own))
    return WrittenAnswer(
        words=words,
        content=understand(words, question),
        hedges=find_hedges(words),
        repetitions=find_repetitions(words),
        filler_words=find_filler_uses(words, own),
    )


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text with times of an even pace; filler sounds have their kind."""
    tokens: list[str] = []
    for token in text.split():
        if re.search(r"\w", token):
            tokens.append(token)
        elif tokens:  # a dash or dots between spaces belong to the word before; "-" after a word would cut it off
            tokens[-1] += "—" if set(token) <= set("-–—") else token
    return tuple(
        Word(
            token,
            place * SECONDS_PER_WORD,
            (place + 1) * SECONDS_PER_WORD,
            1.0,
            WordKind.FILLED_PAUSE if is_filler else WordKind.WORD,
        )
        for place, (token, is_filler) in enumerate(zip(tokens, find_filled_pauses(tokens), strict=True))
    )


def written_answer_to_json(answer: WrittenAnswer) -> dict[str, object]:
    """Return a written answer as JSON values: words, elements, counts of hedges and repetitions, questions asked."""
    return {
        "words": [{"text": word.text, "kind": word.kind.value} for word in answer.words],
        "elements": [
            {"key": content.value, "state": STATES[found.state], "text": found.sentence or ""}
            for content, found in answer.content.elements.items()
        ],
        "hedges": len(answer.hedges),
        "repetitions": len(answer.repetitions),
        "questions": [asked.sentence for asked in answer.content.questions],
    }


def list_draft_lines(answer: WrittenAnswer, question: AskedQuestion | None) -> tuple[ElementLine, ...]:
    """Return a line for each thing the question calls for; without a question for each that is there or possible."""
    return tuple(
        ElementLine(answer.content.elements[content], is_advised_against=content in _BETTER_LEFT_OUT)
        for content in _list_contents(answer, question)
    )


def describe_manner(answer: WrittenAnswer) -> str:
    """Return what softens, repeats or fills in an answer, and how many questions it asks, in a line."""
    return ", ".join(
        (
            format_count(len(answer.hedges), "softening word or phrase", "softening words or phrases"),
            format_count(len(answer.repetitions), "repetition"),
            format_count(len(answer.filler_words), "filler word"),
            format_count(len(answer.content.questions), "question"),
        )
    )


def _list_contents(answer: WrittenAnswer, question: AskedQuestion | None) -> Iterator[Content]:
    if question is None:
        there = (key for key in Content if answer.content.state(key) is not ElementState.NOT_HEARD)
        # A story and a project have the same result; one line says it.
        yield from (key for key in there if key is not Content.RESULTS)
        return
    if question.kind is QuestionKind.CLOSING:
        yield from CLOSING
        return
    yield Content.EARLY_ANSWER
    listened = find_expected_structure(question)
    yield from _PARTS[listened] if listened else ()
    if is_clarifying_expected(question):
        yield Content.CLARIFYING
