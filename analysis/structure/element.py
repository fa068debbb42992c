"""One expected element of an answer, and where it was found.

"Not heard" means that no known wording was found; it never means that something is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Segment
from speech.transcript import Word


class ElementState(StrEnum):
    """Whether an element was found; POSSIBLE is shown as "perhaps" and counts as neither."""

    HEARD = "heard"
    POSSIBLE = "perhaps"
    NOT_HEARD = "not_heard"


@dataclass(frozen=True)
class Element:
    """One expected element. `sentence` and `span` say where it was found or possibly found; None if not heard."""

    key: str  # "problem"; of a point its place, "1" to "6"
    label: str  # "Problem"; of a point its text
    state: ElementState
    sentence: str | None = None  # the words as spoken, without filler sounds
    span: Segment | None = None
    note: str = ""  # one sentence where there is more to say

    def __post_init__(self) -> None:
        if (self.state is ElementState.NOT_HEARD) != (self.sentence is None) or (self.sentence is None) != (
            self.span is None
        ):
            raise ValueError(f"what was heard has a sentence and a span, what was not has neither: {self!r}")


def build_element(
    key: str, label: str, words: Sequence[Word], state: ElementState = ElementState.HEARD, note: str = ""
) -> Element:
    """Build an element from the words it was found in.

    Args:
        key: such as "problem".
        label: such as "Problem".
        words: neighbouring words; empty if the element was not heard.
        state: of an element that has words.
        note: one sentence, or empty if there is nothing to add.
    """
    if not words:
        return Element(key, label, ElementState.NOT_HEARD, note=note)
    return Element(key, label, state, join_words(words), Segment(words[0].start, words[-1].end), note)


def join_words(words: Sequence[Word]) -> str:
    """Join the texts of words with spaces."""
    return " ".join(word.text for word in words)
