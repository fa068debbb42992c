"""Find the elements of a closing: the questions asked, and the lines that end a conversation.

For answers to "Do you have any other questions for us?" and for closing lines. Two of the checks
are for what the source documents advise against: a question that the website answers or that shows
no knowledge of the job, and pressing for the job or taking it for granted. The rules know wordings,
not meaning. tests/data/closing.toml has twenty positive and twenty negative examples for each check
and for asking at all. Of these 280 examples, 258 were classified correctly when the rules first met
them, on 24 November 2026; now all are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.structure.closing_question_topics import QUESTION_RULES
from analysis.structure.closing_rules import SENTENCE_RULES, Check, ClosingRule
from analysis.structure.element import Element, build_element
from analysis.structure.question_clauses import find_questions
from analysis.text.clauses import normalise_word, split_sentences
from speech.transcript import Word, WordKind

ADVISED_AGAINST = frozenset({Check.WEBSITE, Check.PRESSING})  # better not heard


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
    asked = find_questions(words)
    said = split_sentences([word for word in words if word.kind is not WordKind.REPETITION])
    return ClosingElements(
        questions=tuple(
            build_element(str(place), "Question", question) for place, question in enumerate(asked, start=1)
        ),
        checks=_run_checks(QUESTION_RULES, asked) | _run_checks(SENTENCE_RULES, said),
    )


def _run_checks(rules: Mapping[Check, ClosingRule], rows: Sequence[tuple[Word, ...]]) -> dict[Check, Element]:
    """Return an element per check, with the first row of words that matches its rule."""
    return {
        check: build_element(check.value, rule.label, next((row for row in rows if _is_match(rule, row)), ()))
        for check, rule in rules.items()
    }


def _is_match(rule: ClosingRule, row: Sequence[Word]) -> bool:
    text = " ".join(normalise_word(word) for word in row if normalise_word(word))
    return bool(rule.wording.search(text)) and not (rule.unless and rule.unless.search(text))
