"""The thank-you note to one person: what goes into it, and the text as the user wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interview.ids import same_id
from interview.person import Way
from interview.validation import check_id, check_line, check_moment, check_most, check_named, check_text

MOST_SAMPLES = 2  # content/data/follow_up_rules.toml: note_work_sample


def thank_you_id(interview: str, person: str) -> str:
    """The id of the note to one person after one interview, so that there is one."""
    return same_id("thank_you", interview, person)


@dataclass(frozen=True)
class ThankYou:
    """One note. `moment` to `samples` are its parts in the user's words; `subject` and `body` are what is sent."""

    id: str
    interview: str
    person: str  # id
    moment: str = ""  # of the conversation
    added_point: str = ""  # what there was no time for
    question: str = ""  # that was answered weakly or not at all
    answer: str = ""  # the one to give now
    samples: tuple[str, ...] = ()  # of work, or something read or seen
    subject: str = ""
    body: str = ""  # empty until it is composed or written
    way: Way = Way.EMAIL
    sent_at: datetime | None = None  # with its zone

    def __post_init__(self) -> None:
        check_id("The id of a note", self.id)
        check_id("The interview of a note", self.interview)
        check_id("The person of a note", self.person)
        check_line("The question of a note", self.question)
        check_line("The subject of a note", self.subject)
        check_text("A part of a note", self.moment, self.added_point, self.answer)
        check_text("The text of a note", self.body)
        check_most("The samples of work", self.samples, MOST_SAMPLES)
        check_named("A sample of work", *self.samples)
        check_moment("The time a note was sent", self.sent_at)
