"""Where somebody stands after an interview, and steps from there in the words of the content's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from content.follow_up_rules import rule
from interview.follow_up.follow_up import FollowUp, follow_up_id
from interview.interview import Interview
from interview.person import Part, Person
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import morning_hour
from interview.working_days import WorkingDays, morning

# Whom to stay in touch with: whoever decides, else somebody who works there; never human resources alone.
PARTS_THAT_MATTER = (Part.SUPERVISOR, Part.INTERVIEWER, Part.COLLEAGUE)


@dataclass(frozen=True)
class Situation:
    """An interview with its people and the notes written to them, by the person's id."""

    interview: Interview
    people: tuple[Person, ...]
    notes: Mapping[str, ThankYou]
    working: WorkingDays

    @property
    def contact(self) -> Person | None:
        """The one to write to and call; None when only human resources, or nobody, is known."""
        return next((each for part in PARTS_THAT_MATTER for each in self.people if each.part is part), None)

    @property
    def whom(self) -> str:
        """A sentence that names the contact, or says that there is none yet."""
        if self.contact is not None:
            return f"To {named(self.contact)}."
        return rule("not_hr_alone").text

    def of(self, *parts: Part) -> tuple[Person, ...]:
        """The people who have one of these parts."""
        return tuple(each for each in self.people if each.part in parts)

    def step(
        self,
        rule_id: str,
        *more: str,
        about: str = "",
        title: str = "",
        person: Person | None = None,
        due: datetime | None = None,
        latest: datetime | None = None,
    ) -> FollowUp:
        """A step in the words of its rule and further sentences; `about` tells steps of the same rule apart."""
        words = rule(rule_id)
        return FollowUp(
            follow_up_id(self.interview.id, rule_id, person.id if person else about),
            self.interview.id,
            rule_id,
            title or words.title,
            "\n".join(filter(None, (words.text, *more))),
            person.id if person else None,
            due,
            latest,
            self.interview.zone,
        )

    def on(
        self,
        day: date,
        rule_id: str,
        *more: str,
        about: str = "",
        title: str = "",
        not_before: datetime | None = None,
    ) -> FollowUp:
        """A step in the morning of a day, or of the next working day after it."""
        found = morning(day, morning_hour(), self.interview.zone, self.working)
        due = max(found.at, not_before or found.at)
        return self.step(rule_id, *more, found.moved, about=about, title=title, due=due)


def named(person: Person) -> str:
    """A name with the position, where it is known: "Maria Okafor, Head of Data"."""
    return f"{person.name}, {person.position}" if person.position else person.name
