"""What somebody who listened to an answer says of it, and the file in which it comes back from the exported page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Literal

from codec.adapters import read_json
from codec.refusals import Refusal
from interview.ids import make_stable_id
from interview.validation import (
    EntryError,
    check_between,
    check_id,
    check_line,
    check_max_count,
    check_moment,
    check_text,
    refuse,
    to_one_line,
)

FORMAT = "answer-aloud-comments"
VERSION = 1
MAX_FILE_BYTES = 500_000  # MAX_MARKS full comments in UTF-8, with their escapes, are less
MAX_MARKS = 100
MAX_NAME_CHARACTERS = 80
MAX_COMMENT_CHARACTERS = 500  # of one moment
MAX_OVERALL_CHARACTERS = 4000
MAX_SECONDS = 12 * 3600.0  # no recording is longer
_DIGEST = re.compile(r"[0-9a-f]{64}")


def make_listener_comments_id(attempt: str, listener: str) -> str:
    """Return the id of what one listener says of an answer: one for each of both."""
    return make_stable_id("listener_comments", attempt, listener)


@dataclass(frozen=True)
class MarkedMoment:
    """A moment of an answer that a listener marked, with what they say of it."""

    at: float  # s into the recording
    comment: str = ""

    def __post_init__(self) -> None:
        check_between("A marked moment", self.at, 0, MAX_SECONDS)
        _check_length("A comment", self.comment, MAX_COMMENT_CHARACTERS)


@dataclass(frozen=True)
class ListenerComments:
    """All that one listener says of one answer."""

    id: str
    attempt: str  # id of the answer
    listener: str  # what tells one listener from another who has the same name: 32 random hex digits
    saved_at: datetime  # with its zone
    name: str = ""  # as the listener gave it
    overall: str = ""
    moments: tuple[MarkedMoment, ...] = ()  # in the order of the answer

    def __post_init__(self) -> None:
        check_id("The id of a listener's comments", self.id)
        check_id("The answer of a listener's comments", self.attempt)
        _check_said(self)


@dataclass(frozen=True)
class CommentsFile:
    """What the exported page saves: the comments of a listener, and which recording they are about."""

    format: Literal["answer-aloud-comments"]
    version: Literal[1]
    recording: str  # SHA-256 of the bytes the sound came as, in hexadecimal
    listener: str
    saved_at: datetime
    name: str
    overall: str
    moments: tuple[MarkedMoment, ...]

    def __post_init__(self) -> None:
        if not _DIGEST.fullmatch(self.recording):
            refuse("The recording", "be 64 hexadecimal digits", self.recording)
        _check_said(self)


def read_comments_file(name: str, data: bytes) -> CommentsFile:
    """Read the file of a listener, strictly.

    Args:
        name: of the file.
        data: its bytes.

    Raises:
        EntryError: it is too large, no such file, of a newer version, or something in it is not allowed.
    """
    file = to_one_line(PurePath(name.replace("\\", "/")).name)[-80:] or "This file"
    if len(data) > MAX_FILE_BYTES:
        raise EntryError(
            f"{file} is too large for a file of comments. Choose the small file that your listener saved, ending in "
            ".json."
        )
    try:
        found = read_json(CommentsFile, data)
    except Refusal as refusal:
        raise EntryError(_describe_refusal(file, refusal)) from refusal
    if not found.moments and not found.overall.strip():
        raise EntryError(f"{file} has no comments in it. Ask your listener to save it again.")
    return found


def _describe_refusal(file: str, refusal: Refusal) -> str:
    if refusal.place == ("version",) and isinstance(refusal.found, int) and refusal.found > VERSION:
        return f"{file} was made by a newer version. Update Answer Aloud and try again."
    if refusal.place in ((), ("format",)) and refusal.cause is None:
        return f"{file} isn't a file of comments. Choose the small file that your listener saved, ending in .json."
    return f"{file} is damaged, so nothing was added ({str(refusal).rstrip('.')}). Ask your listener to save it again."


def _check_said(comments: ListenerComments | CommentsFile) -> None:
    check_id("The listener", comments.listener)
    check_moment("The time of the comments", comments.saved_at)
    check_line("The name of a listener", comments.name)
    _check_length("The name of a listener", comments.name, MAX_NAME_CHARACTERS)
    _check_length("The overall comment", comments.overall, MAX_OVERALL_CHARACTERS)
    check_max_count("The marked moments", comments.moments, MAX_MARKS)


def _check_length(what: str, text: str, most: int) -> None:
    check_text(what, text)
    if len(text) > most:
        refuse(what, f"be at most {most} characters long", text)
