"""What is known after an interview, and steps built from it in the words of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from content.follow_up_rules import get_rule
from interview.debrief import Debrief
from interview.follow_up.follow_up import FollowUp, make_follow_up_id
from interview.interview import Interview
from interview.person import Person, PersonRole
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import get_morning_hour
from interview.working_days import WorkingDays, find_morning

# Whom to stay in touch with: whoever decides, else somebody who works there; never human resources alone.
CONTACT_ROLES = (PersonRole.SUPERVISOR, PersonRole.INTERVIEWER, PersonRole.COLLEAGUE)


@dataclass(frozen=True)
class Situation:
    """An interview with its people and the thank-you notes to them, by the person's id."""

    interview: Interview
    people: tuple[Person, ...]
    notes: Mapping[str, ThankYou]
    working: WorkingDays
    debrief: Debrief | None = None  # None: not written yet

    @property
    def contact(self) -> Person | None:
        """The person to write to and call; None if only human resources, or nobody, is known."""
        return next((each for part in CONTACT_ROLES for each in self.people if each.part is part), None)

    @property
    def contact_sentence(self) -> str:
        """A sentence that names the contact, or says that none is known yet."""
        if self.contact is not None:
            return f"To {format_person(self.contact)}."
        return get_rule("not_hr_alone").text

    def find_people(self, *parts: PersonRole) -> tuple[Person, ...]:
        """Return the people with one of these roles."""
        return tuple(each for each in self.people if each.part in parts)

    def make_step(
        self,
        rule_id: str,
        *more: str,
        about: str = "",
        title: str = "",
        person: Person | None = None,
        due: datetime | None = None,
        latest: datetime | None = None,
    ) -> FollowUp:
        """Make a step in the words of its rule.

        Args:
            rule_id: the rule.
            more: further sentences for its text; empty ones are left out.
            about: distinguishes steps of the same rule where they concern no person.
            title: replaces the title of the rule; empty for that of the rule.
            person: whom the step concerns; None for no one in particular.
            due: when to do it, with a zone; None for a step that waits for something to happen.
            latest: when it is too late, with a zone; None for the end of the day of `due`.
        """
        words = get_rule(rule_id)
        return FollowUp(
            make_follow_up_id(self.interview.id, rule_id, person.id if person else about),
            self.interview.id,
            rule_id,
            title or words.title,
            "\n".join(filter(None, (words.text, *more))),
            person.id if person else None,
            due,
            latest,
            self.interview.zone,
        )

    def make_morning_step(
        self,
        day: date,
        rule_id: str,
        *more: str,
        about: str = "",
        title: str = "",
        not_before: datetime | None = None,
    ) -> FollowUp:
        """Make a step for the morning of a day, or of the next working day.

        Args:
            day: the earliest day.
            rule_id: the rule.
            more: further sentences for its text.
            about: distinguishes steps of the same rule.
            title: replaces the title of the rule; empty for that of the rule.
            not_before: postpones the step if the morning is earlier; None for no such limit.
        """
        found = find_morning(day, get_morning_hour(), self.interview.zone, self.working)
        due = max(found.at, not_before or found.at)
        return self.make_step(rule_id, *more, found.moved, about=about, title=title, due=due)


def format_person(person: Person) -> str:
    """Return a name with the position where it is known: "Maria Okafor, Head of Data"."""
    return f"{person.name}, {person.position}" if person.position else person.name
