"""Find the numbers that measure something: "ninety-six percent", "by half", but no years, ordinals, times of day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.text.clauses import normalise_word
from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set
from speech.transcript import Word

_NUMBERS = {word for number in range(2, 100) for word in spell_cardinal(number)} - {"one", "hundred"}
_BIG = make_word_set(
    "hundred thousand million billion dozen percent hundreds thousands lakhs crore quarter third fifth half"
)
_FIGURE = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?(?:%|k|K|M|B|bn|x|X|\+)?(?:[-–]\d[\d,.]*%?)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?")
_SMALL = {word for number in range(2, 10) for word in spell_cardinal(number)}
_AMOUNTS = {word for number in range(10, 100) for word in spell_cardinal(number)}
_AMOUNTS |= make_word_set(
    "hundred thousand million billion hundreds thousands millions dozen dozens percent crore lakh lakhs"
)
_AMOUNTS |= make_word_set(
    "doubled tripled quadrupled halved half halved third thirds quarter fifth tenth zero twice double"
)
_NO_SHARE = make_word_set("first second year-end best")  # "the third" is a place, "a third" is a share
_CLOCK = make_word_set("at past until till around before after by")
_NUMBERED = make_word_set("number version level grade year band page chapter section room")


def find_amounts(words: Sequence[Word], *, small: bool = False) -> tuple[tuple[Word, ...], ...]:
    """Return the numbers that measure something: no years, ordinals, codes, times of day.

    Args:
        words: plain words, without fillers and repetitions.
        small: whether two to nine in words count too, as in "three weeks"; alone they may be anything.
    """
    found: list[tuple[Word, ...]] = []
    is_open = False
    for before, word, after in zip((None, *words), words, (*words[1:], None), strict=False):
        measures = _measures_something(word, before, after, small)
        if measures and is_open:
            found[-1] += (word,)
        elif measures:
            found.append((word,))
        is_open = measures
    return tuple(found)


def _measures_something(word: Word, before: Word | None, after: Word | None, small: bool) -> bool:
    text, said = word.text.strip(" .,;:!?\"'()"), normalise_word(word)
    last, following = normalise_word(before) if before else "", normalise_word(after) if after else ""
    if last in _NUMBERED or following in ("o'clock", "am", "pm", "a.m", "p.m"):
        return False
    if said in ("third", "fifth", "tenth", "quarter"):
        return last in ("a", "one", "by", "two") and following not in ("time", "person", "day")
    if said in _AMOUNTS or text == "%" or (said.split("-")[0] in _AMOUNTS and "-" in said):
        return True
    if said in _SMALL:
        return small and not (
            last in ("at", "past", "until", "till", "half", "top", "first", "last", "best")
            or following in ("of", "in the")
        )
    return bool(_FIGURE.fullmatch(text)) and text not in ("1", "0") and not _YEAR.fullmatch(text)


def is_amount(word: Word) -> bool:
    """Return whether a word alone is a number that may measure something."""
    text = normalise_word(word)
    return (
        text in _NUMBERS | _BIG
        or bool(re.fullmatch(r"[$€£]?\d[\d,.]*(?:%|k|m|bn|x)?", text))
        or ("-" in text and (text.split("-")[0] in _NUMBERS))
    )


def is_number(text: str) -> bool:
    """Return whether a plain word is a number, of whatever kind."""
    return text in _NUMBERS or text.split("-")[0] in _NUMBERS or text[:1].isdigit()
