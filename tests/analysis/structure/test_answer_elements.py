"""What was heard in an answer: each rule's examples both ways, whole answers with labels, shares of the time."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.answer_elements import HeardAnswer, came_to, clarifying, heard_answer, parts, shares
from analysis.structure.element import Part, State
from analysis.structure.expected_structure import CLARIFYING, Listening, calls_for_clarifying, listening
from analysis.structure.project import PROJECT
from analysis.structure.rules import Rule, heard_in
from analysis.structure.star import STORY
from content.questions import questions
from services.asked_questions import asked_question
from speech.segment import Span
from speech.transcript import Transcript, Word
from tests.support.synthetic_words import heard, said

RULES = (*PROJECT, *STORY, CLARIFYING)
ANSWERS = tomllib.loads((Path(__file__).parents[2] / "data" / "heard.toml").read_text(encoding="utf-8"))["answer"]
CHALLENGE = AskedQuestion("own", "Tell me about a conflict.", QuestionKind.BEHAVIOURAL)
PROJECT_ASKED = AskedQuestion("own", "Tell me about a project of yours.", QuestionKind.TECHNICAL)


def words(text: str, each: float = 0.3) -> tuple[Word, ...]:
    return label_repetitions(label_filler_words(said(" ".join(text.split()), each=each)))


def spoken(text: str) -> Transcript:
    return heard(words(text))


def examples(side: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in RULES for text in getattr(rule, side)]


@pytest.mark.parametrize(("rule", "text"), examples("hears"))
def test_a_rule_hears_what_it_must(rule: Rule, text: str) -> None:
    assert heard_in(rule, words(text))


@pytest.mark.parametrize(("rule", "text"), examples("ignores"))
def test_a_rule_does_not_hear_what_it_must_not(rule: Rule, text: str) -> None:
    assert not heard_in(rule, words(text))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_six_examples_or_more_each_way(rule: Rule) -> None:
    assert min(len(set(rule.hears)), len(set(rule.ignores))) >= 6


@cache
def counts(half: str) -> Counter[tuple[str, State]]:
    """How often what an answer holds, and what it does not, was heard, perhaps heard and not heard."""
    return Counter(
        (side, states(answer)[key].state)
        for answer in ANSWERS
        if answer["half"] == half
        for side in ("heard", "not_heard")
        for key in answer[side]
    )


def states(answer: dict[str, str]) -> dict[str, Part]:
    row = words(answer["text"])
    if answer["listen"] == "technical":
        return {"clarifying": clarifying(row)}
    return {part.key: part for part in (*came_to(row), *parts(row, Listening(answer["listen"])))}


def total(half: str, side: str) -> int:
    return sum(many for (held, _), many in counts(half).items() if held == side)


@pytest.mark.parametrize(("half", "many"), [("development", 150), ("held out", 44)])
def test_the_labelled_answers_hold_many_parts(half: str, many: int) -> None:
    assert total(half, "heard") >= many
    assert total(half, "not_heard") >= 30


@pytest.mark.parametrize("half", ["development", "held out"])
def test_nearly_everything_told_as_heard_is_there(half: str) -> None:
    right, wrong = counts(half)["heard", State.HEARD], counts(half)["not_heard", State.HEARD]
    assert right / (right + wrong) >= 0.95


@pytest.mark.parametrize(("half", "by_wording"), [("development", 0.75), ("held out", 0.5)])
def test_most_of_what_is_there_is_heard_and_little_of_it_told_as_not_heard(half: str, by_wording: float) -> None:
    assert counts(half)["heard", State.HEARD] / total(half, "heard") >= by_wording
    assert counts(half)["heard", State.NOT_HEARD] / total(half, "heard") <= 0.1


@pytest.mark.parametrize("half", ["development", "held out"])
def test_little_of_what_is_not_there_is_perhaps_heard(half: str) -> None:
    assert counts(half)["not_heard", State.PERHAPS] / total(half, "not_heard") <= 0.15


def test_data_are_heard_in_four_of_five_project_answers_with_them_and_in_two_of_five_without_at_most() -> None:
    answers = [answer for answer in ANSWERS if answer["half"] == "data"]
    told = Counter(("data" in answer["heard"], states(answer)["data"].state is State.HEARD) for answer in answers)
    assert told[True, True] >= 4
    assert told[False, True] <= 2


def test_a_part_tells_its_clause_and_when_it_was_said() -> None:
    row = words("In my last job two people left. So, um, I called them both, and they came back.", each=1.0)
    action = parts(row, Listening.STORY)[2]
    assert action == Part("action", "Action", State.HEARD, "I called them both,", Span(9.0, 13.0))


def test_what_was_told_before_the_first_deed_is_the_situation() -> None:
    situation = parts(words("The roof came off. I called the fire brigade."), Listening.STORY)[0]
    assert (situation.state, situation.sentence) == (State.HEARD, "The roof came off.")


def test_where_nothing_was_done_no_action_is_heard() -> None:
    told = parts(words("The roof came off. The neighbours saw it."), Listening.STORY)
    assert told[2].state is State.NOT_HEARD


def test_a_result_before_the_first_deed_is_none() -> None:
    told = parts(words("The customer was happy with us. Then I left the room and called my wife."), Listening.STORY)
    assert told[3].sentence != "The customer was happy with us."


def test_the_shares_of_the_time_add_up_and_follow_the_words() -> None:
    text = "In my last job we lost a client. My task was to win him back. I called him every week."
    found = shares(words(f"{text} As a result, he returned."))
    assert sum(found) == pytest.approx(1.0)
    assert found == pytest.approx((8 / 25, 7 / 25, 5 / 25, 5 / 25))


def test_a_clause_without_a_wording_goes_on_with_the_part_before_it() -> None:
    found = shares(words("My task was hard. Very hard indeed, my friend."))
    assert found == pytest.approx((0.0, 1.0, 0.0, 0.0))


@pytest.mark.parametrize("text", ["um uh", "I am a calm person."])
def test_there_are_no_shares_where_no_part_was_heard(text: str) -> None:
    assert shares(words(text)) == ()


def test_a_story_has_parts_and_shares_and_a_project_only_parts() -> None:
    story = heard_answer(spoken("In my last job a client left. I called him."), CHALLENGE)
    project = heard_answer(spoken("I wrote it in Python."), PROJECT_ASKED)
    assert [part.key for part in story.parts] == ["situation", "task", "action", "result"]
    assert len(story.shares) == 4
    assert [part.key for part in project.parts] == ["problem", "data", "tools", "results"]
    assert project.shares == ()


def test_without_a_question_only_what_the_answer_came_to_is_told() -> None:
    found = heard_answer(spoken("We saved twenty percent."), None)
    assert (found.parts, found.shares, found.early, found.clarifying) == ((), (), None, None)
    assert [(part.key, part.state) for part in found.outcome] == [
        ("result", State.HEARD),
        ("number", State.HEARD),
        ("lesson", State.NOT_HEARD),
    ]


def test_silence_is_an_answer_in_which_nothing_was_heard() -> None:
    found = heard_answer(heard(()), CHALLENGE)
    assert isinstance(found, HeardAnswer)
    assert {part.state for part in (*found.parts, *found.outcome)} == {State.NOT_HEARD}
    assert found.early is not None
    assert found.early.state is State.NOT_HEARD


def test_an_answer_that_comes_to_the_point_at_once_is_early() -> None:
    early = heard_answer(spoken("Two designers on my team wanted different fonts."), CHALLENGE).early
    assert early is not None
    assert (early.state, early.note) == (State.HEARD, "The first clause that answers the question begins after 0 s.")


def test_an_answer_that_thinks_aloud_for_20_seconds_is_not_early() -> None:
    late = heard_answer(spoken("Well, /20 two designers on my team wanted different fonts."), CHALLENGE).early
    assert late is not None
    assert (late.state, late.sentence) == (State.NOT_HEARD, None)
    assert "after 20 s" in late.note


def test_a_question_asked_back_early_is_clarifying_and_one_at_the_end_is_not() -> None:
    assert clarifying(words("How big is it? I would start with the costs and then go on.")).state is State.HEARD
    assert clarifying(words("I would start with the costs and then go on. Is it big?")).state is State.NOT_HEARD


ASKED = {question.id: asked_question(question) for question in questions()}


@pytest.mark.parametrize(
    "id_",
    ["automate_a_process", "money_mix", "money_mix_measured", "money_mix_half_budget", "odd_numbers", "vague_estimate"],
)
def test_an_open_task_calls_for_a_clarifying_question(id_: str) -> None:
    assert calls_for_clarifying(ASKED[id_])
    assert heard_answer(spoken("I would start with the costs."), ASKED[id_]).clarifying is not None


@pytest.mark.parametrize(
    "id_",
    [
        *("past_technical_project", "assessment_more_time", "assessment_walkthrough", "favourite_function"),
        *("tell_me_about_yourself", "questions_for_us", "results_of_a_project", "not_worth_automating"),
    ],
)
def test_a_question_about_oneself_calls_for_none(id_: str) -> None:
    assert not calls_for_clarifying(ASKED[id_])


@pytest.mark.parametrize(
    "id_", ["past_technical_project", "problem_behind_a_project", "choice_of_method", "project_of_your_own"]
)
def test_a_question_about_a_project_listens_for_its_parts(id_: str) -> None:
    assert listening(ASKED[id_]) is Listening.PROJECT


def test_every_behavioural_question_listens_for_a_story_and_no_closing_or_motivation_question_for_anything() -> None:
    for asked in ASKED.values():
        if asked.kind is QuestionKind.BEHAVIOURAL:
            assert listening(asked) is Listening.STORY
        if asked.kind in (QuestionKind.CLOSING, QuestionKind.MOTIVATION):
            assert listening(asked) is None


def test_a_part_that_was_not_heard_has_no_sentence_and_one_that_was_has_one() -> None:
    with pytest.raises(ValueError, match="what was not has neither"):
        Part("data", "Data", State.NOT_HEARD, "a sentence", Span(0, 1))
    with pytest.raises(ValueError, match="has a sentence and a span"):
        Part("data", "Data", State.HEARD)
