"""Turn the answers the user wishes they had given into questions to practise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from interview.debrief import Debrief, WishedAnswer
from interview.ids import make_stable_id
from interview.questions.own_question import OwnQuestion, make_own_question


def make_practice_questions(
    debrief: Debrief, kept: Iterable[OwnQuestion] = ()
) -> tuple[tuple[OwnQuestion, OwnQuestion | None], ...]:
    """Make an own question of each question in the debrief, and pair it with the one it replaces.

    A question of an interview stays one question however often the debrief is saved. The user's changes
    to it are kept; only the answer follows the debrief.

    Args:
        debrief: with the answers to give again.
        kept: the stored own questions.

    Returns:
        Pairs of the new question and the stored one (None if there is none), without unchanged ones.

    Raises:
        EntryError: the kind of a question is unknown.
    """
    known = {question.id: question for question in kept}
    asked = {make_question_id(debrief.interview, each.question): each for each in debrief.wished if each.question}
    made = ((_make_question(key, each, known.get(key)), known.get(key)) for key, each in asked.items())
    return tuple((new, old) for new, old in made if new != old)


def make_question_id(interview: str, text: str) -> str:
    """Return the id of a question asked in an interview, ignoring capitals and spacing."""
    return make_stable_id("own_question", interview, " ".join(text.casefold().split()))


def _make_question(key: str, wished: WishedAnswer, old: OwnQuestion | None) -> OwnQuestion:
    answer = wished.answer.text
    if old is not None:
        return replace(old, answer=answer or old.answer)
    return make_own_question(key, wished.question, wished.kind, answer)
