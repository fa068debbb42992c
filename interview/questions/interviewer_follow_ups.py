"""What an interviewer asks on after an answer, by what was heard in it and what was not.

Only what was surely not heard is asked for: where something is possible, a listener would not ask. Questions about
oneself, one's motives and the closing minutes have none; so has an answer of a few words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.question import AskedQuestion
from analysis.structure.element import Element, ElementState
from analysis.structure.expected_structure import ExpectedStructure, find_expected_structure
from analysis.structure.model.features import ReadClause, read_clauses
from analysis.structure.understanding import AnswerContent, Content, understand
from analysis.text.word_lists import make_word_set
from content.interviewer_follow_ups import InterviewerFollowUp, load_interviewer_follow_ups
from speech.transcript import Word

MAX_FOLLOW_UPS = 2  # after one answer
MIN_WORDS = 8  # fewer are hardly an answer, and "I don't know" has been said already
MIN_WE_DEEDS = 2  # clauses in which "we" did something, and none in which "I" did
GAP_SECONDS = 1.0  # between an answer and its follow-up, when they are read as one
_CHANGED = re.compile(
    r"\b(?:more|less|fewer|faster|quicker|shorter|longer|slower|cheaper|smaller|larger|bigger|higher|lower|better"
    r"|r[io]se|risen|f[ae]ll|fallen|gr[eo]w|grown|cut|saved?|gain(?:ed)?|doubled|dropped|increased?|decreased?"
    r"|reduced?|improved|climbed|shrank|went (?:up|down)|came down|gone (?:up|down)|a lot|a good deal|much)\b"
)
_TIMELESS = make_word_set("let put set cut hit shut quit split spread cost read reset")  # past and present alike


@dataclass(frozen=True)
class _Answer:
    """An answer with what was understood of it."""

    words: tuple[Word, ...]
    structure: ExpectedStructure

    @cached_property
    def content(self) -> AnswerContent:
        return understand(self.words)

    @cached_property
    def clauses(self) -> tuple[ReadClause, ...]:
        return read_clauses(self.words)

    def lacks(self, *contents: Content) -> bool:
        """Whether none of these was heard, not even possibly."""
        return all(self.content.state(each) is ElementState.NOT_HEARD for each in contents)

    def has(self, *contents: Content) -> bool:
        """Whether one of these was surely heard."""
        return any(self.content.is_heard(each) for each in contents)

    def count_deeds(self, subject: str) -> int:
        """Count the clauses in which "i", or "we", did something that is over."""
        return sum(clause.grammar.is_deed and clause.grammar.subject == subject for clause in self.clauses)


def may_be_asked_on(question: AskedQuestion) -> bool:
    """Return whether an answer to a question may have a follow-up at all."""
    return find_expected_structure(question) is not None


def choose_follow_ups(
    words: Sequence[Word], question: AskedQuestion, asked: Collection[str] = ()
) -> tuple[InterviewerFollowUp, ...]:
    """Return what to ask on after an answer, the first in front; with those asked before at most `MAX_FOLLOW_UPS`.

    Args:
        words: the answer with the kinds of its words, and what was said to earlier follow-ups (`join_answers`).
        question: what was answered.
        asked: ids of the follow-ups that were asked after this answer before.
    """
    structure = find_expected_structure(question)
    if structure is None or len(words) < MIN_WORDS:
        return ()
    answer = _Answer(tuple(words), structure)
    known = load_interviewer_follow_ups()
    fits = [each for each in known.values() if each.id not in asked and _CONDITIONS[each.id](answer)]
    if fits and fits[0].id == "example":  # what else is missing shows when there is an example
        fits = fits[:1]
    return tuple(fits[: max(0, MAX_FOLLOW_UPS - len(asked))])


def join_answers(parts: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """Return several answers as one, each after the one before it in time."""
    joined: list[Word] = []
    for words in parts:
        later = joined[-1].end + GAP_SECONDS if joined else 0.0
        joined += [replace(word, start=word.start + later, end=word.end + later) for word in words]
    return tuple(joined)


def find_asked_for(words: Sequence[Word], follow_up: InterviewerFollowUp) -> Element:
    """Return whether an answer, or an answer and its follow-ups, now holds what a follow-up asked for."""
    return replace(understand(tuple(words)).elements[Content(follow_up.content)], label=follow_up.asks_for)


def _needs_example(answer: _Answer) -> bool:
    is_story = answer.structure is ExpectedStructure.STORY
    return is_story and not answer.has(Content.SITUATION, Content.RESULT) and _is_general(answer)


def _is_general(answer: _Answer) -> bool:
    """Whether nobody did anything at one time; "I let them finish" may be a habit."""
    return not any(clause.grammar.is_deed and clause.grammar.verb not in _TIMELESS for clause in answer.clauses)


def _needs_own_part(answer: _Answer) -> bool:
    return answer.count_deeds("we") >= MIN_WE_DEEDS and answer.count_deeds("i") == 0


def _needs_result(answer: _Answer) -> bool:
    return answer.lacks(Content.RESULT, Content.LESSON) and answer.has(Content.ACTION, Content.PROBLEM)


def _needs_number(answer: _Answer) -> bool:
    result = answer.content.elements[Content.RESULT].sentence or ""
    is_told = answer.has(Content.RESULT) and answer.lacks(Content.NUMBER)
    return is_told and bool(_CHANGED.search(result.lower()))


def _needs_data(answer: _Answer) -> bool:
    return _is_project(answer) and answer.lacks(Content.DATA)


def _needs_tools(answer: _Answer) -> bool:
    return _is_project(answer) and answer.lacks(Content.TOOLS)


def _is_project(answer: _Answer) -> bool:
    is_asked = answer.structure is ExpectedStructure.PROJECT
    return is_asked and answer.has(Content.PROBLEM, Content.RESULT)


_CONDITIONS: Mapping[str, Callable[[_Answer], bool]] = {
    "example": _needs_example,
    "my_part": _needs_own_part,
    "result": _needs_result,
    "number": _needs_number,
    "data": _needs_data,
    "tools": _needs_tools,
}
