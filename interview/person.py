"""A person in an interview or around it, and how they prefer to be contacted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from interview.validation import check_filled_line, check_id, check_line, check_text, refuse

# One @, nothing that could end a header or a link; whether it reaches somebody only a letter can tell.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"%/?#]{1,190}")


class PersonRole(StrEnum):
    """The role of a person in an interview or around it."""

    INTERVIEWER = "interviewer"
    SUPERVISOR = "supervisor"  # interviewed, and would be the one to report to
    COLLEAGUE = "colleague"  # met in related work
    STAFF = "staff"  # helped on the day: reception, travel, the invitation
    HUMAN_RESOURCES = "human_resources"
    REFERENCE = "reference"  # speaks for the user
    NETWORK = "network"  # knows somebody there


class ContactMethod(StrEnum):
    """How a person prefers to be written to."""

    NOT_SAID = "not_said"
    EMAIL = "email"
    LETTER = "letter"
    BY_HAND = "by_hand"
    PHONE = "phone"


TITLES = frozenset(("dr", "prof", "professor", "mr", "ms", "mrs", "miss", "mx", "sir", "dame", "rev"))
INTERVIEWER_ROLES = frozenset({PersonRole.INTERVIEWER, PersonRole.SUPERVISOR})
MET_ROLES = INTERVIEWER_ROLES | {PersonRole.COLLEAGUE, PersonRole.STAFF, PersonRole.HUMAN_RESOURCES}


@dataclass(frozen=True)
class Person:
    """One person; references and others known from elsewhere have no interview."""

    id: str
    name: str  # as it is spelt
    interview: str | None = None
    part: PersonRole = PersonRole.INTERVIEWER
    position: str = ""  # "Head of Data"
    email: str = ""
    phone: str = ""
    address: str = ""  # their own, for a letter
    prefers: ContactMethod = ContactMethod.NOT_SAID
    notes: str = ""
    called: str = ""  # how a note greets them, "Dr Okafor"; empty: by the first name

    def __post_init__(self) -> None:
        check_id("The id of a person", self.id)
        check_id("The interview of a person", self.interview)
        check_filled_line("The name of a person", self.name)
        check_line("The position", self.position)
        check_line("The greeting", self.called)
        check_line("The telephone number", self.phone)
        check_line("The email address", self.email)
        check_text("The postal address", self.address)
        check_text("The notes on a person", self.notes)
        if self.email and not _is_email(self.email):
            refuse("The email address", 'look like "name@company.com"', self.email)

    @property
    def greeting(self) -> str:
        """The name a note begins with: as they like to be called, or the first name, or a title with the last."""
        if self.called:
            return self.called
        first, *others = self.name.split()
        return f"{first} {others[-1]}" if others and first.rstrip(".").lower() in TITLES else first


def _is_email(text: str) -> bool:
    name, _, domain = text.partition("@")
    dotted = f".{name}.{domain}."
    return bool(_EMAIL.fullmatch(text)) and ".." not in dotted and not domain.startswith("-") and _is_domain(domain)


def _is_domain(text: str) -> bool:
    try:
        text.encode("idna")
    except UnicodeError:
        return False
    return True
