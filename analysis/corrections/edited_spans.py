"""A transcript cut into pieces: what was heard beside what stands there now, after corrections.

Laws: the heard words of all pieces in a row are the recognised ones, in order; the words that stand there now are in
time order too. A piece that no correction touched holds one word, the same on both sides. Places are counted over the
words that stand there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from speech.segment import Span
from speech.transcript import Word


@dataclass(frozen=True)
class EditedSpan:
    """A stretch of an answer; `heard` is empty where words were added, `now` where all were taken away."""

    heard: tuple[Word, ...]
    now: tuple[Word, ...]

    @property
    def start(self) -> float:
        """When the piece begins, in seconds."""
        return (self.now or self.heard)[0].start


EditedSpans = tuple[EditedSpan, ...]


def as_heard(words: Iterable[Word]) -> EditedSpans:
    """Words that nobody has touched."""
    return tuple(EditedSpan((word,), (word,)) for word in words)


def heard_words(pieces: Iterable[EditedSpan]) -> tuple[Word, ...]:
    """The words as recognised."""
    return tuple(word for piece in pieces for word in piece.heard)


def words_now(pieces: Iterable[EditedSpan]) -> tuple[Word, ...]:
    """The words as they stand after the corrections."""
    return tuple(word for piece in pieces for word in piece.now)


def run_of(words: Sequence[Word], span: Span, text: str) -> range | None:
    """The places of the words in a row that begin and end exactly with a span and have exactly this text."""
    for first, word in enumerate(words):
        if word.start == span.start:
            for after in range(first + 1, len(words) + 1):
                said = " ".join(each.text for each in words[first:after])
                if said == text and words[after - 1].end == span.end:
                    return range(first, after)
                if len(said) > len(text):
                    break
    return None


def replaced(pieces: EditedSpans, run: range, new: Sequence[Word]) -> EditedSpans:
    """The pieces with a run of words replaced by others; the pieces it stood in become one, or vanish when empty."""
    touched = [place for place, (_, places) in enumerate(_with_places(pieces)) if places and _meet(places, run)]
    first, after = touched[0], touched[-1] + 1
    offset = run.start - len(words_now(pieces[:first]))
    now = words_now(pieces[first:after])
    joined = EditedSpan(heard_words(pieces[first:after]), (*now[:offset], *new, *now[offset + len(run) :]))
    return (*pieces[:first], *((joined,) if joined.heard or joined.now else ()), *pieces[after:])


def relabelled(pieces: EditedSpans, run: range, changed: Sequence[Word]) -> EditedSpans:
    """The pieces with each word of a run replaced by its changed self; they stay the pieces they are."""
    new = dict(zip(run, changed, strict=True))
    return tuple(
        replace(piece, now=tuple(new.get(place, word) for place, word in zip(places, piece.now, strict=True)))
        for piece, places in _with_places(pieces)
    )


def inserted(pieces: EditedSpans, word: Word) -> EditedSpans:
    """The pieces with one more word, before all words that do not begin earlier."""
    for place, piece in enumerate(pieces):
        earlier = sum(known.start < word.start for known in piece.now)
        if 0 < earlier < len(piece.now):
            inner = replace(piece, now=(*piece.now[:earlier], word, *piece.now[earlier:]))
            return (*pieces[:place], inner, *pieces[place + 1 :])
        if not earlier and piece.start >= word.start:
            return (*pieces[:place], EditedSpan((), (word,)), *pieces[place:])
    return (*pieces, EditedSpan((), (word,)))


def _with_places(pieces: EditedSpans) -> Iterator[tuple[EditedSpan, range]]:
    at = 0
    for piece in pieces:
        yield piece, range(at, at + len(piece.now))
        at += len(piece.now)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
