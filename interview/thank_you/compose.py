"""Compose a thank-you note from its parts: the user's own words, joined by short sentences.

Whatever was typed, a phrase, a clause or whole sentences, comes out as sentences (`phrases`). The people of
one interview get different wordings, so no two notes are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from interview.interview import Interview
from interview.person import INTERVIEWER_ROLES, ContactMethod, Person, PersonRole
from interview.thank_you.note import ThankYou
from interview.thank_you.phrases import Frames, write_answer, write_part, write_question, write_reason, write_samples
from interview.working_days import format_weekday

Wording = TypeVar("Wording", str, Frames)
HIRING_ROLES = INTERVIEWER_ROLES | {PersonRole.HUMAN_RESOURCES}  # who hears of interest and timing
ASKS_WHEN = "May I ask when I can expect to hear from you?"
HOPES_TO_WORK_TOGETHER = "I hope we get the chance to work together."

_THANKS = (
    "Thank you for your time{day}, and for all you told me about {work}.",
    "Thank you for meeting me{day} and telling me about {work}.",
    "It was good to talk to you{day} about {work}. Thank you for your time.",
)
_THANKS_TO_STAFF = "Thank you for your help{day}, when I came to {company} for an interview."
_MOMENT = (
    Frames("I keep thinking about {}.", "One thing has stayed with me: {}.", "What has stayed with me most is {}."),
    Frames(
        "I was especially interested in {}.",
        "One thing interested me especially: {}.",
        "It interested me especially {}.",
    ),
    Frames(
        "I have thought a lot about {} since.", "I came away with one thing in mind: {}.", "I came away knowing {}."
    ),
)
_MOMENT_WITH_STAFF = Frames("I won't forget {}.", "I remember one thing in particular: {}.")
_ADDED_POINT = (
    Frames("I would have liked to tell you about {}.", "There is one thing I didn't get to mention: {}."),
    Frames("We didn't get round to {}.", "There was no time for one thing: {}."),
    Frames("Something I didn't get to mention is {}.", "Let me add one thing: {}."),
)
_INTEREST = (
    "Our conversation made me even more interested, and I would love the chance to do this work.",
    "After our conversation I would like this job even more than before.",
    "I came away keen to do this work, and would welcome the chance.",
)


def compose(note: ThankYou, person: Person, interview: Interview, sender: str, place: int = 0) -> ThankYou:
    """Return the note with subject and body composed from its parts.

    Args:
        note: its parts.
        person: the recipient.
        interview: the interview.
        sender: the name below the note; may be empty.
        place: index of the person among those met, from 0; it selects the wording.
    """
    paragraphs = (
        f"Dear {person.greeting},",
        " ".join(filter(None, (_write_thanks(person, interview, place), _write_moment(note, person, place)))),
        " ".join(filter(None, (_write_added_point(note, place), _write_answer(note)))),
        _write_samples(note),
        _write_interest(person, interview, place),
        f"Kind regards,\n{sender}".rstrip(),
    )
    return replace(note, subject=_write_subject(person, interview), body="\n\n".join(filter(None, paragraphs)) + "\n")


def _write_subject(person: Person, interview: Interview) -> str:
    what = "your help" if person.part is PersonRole.STAFF else "our conversation"
    return f"Thank you for {what}{_format_day(interview)}"


def _format_day(interview: Interview) -> str:
    return f" on {format_weekday(interview.on_day)}" if interview.on_day else ""


def _write_thanks(person: Person, interview: Interview, place: int) -> str:
    work = f"the {interview.role} role at {interview.company}" if interview.role else f"the work at {interview.company}"
    if person.part is PersonRole.COLLEAGUE:
        work = f"your work at {interview.company}"
    wording = _THANKS_TO_STAFF if person.part is PersonRole.STAFF else _pick_wording(_THANKS, place)
    return wording.format(day=_format_day(interview), work=work, company=interview.company)


def _write_moment(note: ThankYou, person: Person, place: int) -> str:
    is_staff = person.part is PersonRole.STAFF
    frames = _MOMENT_WITH_STAFF if is_staff else _pick_wording(_MOMENT, place)
    return write_part(note.moment, frames, reader=person.name)


def _write_added_point(note: ThankYou, place: int) -> str:
    return write_part(note.added_point, _pick_wording(_ADDED_POINT, place), introduces_writer=True)


def _write_answer(note: ThankYou) -> str:
    answer, reason = note.answer.strip(), write_reason(note.why)
    if not answer:
        return " ".join(filter(None, (write_question(note.question) if note.question and reason else "", reason)))
    if not note.question:
        return " ".join(filter(None, (write_answer(answer, "There is one answer I would like to give again"), reason)))
    now = "I have thought about it further" if note.is_deeper else "This is what I would say now"
    return " ".join(filter(None, (write_question(note.question), reason, write_answer(answer, now))))


def _write_samples(note: ThankYou) -> str:
    is_on_paper = note.way in (ContactMethod.LETTER, ContactMethod.BY_HAND)
    return write_samples(note.samples, "enclose" if is_on_paper else "attach")


def _write_interest(person: Person, interview: Interview, place: int) -> str:
    if person.part not in HIRING_ROLES:
        return ""
    together = HOPES_TO_WORK_TOGETHER if person.part is PersonRole.SUPERVISOR else ""
    asks = "" if interview.decision_by else ASKS_WHEN
    return " ".join(filter(None, (_pick_wording(_INTEREST, place), together, asks)))


def _pick_wording(wordings: Sequence[Wording], place: int) -> Wording:
    return wordings[place % len(wordings)]
