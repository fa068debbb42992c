"""Where questions and advice come from: five documents, and studies where no document speaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse

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


@dataclass(frozen=True)
class Citation:
    """A source, and the section of it where it is a document."""

    source: Source
    section: str | None

    def __str__(self) -> str:
        return self.source.title if self.section is None else f"{self.source.title}: {self.section}"


def parse_sources(toml: str, file: str = FILE) -> dict[str, Source]:
    """Sources by key; raises ContentError."""
    top = parse(toml, file)
    top.expect(("document", "study"))
    found = [_document(entry) for entry in top.tables("document")] + [_study(entry) for entry in top.tables("study")]
    by_key: dict[str, Source] = {}
    for source in found:
        if source.key in by_key:
            raise top.error(source.key, "stands there as a document and as a study")
        by_key[source.key] = source
    return by_key


@cache
def sources() -> dict[str, Source]:
    """Every source by key, documents first."""
    return parse_sources(packaged(FILE))


def citation(entry: Entry) -> Citation:
    """What the fields `source` and `section` of an entry cite; raises ContentError for what does not exist."""
    source = sources()[entry.choice("source", sources())]
    if source.is_study:
        if "section" in entry.values:
            raise entry.error("section", f"{source.title} is a study and is cited whole")
        return Citation(source, None)
    if "section" not in entry.values:
        raise entry.error("section", f"is missing; {source.title!r} has {', '.join(source.sections)}")
    return Citation(source, entry.choice("section", source.sections))


def _document(entry: Entry) -> Source:
    entry.expect(("title", "description", "sections"))
    return Source(_key(entry), entry.text("title"), entry.text("description"), entry.texts("sections", 1, 50))


def _study(entry: Entry) -> Source:
    entry.expect(("title", "description"))
    return Source(_key(entry), entry.text("title"), entry.text("description"), ())


def _key(entry: Entry) -> str:
    return entry.name.split(".", 1)[1]
