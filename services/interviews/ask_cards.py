"""The card of questions to ask in an interview: every change is made to the card that was on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.interview import Interview
from store.store import Store


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
        """Return the card with others on it; raises EntryError."""
        return AskCard(make_ask_card_id(self.interview), self.interview, tuple(questions))


def find_card(store: Store, interview: Interview) -> Card:
    """Return the card as it is kept now; raises StoreError."""
    return Card(interview.id, next(iter(store.things(AskCard, interview=interview.id)), None))


def save_card(store: Store, card: Card, questions: Sequence[CardQuestion]) -> None:
    """Store other questions on a card; raises EntryError or StoreError."""
    store.keep(card.with_questions(questions), instead_of=card.kept)


def add_question(store: Store, card: Card, question: CardQuestion) -> None:
    """Put a question at the end of a card; raises EntryError or StoreError."""
    save_card(store, card, (*card.questions, question))


def replace_question(store: Store, card: Card, place: int, question: CardQuestion) -> None:
    """Put a question in the place of another, counted from 0; raises EntryError or StoreError."""
    save_card(store, card, (*card.questions[:place], question, *card.questions[place + 1 :]))


def move_question(store: Store, card: Card, place: int, by: int) -> None:
    """Put the question at a place so many places further down; raises StoreError."""
    order = list(card.questions)
    order.insert(place + by, order.pop(place))
    save_card(store, card, order)


def remove_question(store: Store, card: Card, place: int) -> None:
    """Take the question at a place off a card; raises StoreError."""
    save_card(store, card, card.questions[:place] + card.questions[place + 1 :])
