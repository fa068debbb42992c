"""The questions as this user has them: those of the content and their own, some hidden, with their gaps filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.finding import Band
from analysis.question import AskedQuestion, QuestionKind
from app_pages.use_cases.store_access import store
from content.questions import Question
from interview.questions import bank
from interview.questions.own_question import HiddenQuestion, OwnQuestion
from interview.questions.placeholder_values import Fillings


@dataclass(frozen=True)
class Bank:
    """Everything there is to practise, as it is kept at one moment."""

    own: Mapping[str, OwnQuestion]  # by id
    hidden: Mapping[str, HiddenQuestion]  # by the question's id
    fillings: Mapping[str, Fillings]  # by the question's id

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, hidden ones too."""
        return bank.bank(self.own.values())

    @property
    def offered(self) -> tuple[Question, ...]:
        """The questions to practise; all of them as long as all are hidden."""
        return bank.bank(self.own.values(), self.hidden.values()) or self.questions

    def find(self, question_id: str) -> Question | None:
        """The question with this id, hidden or not; None where it was deleted."""
        return bank.in_bank(question_id, self.own.values())

    def text(self, question: Question) -> str:
        """A question as it is asked, with the user's words in its gaps."""
        filled = self.fillings.get(question.id)
        return question.asked(filled.by_slot if filled else None)

    def asked(self, question: Question) -> AskedQuestion:
        """A question as the measures and the store know it."""
        return AskedQuestion(question.id, self.text(question), QuestionKind(question.kind))


def current() -> Bank:
    """What is kept now; raises StoreError."""
    return Bank(
        {each.id: each for each in store().things(OwnQuestion)},
        {each.question: each for each in store().things(HiddenQuestion)},
        {each.question: each for each in store().things(Fillings)},
    )


def own_bands(question_id: str) -> dict[str, Band]:
    """The ranges that the user set with a question of their own; raises StoreError."""
    return next((each.bands for each in store().things(OwnQuestion) if each.id == question_id), {})
