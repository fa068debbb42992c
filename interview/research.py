"""What the user found out about a company, from which the questions to ask are made."""

from __future__ import annotations

from dataclasses import dataclass

from interview.ids import same_id
from interview.validation import check_id, check_most, check_named

MOST = 50  # notes of one sort


def research_id(interview: str) -> str:
    """The id of the notes on one interview, so that it has them once."""
    return same_id("research", interview)


@dataclass(frozen=True)
class Research:
    """Notes of one line each."""

    id: str
    interview: str | None = None
    values: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of research notes", self.id)
        check_id("The interview of research notes", self.interview)
        for notes in (self.values, self.news, self.projects, self.people):
            check_most("Research notes of one sort", notes, MOST)
            check_named("A research note", *notes)
