"""What a user set right in a transcript; the transcript as recognised stays beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Span


class CorrectionAction(StrEnum):
    """What was done."""

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
    """One change at one moment; `before` is None where nothing stood, `after` where nothing stands now.

    The span runs from the start of the first to the end of the last word that is meant, and `before` is their texts
    with a space between them, as they stood after the corrections made earlier.
    """

    action: CorrectionAction
    span: Span
    before: str | None
    after: str | None
