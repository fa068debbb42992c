"""Where questions and advice come from: five documents, and studies where no document speaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from codec.refusals import Complaint
from content.fields import Text, check_choice, check_not_empty, different
from content.loader import load, packaged

FILE = "sources.toml"


@dataclass(frozen=True)
class Source:
    """A document with its sections, or a published study, which has none."""

    key: str
    title: str
    description: str  # what it is or found, in our own words
    sections: tuple[str, ...]

    @property
    def is_study(self) -> bool:
        """Whether this is published research and not advice."""
        return not self.sections


OWN = Source("own", "Your own question", "Added by you.", ())


@dataclass(frozen=True)
class Citation:
    """A source, and the section of it where it is a document."""

    source: Source
    section: str | None

    def __str__(self) -> str:
        return self.source.title if self.section is None else f"{self.source.title}: {self.section}"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """An entry of a content file with the key of its source, and the section of it where that is a document."""

    source: str
    section: str | None = None

    def __post_init__(self) -> None:
        source = cited(self.source)
        if source.is_study:
            if self.section is not None:
                raise Complaint(f"{source.title} is a study and is cited whole", "section")
        elif self.section is None:
            raise Complaint(f"is missing; {source.title!r} has {', '.join(source.sections)}", "section")
        else:
            check_choice(self.section, source.sections, "section")

    @property
    def citation(self) -> Citation:
        """What the entry cites."""
        return Citation(cited(self.source), self.section)


@dataclass(frozen=True)
class _Study:
    title: Text
    description: Text


@dataclass(frozen=True)
class _Document(_Study):
    sections: Annotated[tuple[Text, ...], different(1, 50)]


@dataclass(frozen=True)
class _File:
    document: Annotated[dict[str, _Document], Checked(check_not_empty)]
    study: Annotated[dict[str, _Study], Checked(check_not_empty)]

    def __post_init__(self) -> None:
        for key in self.study:
            if key in self.document:
                raise Complaint("stands there as a document and as a study", key)


def parse_sources(toml: str, file: str = FILE) -> dict[str, Source]:
    """Return sources by key; raises ContentError."""
    found = load(_File, toml, file)
    documents = {key: Source(key, each.title, each.description, each.sections) for key, each in found.document.items()}
    return documents | {key: Source(key, each.title, each.description, ()) for key, each in found.study.items()}


@cache
def sources() -> dict[str, Source]:
    """Return every source by key, documents first."""
    return parse_sources(packaged(FILE))


def cited(key: str) -> Source:
    """Return the source of a key, the user too; raises Complaint for what does not exist."""
    return OWN if key == OWN.key else sources()[check_choice(key, sources(), "source")]
