"""Label which words of an answer are used as fillers.

Conventions: filler sounds (um, uh) are already labelled in the transcript. Filler words are
labelled here, only where they are used as fillers; the user's own (`own`, see `own_fillers`)
wherever they are said. A phrase of several words is labelled on each word and found as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from analysis.measures.fillers.discourse_markers import (
    PHRASES_LONGEST_FIRST,
    RULES,
    Phrase,
)
from analysis.measures.fillers.neighbourhood import SET_OFF_PAUSE_SECONDS, WORDS_READ_AHEAD, Neighbourhood
from analysis.text.clauses import has_sentence_end, normalise_word
from speech.segment import Segment
from speech.transcript import Word, WordKind

_PUNCTUATION = (",", ";", ":", ".", "?", "!", "—", "–", "…")
_LEADING_CONJUNCTIONS = frozenset({"and", "but", "so", "or"})


def label_filler_words(
    words: Sequence[Word], own: Sequence[Phrase] = (), meant: Collection[Segment] = ()
) -> tuple[Word, ...]:
    """Return the words with those used as fillers relabelled FILLER_WORD.

    Filler sounds and repetitions keep their kind.

    Args:
        words: The words of an answer, in time order.
        own: The user's own filler phrases, as `normalise_phrases` returns them.
        meant: Times of words that the user has marked as meaningful; they are never relabelled.
    """
    labelled = list(words)
    known = _sort_known_phrases(own)
    said = [index for index, word in enumerate(words) if word.kind is not WordKind.FILLED_PAUSE]
    place = 0
    while place < len(said):
        here = [labelled[index] for index in said[place : place + len(known[0])]]
        whole = _find_unparted(labelled, said[place : place + len(known[0])])
        phrase = _match_phrase(here[:whole], known, meant)
        if phrase and (phrase in own or RULES[phrase](_make_neighbourhood(labelled, said, place, len(phrase)))):
            for index in said[place : place + len(phrase)]:
                labelled[index] = replace(labelled[index], kind=WordKind.DISCOURSE_MARKER)
            place += len(phrase)
        else:
            place += 1
    return tuple(labelled)


def find_phrase_around(words: Sequence[Word], place: int, own: Sequence[Phrase] = ()) -> range:
    """Return the indices of the known phrase that a word is part of, used as a filler or not.

    If it is part of none, return its own index alone. `place` is the index of the word in `words`.
    """
    texts = [normalise_word(word) for word in words]
    for phrase in _sort_known_phrases(own):
        for first in range(max(0, place - len(phrase) + 1), place + 1):
            if tuple(texts[first : first + len(phrase)]) == phrase:
                return range(first, first + len(phrase))
    return range(place, place + 1)


def find_filler_sounds(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the filler sounds; their number is F_s in the formulas."""
    return tuple(word for word in words if word.kind is WordKind.FILLED_PAUSE)


def find_filler_uses(words: Sequence[Word], own: Sequence[Phrase] = ()) -> tuple[Segment, ...]:
    """Return the span of each filler word or phrase, one span for "you know".

    Their number is F_w in the formulas.
    """
    return tuple(Segment(use[0].start, use[-1].end) for use in _find_uses(words, _sort_known_phrases(own)))


def _sort_known_phrases(own: Sequence[Phrase]) -> Sequence[Phrase]:
    """Return the phrases with rules and the user's own, longest first; never empty."""
    return sorted({*PHRASES_LONGEST_FIRST, *own}, key=len, reverse=True) if own else PHRASES_LONGEST_FIRST


def _match_phrase(words: Sequence[Word], known: Sequence[Phrase], meant: Collection[Segment]) -> Phrase | None:
    texts = tuple(normalise_word(word) for word in words)
    for phrase in known:
        here = words[: len(phrase)]
        if texts[: len(phrase)] == phrase and all(_can_fill(word, meant) for word in here):
            return phrase
    return None


def _find_unparted(words: Sequence[Word], indices: Sequence[int]) -> int:
    """Return how many words go on without a mark between them: "kind, of course" holds no "kind of".

    A mark that only frames a filler sound parts nothing.
    """
    for count, (index, following) in enumerate(pairwise(indices), start=1):
        if following == index + 1 and words[index].text.endswith(_PUNCTUATION):
            return count
    return len(indices)


def _can_fill(word: Word, meant: Collection[Segment]) -> bool:
    return word.kind is WordKind.WORD and word.span not in meant


def _find_uses(words: Sequence[Word], known: Sequence[Phrase]) -> Iterator[tuple[Word, ...]]:
    said = [word for word in words if word.kind is not WordKind.FILLED_PAUSE]
    for is_filler, run in groupby(said, key=lambda word: word.kind is WordKind.DISCOURSE_MARKER):
        rest = tuple(run) if is_filler else ()
        while rest:
            texts = tuple(normalise_word(word) for word in rest)
            length = next((len(phrase) for phrase in known if texts[: len(phrase)] == phrase), 1)
            yield rest[:length]
            rest = rest[length:]


def _make_neighbourhood(words: Sequence[Word], said: Sequence[int], place: int, length: int) -> Neighbourhood:
    first, last = said[place], said[place + length - 1]
    before = words[said[place - 1]] if place else None
    after = words[said[place + length]] if place + length < len(said) else None
    mark = words[last].text.endswith(_PUNCTUATION)
    sound_after = last + 1 < len(words) and words[last + 1].kind is WordKind.FILLED_PAUSE
    return Neighbourhood(
        before=normalise_word(before) if before else "",
        earlier=frozenset(normalise_word(words[index]) for index in said[max(0, place - 4) : max(0, place - 1)]),
        after=normalise_word(after) if after else "",
        rest=_following([words[index] for index in said[place + length - 1 : place + length + WORDS_READ_AHEAD]]),
        is_sentence_start=_is_sentence_start(words, said, place),
        set_off_before=_is_apart(words, first - 1) or bool(before and before.kind is WordKind.DISCOURSE_MARKER),
        set_off_after=mark or _is_apart(words, last),
        comma_after=mark and not sound_after,
        sound_after=sound_after,
        is_first=place == 0,
    )


def _following(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of the same sentence after the first one."""
    found: list[str] = []
    for before, word in pairwise(words):
        if has_sentence_end(before):
            break
        found.append(normalise_word(word))
    return tuple(found)


def _is_apart(words: Sequence[Word], index: int) -> bool:
    """Return whether punctuation, a pause or a filler sound separates a word from the next one.

    True at both ends of the answer. `index` may be -1, for the gap before the first word.
    """
    if index < 0 or index + 1 >= len(words):
        return True
    left, right = words[index], words[index + 1]
    sound = WordKind.FILLED_PAUSE in (left.kind, right.kind)
    return sound or left.text.endswith(_PUNCTUATION) or right.start - left.end >= SET_OFF_PAUSE_SECONDS


def _is_sentence_start(words: Sequence[Word], said: Sequence[int], place: int) -> bool:
    for index in reversed(said[:place]):
        word = words[index]
        if has_sentence_end(word):
            return True
        if word.kind is not WordKind.DISCOURSE_MARKER and normalise_word(word) not in _LEADING_CONJUNCTIONS:
            return False
    return True
