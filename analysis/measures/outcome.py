"""What an answer came to: whether it states a result, a number, a lesson, as `structure.understanding` hears it.

Only for questions about past behaviour and projects: nobody has a result to tell of "What do you know about us?".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_ACT_RANGE,
    NO_WORDS_DETAIL,
    Answer,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.question import QuestionKind
from analysis.structure.element import ElementState
from analysis.structure.expected_structure import calls_for_outcome
from analysis.structure.understanding import Content, understand
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

ACCOMPLISHMENTS = Source(
    "Interview guides", "Tie answers to accomplishments and say what your results were.", is_evidence=False
)


BAND = Band(fine=(1, None), watch=NO_ACT_RANGE, source=COACHING_ADVICE)


@dataclass(frozen=True)
class Outcome:
    """When a result, a number and a lesson were heard; an empty tuple means not heard."""

    result: tuple[Segment, ...]
    number: tuple[Segment, ...]
    lesson: tuple[Segment, ...]


def find_outcome(words: Sequence[Word]) -> Outcome:
    """Return the spans in which a result, a number and a lesson are stated."""
    content = understand(words)
    return Outcome(content.spans(Content.RESULT), content.numbers, content.spans(Content.LESSON))


def compute_outcome(transcript: Transcript) -> int | None:
    """Return how many of result, number and lesson were heard (0 to 3).

    0 without a result or a lesson; None if no word was said.
    """
    if not any(word.kind is WordKind.WORD for word in transcript.words):
        return None
    found = find_outcome(transcript.words)
    return sum(map(bool, (found.result, found.number, found.lesson)))


def _describe_outcome(answer: Answer) -> Measurement:
    if answer.question is None:
        return Measurement(None, "Choose a question to see whether it asks for a result.")
    if not calls_for_outcome(answer.question):
        return Measurement(None, "This question doesn't ask for a result.")
    value = compute_outcome(answer.transcript)
    if value is None:
        return Measurement(None, NO_WORDS_DETAIL)
    found, states = find_outcome(answer.transcript.words), understand(answer.transcript.words)
    kinds = (("a result", Content.RESULT), ("a number", Content.NUMBER), ("a lesson", Content.LESSON))
    told = {
        state: _join(name for name, content in kinds if states.state(content) is state)
        for state in (ElementState.HEARD, ElementState.POSSIBLE, ElementState.NOT_HEARD)
    }
    detail = f"You gave {told[ElementState.HEARD] or 'neither a result nor a lesson'}."
    detail += f" Perhaps also {told[ElementState.POSSIBLE]}." if told[ElementState.POSSIBLE] else ""
    detail += f" We didn't hear {told[ElementState.NOT_HEARD]}." if value and told[ElementState.NOT_HEARD] else ""
    return Measurement(value, detail, moments=tuple(sorted(found.result + found.number + found.lesson)))


def _join(names: Iterable[str]) -> str:
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _ask_to_state_outcome(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("a sentence that says how it turned out", low=bound)


OUTCOME: Family = (
    Measure(
        "outcome",
        "How it turned out",
        "of 3",
        "Whether you said how it turned out: a result, a number with it, what you learned. Only for questions about "
        "your past and your projects. We can miss things said in other words.",
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
        praise="You said how it turned out",
        if_below=Remedy(_ask_to_state_outcome, "Say how it turned out."),
    ),
)
