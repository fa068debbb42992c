"""What stands around a word or phrase that may be a filler."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.text.function_words import CONJUNCTIONS, opens_clause

SET_OFF_PAUSE_SECONDS = 0.15  # s between two words
WORDS_READ_AHEAD = 6  # after a phrase


@dataclass(frozen=True)
class Neighbourhood:
    """The context of a phrase.

    Words are in lower case without punctuation, "" where there is none; filler sounds are skipped.
    """

    before: str
    earlier: frozenset[str]  # the few words before that one
    after: str
    rest: tuple[str, ...]  # a few words of the sentence that follow, `after` the first of them
    is_sentence_start: bool  # first of a sentence, other fillers and a leading and/but/so looked through
    set_off_before: bool
    set_off_after: bool
    comma_after: bool  # or another mark, not one that only frames a filler sound
    sound_after: bool  # a filler sound comes next
    is_first: bool  # of the whole answer

    @property
    def then(self) -> str:
        """The second word after it."""
        return self.rest[1] if len(self.rest) > 1 else ""

    @property
    def clause_follows(self) -> bool:
        """Whether a clause with a subject of its own begins right after it: "we had", "it was", "there were"."""
        return opens_clause(self.rest)

    @property
    def joins_clause(self) -> bool:
        """Whether it stands between and, but, so, because and a clause of its own: "but honestly we had"."""
        return self.before in CONJUNCTIONS and self.clause_follows

    @property
    def is_alone(self) -> bool:
        """Whether the phrase is set off on both sides."""
        return self.set_off_before and self.set_off_after
