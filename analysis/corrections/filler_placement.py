"""Where a filler sound lies that the user says was there, between two words of a transcript."""

from __future__ import annotations

from speech.segment import Span
from speech.transcript import Transcript

USUAL = 0.4  # s of an um or uh
LEAST_VOICE = 0.06  # s; a shorter stretch of voice is the rim of a word


def room_for_filler(transcript: Transcript, place: int) -> Span:
    """The likeliest moment right before the word at `place`, or after the last word; it touches no other word.

    That is the longest voice between the two words, from its end at most as long as an um usually is; where there is no
    voice, the end of the silence; and where the words leave no room, the border between them.
    """
    gap = _gap(transcript, place)
    voiced = [Span(max(gap.start, voice.start), min(gap.end, voice.end)) for voice in _voices(transcript, gap)]
    longest = max(voiced, key=lambda span: span.duration, default=gap)
    return Span(max(longest.start, longest.end - USUAL), longest.end)


def _gap(transcript: Transcript, place: int) -> Span:
    words = transcript.words
    earlier = max((word.end for word in words[:place]), default=0.0)
    if place < len(words):
        return Span(min(earlier, words[place].start), words[place].start)
    last_voice = max((voice.end for voice in transcript.voice), default=0.0)
    return Span(earlier, max(earlier, min(last_voice, transcript.duration)))


def _voices(transcript: Transcript, gap: Span) -> list[Span]:
    return [voice for voice in transcript.voice if voice.overlap(gap) >= LEAST_VOICE]
