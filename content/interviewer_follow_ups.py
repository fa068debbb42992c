"""What an interviewer asks on when an answer leaves something out, each with answers that call for it and others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from content.fields import Key, Text, require_different_texts, require_entries
from content.loader import load_content, read_packaged
from content.sources import Cited

FILE = "interviewer_follow_ups.toml"


@dataclass(frozen=True)
class InterviewerFollowUp(Cited):
    """One follow-up question; when it is asked, `interview.questions.interviewer_follow_ups` decides.

    `hears` are answers to the question `asked` after which it is asked, `ignores` answers after which it is not.
    """

    id: Key
    text: Text  # as an interviewer says it
    asks_for: Text  # what was not heard, for a report: "How it turned out"
    content: Key  # what of `analysis.structure.understanding.Content` the answer should then hold
    answer_kind: Key  # a QuestionKind: what is judged in its answer; most are a sentence or two, without a story
    why: Text
    asked: Text
    kind: Key  # of the question `asked`
    hears: Annotated[tuple[Text, ...], require_different_texts(1, 12)]
    ignores: Annotated[tuple[Text, ...], require_different_texts(1, 12)]


@dataclass(frozen=True)
class _File:
    follow_up: Annotated[tuple[InterviewerFollowUp, ...], require_entries("follow_up")]


@cache
def load_interviewer_follow_ups() -> dict[str, InterviewerFollowUp]:
    """Return all of them by id, the one to ask first in front."""
    found = load_content(_File, read_packaged(FILE), FILE)
    return {each.id: each for each in found.follow_up}
