"""The user's review of an interview: what went well, what did not, and what to remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from interview.validation import check_id, check_key, check_line, check_max_count, check_moment, check_text

MAX_ANSWERS = 20


@dataclass(frozen=True)
class Lesson:
    """What an answer of a debrief leads to: what to do, and the question to practise it with."""

    text: str
    question: str  # id of the content


LESSONS: Mapping[tuple[str, bool], Lesson] = {
    ("too_fast", True): Lesson(
        "You talked too fast. Practise one answer slowly, with a breath between sentences.", "tell_me_about_yourself"
    ),
    ("jittery", True): Lesson(
        "You were nervous. Say a hard answer aloud until it feels ordinary, and breathe out before you start.",
        "under_pressure",
    ),
    ("enough_questions", False): Lesson(
        "You asked too few questions. Prepare three, and practise asking them aloud.", "questions_for_us"
    ),
}


@dataclass(frozen=True)
class DebriefNote:
    """A typed or dictated note; of a dictated one, `attempt` is the id of the recording."""

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
    answer: DebriefNote = field(default_factory=DebriefNote)
    kind: str = "behavioural"  # a QuestionKind, for practising it
    blank: bool = False  # whether there was no answer at all
    why: str = ""  # the question matters
    is_deeper: bool = False  # whether it was interesting, and the answer is to go deeper

    def __post_init__(self) -> None:
        check_line("A question that was asked", self.question)
        check_key("The kind of a question", self.kind)
        check_line("Why a question matters", self.why)


@dataclass(frozen=True)
class Debrief:
    """One debrief; its three yes-or-no questions are None until they are answered."""

    id: str
    interview: str
    written_at: datetime  # with its zone
    keep: DebriefNote = field(default_factory=DebriefNote)
    did_not_go_well: DebriefNote = field(default_factory=DebriefNote)
    remember: DebriefNote = field(default_factory=DebriefNote)  # what they said
    too_fast: bool | None = None
    jittery: bool | None = None
    enough_questions: bool | None = None
    wished: tuple[WishedAnswer, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of a debrief", self.id)
        check_id("The interview of a debrief", self.interview)
        check_moment("The time of a debrief", self.written_at)
        check_max_count("The answers to give again", self.wished, MAX_ANSWERS)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """What its three yes-or-no questions lead to."""
        return tuple(lesson for (field_, answer), lesson in LESSONS.items() if getattr(self, field_) is answer)
