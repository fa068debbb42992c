"""What is shown of an answer's content: the parts its question calls for, their share of the time, what it came to.

All of it comes from `understanding`. No score, and "not heard" rather than "missing": what is worded unusually may not
be heard, and what is likely, but not sure, is told as possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.question import AskedQuestion
from analysis.structure.element import Element
from analysis.structure.expected_structure import (
    ExpectedStructure,
    calls_for_outcome,
    find_expected_structure,
    is_clarifying_expected,
)
from analysis.structure.understanding import Content, understand
from speech.transcript import Transcript, Word

STORY = (Content.SITUATION, Content.TASK, Content.ACTION, Content.RESULT)
PROJECT = (Content.PROBLEM, Content.DATA, Content.TOOLS, Content.RESULTS)
PARTS: Mapping[ExpectedStructure, tuple[Content, ...]] = {
    ExpectedStructure.PROJECT: PROJECT,
    ExpectedStructure.STORY: STORY,
}
OUTCOME = (Content.RESULT, Content.NUMBER, Content.LESSON)
_LABELS = {Content.RESULT: "A result"}  # where it stands beside a number and a lesson


@dataclass(frozen=True)
class AnswerElements:
    """The elements found in one answer; those that the question does not call for are left out."""

    elements: tuple[Element, ...]  # of a project or a story, in their order; () for other questions
    shares: tuple[float, ...]  # of the time of all parts, one for each of a story's parts; () otherwise
    outcome: tuple[Element, ...]  # a result, a number, a lesson; () where the question calls for none
    early: Element | None  # the question answered early; None without a question
    clarifying: Element | None  # None where none was called for


def find_answer_elements(transcript: Transcript, question: AskedQuestion | None) -> AnswerElements:
    """Find the elements of one answer.

    Args:
        transcript: its words are labelled with their kinds, as in a report.
        question: None if no question was chosen; then only the outcome is looked for.
    """
    words = transcript.words
    content = understand(words, question)
    listened = find_expected_structure(question) if question else None
    return AnswerElements(
        elements=find_elements(words, listened) if listened else (),
        shares=compute_time_shares(words) if listened is ExpectedStructure.STORY else (),
        outcome=find_outcome_elements(words) if question is None or calls_for_outcome(question) else (),
        early=content.elements[Content.EARLY_ANSWER] if question else None,
        clarifying=content.elements[Content.CLARIFYING] if question and is_clarifying_expected(question) else None,
    )


def find_elements(words: Sequence[Word], listened: ExpectedStructure) -> tuple[Element, ...]:
    """Return each part of a story or a project, heard or not."""
    content = understand(words)
    return tuple(content.elements[key] for key in PARTS[listened])


def find_clarifying_question(words: Sequence[Word]) -> Element:
    """Return whether a question was asked back."""
    return understand(words).elements[Content.CLARIFYING]


def find_outcome_elements(words: Sequence[Word]) -> tuple[Element, ...]:
    """Return whether a result, a number and a lesson were stated."""
    content = understand(words)
    return tuple(replace(content.elements[key], label=_LABELS.get(key, content.elements[key].label)) for key in OUTCOME)


def compute_time_shares(words: Sequence[Word]) -> tuple[float, ...]:
    """Return the share of the time of situation, task, action and result, adding up to 1; () when none was heard.

    A clause belongs to the part heard in it, the later part where there are two; one in which none was heard goes on
    with the part before it. What comes before the first part belongs to none.
    """
    times = dict.fromkeys(STORY, 0.0)
    current: Content | None = None
    for span, held in understand(words).clauses:
        current = next((key for key in reversed(STORY) if key in held), current)
        if current:
            times[current] += span.duration
    whole = sum(times.values())
    return tuple(time / whole for time in times.values()) if whole else ()
