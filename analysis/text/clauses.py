"""Split words into clauses and sentences, by punctuation and clause openers.

Conventions: words are transcript words in time order; filler sounds belong to no clause and are
skipped. A clause ends at punctuation, or before a word that opens one: a conjunction, or a common
word that the recogniser capitalised. A comma that only frames a filler sound ("the, um, project")
ends nothing.

Functions: find_clause_ends (a flag per word), split_clauses, split_sentences, normalise_word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from speech.transcript import Word, WordKind

TEXTS = 4096  # words as written whose form is remembered: each is asked for dozens of times in one report
_SENTENCE_MARKS = (".", "?", "!")
_CLAUSE_MARKS = (",", ";", ":", "—", "–")
_CLOSING_MARKS = "\"'”’)]"
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "etc.", "e.g.", "i.e.", "u.s.", "no."})
_CLAUSE_OPENERS = frozenset(
    {
        *("and", "but", "or", "so", "because", "although", "though", "whereas", "while", "when", "whenever", "where"),
        *("which", "who", "if", "unless", "until", "since", "once", "then", "plus"),
    }
)
_BEFORE_THEN = frozenset({"since", "by", "until", "till", "before", "from", "back", "even", "only"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "this", "these", "those", "there", "my", "our"})
_CAPITALISED_OPENERS = (
    _CLAUSE_OPENERS | _SUBJECTS - {"i"} | {"the", "a", "an", "in", "at", "for", "after", "before", "as", "one"}
)
_CAPITALISED_OPENERS |= {"that", "what", "how", "well", "yes", "no", "also", "now", "my", "his", "her", "their", "your"}


def normalise_word(word: Word) -> str:
    """Return the word in lower case without surrounding punctuation, its apostrophes straight."""
    return normalise_text(word.text)


@lru_cache(TEXTS)
def normalise_text(text: str) -> str:
    """Return a word as it is written in lower case without surrounding punctuation, its apostrophes straight."""
    return text.lower().replace("’", "'").strip(" .,;:!?\"“”()[]…—–-'*_")


def has_sentence_end(word: Word) -> bool:
    """Return whether the word has the punctuation of a sentence's end; an ellipsis marks a hesitation."""
    return ends_sentence(word.text)


@lru_cache(TEXTS)
def ends_sentence(text: str) -> bool:
    """Return whether a word as it is written has the punctuation of a sentence's end."""
    text = text.rstrip(_CLOSING_MARKS)
    return text.endswith(_SENTENCE_MARKS) and not text.endswith("..") and text.lower() not in _ABBREVIATIONS


def find_clause_ends(words: Sequence[Word]) -> tuple[bool, ...]:
    """Return for each word whether a clause ends after it.

    True for the last word, never for a filler sound.
    """
    ends = [False] * len(words)
    said = [index for index, word in enumerate(words) if word.kind is not WordKind.FILLED_PAUSE]
    for place, index in enumerate(said):
        following = [words[later] for later in said[place + 1 : place + 3]]
        framed = index + 1 < len(words) and words[index + 1].kind is WordKind.FILLED_PAUSE
        ends[index] = not following or _is_clause_end(words[index], following, framed)
    return tuple(ends)


def split_clauses(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return the words grouped by clause, without filler sounds."""
    return _split_after(words, find_clause_ends(words))


def split_sentences(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return the words grouped by sentence, without filler sounds; one group if there is no punctuation."""
    said = [word for word in words if word.kind is not WordKind.FILLED_PAUSE]
    return _split_after(said, [_is_sentence_end(word, said[place + 1 : place + 2]) for place, word in enumerate(said)])


def _is_clause_end(word: Word, following: Sequence[Word], framed: bool) -> bool:
    if _is_sentence_end(word, following):
        return True
    if normalise_word(following[0]) == "then" and normalise_word(word) in _BEFORE_THEN:
        return False  # "since then there has been none"
    return _is_clause_start(following) or (word.text.rstrip(_CLOSING_MARKS).endswith(_CLAUSE_MARKS) and not framed)


def _is_sentence_end(word: Word, following: Sequence[Word]) -> bool:
    """Return whether a sentence ends with the word.

    Recognisers also write a full stop at a pause, but then go on in lower case.
    """
    return has_sentence_end(word) and not (following and following[0].text[0].islower())


def _is_clause_start(following: Sequence[Word]) -> bool:
    first = normalise_word(following[0])
    has_mark = following[0].text.rstrip(_CLOSING_MARKS).endswith((*_SENTENCE_MARKS, *_CLAUSE_MARKS))
    if has_mark and first in ("since", "so", "though", "once", "where", "then"):
        return False  # "ever since.", "think so,": nothing follows that it could open
    if first in _CLAUSE_OPENERS or (following[0].text[0].isupper() and first in _CAPITALISED_OPENERS):
        return True
    # "that" opens a clause before its subject; before a noun it only points at something.
    return first == "that" and len(following) > 1 and normalise_word(following[1]).split("'")[0] in _SUBJECTS | {"the"}


def _split_after(words: Sequence[Word], ends: Iterable[bool]) -> tuple[tuple[Word, ...], ...]:
    groups: list[tuple[Word, ...]] = []
    group: list[Word] = []
    for word, end in zip(words, ends, strict=True):
        if word.kind is not WordKind.FILLED_PAUSE:
            group.append(word)
        if end and group:
            groups.append(tuple(group))
            group = []
    return (*groups, tuple(group)) if group else tuple(groups)
