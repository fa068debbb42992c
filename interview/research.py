"""The user's research on a company, from which questions to ask are suggested."""

from __future__ import annotations

from dataclasses import dataclass

from interview.ids import make_stable_id
from interview.validation import check_filled_line, check_id, check_max_count

MAX_NOTES = 50  # notes of one sort


def make_research_id(interview: str) -> str:
    """Return the id of the research notes on an interview: one set per interview."""
    return make_stable_id("research", interview)


@dataclass(frozen=True)
class ResearchNotes:
    """Research notes by topic, one line each."""

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
            check_max_count("Research notes of one sort", notes, MAX_NOTES)
            check_filled_line("A research note", *notes)
