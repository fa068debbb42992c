"""Elements of a closing: twenty examples each way for every check, and whole answers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from analysis.structure.closing import ADVISED_AGAINST, find_closing_elements
from analysis.structure.closing_rules import Check
from analysis.structure.element import Element, ElementState
from analysis.structure.question_clauses import find_questions
from speech.segment import Segment
from speech.transcript import Word
from tests.support.synthetic_words import make_words

EXAMPLES = tomllib.loads((Path(__file__).parents[2] / "data" / "closing.toml").read_text(encoding="utf-8"))
N, T, W, P, K, I = Check  # noqa: E741 - next steps, timing, website, pressing, thanks, interest


def words(text: str, each: float = 0.3) -> tuple[Word, ...]:
    return label_repetitions(label_filler_words(make_words(" ".join(text.split()), each=each)))


def is_heard(check: str, text: str) -> bool:
    found = find_closing_elements(words(text))
    return bool(found.questions) if check == "questions" else found.checks[Check(check)].state is ElementState.HEARD


def examples(side: str) -> list[tuple[str, str]]:
    return [(check, text) for check, sides in EXAMPLES.items() for text in sides[side]]


@pytest.mark.parametrize(("check", "text"), examples("hears"))
def test_check_matches_its_examples(check: str, text: str) -> None:
    assert is_heard(check, text)


@pytest.mark.parametrize(("check", "text"), examples("ignores"))
def test_check_ignores_its_counterexamples(check: str, text: str) -> None:
    assert not is_heard(check, text)


def test_every_check_has_twenty_different_examples_each_way() -> None:
    assert EXAMPLES.keys() == {*Check, "questions"}
    for sides in EXAMPLES.values():
        assert len(set(sides["hears"])) >= 20
        assert len(set(sides["ignores"])) >= 20
        assert not set(sides["hears"]) & set(sides["ignores"])


# Whole answers, written after the rules, eight of the nine right at once: what is heard, and how many questions.
@pytest.mark.parametrize(
    ("text", "checks", "questions"),
    [
        (
            """Yes, two things. What would you want the new person to have done after half a year? And, um, what are
            the next steps? Thank you, I'd really love to work on this.""",
            {N, K, I},
            2,
        ),
        ("No, I think we've covered everything. Thanks for your time.", {K}, 0),
        ("um so what does your company do exactly and how many employees do you have", {W}, 2),
        (
            """I was wondering how your team reviews code. And when can I expect to hear from you? I have another
            process running, that's why I ask.""",
            {T},
            2,
        ),
        ("So when do I start? I'm the best candidate, you know it.", {P}, 1),
        (
            """I saw that you moved to open data in spring. What was the hardest part of that? I did a similar move at
            the museum, so I'm curious. It was a pleasure, thank you both.""",
            {K},
            1,
        ),
        ("", set(), 0),
        ("um uh", set(), 0),
        (
            """Thank you. I'd like to ask two things: how do you measure success, and what happens after today? I'm
            even more interested now.""",
            {N, K, I},
            2,
        ),
    ],
)
def test_whole_answer_passes_the_expected_checks(text: str, checks: set[Check], questions: int) -> None:
    found = find_closing_elements(words(text))
    assert {check for check, part in found.checks.items() if part.state is ElementState.HEARD} == checks
    assert len(found.questions) == questions


def test_check_has_the_question_and_its_time() -> None:
    found = find_closing_elements(words("I see. What are the next steps? Thank you.", each=1.0))
    asked = "What are the next steps?"
    assert found.questions == (Element("1", "Question", ElementState.HEARD, asked, Segment(2.0, 7.0)),)
    assert found.checks[Check.NEXT_STEPS] == Element(
        "next_steps", "Next steps asked", ElementState.HEARD, asked, Segment(2.0, 7.0)
    )
    assert found.checks[Check.THANKS].span == Segment(7.0, 9.0)


def test_announcement_and_its_question_are_one_question() -> None:
    assert len(find_questions(words("I was wondering, how do you test?"))) == 1


def test_two_questions_without_punctuation_are_separated() -> None:
    asked = find_questions(words("so how do you test and what would I work on first"))
    assert [" ".join(word.text for word in question) for question in asked] == [
        "so how do you test",
        "and what would I work on first",
    ]


def test_website_questions_and_pressing_are_advised_against() -> None:
    assert frozenset({Check.WEBSITE, Check.PRESSING}) == ADVISED_AGAINST
