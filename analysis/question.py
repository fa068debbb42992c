"""The question that an answer belongs to, as far as the measures need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FOLLOW_UP_PREFIX = (
    "follow_up:"  # begins the id of what an interviewer asked on after an answer: the answer's id and the rule's follow
)


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

    @property
    def is_follow_up(self) -> bool:
        """Whether an interviewer asked on after an answer, so that a sentence or two is enough."""
        return self.id.startswith(FOLLOW_UP_PREFIX)
