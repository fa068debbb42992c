"""The question that an answer belongs to, as far as the measures need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """Kinds of question; how long an answer should be depends on them."""

    SCREENING = "screening"
    ABOUT_YOU = "about_you"
    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    MOTIVATION = "motivation"
    CLOSING = "closing"  # "do you have any questions for us?"


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it was asked: its id in the content, its text and its kind."""

    id: str
    text: str
    kind: QuestionKind
