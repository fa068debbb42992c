"""Every question there is to practise: those of the content and the user's own, without the hidden ones."""

from __future__ import annotations

from collections.abc import Iterable

from content.questions import Question, questions
from interview.questions.own_question import HiddenQuestion, OwnQuestion


def bank(own: Iterable[OwnQuestion], hidden: Iterable[HiddenQuestion] = ()) -> tuple[Question, ...]:
    """The questions to offer, the user's own last."""
    gone = {each.question for each in hidden}
    return tuple(each for each in (*questions(), *(mine.question for mine in own)) if each.id not in gone)


def in_bank(id: str, own: Iterable[OwnQuestion]) -> Question | None:  # noqa: A002 - the field has this name
    """The question with this id, hidden or not; None where it was deleted."""
    return next((each for each in bank(own) if each.id == id), None)
