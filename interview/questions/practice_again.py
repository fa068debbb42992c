"""The answers somebody wishes they had given, as questions to practise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from interview.debrief import Debrief, WishedAnswer
from interview.ids import same_id
from interview.questions.own_question import OwnQuestion, own_question


def practice_questions(
    debrief: Debrief, kept: Iterable[OwnQuestion] = ()
) -> tuple[tuple[OwnQuestion, OwnQuestion | None], ...]:
    """What to keep, each with the own question it takes the place of: one for each question with a text.

    The same question of the same interview stays one question, however often the debrief is saved; what the user
    changed about it stays, and only the answer follows the debrief. Raises EntryError for a kind nobody knows.
    """
    known = {question.id: question for question in kept}
    asked = {question_id(debrief.interview, each.question): each for each in debrief.wished if each.question}
    made = ((_question(key, each, known.get(key)), known.get(key)) for key, each in asked.items())
    return tuple((new, old) for new, old in made if new != old)


def question_id(interview: str, text: str) -> str:
    """The id of a question asked in an interview, whatever its capitals and spaces."""
    return same_id("own_question", interview, " ".join(text.casefold().split()))


def _question(key: str, wished: WishedAnswer, old: OwnQuestion | None) -> OwnQuestion:
    answer = wished.answer.text
    if old is not None:
        return replace(old, answer=answer or old.answer)
    return own_question(key, wished.question, wished.kind, answer)
