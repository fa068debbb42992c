"""What a rule for the closing minutes is: wordings looked for in one sentence, or in one question.

The rules themselves stand in `closing_question_topics`, which listens to questions only, and in `closing_statements`,
which listens to everything. tests/data/closing.toml has twenty examples each way for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from re import Pattern


class Check(StrEnum):
    """What is listened for."""

    NEXT_STEPS = "next_steps"
    TIMING = "timing"
    WEBSITE = "website"
    PRESSING = "pressing"
    THANKS = "thanks"
    INTEREST = "interest"


@dataclass(frozen=True)
class ClosingRule:
    """One check: its label, the wordings that are heard, and those that take it back."""

    label: str
    wording: Pattern[str]
    unless: Pattern[str] | None = None
