"""Show the elements of an answer as lines of a report, in the order the question calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.question import QuestionKind
from analysis.report import Report
from analysis.structure.answer_elements import find_answer_elements
from analysis.structure.closing import ADVISED_AGAINST, find_closing_elements
from analysis.structure.closing_rules import Check
from analysis.structure.element import Element, ElementState
from speech.transcript import Transcript

TITLE = "What your answer included"
CAVEAT = "Based on typical phrases, so it can miss things you said in other words."
STATE_NAMES = {ElementState.HEARD: "yes", ElementState.POSSIBLE: "perhaps", ElementState.NOT_HEARD: "not found"}
WRITTEN_STATE_NAMES = {
    ElementState.HEARD: "there",
    ElementState.POSSIBLE: "possible",
    ElementState.NOT_HEARD: "not found",
}
_SIGNS = {ElementState.HEARD: "✓", ElementState.POSSIBLE: "?", ElementState.NOT_HEARD: "–"}


@dataclass(frozen=True)
class ElementLine:
    """One element; `share` is its share of the time of all parts (0 to 1), or None outside a story."""

    part: Element
    share: float | None = None
    is_advised_against: bool = False
    is_question: bool = False  # one that the speaker asked

    @property
    def sign(self) -> str:
        """✓ there, ? perhaps, – not found, ▲ there and better left out."""
        return "▲" if self.is_advised_against and self.part.state is ElementState.HEARD else _SIGNS[self.part.state]

    @property
    def says(self) -> str:
        """The state in words: "yes", "yes, but better left out", "no – good"; of a question "asked"."""
        if self.is_question:
            return "asked"
        if self.is_advised_against and self.part.state is ElementState.NOT_HEARD:
            return "no – good"
        return STATE_NAMES[self.part.state] + (", but better left out" if self.sign == "▲" else "")

    @property
    def says_written(self) -> str:
        """The state in words for a text that nobody said: "there", "not found"."""
        return WRITTEN_STATE_NAMES[self.part.state] + (", but better left out" if self.sign == "▲" else "")


@dataclass(frozen=True)
class Section:
    """Lines under a heading, with a sentence on how far to trust them."""

    title: str
    trust: str
    lines: tuple[ElementLine, ...]


def list_element_lines(report: Report) -> tuple[ElementLine, ...]:
    """Return a line for each element of the answer; () if nothing was said."""
    if report.response is None:
        return ()
    if report.question and report.question.kind is QuestionKind.CLOSING:
        return tuple(_list_closing_lines(report))
    return tuple(_list_answer_lines(report))


def _list_answer_lines(report: Report) -> Iterator[ElementLine]:
    heard = find_answer_elements(_rebuild_transcript(report), report.question)
    shares = heard.shares or (None,) * len(heard.elements)
    yield from (ElementLine(part, share) for part, share in zip(heard.elements, shares, strict=True))
    yield from (ElementLine(part) for part in heard.outcome if not _is_redundant(part, heard.elements))
    yield from (ElementLine(part) for part in (heard.early, heard.clarifying) if part is not None)


def _is_redundant(result: Element, parts: tuple[Element, ...]) -> bool:
    """Return whether a part of the answer already says everything there is to say about its result."""
    told = [part for part in parts if result.key == "result" and part.key in ("result", "results")]
    return any(part.state is ElementState.HEARD or result.state is ElementState.NOT_HEARD for part in told)


def _list_closing_lines(report: Report) -> Iterator[ElementLine]:
    heard = find_closing_elements(report.words)
    for question in heard.questions:
        yield ElementLine(replace(question, label=f"Question {question.key}"), is_question=True)
    yield from (ElementLine(heard.checks[check], is_advised_against=check in ADVISED_AGAINST) for check in Check)


def _rebuild_transcript(report: Report) -> Transcript:
    """Rebuild the transcript that the report was made from; its only speech segment is the whole response."""
    voice = (report.response,) if report.response else ()
    return Transcript(
        report.words, report.possible_fillers, voice, report.duration, None, report.model, report.settings
    )
