"""A transcript as a row of spans, each with the recognised words beside the current ones.

Invariants: the recognised words of all spans in a row are the recogniser's, in order; the current
words are in time order too. A span without a correction has one word, the same on both sides.
Indices count the current words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from speech.segment import Segment
from speech.transcript import Word


@dataclass(frozen=True)
class EditedSpan:
    """A stretch of an answer; `heard` is empty where words were added, `now` where all were removed."""

    heard: tuple[Word, ...]
    now: tuple[Word, ...]

    @property
    def start(self) -> float:
        """When the span begins, in seconds."""
        return (self.now or self.heard)[0].start


EditedSpans = tuple[EditedSpan, ...]


def as_heard(words: Iterable[Word]) -> EditedSpans:
    """Return the words as spans without any edit."""
    return tuple(EditedSpan((word,), (word,)) for word in words)


def list_heard_words(pieces: Iterable[EditedSpan]) -> tuple[Word, ...]:
    """Return the words as recognised."""
    return tuple(word for piece in pieces for word in piece.heard)


def list_current_words(pieces: Iterable[EditedSpan]) -> tuple[Word, ...]:
    """Return the words after all corrections."""
    return tuple(word for piece in pieces for word in piece.now)


def find_run(words: Sequence[Word], span: Segment, text: str) -> range | None:
    """Return the indices of the consecutive words that have exactly this span and this text.

    Args:
        words: The current words, in time order.
        span: From the start of the first to the end of the last word.
        text: Their texts joined by spaces.

    Returns:
        The range of indices; None if there are no such words.
    """
    for first, word in enumerate(words):
        if word.start == span.start:
            for after in range(first + 1, len(words) + 1):
                said = " ".join(each.text for each in words[first:after])
                if said == text and words[after - 1].end == span.end:
                    return range(first, after)
                if len(said) > len(text):
                    break
    return None


def replace_run(pieces: EditedSpans, run: range, new: Sequence[Word]) -> EditedSpans:
    """Return the spans with a run of current words replaced by others.

    The spans that the run touches are merged into one, which is dropped if nothing is left on either
    side.
    """
    touched = [
        place for place, (_, places) in enumerate(_pair_with_places(pieces)) if places and _has_overlap(places, run)
    ]
    first, after = touched[0], touched[-1] + 1
    offset = run.start - len(list_current_words(pieces[:first]))
    now = list_current_words(pieces[first:after])
    joined = EditedSpan(list_heard_words(pieces[first:after]), (*now[:offset], *new, *now[offset + len(run) :]))
    return (*pieces[:first], *((joined,) if joined.heard or joined.now else ()), *pieces[after:])


def relabel_run(pieces: EditedSpans, run: range, changed: Sequence[Word]) -> EditedSpans:
    """Return the spans with each word of a run replaced by its changed version; no spans are merged."""
    new = dict(zip(run, changed, strict=True))
    return tuple(
        replace(piece, now=tuple(new.get(place, word) for place, word in zip(places, piece.now, strict=True)))
        for piece, places in _pair_with_places(pieces)
    )


def insert_word(pieces: EditedSpans, word: Word) -> EditedSpans:
    """Return the spans with one more current word, before the first word that does not begin earlier."""
    for place, piece in enumerate(pieces):
        earlier = sum(known.start < word.start for known in piece.now)
        if 0 < earlier < len(piece.now):
            inner = replace(piece, now=(*piece.now[:earlier], word, *piece.now[earlier:]))
            return (*pieces[:place], inner, *pieces[place + 1 :])
        if not earlier and piece.start >= word.start:
            return (*pieces[:place], EditedSpan((), (word,)), *pieces[place:])
    return (*pieces, EditedSpan((), (word,)))


def _pair_with_places(pieces: EditedSpans) -> Iterator[tuple[EditedSpan, range]]:
    at = 0
    for piece in pieces:
        yield piece, range(at, at + len(piece.now))
        at += len(piece.now)


def _has_overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
