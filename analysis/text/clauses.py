"""Where clauses and sentences end, as far as words and their punctuation tell.

Conventions: words are transcript words in time order; filler sounds belong to no clause and are looked through. A
clause ends at punctuation, or before a word that opens one: a conjunction, or a capital the recogniser gave a common
word. A comma that only frames a filler sound ("the, um, project") ends nothing.

Functions: clause_ends (a mark for each word), clauses, sentences, plain (a word's letters in lower case).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from speech.transcript import Word, WordKind

_STOPS = (".", "?", "!")
_MARKS = (",", ";", ":", "—", "–")
_TRAILING = "\"'”’)]"
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "etc.", "e.g.", "i.e.", "u.s.", "no."})
_OPENERS = frozenset(
    {
        *("and", "but", "or", "so", "because", "although", "though", "whereas", "while", "when", "whenever", "where"),
        *("which", "who", "if", "unless", "until", "since", "once", "then", "plus"),
    }
)
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "this", "these", "those", "there", "my", "our"})
_CAPITALISED = _OPENERS | _SUBJECTS - {"i"} | {"the", "a", "an", "in", "at", "for", "after", "before", "as", "one"}
_CAPITALISED |= {"that", "what", "how", "well", "yes", "no", "also", "now", "my", "his", "her", "their", "your"}


def plain(word: Word) -> str:
    """The word in lower case without the punctuation around it, a typographic apostrophe made plain."""
    return word.text.lower().replace("’", "'").strip(" .,;:!?\"“”()[]…—–-'*_")


def ends_sentence(word: Word) -> bool:
    """Whether the word carries the end of a sentence; three dots are a hesitation, not an end."""
    text = word.text.rstrip(_TRAILING)
    return text.endswith(_STOPS) and not text.endswith("..") and text.lower() not in _ABBREVIATIONS


def clause_ends(words: Sequence[Word]) -> tuple[bool, ...]:
    """For each word whether a clause ends after it; the last word ends one, a filler sound never does."""
    ends = [False] * len(words)
    said = [index for index, word in enumerate(words) if word.kind is not WordKind.FILLER_SOUND]
    for place, index in enumerate(said):
        following = [words[later] for later in said[place + 1 : place + 3]]
        framed = index + 1 < len(words) and words[index + 1].kind is WordKind.FILLER_SOUND
        ends[index] = not following or _ends(words[index], following, framed)
    return tuple(ends)


def clauses(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """The words grouped by clause, filler sounds left out."""
    return _grouped(words, clause_ends(words))


def sentences(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """The words grouped by sentence, filler sounds left out; one sentence when there is no punctuation."""
    said = [word for word in words if word.kind is not WordKind.FILLER_SOUND]
    return _grouped(said, [_stops(word, said[place + 1 : place + 2]) for place, word in enumerate(said)])


def _ends(word: Word, following: Sequence[Word], framed: bool) -> bool:
    text = word.text.rstrip(_TRAILING)
    if _stops(word, following) or _opens_clause(following):
        return True
    return text.endswith(_MARKS) and not framed


def _stops(word: Word, following: Sequence[Word]) -> bool:
    """Whether a sentence ends; recognisers also write a full stop at a pause, but go on in lower case."""
    return ends_sentence(word) and not (following and following[0].text[0].islower())


def _opens_clause(following: Sequence[Word]) -> bool:
    first = plain(following[0])
    if first in _OPENERS or (following[0].text[0].isupper() and first in _CAPITALISED):
        return True
    # "that" opens a clause before its subject; before a noun it only points at something.
    return first == "that" and len(following) > 1 and plain(following[1]).split("'")[0] in _SUBJECTS | {"the"}


def _grouped(words: Sequence[Word], ends: Iterable[bool]) -> tuple[tuple[Word, ...], ...]:
    groups: list[tuple[Word, ...]] = []
    group: list[Word] = []
    for word, end in zip(words, ends, strict=True):
        if word.kind is not WordKind.FILLER_SOUND:
            group.append(word)
        if end and group:
            groups.append(tuple(group))
            group = []
    return (*groups, tuple(group)) if group else tuple(groups)
