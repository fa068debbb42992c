"""Questions for the candidate to ask: templates by topic, filled from what their research found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.placeholders import fill, gaps
from content.sources import Citation, citation

FILE = "questions_to_ask.toml"
# Slot of a template, and the notes that fill it.
NOTES = {"value": "values", "news": "news", "project": "projects", "person": "people"}
COMPANY = "company"
NO_COMPANY = "your company"  # as long as there is no name


@dataclass(frozen=True)
class Template:
    """A question to ask, with at most one slot for a note."""

    id: str
    topic: str  # key of the labels in `Asking`
    text: str
    follow_up: str  # what to ask once it has been answered
    listen_for: str  # what the answer can tell
    citation: Citation
    always: bool = False  # never to be left out

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


def parse_asking(toml: str, file: str = FILE) -> Asking:
    """The topics and templates of a TOML text in its order; raises ContentError."""
    top = parse(toml, file)
    top.expect(("topic", "template"))
    topics = top.labels("topic")
    return Asking(topics, top.by_id("template", lambda entry: _template(entry, topics)))


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


def _template(entry: Entry, topics: dict[str, str]) -> Template:
    entry.expect(("id", "topic", "text", "follow_up", "listen_for", "source", "section"), optional=("always",))
    slots = gaps(entry.text("text"))
    unknown = set(slots) - {*NOTES, COMPANY}
    if unknown:
        raise entry.error("text", f"{sorted(unknown)} are none of the slots {', '.join((*NOTES, COMPANY))}")
    if len([slot for slot in slots if slot in NOTES]) > 1:
        raise entry.error("text", "should have one slot for a note at most")
    if not set(gaps(entry.text("follow_up"))) <= {*slots, COMPANY}:
        raise entry.error("follow_up", "has a slot that the text has not")
    return Template(
        id=entry.key("id"),
        topic=entry.choice("topic", topics),
        text=entry.text("text"),
        follow_up=entry.text("follow_up"),
        listen_for=entry.text("listen_for"),
        citation=citation(entry),
        always=entry.flag("always") if "always" in entry.values else False,
    )
