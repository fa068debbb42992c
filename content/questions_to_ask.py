"""Questions for the candidate to ask: templates by topic, filled from what their research found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.refusals import Complaint
from content.fields import Key, Labels, Text, check_choice, entries
from content.loader import load, packaged
from content.placeholders import fill, gaps
from content.sources import Cited

FILE = "questions_to_ask.toml"
# Slot of a template, and the notes that fill it.
NOTES = {"value": "values", "news": "news", "project": "projects", "person": "people"}
COMPANY = "company"
NO_COMPANY = "your company"  # as long as there is no name


@dataclass(frozen=True)
class Template(Cited):
    """A question to ask, with at most one slot for a note."""

    id: Key
    topic: Text  # key of the labels in `Asking`
    text: Text
    follow_up: Text  # what to ask once it has been answered
    listen_for: Text  # what the answer can tell
    always: bool = False  # never to be left out

    def __post_init__(self) -> None:
        super().__post_init__()
        slots = gaps(self.text)
        unknown = set(slots) - {*NOTES, COMPANY}
        if unknown:
            raise Complaint(f"{sorted(unknown)} are none of the slots {', '.join((*NOTES, COMPANY))}", "text")
        if len([slot for slot in slots if slot in NOTES]) > 1:
            raise Complaint("should have one slot for a note at most", "text")
        if not set(gaps(self.follow_up)) <= {*slots, COMPANY}:
            raise Complaint("has a slot that the text has not", "follow_up")

    @property
    def note(self) -> str | None:
        """The slot that a note fills: "value", "news", "project" or "person"."""
        return next((slot for slot in gaps(self.text) if slot in NOTES), None)


@dataclass(frozen=True)
class Asking:
    """The labels of topics by key and the templates by id, each in the order to show them."""

    topics: dict[str, str]
    templates: dict[str, Template]


@dataclass(frozen=True)
class Research:
    """What the user found out about a company."""

    company: str = ""
    values: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """A question to ask, ready to be said."""

    template: Template
    text: str
    follow_up: str
    note: str | None  # the note it was made from


@dataclass(frozen=True)
class _File:
    topic: Labels
    template: Annotated[tuple[Template, ...], entries("template")]

    def __post_init__(self) -> None:
        for at, template in enumerate(self.template):
            check_choice(template.topic, self.topic, "template", at, "topic")


def parse_asking(toml: str, file: str = FILE) -> Asking:
    """Return the topics and templates of a TOML text in its order; raises ContentError."""
    found = load(_File, toml, file)
    return Asking(found.topic, {template.id: template for template in found.template})


@cache
def asking() -> Asking:
    """Every topic and template."""
    return parse_asking(packaged(FILE))


def proposed(research: Research) -> tuple[Proposed, ...]:
    """Questions for this research, topic by topic: every note and every template with a note to fill it is used."""
    found = [
        _filled(template, research.company, note)
        for template in asking().templates.values()
        for note in _notes_for(template, research)
    ]
    topics = list(asking().topics)
    return tuple(sorted(found, key=lambda each: topics.index(each.template.topic)))


def _notes_for(template: Template, research: Research) -> Iterator[str | None]:
    """The notes that a template is filled with: templates of one slot take the notes in turn."""
    if template.note is None:
        yield None
        return
    notes = list(dict.fromkeys(filter(None, map(_tidy, getattr(research, NOTES[template.note])))))
    rivals = [other.id for other in asking().templates.values() if other.note == template.note]
    place = rivals.index(template.id)
    for turn in range(max(len(notes), len(rivals)) if notes else 0):
        if turn % len(rivals) == place:
            yield notes[turn % len(notes)]


def _tidy(note: str) -> str:
    return " ".join(note.split()).rstrip(".?!;,: ")


def _filled(template: Template, company: str, note: str | None) -> Proposed:
    fillings: Mapping[str, str] = {COMPANY: _tidy(company) or NO_COMPANY, template.note or "": note or ""}
    return Proposed(template, fill(template.text, fillings), fill(template.follow_up, fillings), note)
