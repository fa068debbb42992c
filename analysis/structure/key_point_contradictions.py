"""Detect passages that contradict a key point: another number, or the opposite statement.

Sentence vectors hardly see either: "we came third" is close to "we came second", and "nobody was
hurt" to "somebody was hurt". These rules only ever turn "heard" into "perhaps".
"""

from __future__ import annotations

import re

from analysis.text.number_words import spell_cardinal, spell_ordinal
from analysis.text.verbalize import verbalise_token
from analysis.text.word_lists import STOP_WORDS, make_word_set

OTHER_NUMBER = "The passage that comes nearest has another number."
OTHER_WAY_ROUND = "The passage that comes nearest may say it the other way round."

_MIN_SHARED_CONTENT = 0.5  # share of the point's content words from which a "not" more or less makes the opposite
_CARDINALS = {word for number in range(100) for word in spell_cardinal(number)}
_CARDINALS |= make_word_set("hundred thousand million billion")
_ORDINALS = {spell_ordinal(word) for number in range(1, 100) for word in spell_cardinal(number)} | {"second"}
_ORDINALS -= make_word_set("first third fifth quarter tenth")  # also shares, or no place in a row
_PLACES = make_word_set("first second third fourth fifth last")
_SHARES = {"half": ("fifty", "percent"), "fifth": ("twenty", "percent"), "quarter": ("twenty-five", "percent")}
_SHARES |= {"tenth": ("ten", "percent"), "halved": ("fifty", "percent")}
_NEGATIONS = make_word_set("not no never nobody nothing none without hardly nor neither cannot barely rarely")
_RISING = re.compile(r"\b(?:rose|ris(?:e|es|ing)|increas\w+|gr[eo]w|more|higher|(?:went|go|goes|gone|is|are) up)\b")
_FALLING = re.compile(
    r"\b(?:fell|fall(?:s|ing)?|decreas\w+|drop(?:s|ped)?|fewer|less|lower|reduc\w+|(?:went|go|goes|gone|is|are) down)\b"
)
_BOUND = re.compile(  # "nobody waited longer than", "not only": the negation turns nothing round
    r"\b(?:not|no|nobody|never|nothing|none|\w+n't) (?:\w+ ){0,2}"
    r"(?:longer|more|less|later|fewer|higher|lower|older) than\b"
    r"|\b(?:not|no|\w+n't) (?:only|just)\b|\bnot a single\b"
)
_CONTRARIES = tuple(  # of two sides, each in every form that is said
    (make_word_set(one), make_word_set(other))
    for one, other in (
        ("easy easily", "hard difficult"),
        ("keep keeps kept keeping", "drop drops dropped dropping"),
        ("better improved", "worse"),
        ("works worked", "failed"),
        ("alone myself", "together"),
        ("agree agreed accept accepted", "refuse refused reject rejected"),
        ("always", "never rarely"),
        ("early", "late later"),
        ("cheap cheaper", "expensive"),
        ("faster quicker", "slower"),
        ("most", "least few"),
    )
)
_ENDINGS = re.compile(r"(?:'s|ies|ing|ed|es|s|e|y)$")

_PRONOUN = {("one",)}

Number = tuple[str, ...]


def describe_contradiction(point: str, passage: str, around: str = "") -> str | None:
    """Return a sentence that says why a passage may contradict a key point.

    Args:
        point: text of the key point.
        passage: text of the passage nearest to it in meaning.
        around: text of the passage and its context; a number of the point may also be said there.

    Returns:
        The reason, or None if nothing contradicts the point.
    """
    said, meant = _split_words(passage), _split_words(point)
    elsewhere = _find_numbers(meant) & _find_numbers(_split_words(around))
    if _has_another_place(meant, said) or (_has_another_number(meant, said) and not elsewhere):
        return OTHER_NUMBER
    if _is_contrary(meant, said) or _is_reversed(meant, said):
        return OTHER_WAY_ROUND
    return None


def has_same_number(point: str, around: str) -> bool:
    """Return whether a number of the point was said nearby, in any spelling; the word "one" does not count."""
    said = _split_words(around)
    return bool((_find_numbers(_split_words(point)) - _PRONOUN) & (_find_numbers(said) | _find_shares(said)))


def _split_words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for token in text.replace("’", "'").split() for word in verbalise_token(token))


def _has_another_number(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Return whether both have numbers and share none."""
    numbers, others = _find_numbers(meant), _find_numbers(said)
    both = numbers - _PRONOUN and others - _PRONOUN
    return bool(both) and not numbers & (others | _find_shares(said))


def _has_another_place(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Return whether both name a rank ("third") and the ranks differ."""
    place, other = set(meant) & _PLACES, set(said) & _PLACES
    return bool(place and other) and not place & other


def _find_numbers(words: tuple[str, ...]) -> set[Number]:
    """Return the numbers as tuples of spoken words; percentages also without "percent"."""
    found: set[Number] = set()
    run: list[str] = []
    for word in (*words, ""):
        if word in _CARDINALS or word in _ORDINALS or (word == "percent" and run):
            run.append(word)
        elif not (word == "and" and run and run[-1] in ("hundred", "thousand")):
            found |= {tuple(run)} if run else set()
            run = []
    return found | {number[:-1] for number in found if number[-1] == "percent"}


def _find_shares(words: tuple[str, ...]) -> set[Number]:
    shares = {_SHARES[word] for word in words if word in _SHARES}
    return shares | {share[:-1] for share in shares}


def _is_contrary(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Return whether one has a word and the other only its opposite."""
    sides = [*_CONTRARIES, *((other, one) for one, other in _CONTRARIES)]
    return any(
        one & set(meant) and other & set(said) and not (one & set(said) or other & set(meant)) for one, other in sides
    )


def _is_reversed(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    direction, other = _find_direction(meant), _find_direction(said)
    if direction and other and direction != other:
        return True
    content = {_stem(word) for word in meant if word not in STOP_WORDS | _NEGATIONS}
    shared = content & {_stem(word) for word in said}
    return (
        _is_negated(meant) != _is_negated(said) and bool(shared) and len(shared) >= _MIN_SHARED_CONTENT * len(content)
    )


def _find_direction(words: tuple[str, ...]) -> int:
    """Return 1 for rising, -1 for falling, 0 for neither or both."""
    text = " ".join(words)
    return bool(_RISING.search(text)) - bool(_FALLING.search(text))


def _is_negated(words: tuple[str, ...]) -> bool:
    text = _BOUND.sub("", " ".join(words).replace("say no", "refuse"))
    return any(word in _NEGATIONS or word.endswith("n't") for word in text.split())


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word
