"""The sources of questions and advice: five documents, and studies for what no document covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from codec.refusals import Complaint
from content.fields import Text, check_choice, check_not_empty, require_different_texts
from content.loader import load_content, read_packaged

FILE = "sources.toml"


@dataclass(frozen=True)
class CitedSource:
    """A document with its sections, or a published study, which has no sections."""

    key: str
    title: str
    description: str  # what it is or found, in our own words
    sections: tuple[str, ...]

    @property
    def is_study(self) -> bool:
        """Whether this is cited whole, as published research is; a document has sections."""
        return not self.sections


OWN_SOURCE = CitedSource("own", "Your own question", "Added by you.", ())
PRACTICE_SOURCE = CitedSource("practice", "Common practice", "Interviewers often ask it; no document does.", ())


@dataclass(frozen=True)
class Citation:
    """A source, and its section if it is a document."""

    source: CitedSource
    section: str | None

    def __str__(self) -> str:
        return self.source.title if self.section is None else f"{self.source.title}: {self.section}"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A content entry with the key of its source, and the section if that is a document."""

    source: str
    section: str | None = None

    def __post_init__(self) -> None:
        source = find_source(self.source)
        if source.is_study:
            if self.section is not None:
                raise Complaint(f"{source.title} is a study and is cited whole", "section")
        elif self.section is None:
            raise Complaint(f"is missing; {source.title!r} has {', '.join(source.sections)}", "section")
        else:
            check_choice(self.section, source.sections, "section")

    @property
    def citation(self) -> Citation:
        """The source and section that the entry cites."""
        return Citation(find_source(self.source), self.section)


@dataclass(frozen=True)
class _Study:
    title: Text
    description: Text


@dataclass(frozen=True)
class _Document(_Study):
    sections: Annotated[tuple[Text, ...], require_different_texts(1, 50)]


@dataclass(frozen=True)
class _File:
    document: Annotated[dict[str, _Document], Checked(check_not_empty)]
    study: Annotated[dict[str, _Study], Checked(check_not_empty)]

    def __post_init__(self) -> None:
        for key in self.study:
            if key in self.document:
                raise Complaint("stands there as a document and as a study", key)


def parse_sources(toml: str, file: str = FILE) -> dict[str, CitedSource]:
    """Parse sources from TOML, by key; raises ContentError."""
    found = load_content(_File, toml, file)
    documents = {
        key: CitedSource(key, each.title, each.description, each.sections) for key, each in found.document.items()
    }
    return documents | {key: CitedSource(key, each.title, each.description, ()) for key, each in found.study.items()}


@cache
def load_sources() -> dict[str, CitedSource]:
    """Return all sources by key, documents first."""
    return parse_sources(read_packaged(FILE))


def find_source(key: str) -> CitedSource:
    """Return the source with this key, the user and common practice included; raises Complaint if there is none."""
    for source in (OWN_SOURCE, PRACTICE_SOURCE):
        if key == source.key:
            return source
    return load_sources()[check_choice(key, load_sources(), "source")]
