"""A thank-you note looked at by the documents' rules, each finding a sentence; what cannot be told is left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from analysis.text.word_lists import STOP_WORDS
from analysis.wording import count
from content.follow_up_rules import rule
from interview.debrief import Debrief
from interview.person import Person
from interview.thank_you.checks.finding import NoteFinding, change, good, look
from interview.thank_you.checks.names import Named, name_findings
from interview.thank_you.checks.presumption import presuming
from interview.thank_you.compose import HIRING
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import note_window
from interview.validation import one_line
from interview.working_days import day_told

ALIKE = 0.8  # share of words in the same order; notes composed from other moments stay well below, copies above
TWO = 2  # words of a moment in common with the note that make it mention the moment
_LETTER_WORD = re.compile(r"[\w']+")
_THANKS = re.compile(r"\b(?:thank|grateful|appreciat|obliged|kind of you)", re.IGNORECASE)
_INTEREST = re.compile(
    r"\b(?:interest(?:ed)?\b(?! rate)|enthusias|excited|keen\b|eager\b|hope to (?:work|join|be)"
    r"|would (?:\w+ )?(?:love|like|enjoy|welcome|value|be (?:\w+ )?(?:glad|happy|delighted|proud|pleased))\b"
    r"(?! to (?:mention|add|thank|ask|say|know|answer|send|share))[^.!?\n]{0,60}"
    r"\b(?:work|working|join|job|role|position|opportunity|chance|part of|contribute|team)\b)",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\b(?:when (?:can|could|may|might|should|will|would|do) (?:i|we|you)\b|timeline|time ?frame|next steps?|by when"
    r"|how long|(?:ask|tell|know|say|wonder)[^.!?\n]{0,30} when (?:i|we|you)\b)",
    re.IGNORECASE,
)
_GAP = re.compile(r"\[[^\]\n]{0,60}\]|\{[^}\n]{0,60}\}|<[^>\n]{0,60}>|_{3,}|\b[Xx]{3,}\b|\b(?:TODO|TBD)\b|lorem ipsum")
_ATTACHED = re.compile(r"\b(?:i (?:attach|have attached)|attached)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Around:
    """What a note is looked at with."""

    names: Named
    debrief: Debrief | None = None
    others: tuple[tuple[Person, ThankYou], ...] = ()  # the notes to other people


def check(note: ThankYou, around: Around, now: datetime) -> tuple[NoteFinding, ...]:
    """Every finding about a note that was sent, or would be sent at `now`, in the order of reading."""
    if not note.body.strip():
        return (change("note_to_everyone", "Nothing is written yet."),)
    company = around.names.interview.company
    return (
        *_timing(note, around, now),
        *name_findings(note.body, note.subject, around.names),
        *_thanks(note),
        *_specific(note, around),
        *_hopes(note, around),
        *_presuming(note, company),
        *_brief(note),
        *_gaps(note),
        *_alike(note, around),
    )


def likeness(body: str, other: str, names: tuple[str, ...]) -> float:
    """Return the share of words that two notes have in the same order; greeting, names and the next line left out."""
    first, second = _letter_words(body, names), _letter_words(other, names)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _letter_words(body: str, names: tuple[str, ...]) -> list[str]:
    left_out = {word for name in names for word in _LETTER_WORD.findall(name.casefold())}
    _greeting, _, letter = body.strip().partition("\n")
    return [word for word in _LETTER_WORD.findall(letter.casefold().replace("’", "'")) if word not in left_out]


def _timing(note: ThankYou, around: Around, now: datetime) -> Iterator[NoteFinding]:
    window, interview = note_window(around.names.interview), around.names.interview
    if window is None or interview.ends is None:
        return
    moment = (note.sent_at or now).astimezone(interview.ends.tzinfo)
    sent, stamp = note.sent_at is not None, moment.timestamp()
    if stamp < interview.ends.timestamp():
        yield look("note_window", "The interview is not over yet.")
    elif stamp < window.opens.timestamp():
        until = f"Wait until {_told(window.best)}; a note that comes at once looks prepared."
        yield look("note_window", "It was sent soon after the interview." if sent else until)
    elif stamp > window.closes.timestamp():
        late = "The day after the interview is over. Send it now all the same; late is better than never."
        yield look("note_window", "It was sent more than a day after the interview." if sent else late)
    else:
        left = f"There is time until {_told(window.closes)}."
        yield good("note_window", "It was sent within a day." if sent else left)


def _told(moment: datetime) -> str:
    return f"{day_told(moment.date())}, {moment:%H:%M}"


def _thanks(note: ThankYou) -> Iterator[NoteFinding]:
    if _THANKS.search(one_line(note.body)):
        yield good("note_thanks", "It says thank you.")
    else:
        yield change("note_thanks", "It does not say thank you.")


def _specific(note: ThankYou, around: Around) -> Iterator[NoteFinding]:
    said = _content(note.body)
    parts = [note.moment, note.added_point, note.question, note.answer, *note.samples]
    if around.debrief is not None:
        parts += [around.debrief.remember.text, *(each.question for each in around.debrief.wished)]
    noted = [words for part in parts if (words := _content(part))]
    if not noted:
        yield look("note_specific", "Nothing of the conversation is noted yet; name one moment of it.")
    elif any(len(words & said) >= min(TWO, len(words)) for words in noted):
        yield good("note_specific", "It refers to what you talked about.")
    else:
        yield look("note_specific", "Nothing that you noted of the conversation is in it; name one moment.")
    if note.samples and _ATTACHED.search(one_line(note.body)):
        yield look("note_work_sample", f"Attach {' and '.join(note.samples)} before you send it.")


def _hopes(note: ThankYou, around: Around) -> Iterator[NoteFinding]:
    if around.names.person.part not in HIRING:
        return
    body = one_line(note.body)
    if _INTEREST.search(body):
        yield good("note_interest", "It says that you are interested.")
    else:
        yield look("note_interest", "It does not say that you are interested in the job.")
    if around.names.interview.decision_by is None and not _ASKS_WHEN.search(body):
        yield look("note_asks_when", "They named no date. Ask when you can expect to hear.")


def _presuming(note: ThankYou, company: str) -> Iterator[NoteFinding]:
    found = presuming(note.body, company)
    for stretch in found:
        advice = "reads as if the job were yours already. Say it with “would”, or leave it out."
        yield change("note_not_presuming", f"“{stretch}” {advice}", stretch)
    if not found:
        yield good("note_not_presuming", "It takes nothing for granted.")


def _brief(note: ThankYou) -> Iterator[NoteFinding]:
    words, most = len(_WORD.findall(note.body)), rule("note_brief").most_words or 0
    if words <= most:
        yield good("note_brief", f"It is brief: {count(words, 'word')}.")
    else:
        yield change("note_brief", f"It has {words} words. Keep it to {most} at most, so that it is read to its end.")


def _gaps(note: ThankYou) -> Iterator[NoteFinding]:
    for gap in dict.fromkeys(_GAP.findall(f"{note.subject}\n{note.body}")):
        yield change("note_gaps", f"“{gap}” is still to be filled in.", gap)


def _alike(note: ThankYou, around: Around) -> Iterator[NoteFinding]:
    named = around.names
    names = (named.person.name, named.interview.company, named.interview.role, named.sender)
    for person, other in around.others:
        if other.id != note.id and likeness(note.body, other.body, (*names, person.name)) >= ALIKE:
            yield change(
                "note_alike", f"It is almost the note to {person.name}. Give each of them something of its own."
            )


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS and len(word) > TWO}
