"""Assign times to words that a user typed over others, and to filler sounds that a user added.

A span's time is divided among typed words by their syllables, numbers as they are said; without
listening to the sound again there is no better estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from analysis.text.syllables import count_word_syllables
from analysis.text.verbalize import verbalise_token
from speech.errors import AnswerAloudError
from speech.fillers.filled_pauses import is_filled_pause
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

CERTAIN = 1.0  # probability of what a user has said
USUAL_FILLER_SECONDS = 0.4  # of an um or uh
MIN_VOICE_SECONDS = 0.06  # a shorter stretch of voice is the rim of a word


class CorrectionError(AnswerAloudError):
    """A correction cannot be made to this transcript."""


def split_typed(typed: str) -> tuple[str, ...]:
    """Return the words of a typed text, without invisible characters.

    Raises:
        CorrectionError: A word has neither a letter nor a digit.
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    found = tuple(seen.split())
    for token in found:
        if not any(sign.isalnum() for sign in token):
            raise CorrectionError(f"“{token}” isn't something you can say. Type what you said, with its punctuation.")
    return found


def distribute_words(words: Sequence[Word], typed: str, following: float) -> tuple[Word, ...]:
    """Return typed words, placed in the time of the words that they replace.

    The first begins and the last ends where the replaced words did; the others begin before
    `following`.

    Args:
        words: The words to be replaced, at least one.
        typed: What the user typed; without a word in it, nothing is returned.
        following: When the next word begins, in seconds.
    """
    texts = split_typed(typed)
    if not texts:
        return ()
    start, end = words[0].start, words[-1].end
    room = max(0.0, min(end, following) - start)
    weights = [_count_syllables(text) for text in texts]
    begins = [start + room * before / sum(weights) for before in accumulate(weights[:-1], initial=0)]
    ends = [*begins[1:], max(end, begins[-1])]
    return tuple(_make_word(text, begin, stop) for text, begin, stop in zip(texts, begins, ends, strict=True))


def find_room_for_filler(transcript: Transcript, place: int) -> Segment:
    """Return the likeliest span for a filler sound that the user added before the word at index `place`.

    `place` may be the number of words, for the end of the answer. The span overlaps no other word. It
    is the end of the longest voiced stretch between the two words, at most 0.4 s of it; without voice,
    the end of the silence; and if the words leave no room, the border between them.
    """
    gap = _find_gap(transcript, place)
    voiced = [Segment(max(gap.start, voice.start), min(gap.end, voice.end)) for voice in _find_voices(transcript, gap)]
    longest = max(voiced, key=lambda span: span.duration, default=gap)
    return Segment(max(longest.start, longest.end - USUAL_FILLER_SECONDS), longest.end)


def _find_gap(transcript: Transcript, place: int) -> Segment:
    words = transcript.words
    earlier = max((word.end for word in words[:place]), default=0.0)
    if place < len(words):
        return Segment(min(earlier, words[place].start), words[place].start)
    last_voice = max((voice.end for voice in transcript.voice), default=0.0)
    return Segment(earlier, max(earlier, min(last_voice, transcript.duration)))


def _find_voices(transcript: Transcript, gap: Segment) -> list[Segment]:
    return [voice for voice in transcript.voice if voice.overlap(gap) >= MIN_VOICE_SECONDS]


def _make_word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, CERTAIN, WordKind.FILLED_PAUSE if is_filled_pause(text) else WordKind.WORD)


def _count_syllables(text: str) -> int:
    return max(1, sum(count_word_syllables(said) for said in verbalise_token(text)))
