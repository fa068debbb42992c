"""Questions for the candidate to ask: templates by topic, filled with the results of their research."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.refusals import Complaint
from content.fields import Key, Labels, Text, check_choice, require_entries
from content.loader import load_content, read_packaged
from content.placeholders import fill_placeholders, find_placeholders
from content.sources import Cited

FILE = "questions_to_ask.toml"
# Slot of a template, and the notes that fill it.
NOTE_FIELDS_BY_SLOT = {"value": "values", "news": "news", "project": "projects", "person": "people"}
COMPANY_SLOT = "company"
UNKNOWN_COMPANY = "your company"  # as long as there is no name


@dataclass(frozen=True)
class QuestionTemplate(Cited):
    """A question to ask, with at most one slot for a research note."""

    id: Key
    topic: Text  # key of the labels in `QuestionTemplates`
    text: Text
    follow_up: Text  # what to ask once it has been answered
    listen_for: Text  # what the answer can tell
    always: bool = False  # never to be left out

    def __post_init__(self) -> None:
        super().__post_init__()
        slots = find_placeholders(self.text)
        unknown = set(slots) - {*NOTE_FIELDS_BY_SLOT, COMPANY_SLOT}
        if unknown:
            raise Complaint(
                f"{sorted(unknown)} are none of the slots {', '.join((*NOTE_FIELDS_BY_SLOT, COMPANY_SLOT))}", "text"
            )
        if len([slot for slot in slots if slot in NOTE_FIELDS_BY_SLOT]) > 1:
            raise Complaint("should have one slot for a note at most", "text")
        if not set(find_placeholders(self.follow_up)) <= {*slots, COMPANY_SLOT}:
            raise Complaint("has a slot that the text has not", "follow_up")

    @property
    def note(self) -> str | None:
        """The slot that a note fills: "value", "news", "project" or "person"."""
        return next((slot for slot in find_placeholders(self.text) if slot in NOTE_FIELDS_BY_SLOT), None)


@dataclass(frozen=True)
class QuestionTemplates:
    """The labels of topics by key and the templates by id, each in display order."""

    topics: dict[str, str]
    templates: dict[str, QuestionTemplate]


@dataclass(frozen=True)
class CompanyResearch:
    """The user's research notes on a company."""

    company: str = ""
    values: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposedQuestion:
    """A question to ask with its slots filled."""

    template: QuestionTemplate
    text: str
    follow_up: str
    note: str | None  # the note it was made from


@dataclass(frozen=True)
class _File:
    topic: Labels
    template: Annotated[tuple[QuestionTemplate, ...], require_entries("template")]

    def __post_init__(self) -> None:
        for at, template in enumerate(self.template):
            check_choice(template.topic, self.topic, "template", at, "topic")


def parse_question_templates(toml: str, file: str = FILE) -> QuestionTemplates:
    """Parse topics and templates from TOML, in its order; raises ContentError."""
    found = load_content(_File, toml, file)
    return QuestionTemplates(found.topic, {template.id: template for template in found.template})


@cache
def load_question_templates() -> QuestionTemplates:
    """Return all topics and templates."""
    return parse_question_templates(read_packaged(FILE))


def propose_questions(research: CompanyResearch) -> tuple[ProposedQuestion, ...]:
    """Return questions for this research, by topic; every note and every template that has notes is used."""
    found = [
        _fill_template(template, research.company, note)
        for template in load_question_templates().templates.values()
        for note in _assign_notes(template, research)
    ]
    topics = list(load_question_templates().topics)
    return tuple(sorted(found, key=lambda each: topics.index(each.template.topic)))


def _assign_notes(template: QuestionTemplate, research: CompanyResearch) -> Iterator[str | None]:
    """Yield the notes to fill a template with; templates with the same slot take turns."""
    if template.note is None:
        yield None
        return
    notes = list(dict.fromkeys(filter(None, map(_clean_note, getattr(research, NOTE_FIELDS_BY_SLOT[template.note])))))
    rivals = [other.id for other in load_question_templates().templates.values() if other.note == template.note]
    place = rivals.index(template.id)
    for turn in range(max(len(notes), len(rivals)) if notes else 0):
        if turn % len(rivals) == place:
            yield notes[turn % len(notes)]


def _clean_note(note: str) -> str:
    return " ".join(note.split()).rstrip(".?!;,: ")


def _fill_template(template: QuestionTemplate, company: str, note: str | None) -> ProposedQuestion:
    fillings: Mapping[str, str] = {
        COMPANY_SLOT: _clean_note(company) or UNKNOWN_COMPANY,
        template.note or "": note or "",
    }
    return ProposedQuestion(
        template, fill_placeholders(template.text, fillings), fill_placeholders(template.follow_up, fillings), note
    )
