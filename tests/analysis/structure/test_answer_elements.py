"""Elements of an answer: the examples of each rule, whole labelled answers, shares of the time."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.answer_elements import (
    AnswerElements,
    compute_time_shares,
    find_answer_elements,
    find_clarifying_question,
    find_elements,
    find_outcome_elements,
)
from analysis.structure.element import Element, ElementState
from analysis.structure.expected_structure import (
    CLARIFYING,
    ExpectedStructure,
    find_expected_structure,
    is_clarifying_expected,
)
from analysis.structure.project import PROJECT
from analysis.structure.rules import WordingRule, find_wording
from analysis.structure.star import STORY
from content.questions import load_questions
from services.asked_questions import make_asked_question
from speech.segment import Segment
from speech.transcript import Transcript, Word
from tests.support.synthetic_words import make_transcript, make_words

RULES = (*PROJECT, *STORY, CLARIFYING)
ANSWERS = tomllib.loads((Path(__file__).parents[2] / "data" / "heard.toml").read_text(encoding="utf-8"))["answer"]
CHALLENGE = AskedQuestion("own", "Tell me about a conflict.", QuestionKind.BEHAVIOURAL)
PROJECT_ASKED = AskedQuestion("own", "Tell me about a project of yours.", QuestionKind.TECHNICAL)


def words(text: str, each: float = 0.3) -> tuple[Word, ...]:
    return label_repetitions(label_filler_words(make_words(" ".join(text.split()), each=each)))


def spoken(text: str) -> Transcript:
    return make_transcript(words(text))


def examples(side: str) -> list[tuple[WordingRule, str]]:
    return [(rule, text) for rule in RULES for text in getattr(rule, side)]


@pytest.mark.parametrize(("rule", "text"), examples("hears"))
def test_rule_matches_its_examples(rule: WordingRule, text: str) -> None:
    assert find_wording(rule, words(text))


@pytest.mark.parametrize(("rule", "text"), examples("ignores"))
def test_rule_ignores_its_counterexamples(rule: WordingRule, text: str) -> None:
    assert not find_wording(rule, words(text))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_at_least_six_examples_each_way(rule: WordingRule) -> None:
    assert min(len(set(rule.hears)), len(set(rule.ignores))) >= 6


@cache
def counts(half: str) -> Counter[tuple[str, ElementState]]:
    """Count per side and state how often elements that an answer has, or has not, were found."""
    return Counter(
        (side, states(answer)[key].state)
        for answer in ANSWERS
        if answer["half"] == half
        for side in ("heard", "not_heard")
        for key in answer[side]
    )


def states(answer: dict[str, str]) -> dict[str, Element]:
    row = words(answer["text"])
    if answer["listen"] == "technical":
        return {"clarifying": find_clarifying_question(row)}
    return {
        part.key: part
        for part in (*find_outcome_elements(row), *find_elements(row, ExpectedStructure(answer["listen"])))
    }


def total(half: str, side: str) -> int:
    return sum(many for (held, _), many in counts(half).items() if held == side)


@pytest.mark.parametrize(("half", "many"), [("development", 150), ("held out", 44)])
def test_labelled_answers_have_many_elements(half: str, many: int) -> None:
    assert total(half, "heard") >= many
    assert total(half, "not_heard") >= 30


@pytest.mark.parametrize("half", ["development", "held out"])
def test_95_percent_of_elements_reported_as_heard_are_there(half: str) -> None:
    right, wrong = counts(half)["heard", ElementState.HEARD], counts(half)["not_heard", ElementState.HEARD]
    assert right / (right + wrong) >= 0.95


@pytest.mark.parametrize(("half", "by_wording"), [("development", 0.75), ("held out", 0.5)])
def test_most_elements_are_heard_and_at_most_10_percent_are_missed(half: str, by_wording: float) -> None:
    assert counts(half)["heard", ElementState.HEARD] / total(half, "heard") >= by_wording
    assert counts(half)["heard", ElementState.NOT_HEARD] / total(half, "heard") <= 0.1


@pytest.mark.parametrize("half", ["development", "held out"])
def test_at_most_10_percent_of_absent_elements_are_possibly_heard(half: str) -> None:
    assert counts(half)["not_heard", ElementState.POSSIBLE] / total(half, "not_heard") <= 0.15


def test_data_are_heard_in_four_of_five_project_answers_with_them_and_in_two_of_five_without_at_most() -> None:
    answers = [answer for answer in ANSWERS if answer["half"] == "data"]
    told = Counter(
        ("data" in answer["heard"], states(answer)["data"].state is ElementState.HEARD) for answer in answers
    )
    assert told[True, True] >= 4
    assert told[False, True] <= 2


def test_element_has_its_clause_and_time() -> None:
    row = words("In my last job two people left. So, um, I called them both, and they came back.", each=1.0)
    action = find_elements(row, ExpectedStructure.STORY)[2]
    assert action == Element("action", "Action", ElementState.HEARD, "I called them both,", Segment(9.0, 13.0))


def test_what_was_told_before_the_first_deed_is_the_situation() -> None:
    situation = find_elements(words("The roof came off. I called the fire brigade."), ExpectedStructure.STORY)[0]
    assert (situation.state, situation.sentence) == (ElementState.HEARD, "The roof came off.")


def test_where_nothing_was_done_no_action_is_heard() -> None:
    told = find_elements(words("The roof came off. The neighbours saw it."), ExpectedStructure.STORY)
    assert told[2].state is ElementState.NOT_HEARD


def test_result_before_the_first_action_does_not_count() -> None:
    told = find_elements(
        words("The customer was happy with us. Then I left the room and called my wife."), ExpectedStructure.STORY
    )
    assert told[3].sentence != "The customer was happy with us."


def test_time_shares_add_up_to_one_and_follow_the_words() -> None:
    text = "In my last job we lost a client. My task was to win him back. I called him every week."
    found = compute_time_shares(words(f"{text} As a result, he returned."))
    assert sum(found) == pytest.approx(1.0)
    assert found == pytest.approx((8 / 25, 7 / 25, 5 / 25, 5 / 25))


def test_unmatched_clause_continues_the_part_before_it() -> None:
    found = compute_time_shares(words("My task was hard. Very hard indeed, my friend."))
    assert found == pytest.approx((0.0, 1.0, 0.0, 0.0))


@pytest.mark.parametrize("text", ["um uh", "I am a calm person."])
def test_there_are_no_time_shares_without_elements(text: str) -> None:
    assert compute_time_shares(words(text)) == ()


def test_story_has_elements_and_shares_and_project_only_elements() -> None:
    story = find_answer_elements(spoken("In my last job a client left. I called him."), CHALLENGE)
    project = find_answer_elements(spoken("I wrote it in Python."), PROJECT_ASKED)
    assert [part.key for part in story.elements] == ["situation", "task", "action", "result"]
    assert len(story.shares) == 4
    assert [part.key for part in project.elements] == ["problem", "data", "tools", "results"]
    assert project.shares == ()


def test_only_the_outcome_is_reported_without_a_question() -> None:
    found = find_answer_elements(spoken("We saved twenty percent."), None)
    assert (found.elements, found.shares, found.early, found.clarifying) == ((), (), None, None)
    assert [(part.key, part.state) for part in found.outcome] == [
        ("result", ElementState.HEARD),
        ("number", ElementState.HEARD),
        ("lesson", ElementState.NOT_HEARD),
    ]


def test_no_element_is_heard_in_silence() -> None:
    found = find_answer_elements(make_transcript(()), CHALLENGE)
    assert isinstance(found, AnswerElements)
    assert {part.state for part in (*found.elements, *found.outcome)} == {ElementState.NOT_HEARD}
    assert found.early is not None
    assert found.early.state is ElementState.NOT_HEARD


def test_answer_that_comes_to_the_point_at_once_is_early() -> None:
    early = find_answer_elements(spoken("Two designers on my team wanted different fonts."), CHALLENGE).early
    assert early is not None
    assert (early.state, early.note) == (
        ElementState.HEARD,
        "You got to the point at once.",
    )


def test_answer_that_begins_after_20_seconds_is_not_early() -> None:
    late = find_answer_elements(spoken("Well, /20 two designers on my team wanted different fonts."), CHALLENGE).early
    assert late is not None
    assert (late.state, late.sentence) == (ElementState.NOT_HEARD, None)
    assert "after 20 s" in late.note


def test_a_question_asked_back_early_is_clarifying_and_one_at_the_end_is_not() -> None:
    assert (
        find_clarifying_question(words("How big is it? I would start with the costs and then go on.")).state
        is ElementState.HEARD
    )
    assert (
        find_clarifying_question(words("I would start with the costs and then go on. Is it big?")).state
        is ElementState.NOT_HEARD
    )


ASKED = {question.id: make_asked_question(question) for question in load_questions()}


@pytest.mark.parametrize(
    "id_",
    ["automate_a_process", "money_mix", "money_mix_measured", "money_mix_half_budget", "odd_numbers", "vague_estimate"],
)
def test_open_task_calls_for_a_clarifying_question(id_: str) -> None:
    assert is_clarifying_expected(ASKED[id_])
    assert find_answer_elements(spoken("I would start with the costs."), ASKED[id_]).clarifying is not None


@pytest.mark.parametrize(
    "id_",
    [
        *("past_technical_project", "assessment_more_time", "assessment_walkthrough", "favourite_function"),
        *("tell_me_about_yourself", "questions_for_us", "results_of_a_project", "not_worth_automating"),
    ],
)
def test_question_about_oneself_calls_for_no_clarifying_question(id_: str) -> None:
    assert not is_clarifying_expected(ASKED[id_])


@pytest.mark.parametrize(
    "id_", ["past_technical_project", "problem_behind_a_project", "choice_of_method", "project_of_your_own"]
)
def test_project_question_calls_for_project_structure(id_: str) -> None:
    assert find_expected_structure(ASKED[id_]) is ExpectedStructure.PROJECT


def test_behavioural_questions_call_for_a_story_and_closing_and_motivation_for_nothing() -> None:
    for asked in ASKED.values():
        if asked.kind is QuestionKind.BEHAVIOURAL:
            assert find_expected_structure(asked) is ExpectedStructure.STORY
        if asked.kind in (QuestionKind.CLOSING, QuestionKind.MOTIVATION):
            assert find_expected_structure(asked) is None


def test_only_an_element_that_was_heard_has_a_sentence() -> None:
    with pytest.raises(ValueError, match="what was not has neither"):
        Element("data", "Data", ElementState.NOT_HEARD, "a sentence", Segment(0, 1))
    with pytest.raises(ValueError, match="has a sentence and a span"):
        Element("data", "Data", ElementState.HEARD)
