"""Compose a thank-you note from its parts: the user's own words, joined by short sentences.

A part that ends like a sentence is used as written; anything else ("the move to a stream") is
inserted into a sentence. The people of one interview get different wordings, so no two notes are
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interview.interview import Interview
from interview.person import INTERVIEWER_ROLES, ContactMethod, Person, PersonRole
from interview.thank_you.note import ThankYou
from interview.working_days import format_weekday

HIRING_ROLES = INTERVIEWER_ROLES | {PersonRole.HUMAN_RESOURCES}  # who hears of interest and timing
ASKS_WHEN = "May I ask when I can expect to hear from you?"

_THANKS = (
    "Thank you for your time{day}, and for all you told me about {work}.",
    "Thank you for meeting me{day} and telling me about {work}.",
    "It was good of you to talk with me{day} about {work}. Thank you.",
)
_THANKS_TO_STAFF = "Thank you for your help{day}, when I came to {company} for an interview."
_MOMENT = ("I keep thinking about {}.", "What stays with me most is {}.", "I have thought more about {} since.")
_MOMENT_WITH_STAFF = "I remember {} with pleasure."
_ADDED_POINT = (
    "One thing I did not get to mention is {}.",
    "I would have liked to mention {}.",
    "There was no time for {}.",
)
_INTEREST = (
    "Our conversation made me more interested still, and I would be glad of the chance to do this work.",
    "After our conversation I would like to do this work even more than before.",
    "I am all the more interested in this work, and would welcome the chance to do it.",
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
        f"Dear {person.name},",
        " ".join(filter(None, (_write_thanks(person, interview, place), _write_moment(note, person, place)))),
        " ".join(filter(None, (_write_added_point(note, place), _write_answer(note)))),
        _write_samples(note),
        _write_interest(person, interview, place),
        f"Kind regards,\n{sender}".rstrip(),
    )
    return replace(note, subject=_write_subject(person, interview), body="\n\n".join(filter(None, paragraphs)) + "\n")


def is_sentence(text: str) -> bool:
    """Whether a part ends like a sentence, and is used as written."""
    return text.rstrip("\"'”’)").endswith((".", "!", "?", "…"))


def _write_subject(person: Person, interview: Interview) -> str:
    what = "your help" if person.part is PersonRole.STAFF else "our conversation"
    return f"Thank you for {what}{_format_day(interview)}"


def _format_day(interview: Interview) -> str:
    return f" on {format_weekday(interview.begins)}" if interview.begins else ""


def _write_thanks(person: Person, interview: Interview, place: int) -> str:
    work = f"the {interview.role} role at {interview.company}" if interview.role else f"the work at {interview.company}"
    if person.part is PersonRole.COLLEAGUE:
        work = f"your work at {interview.company}"
    wording = _THANKS_TO_STAFF if person.part is PersonRole.STAFF else _pick_wording(_THANKS, place)
    return wording.format(day=_format_day(interview), work=work, company=interview.company)


def _write_moment(note: ThankYou, person: Person, place: int) -> str:
    return _insert_part(
        _MOMENT_WITH_STAFF if person.part is PersonRole.STAFF else _pick_wording(_MOMENT, place), note.moment
    )


def _write_added_point(note: ThankYou, place: int) -> str:
    return _insert_part(_pick_wording(_ADDED_POINT, place), note.added_point)


def _write_answer(note: ThankYou) -> str:
    answer = note.answer.strip()
    if not answer:
        return ""
    answer = answer if is_sentence(answer) else f"{answer}."
    if not note.question:
        return f"There is one answer I would like to give again: {answer}"
    question = note.question if is_sentence(note.question) else f"{note.question}?"
    return f"You asked: “{question}” This is what I would say now: {answer}"


def _write_samples(note: ThankYou) -> str:
    verb = "enclose" if note.way in (ContactMethod.LETTER, ContactMethod.BY_HAND) else "attach"
    own = [sample for sample in note.samples if is_sentence(sample)]
    plain = " and ".join(sample for sample in note.samples if not is_sentence(sample))
    return " ".join([f"I {verb} {plain}, as it has to do with what we talked about."] * bool(plain) + own)


def _write_interest(person: Person, interview: Interview, place: int) -> str:
    if person.part not in HIRING_ROLES:
        return ""
    return f"{_pick_wording(_INTEREST, place)} {'' if interview.decision_by else ASKS_WHEN}".rstrip()


def _insert_part(wording: str, part: str) -> str:
    part = part.strip()
    return part if not part or is_sentence(part) else wording.format(part)


def _pick_wording(wordings: Sequence[str], place: int) -> str:
    return wordings[place % len(wordings)]
