"""What an answer came to: whether it states a result, a number, a lesson, as `structure.understanding` hears it.

Only for questions about past behaviour and projects: nobody has a result to tell of "What do you know about us?".
"""

from __future__ import annotations

from collections.abc import Sequence
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
from analysis.structure.element import State
from analysis.structure.expected_structure import calls_for_outcome
from analysis.structure.understanding import Content, understand
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

ACCOMPLISHMENTS = Source(
    "Interview guides", "Tie answers to accomplishments and say what your results were.", is_evidence=False
)


BAND = Band(fine=(1, None), watch=NO_END, source=COACHING_ADVICE)


@dataclass(frozen=True)
class Outcome:
    """Where a result, a number and a lesson were heard; empty: not heard."""

    result: tuple[Span, ...]
    number: tuple[Span, ...]
    lesson: tuple[Span, ...]


def find_outcome(words: Sequence[Word]) -> Outcome:
    """Return where in the words a result, a number and a lesson are stated."""
    content = understand(words)
    return Outcome(content.spans(Content.RESULT), content.numbers, content.spans(Content.LESSON))


def compute_outcome(transcript: Transcript) -> int | None:
    """Return how many of result, number and lesson were heard, 0 to 3; None when no word was said."""
    if not any(word.kind is WordKind.WORD for word in transcript.words):
        return None
    found = find_outcome(transcript.words)
    return sum(map(bool, (found.result, found.number, found.lesson)))


def _describe_outcome(answer: Answer) -> Measured:
    if answer.question is not None and not calls_for_outcome(answer.question):
        return Measured(None, "This question asks for no result.")
    value = compute_outcome(answer.transcript)
    if value is None:
        return Measured(None, NO_WORDS)
    found, states = find_outcome(answer.transcript.words), understand(answer.transcript.words)
    kinds = (("a result", Content.RESULT), ("a number", Content.NUMBER), ("a lesson", Content.LESSON))
    told = {
        state: ", ".join(name for name, content in kinds if states.state(content) is state)
        for state in (State.HEARD, State.PERHAPS, State.NOT_HEARD)
    }
    detail = f"Heard: {told[State.HEARD] or 'neither a result nor a lesson'}."
    detail += f" Possible: {told[State.PERHAPS]}." if told[State.PERHAPS] else ""
    detail += f" Not heard: {told[State.NOT_HEARD]}." if value and told[State.NOT_HEARD] else ""
    return Measured(value, detail, moments=tuple(sorted(found.result + found.number + found.lesson)))


def _state_outcome(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("one sentence that says what came of it, with a number or what was learnt", low=bound)


OUTCOME: Family = (
    Measure(
        "outcome",
        "Outcome stated",
        "of 3",
        "Whether a result or a lesson learnt was heard in the answer, and a number with it. Only where the question is "
        "about past behaviour or a project. What is worded unusually may not be heard.",
        "count of the kinds heard: result, number (beside one of the others), lesson",
        ACCOMPLISHMENTS,
        _describe_outcome,
        band=BAND,
        # Only answers about past behaviour and projects are judged; in others nobody asks for a result.
        band_by_kind=dict.fromkeys(
            (QuestionKind.SCREENING, QuestionKind.ABOUT_YOU, QuestionKind.MOTIVATION, QuestionKind.CLOSING)
        ),
        priority=50,
        theme=Theme.CONCISE,
        praise="The answer says what came of it",
        if_below=Remedy(_state_outcome, "End with what came of it."),
    ),
)
