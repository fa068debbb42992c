"""The card of questions to ask, as it is kept: every change is made to the card that was on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app_pages.ui.errors import told
from app_pages.ui.store_access import get_store
from interview.ask_card.card import AskCard, CardQuestion, ask_card_id
from interview.interview import Interview


@dataclass(frozen=True)
class Card:
    """The card of one interview; `kept` is None until something is on it."""

    interview: str
    kept: AskCard | None

    @property
    def questions(self) -> tuple[CardQuestion, ...]:
        """What is on it, in order."""
        return self.kept.questions if self.kept else ()

    def with_questions(self, questions: Sequence[CardQuestion]) -> AskCard:
        """The card with others on it; raises EntryError."""
        return AskCard(ask_card_id(self.interview), self.interview, tuple(questions))


def of_interview(interview: Interview) -> Card:
    """The card as it is kept now; raises StoreError."""
    return Card(interview.id, next(iter(get_store().things(AskCard, interview=interview.id)), None))


def change(card: Card, questions: Sequence[CardQuestion]) -> bool:
    """Keep other questions on the card; whether that was done, else it is told why not."""
    with told():
        get_store().keep(card.with_questions(questions), instead_of=card.kept)
        return True
    return False


def add(card: Card, question: CardQuestion) -> bool:
    """Put a question at the end of the card."""
    return change(card, (*card.questions, question))


def move(card: Card, place: int, by: int) -> None:
    """Put the question at a place that many places further down."""
    order = list(card.questions)
    order.insert(place + by, order.pop(place))
    change(card, order)


def remove(card: Card, place: int) -> None:
    """Take the question at a place off the card."""
    change(card, card.questions[:place] + card.questions[place + 1 :])
