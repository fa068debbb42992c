"""Answers that somebody wishes they had given become questions to practise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interview.debrief import DebriefNote, WishedAnswer
from interview.questions.practice_again import make_practice_questions
from interview.validation import EntryError
from tests.support.interviews import DEBRIEF, TWO


def test_each_question_becomes_one_to_practise_with_its_answer_and_kind() -> None:
    wished = (
        WishedAnswer("Why us?", DebriefNote("Because of the open data."), "motivation"),
        WishedAnswer("How do you test?", DebriefNote("", TWO), "technical", blank=True),
    )
    (why, _), (how, _) = make_practice_questions(replace(DEBRIEF, wished=wished))
    assert (why.text, why.kind, why.answer) == ("Why us?", "motivation", "Because of the open data.")
    assert (how.text, how.kind, how.answer) == ("How do you test?", "technical", "")
    assert why.question.fill_slots() == "Why us?"
    assert why.id != how.id


def test_saving_the_debrief_again_changes_nothing() -> None:
    kept = [new for new, _ in make_practice_questions(DEBRIEF)]
    assert len(kept) == 1
    assert make_practice_questions(DEBRIEF, kept) == ()


def test_a_new_answer_is_taken_over_and_the_users_changes_stay() -> None:
    (old,) = [new for new, _ in make_practice_questions(DEBRIEF)]
    edited = replace(old, text="How would you test this model?", prompts=("Known cases first.",))
    (asked,) = DEBRIEF.wished
    better = replace(DEBRIEF, wished=(replace(asked, answer=DebriefNote("With two kinds of cases.")),))
    assert make_practice_questions(better, [edited]) == ((replace(edited, answer="With two kinds of cases."), edited),)


def test_a_repeated_question_is_made_once_and_an_empty_one_not_at_all() -> None:
    wished = (
        WishedAnswer("Why us?"),
        WishedAnswer("why  US?", DebriefNote("Data.")),
        WishedAnswer("", DebriefNote("Lost.")),
    )
    ((question, _),) = make_practice_questions(replace(DEBRIEF, wished=wished))
    assert question.answer == "Data."


def test_the_same_question_in_another_interview_is_a_separate_one() -> None:
    ((here, _),) = make_practice_questions(DEBRIEF)
    ((there, _),) = make_practice_questions(replace(DEBRIEF, interview=TWO))
    assert here.id != there.id


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(EntryError, match="kind of a question should be one of"):
        make_practice_questions(replace(DEBRIEF, wished=(WishedAnswer("Why?", kind="riddle"),)))
