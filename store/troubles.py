"""What can be wrong with stored data, and the sentences that say so, what can be had back, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ANSWER_SENTENCE = (
    "We can't read an answer ({reason}). Your other answers are fine. Restore it from a copy or an export, or delete "
    "it."
)
DOCUMENT_SENTENCE = (
    "We can't read something you wrote or planned ({reason}). Update Answer Aloud, restore it from a copy or an "
    "export, or delete it."
)
FILE_SENTENCE = (
    "{name} among the recordings {reason}, so we left it alone. Move it out of {folder} and this line goes away."
)
DATABASE_SENTENCE = (
    "The database is damaged ({reason}). What can be read is shown. Export what there is, then put back the newest "
    "copy that is whole."
)
LINK_SENTENCE = "{count} of {table} in the database belong to something that's gone. Put back a copy."
RESULT_SENTENCE = "The report of {answer} is damaged ({reason}). {remedy}"
NOTE_SENTENCE = (
    "A note on {answer} is damaged ({reason}). Put back a copy or import an export that has it, or write it again."
)
VERSION_SENTENCE = (
    "We can't read another version of something you changed on two computers ({reason}). What you use is fine. Update "
    "Answer Aloud, or delete this version."
)
SESSION_SENTENCE = (
    "We can't read when one of your practice sessions began ({reason}). Its answers are fine. Put back a copy, or "
    "leave it as it is."
)
DELETION_SENTENCE = (
    "We can't read when something was deleted ({reason}). It stays deleted here. An import that deletes it again "
    "mends this."
)
ROW_SENTENCE = (
    "What's kept about {answer} differs from the label of its recording ({names}), so one of them is damaged. Put back "
    "a copy or import an export that has it."
)
ODD_SENTENCE = "What's kept about {answer} is damaged ({reason}). Put back a copy or import an export that has it."
SOUND_SENTENCE = "The recording of {answer} {fault}. {remedy}"
COPY_SENTENCE = "The copy {name} is damaged ({reason}). The next one takes its place; your data itself is fine."
NOT_DONE = "the list says that there's none"
NOT_LISTED, NOT_LISTED_REMEDY = "is there, though the list says that it wasn't kept", "Put back a copy."
IN_COPY = "The copy of {at.day} {at:%B %Y, %H:%M} has it whole: put that back, or import an export that has it."
NOT_IN_COPY = "No copy has it whole; import an export that has it."


class TroubleKind(StrEnum):
    """What a trouble is about."""

    ANSWER = "answer"  # its row cannot be read
    DOCUMENT = "document"
    FILE = "file"  # which belongs to nothing
    DATABASE = "database"
    REPORT = "report"
    NOTE = "note"
    VERSION = "version"  # beside what is used, because it was changed on two machines
    RECORDING = "recording"
    COPY = "copy"


@dataclass(frozen=True)
class Trouble:
    """One thing that is damaged or out of place."""

    kind: TroubleKind
    id: str  # of the answer or document, or the name of the file
    sentence: str


@dataclass(frozen=True)
class CheckResult:
    """How much was looked through, and everything that is damaged."""

    answers: int
    reports: int
    recordings: int
    documents: int
    copies: int
    troubles: tuple[Trouble, ...]
