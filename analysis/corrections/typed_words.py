"""When it was said: words that a user typed in the place of others, and filler sounds that a user added.

Times of typed words are shared out by syllables, numbers as they are said: nobody knows better without hearing the
sound again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from analysis.text.syllables import syllables
from analysis.text.verbalize import spoken_words
from speech.errors import AnswerAloudError
from speech.fillers.filled_pauses import is_filler_sound
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

SURE = 1.0  # probability of what a user has said
USUAL_FILLER_SECONDS = 0.4  # of an um or uh
MIN_VOICE_SECONDS = 0.06  # a shorter stretch of voice is the rim of a word


class CorrectionError(AnswerAloudError):
    """A correction cannot be made to this transcript."""


def split_typed(typed: str) -> tuple[str, ...]:
    """Return the typed words, without unseen signs; raises CorrectionError for one with neither letter nor digit."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    found = tuple(seen.split())
    for token in found:
        if not any(sign.isalnum() for sign in token):
            raise CorrectionError(
                f"“{token}” is not a word that can be said. Type what was said, with its punctuation."
            )
    return found


def distribute_words(words: Sequence[Word], typed: str, following: float) -> tuple[Word, ...]:
    """Return typed words in the time of those they replace; `following` is when the next word begins.

    The first begins and the last ends where the replaced words did; the others begin before what follows.
    No word is typed: none.
    """
    texts = split_typed(typed)
    if not texts:
        return ()
    start, end = words[0].start, words[-1].end
    room = max(0.0, min(end, following) - start)
    weights = [_syllables(text) for text in texts]
    begins = [start + room * before / sum(weights) for before in accumulate(weights[:-1], initial=0)]
    ends = [*begins[1:], max(end, begins[-1])]
    return tuple(_word(text, begin, stop) for text, begin, stop in zip(texts, begins, ends, strict=True))


def find_room_for_filler(transcript: Transcript, place: int) -> Span:
    """Return the likeliest moment right before the word at `place`, or after the last word; it touches no other word.

    That is the longest voice between the two words, from its end at most as long as an um usually is; where there is no
    voice, the end of the silence; and where the words leave no room, the border between them.
    """
    gap = _gap(transcript, place)
    voiced = [Span(max(gap.start, voice.start), min(gap.end, voice.end)) for voice in _voices(transcript, gap)]
    longest = max(voiced, key=lambda span: span.duration, default=gap)
    return Span(max(longest.start, longest.end - USUAL_FILLER_SECONDS), longest.end)


def _gap(transcript: Transcript, place: int) -> Span:
    words = transcript.words
    earlier = max((word.end for word in words[:place]), default=0.0)
    if place < len(words):
        return Span(min(earlier, words[place].start), words[place].start)
    last_voice = max((voice.end for voice in transcript.voice), default=0.0)
    return Span(earlier, max(earlier, min(last_voice, transcript.duration)))


def _voices(transcript: Transcript, gap: Span) -> list[Span]:
    return [voice for voice in transcript.voice if voice.overlap(gap) >= MIN_VOICE_SECONDS]


def _word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, SURE, WordKind.FILLER_SOUND if is_filler_sound(text) else WordKind.WORD)


def _syllables(text: str) -> int:
    return max(1, sum(syllables(said) for said in spoken_words(text)))
