"""What was heard in an answer as lines to read: what the question calls for, in order, "not heard" told quietly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.question import QuestionKind
from analysis.report import Report
from analysis.structure.answer_elements import heard_answer
from analysis.structure.closing import ADVISED_AGAINST, heard_closing
from analysis.structure.closing_rules import Check
from analysis.structure.element import Part, State
from speech.transcript import Transcript

TITLE = "What was heard, part by part"
ONE_LINE = "Found by wording, and can be wrong: “not heard” says that no wording known here was found."
SAID = {State.HEARD: "heard", State.PERHAPS: "perhaps", State.NOT_HEARD: "not heard"}
_SIGNS = {State.HEARD: "✓", State.PERHAPS: "?", State.NOT_HEARD: "–"}


@dataclass(frozen=True)
class Line:
    """One thing listened for; `share` of the time of all parts, 0 to 1, only for those of a story."""

    part: Part
    share: float | None = None
    is_advised_against: bool = False

    @property
    def sign(self) -> str:
        """✓ heard, ? perhaps, – not heard, ▲ heard and better left out."""
        return "▲" if self.is_advised_against and self.part.state is State.HEARD else _SIGNS[self.part.state]

    @property
    def says(self) -> str:
        """The state in words: "heard", "heard, better left out"."""
        better = ", better left out" if self.sign == "▲" else ""
        return SAID[self.part.state] + better


@dataclass(frozen=True)
class Section:
    """Lines under a heading, with one line of what they can be trusted for."""

    title: str
    trust: str
    lines: tuple[Line, ...]


def heard_lines(report: Report) -> tuple[Line, ...]:
    """What was heard in the answer of a report; () when nothing was said."""
    if report.response is None:
        return ()
    if report.question and report.question.kind is QuestionKind.CLOSING:
        return tuple(_closing(report))
    return tuple(_answer(report))


def _answer(report: Report) -> Iterator[Line]:
    heard = heard_answer(_transcript(report), report.question)
    shares = heard.shares or (None,) * len(heard.parts)
    yield from (Line(part, share) for part, share in zip(heard.parts, shares, strict=True))
    yield from (Line(part) for part in heard.outcome if not _is_told(part, heard.parts))
    yield from (Line(part) for part in (heard.early, heard.clarifying) if part is not None)


def _is_told(result: Part, parts: tuple[Part, ...]) -> bool:
    """Whether a part of the answer already says of its result what could be said."""
    told = [part for part in parts if result.key == "result" and part.key in ("result", "results")]
    return any(part.state is State.HEARD or result.state is State.NOT_HEARD for part in told)


def _closing(report: Report) -> Iterator[Line]:
    heard = heard_closing(report.words)
    for question in heard.questions:
        yield Line(replace(question, label=f"Question {question.key}"))
    yield from (Line(heard.checks[check], is_advised_against=check in ADVISED_AGAINST) for check in Check)


def _transcript(report: Report) -> Transcript:
    """The words of a report as what measured them had them; of the voice only where it begins and ends."""
    voice = (report.response,) if report.response else ()
    return Transcript(
        report.words, report.possible_fillers, voice, report.duration, None, report.model, report.settings
    )
