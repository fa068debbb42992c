"""The thank-you note to one person: its parts, and the text as the user wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interview.ids import make_stable_id
from interview.person import ContactMethod
from interview.validation import check_filled_line, check_id, check_line, check_max_count, check_moment, check_text

MAX_SAMPLES = 2  # content/data/follow_up_rules.toml: note_work_sample


def make_thank_you_id(interview: str, person: str) -> str:
    """Return the id of a note: one per person and interview."""
    return make_stable_id("thank_you", interview, person)


@dataclass(frozen=True)
class ThankYou:
    """One note. `moment` to `samples` are its parts in the user's words; `subject` and `body` are sent."""

    id: str
    interview: str
    person: str  # id
    moment: str = ""  # of the conversation
    added_point: str = ""  # what there was no time for
    question: str = ""  # that was answered weakly or not at all
    answer: str = ""  # the one to give now
    why: str = ""  # the question matters
    is_deeper: bool = False  # whether the question was answered well, and is taken further
    samples: tuple[str, ...] = ()  # of work, or something read or seen
    subject: str = ""
    body: str = ""  # empty until it is composed or written
    way: ContactMethod = ContactMethod.EMAIL
    sent_at: datetime | None = None  # with its zone

    def __post_init__(self) -> None:
        check_id("The id of a note", self.id)
        check_id("The interview of a note", self.interview)
        check_id("The person of a note", self.person)
        check_line("The question of a note", self.question)
        check_line("The subject of a note", self.subject)
        check_text("A part of a note", self.moment, self.added_point, self.answer, self.why)
        check_text("The text of a note", self.body)
        check_max_count("The samples of work", self.samples, MAX_SAMPLES)
        check_filled_line("A sample of work", *self.samples)
        check_moment("The time a note was sent", self.sent_at)
