"""What was heard in the closing minutes: questions asked, and the lines that close a conversation.

For answers to "Do you have any other questions for us?" and closing lines; all of it comes from `understanding`. Two
of the checks are of things the source documents advise against: a question whose answer stands on the website or shows
that the job is not known, and pressing for the job or taking it for granted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.closing_rules import Check
from analysis.structure.element import Element
from analysis.structure.understanding import Content, understand
from speech.transcript import Word

ADVISED_AGAINST = frozenset({Check.WEBSITE, Check.PRESSING})  # better not heard
_ASKED = AskedQuestion("", "Do you have any questions for us?", QuestionKind.CLOSING)


@dataclass(frozen=True)
class ClosingElements:
    """The questions asked, in order, and the result of each check; those in ADVISED_AGAINST are better not heard."""

    questions: tuple[Element, ...]  # all heard, keys "1", "2", ...
    checks: Mapping[Check, Element]


def find_closing_elements(words: Sequence[Word]) -> ClosingElements:
    """Find the questions and the results of all checks in a closing answer.

    Args:
        words: labelled with their kinds, as in a report.
    """
    content = understand(words, _ASKED)
    return ClosingElements(content.questions, {check: content.elements[Content(check.value)] for check in Check})
