"""What an interviewer asks on: every rule on answers that call for it and on answers that do not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.element import ElementState
from analysis.written_answer import read_text
from content.interviewer_follow_ups import load_interviewer_follow_ups
from interview.questions.interviewer_follow_ups import (
    MAX_FOLLOW_UPS,
    MIN_WORDS,
    choose_follow_ups,
    find_asked_for,
    join_answers,
)

KNOWN = load_interviewer_follow_ups()
HEARS = [(each.id, text) for each in KNOWN.values() for text in each.hears]
IGNORES = [(each.id, text) for each in KNOWN.values() for text in each.ignores]
STORY = AskedQuestion("x", "Tell me about a time you solved a difficult problem.", QuestionKind.BEHAVIOURAL)
NO_RESULT = KNOWN["result"].hears[0]


def ask_on(text, question, asked=()):
    return [each.id for each in choose_follow_ups(read_text(text).words, question, asked)]


def get_question(follow_up):
    return AskedQuestion("x", KNOWN[follow_up].asked, QuestionKind(KNOWN[follow_up].kind))


@pytest.mark.parametrize(("follow_up", "text"), HEARS)
def test_an_answer_that_leaves_it_out_is_asked_on(follow_up, text):
    assert follow_up in ask_on(text, get_question(follow_up))


@pytest.mark.parametrize(("follow_up", "text"), IGNORES)
def test_an_answer_that_does_not_is_not(follow_up, text):
    assert follow_up not in ask_on(text, get_question(follow_up))


@pytest.mark.parametrize("kind", ["closing", "motivation", "about_you", "screening"])
def test_questions_that_ask_for_no_story_and_no_project_have_no_follow_up(kind):
    question = AskedQuestion("x", "Tell me about yourself.", QuestionKind(kind))
    assert [ask_on(text, question) for _, text in HEARS] == [[]] * len(HEARS)


def test_at_most_two_are_asked_after_one_answer_and_none_twice():
    first = ask_on(NO_RESULT, STORY)
    assert first[0] == "result"
    assert "result" not in ask_on(NO_RESULT, STORY, ["result"])
    assert ask_on(NO_RESULT, STORY, ["my_part", "example"]) == []
    assert all(len(ask_on(text, get_question(each))) <= MAX_FOLLOW_UPS for each, text in HEARS)


def test_what_a_follow_up_brought_is_not_asked_for_again_but_its_number_is():
    words = [read_text(text).words for text in (NO_RESULT, "In the end sick days went down a lot.")]
    joined = join_answers(words)
    assert [each.id for each in choose_follow_ups(joined, STORY, ["result"])] == ["number"]
    assert find_asked_for(joined, KNOWN["result"]).state is ElementState.HEARD
    assert find_asked_for(words[0], KNOWN["result"]).state is ElementState.NOT_HEARD


def test_joined_answers_follow_each_other_in_time():
    words = join_answers([read_text("One two.").words, read_text("Three.").words])
    assert [word.text for word in words] == ["One", "two.", "Three."]
    assert all(before.end <= word.start for before, word in pairwise(words))


def test_a_few_words_are_not_asked_on():
    text = "word " * (MIN_WORDS - 1)
    assert ask_on(text, STORY) == []


def test_every_follow_up_is_a_question():
    assert all(each.text.endswith("?") and len(each.text.split()) <= 12 for each in KNOWN.values())
