"""Which sounds and words of an answer only fill.

Conventions: filler sounds (um, uh) come with the transcript; filler words are labelled here, only in filler use, but
those that the user named (`own`, see `own_fillers`) wherever they are said. A phrase of several words is labelled on
each of them and found as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from analysis.measures.fillers.discourse_markers import LONGEST_FIRST, RULES, SET_OFF_PAUSE, Neighbourhood, Phrase
from analysis.text.clauses import ends_sentence, plain
from speech.segment import Span
from speech.transcript import Word, WordKind

_MARKS = (",", ";", ":", ".", "?", "!", "—", "–", "…")
_LEADING = frozenset({"and", "but", "so", "or"})


def label_filler_words(
    words: Sequence[Word], own: Sequence[Phrase] = (), meant: Collection[Span] = ()
) -> tuple[Word, ...]:
    """Return the same words, those in filler use relabelled FILLER_WORD; sounds and repetitions stay what they are.

    Words said at one of the moments `meant` are words: the user said that they mean something there.
    """
    labelled = list(words)
    known = _known_phrases(own)
    said = [index for index, word in enumerate(words) if word.kind is not WordKind.FILLER_SOUND]
    place = 0
    while place < len(said):
        here = [labelled[index] for index in said[place : place + len(known[0])]]
        phrase = _phrase_at(here, known, meant)
        if phrase and (phrase in own or RULES[phrase](_neighbourhood(labelled, said, place, len(phrase)))):
            for index in said[place : place + len(phrase)]:
                labelled[index] = replace(labelled[index], kind=WordKind.FILLER_WORD)
            place += len(phrase)
        else:
            place += 1
    return tuple(labelled)


def find_phrase_around(words: Sequence[Word], place: int, own: Sequence[Phrase] = ()) -> range:
    """Return the places of the known phrase that a word belongs to, fillers or not; else its own place."""
    texts = [plain(word) for word in words]
    for phrase in _known_phrases(own):
        for first in range(max(0, place - len(phrase) + 1), place + 1):
            if tuple(texts[first : first + len(phrase)]) == phrase:
                return range(first, first + len(phrase))
    return range(place, place + 1)


def find_filler_sounds(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the filler sounds, F_s of the formulas."""
    return tuple(word for word in words if word.kind is WordKind.FILLER_SOUND)


def find_filler_uses(words: Sequence[Word], own: Sequence[Phrase] = ()) -> tuple[Span, ...]:
    """Return when each filler word or phrase was said, F_w of the formulas; "you know" is one."""
    return tuple(Span(use[0].start, use[-1].end) for use in _uses(words, _known_phrases(own)))


def _known_phrases(own: Sequence[Phrase]) -> Sequence[Phrase]:
    """Return the phrases with rules and the user's own, the longest first; never empty."""
    return sorted({*LONGEST_FIRST, *own}, key=len, reverse=True) if own else LONGEST_FIRST


def _phrase_at(words: Sequence[Word], known: Sequence[Phrase], meant: Collection[Span]) -> Phrase | None:
    texts = tuple(plain(word) for word in words)
    for phrase in known:
        here = words[: len(phrase)]
        if texts[: len(phrase)] == phrase and all(_may_fill(word, meant) for word in here):
            return phrase
    return None


def _may_fill(word: Word, meant: Collection[Span]) -> bool:
    return word.kind is WordKind.WORD and word.span not in meant


def _uses(words: Sequence[Word], known: Sequence[Phrase]) -> Iterator[tuple[Word, ...]]:
    said = [word for word in words if word.kind is not WordKind.FILLER_SOUND]
    for is_filler, run in groupby(said, key=lambda word: word.kind is WordKind.FILLER_WORD):
        rest = tuple(run) if is_filler else ()
        while rest:
            texts = tuple(plain(word) for word in rest)
            length = next((len(phrase) for phrase in known if texts[: len(phrase)] == phrase), 1)
            yield rest[:length]
            rest = rest[length:]


def _neighbourhood(words: Sequence[Word], said: Sequence[int], place: int, length: int) -> Neighbourhood:
    first, last = said[place], said[place + length - 1]
    before = words[said[place - 1]] if place else None
    after = words[said[place + length]] if place + length < len(said) else None
    mark = words[last].text.endswith(_MARKS)
    sound_after = last + 1 < len(words) and words[last + 1].kind is WordKind.FILLER_SOUND
    return Neighbourhood(
        before=plain(before) if before else "",
        earlier=frozenset(plain(words[index]) for index in said[max(0, place - 4) : max(0, place - 1)]),
        after=plain(after) if after else "",
        opens=_opens(words, said, place),
        set_off_before=_is_apart(words, first - 1) or bool(before and before.kind is WordKind.FILLER_WORD),
        set_off_after=mark or _is_apart(words, last),
        comma_after=mark and not sound_after,
        sound_after=sound_after,
        is_first=place == 0,
    )


def _is_apart(words: Sequence[Word], index: int) -> bool:
    """Return whether a mark, a pause or a filler sound parts the word at the index from the next; so do both ends."""
    if index < 0 or index + 1 >= len(words):
        return True
    left, right = words[index], words[index + 1]
    sound = WordKind.FILLER_SOUND in (left.kind, right.kind)
    return sound or left.text.endswith(_MARKS) or right.start - left.end >= SET_OFF_PAUSE


def _opens(words: Sequence[Word], said: Sequence[int], place: int) -> bool:
    for index in reversed(said[:place]):
        word = words[index]
        if ends_sentence(word):
            return True
        if word.kind is not WordKind.FILLER_WORD and plain(word) not in _LEADING:
            return False
    return True
