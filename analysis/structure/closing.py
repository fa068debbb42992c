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
from analysis.structure.element import Part
from analysis.structure.understanding import Content, understand
from speech.transcript import Word

ADVISED_AGAINST = frozenset({Check.WEBSITE, Check.PRESSING})  # better not heard
_ASKED = AskedQuestion("", "Do you have any questions for us?", QuestionKind.CLOSING)


@dataclass(frozen=True)
class HeardClosing:
    """The questions that were asked, in order, and each check; those ADVISED_AGAINST are better not heard."""

    questions: tuple[Part, ...]  # all heard, keys "1", "2", ...
    checks: Mapping[Check, Part]


def heard_closing(words: Sequence[Word]) -> HeardClosing:
    """Listen to the answer to the last question, or to closing lines; the words have their kinds, as in a report."""
    content = understand(words, _ASKED)
    return HeardClosing(content.questions, {check: content.elements[Content(check.value)] for check in Check})
