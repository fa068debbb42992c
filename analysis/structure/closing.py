"""What was heard in the closing minutes: questions asked, and the lines that close a conversation.

For answers to "Do you have any other questions for us?" and closing lines. Two of the checks are of things the source
documents advise against: a question whose answer stands on the website or shows that the job is not known, and pressing
for the job or taking it for granted. The rules know wordings, not meaning. tests/data/closing.toml has twenty examples
each way for every check and for asking at all; of these 280, 258 were right when the rules first met them, on
24 November 2026, and all are now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.structure.closing_question_topics import ASKED
from analysis.structure.closing_rules import SAID, Check, ClosingRule
from analysis.structure.element import Part, part
from analysis.structure.question_clauses import questions_asked
from analysis.text.clauses import plain, sentences
from speech.transcript import Word, WordKind

ADVISED_AGAINST = frozenset({Check.WEBSITE, Check.PRESSING})  # better not heard


@dataclass(frozen=True)
class HeardClosing:
    """The questions that were asked, in order, and each check; those ADVISED_AGAINST are better not heard."""

    questions: tuple[Part, ...]  # all heard, keys "1", "2", ...
    checks: Mapping[Check, Part]


def heard_closing(words: Sequence[Word]) -> HeardClosing:
    """Listen to the answer to the last question, or to closing lines; the words have their kinds, as in a report."""
    asked = questions_asked(words)
    said = sentences([word for word in words if word.kind is not WordKind.REPETITION])
    return HeardClosing(
        questions=tuple(part(str(place), "Question", question) for place, question in enumerate(asked, start=1)),
        checks=_checks(ASKED, asked) | _checks(SAID, said),
    )


def _checks(rules: Mapping[Check, ClosingRule], rows: Sequence[tuple[Word, ...]]) -> dict[Check, Part]:
    """Each check with the first row that its rule hears."""
    return {
        check: part(check.value, rule.label, next((row for row in rows if _hears(rule, row)), ()))
        for check, rule in rules.items()
    }


def _hears(rule: ClosingRule, row: Sequence[Word]) -> bool:
    text = " ".join(plain(word) for word in row if plain(word))
    return bool(rule.wording.search(text)) and not (rule.unless and rule.unless.search(text))
