"""What is shown of an answer's content: the parts its question calls for, their share of the time, what it came to.

All of it comes from `understanding`. No score, and "not heard" rather than "missing": what is worded unusually may not
be heard, and what is likely, but not sure, is told as possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.question import AskedQuestion
from analysis.structure.element import Part
from analysis.structure.expected_structure import Listening, calls_for_clarifying, calls_for_outcome, listening
from analysis.structure.understanding import Content, understand
from speech.transcript import Transcript, Word

STORY = (Content.SITUATION, Content.TASK, Content.ACTION, Content.RESULT)
PROJECT = (Content.PROBLEM, Content.DATA, Content.TOOLS, Content.RESULTS)
PARTS: Mapping[Listening, tuple[Content, ...]] = {Listening.PROJECT: PROJECT, Listening.STORY: STORY}
OUTCOME = (Content.RESULT, Content.NUMBER, Content.LESSON)
_LABELS = {Content.RESULT: "A result"}  # where it stands beside a number and a lesson


@dataclass(frozen=True)
class HeardAnswer:
    """What was heard in one answer; what its question does not call for is not in it."""

    parts: tuple[Part, ...]  # of a project or a story, in their order; () for other questions
    shares: tuple[float, ...]  # of the time of all parts, one for each of a story's parts; () otherwise
    outcome: tuple[Part, ...]  # a result, a number, a lesson; () where the question calls for none
    early: Part | None  # the question answered early; None without a question
    clarifying: Part | None  # None where none was called for


def heard_answer(transcript: Transcript, question: AskedQuestion | None) -> HeardAnswer:
    """Listen to one answer; the words have their kinds, as in a report."""
    words = transcript.words
    content = understand(words, question)
    listened = listening(question) if question else None
    return HeardAnswer(
        parts=parts(words, listened) if listened else (),
        shares=shares(words) if listened is Listening.STORY else (),
        outcome=came_to(words) if question is None or calls_for_outcome(question) else (),
        early=content.elements[Content.EARLY_ANSWER] if question else None,
        clarifying=content.elements[Content.CLARIFYING] if question and calls_for_clarifying(question) else None,
    )


def parts(words: Sequence[Word], listened: Listening) -> tuple[Part, ...]:
    """Return each part of a story or a project, heard or not."""
    content = understand(words)
    return tuple(content.elements[key] for key in PARTS[listened])


def clarifying(words: Sequence[Word]) -> Part:
    """Return whether a question was asked back."""
    return understand(words).elements[Content.CLARIFYING]


def came_to(words: Sequence[Word]) -> tuple[Part, ...]:
    """Return whether a result, a number and a lesson were stated."""
    content = understand(words)
    return tuple(replace(content.elements[key], label=_LABELS.get(key, content.elements[key].label)) for key in OUTCOME)


def shares(words: Sequence[Word]) -> tuple[float, ...]:
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
