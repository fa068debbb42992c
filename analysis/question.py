"""The question an answer belongs to, as far as the measures need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """Kinds of question that call for answers of different length."""

    SCREENING = "screening"
    ABOUT_YOU = "about_you"
    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    MOTIVATION = "motivation"
    CLOSING = "closing"  # "do you have any questions for us?"


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it was asked: its identifier in the content, its words and its kind."""

    id: str
    text: str
    kind: QuestionKind
