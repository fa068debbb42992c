"""Edit the card of questions to ask; every change is based on the card that was on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.interview import Interview
from store.store import Store


@dataclass(frozen=True)
class CardDraft:
    """The card of an interview as shown; `kept` is the stored one, None until something is on it."""

    interview: str
    kept: AskCard | None

    @property
    def questions(self) -> tuple[CardQuestion, ...]:
        """The questions on the card, in order."""
        return self.kept.questions if self.kept else ()

    def make_card(self, questions: Sequence[CardQuestion]) -> AskCard:
        """Make a card with other questions; raises EntryError."""
        return AskCard(make_ask_card_id(self.interview), self.interview, tuple(questions))


def find_card(store: Store, interview: Interview) -> CardDraft:
    """Load the card of an interview; raises StoreError."""
    return CardDraft(interview.id, next(iter(store.load_documents(AskCard, interview=interview.id)), None))


def save_card(store: Store, card: CardDraft, questions: Sequence[CardQuestion]) -> None:
    """Replace the questions on a card; raises EntryError or StoreError."""
    store.save(card.make_card(questions), expected=card.kept)


def add_question(store: Store, card: CardDraft, question: CardQuestion) -> None:
    """Add a question at the end of a card; raises EntryError or StoreError."""
    save_card(store, card, (*card.questions, question))


def replace_question(store: Store, card: CardDraft, place: int, question: CardQuestion) -> None:
    """Replace the question at an index from 0; raises EntryError or StoreError."""
    save_card(store, card, (*card.questions[:place], question, *card.questions[place + 1 :]))


def move_question(store: Store, card: CardDraft, place: int, by: int) -> None:
    """Move the question at an index from 0 by so many positions, down if positive; raises StoreError."""
    order = list(card.questions)
    order.insert(place + by, order.pop(place))
    save_card(store, card, order)


def remove_question(store: Store, card: CardDraft, place: int) -> None:
    """Remove the question at an index from 0; raises StoreError."""
    save_card(store, card, card.questions[:place] + card.questions[place + 1 :])
