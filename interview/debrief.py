"""Looking back on an interview: what to keep, what to do otherwise, and what to remember."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from interview.validation import check_id, check_key, check_line, check_moment, check_most, check_text

MOST_ANSWERS = 20


@dataclass(frozen=True)
class Said:
    """Something typed, or spoken: then the text is what was heard, and the answer's id is there too."""

    text: str = ""
    attempt: str | None = None

    def __post_init__(self) -> None:
        check_text("A note", self.text)
        check_id("A spoken note", self.attempt)

    def __bool__(self) -> bool:
        return bool(self.text.strip()) or self.attempt is not None


@dataclass(frozen=True)
class WishedAnswer:
    """A question that was asked, and the answer the user wishes they had given."""

    question: str
    answer: Said = field(default_factory=Said)
    kind: str = "behavioural"  # a QuestionKind, for practising it
    blank: bool = False  # whether there was no answer at all

    def __post_init__(self) -> None:
        check_line("A question that was asked", self.question)
        check_key("The kind of a question", self.kind)


@dataclass(frozen=True)
class Debrief:
    """One look back; the three yes-or-no questions are None until they are answered."""

    id: str
    interview: str
    written_at: datetime  # with its zone
    keep: Said = field(default_factory=Said)
    did_not_go_well: Said = field(default_factory=Said)
    remember: Said = field(default_factory=Said)  # what they said
    too_fast: bool | None = None
    jittery: bool | None = None
    enough_questions: bool | None = None
    wished: tuple[WishedAnswer, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of a debrief", self.id)
        check_id("The interview of a debrief", self.interview)
        check_moment("The time of a debrief", self.written_at)
        check_most("The answers to give again", self.wished, MOST_ANSWERS)
