"""What a user typed in the place of words, as words that share their time.

Times are shared out by syllables, numbers as they are said: nobody knows better without hearing the sound again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from analysis.text.syllables import syllables
from analysis.text.verbalize import spoken_words
from speech.errors import AnswerAloudError
from speech.fillers.filled_pauses import is_filler_sound
from speech.transcript import Word, WordKind

SURE = 1.0  # probability of what a user has said


class CorrectionError(AnswerAloudError):
    """A correction cannot be made to this transcript."""


def tokens(typed: str) -> tuple[str, ...]:
    """The typed words, without signs that nobody sees; raises CorrectionError when one has neither letter nor digit."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    found = tuple(seen.split())
    for token in found:
        if not any(sign.isalnum() for sign in token):
            raise CorrectionError(
                f"“{token}” is not a word that can be said. Type what was said, with its punctuation."
            )
    return found


def words_in_place_of(words: Sequence[Word], typed: str, following: float) -> tuple[Word, ...]:
    """Typed words in the time of those they replace, none for an empty text; `following` is when the next word begins.

    The first begins and the last ends where the replaced words did; the others begin before what follows.
    """
    texts = tokens(typed)
    if not texts:
        return ()
    start, end = words[0].start, words[-1].end
    room = max(0.0, min(end, following) - start)
    weights = [_syllables(text) for text in texts]
    begins = [start + room * before / sum(weights) for before in accumulate(weights[:-1], initial=0)]
    ends = [*begins[1:], max(end, begins[-1])]
    return tuple(_word(text, begin, stop) for text, begin, stop in zip(texts, begins, ends, strict=True))


def _word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, SURE, WordKind.FILLER_SOUND if is_filler_sound(text) else WordKind.WORD)


def _syllables(text: str) -> int:
    return max(1, sum(syllables(said) for said in spoken_words(text)))
