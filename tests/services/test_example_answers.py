"""The example answers hold what the app itself asks of an answer, read by the same means as the user's drafts."""

from __future__ import annotations

import pytest

from analysis.question import QuestionKind
from analysis.structure.answer_elements import PARTS
from analysis.structure.element import ElementState
from analysis.structure.expected_structure import find_expected_structure
from analysis.structure.understanding import Content
from analysis.written_answer import WrittenAnswer
from content.questions import Question, load_questions
from services.asked_questions import make_asked_question
from services.submission import check_draft

EXAMPLES = [each for each in load_questions() if each.example is not None]
CLOSING = (Content.NEXT_STEPS, Content.TIMING, Content.THANKS, Content.INTEREST)
MAX_HEDGES = 2
MIN_TICKS_SHARE = 0.9  # of the parts of a good answer that an answer is searched for


def read_example(question: Question) -> WrittenAnswer:
    assert question.example is not None
    return check_draft(question.example.text, make_asked_question(question))


@pytest.mark.parametrize("question", EXAMPLES, ids=[each.id for each in EXAMPLES])
def test_an_example_has_the_parts_that_its_question_calls_for(question: Question) -> None:
    content, asked = read_example(question).content, make_asked_question(question)
    structure = find_expected_structure(asked)
    called_for = CLOSING if asked.kind is QuestionKind.CLOSING else PARTS[structure] if structure else ()
    states = {key.value: content.state(key).value for key in called_for}
    assert ElementState.NOT_HEARD.value not in states.values(), states
    assert all(content.is_heard(key) for key in called_for if key in (Content.ACTION, Content.RESULT, *CLOSING)), states
    assert not content.is_heard(Content.PRESSING)
    assert not content.is_heard(Content.WEBSITE)


@pytest.mark.parametrize("question", EXAMPLES, ids=[each.id for each in EXAMPLES])
def test_an_example_neither_hedges_nor_repeats_itself(question: Question) -> None:
    read = read_example(question)
    assert len(read.hedges) <= MAX_HEDGES
    assert read.repetitions == read.filler_words == ()


def test_the_parts_of_a_good_answer_are_heard_in_the_examples() -> None:
    searched = [
        read_example(question).content.state(Content(key)) for question in EXAMPLES for key in question.elements if key
    ]
    assert len(searched) >= 80
    assert sum(state is ElementState.HEARD for state in searched) >= MIN_TICKS_SHARE * len(searched)


def test_parts_of_good_answers_name_what_an_answer_is_searched_for_and_each_once() -> None:
    for question in load_questions():
        keys = [key for key in question.elements if key]
        assert {Content(key) for key in keys} <= set(Content)
        assert len(set(keys)) == len(keys), question.id
