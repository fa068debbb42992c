"""One correction that a user made to a transcript; the recognised transcript is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Segment


class CorrectionAction(StrEnum):
    """What the user did."""

    CHANGE_WORD = "change_word"  # something else was said there, in one word or several, or nothing
    CONFIRM_FILLER = "confirm_filler"  # heard right
    REMOVE_FILLER = "remove_filler"  # heard where there was none
    ADD_FILLER = "add_filler"  # not heard
    ACCEPT_POSSIBLE = "accept_possible"  # a possible filler is one
    REFUSE_POSSIBLE = "refuse_possible"  # a possible filler is none
    MARK_FILLER = "mark_filler"  # a word or phrase only fills there
    UNMARK_FILLER = "unmark_filler"  # a word or phrase that counted as a filler means something there


@dataclass(frozen=True)
class Correction:
    """One change at one moment; `before` is None if nothing was there, `after` if nothing is there now.

    The span runs from the start of the first to the end of the last affected word, and `before` is
    their texts joined by spaces, as they were after all earlier corrections.
    """

    action: CorrectionAction
    span: Segment
    before: str | None
    after: str | None
