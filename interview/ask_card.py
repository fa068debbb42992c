"""The questions the user wants to ask in an interview, on one card."""

from __future__ import annotations

from dataclasses import dataclass

from interview.ids import make_stable_id
from interview.validation import check_filled_line, check_id, check_line, check_max_count

MAX_QUESTIONS = 20  # questions on a card
MAX_FOLLOW_UPS = 5


def make_ask_card_id(interview: str) -> str:
    """The id of the card for one interview, so that it has one."""
    return make_stable_id("ask_card", interview)


@dataclass(frozen=True)
class CardQuestion:
    """One question to ask, with what could be asked after the answer."""

    text: str
    follow_ups: tuple[str, ...] = ()
    ask: str = ""  # whom: a name, or empty for anybody

    def __post_init__(self) -> None:
        check_filled_line("A question to ask", self.text)
        check_line("Who to ask", self.ask)
        check_max_count("The follow-up questions to one question", self.follow_ups, MAX_FOLLOW_UPS)
        check_filled_line("A follow-up question", *self.follow_ups)


@dataclass(frozen=True)
class AskCard:
    """The chosen questions in the order to ask them."""

    id: str
    interview: str | None = None
    questions: tuple[CardQuestion, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of a card", self.id)
        check_id("The interview of a card", self.interview)
        check_max_count("The questions on a card", self.questions, MAX_QUESTIONS)
