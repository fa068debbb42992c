"""How anything that an answer may hold is told: what it is, whether it was heard, in which words, and when.

"Not heard" says that no wording known here was found; it never says that something is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Span
from speech.transcript import Word


class State(StrEnum):
    """Whether something was heard; PERHAPS is shown as such and counts as neither."""

    HEARD = "heard"
    PERHAPS = "perhaps"
    NOT_HEARD = "not_heard"


@dataclass(frozen=True)
class Part:
    """One thing listened for. `sentence` and `span` are where it was heard or perhaps heard, None where it was not."""

    key: str  # "problem"; of a point its place, "1" to "6"
    label: str  # "Problem"; of a point its text
    state: State
    sentence: str | None = None  # the words as spoken, without filler sounds
    span: Span | None = None
    note: str = ""  # one sentence where there is more to say

    def __post_init__(self) -> None:
        if (self.state is State.NOT_HEARD) != (self.sentence is None) or (self.sentence is None) != (self.span is None):
            raise ValueError(f"what was heard has a sentence and a span, what was not has neither: {self!r}")


def part(key: str, label: str, words: Sequence[Word], state: State = State.HEARD, note: str = "") -> Part:
    """A part heard in some words; not heard when there are none."""
    if not words:
        return Part(key, label, State.NOT_HEARD, note=note)
    return Part(key, label, state, text_of(words), Span(words[0].start, words[-1].end), note)


def text_of(words: Sequence[Word]) -> str:
    """Words as one text."""
    return " ".join(word.text for word in words)
