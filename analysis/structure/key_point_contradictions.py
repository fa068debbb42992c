"""What makes a near passage doubtful: it says the same of another number, or the other way round.

Vectors of sentences hardly see either: "we came third" lies next to "we came second", "nobody was hurt" next to
"somebody was hurt". These rules only ever turn "heard" into "perhaps".
"""

from __future__ import annotations

import re

from analysis.text.number_words import cardinal_words, ordinal_word
from analysis.text.verbalize import spoken_words
from analysis.text.word_lists import STOP_WORDS, word_set

OTHER_NUMBER = "The passage that comes nearest has another number."
OTHER_WAY_ROUND = "The passage that comes nearest may say it the other way round."

_SAME_WORDS = 0.5  # share of the point's content words from which a "not" more or less makes the opposite
_CARDINALS = {word for number in range(100) for word in cardinal_words(number)}
_CARDINALS |= word_set("hundred thousand million billion")
_ORDINALS = {ordinal_word(word) for number in range(1, 100) for word in cardinal_words(number)} | {"second"}
_ORDINALS -= word_set("first third fifth quarter tenth")  # also shares, or no place in a row
_PLACES = word_set("first second third fourth fifth last")
_SHARES = {"half": ("fifty", "percent"), "fifth": ("twenty", "percent"), "quarter": ("twenty-five", "percent")}
_SHARES |= {"tenth": ("ten", "percent"), "halved": ("fifty", "percent")}
_NEGATIONS = word_set("not no never nobody nothing none without hardly nor neither cannot barely rarely")
_RISING = re.compile(r"\b(?:rose|ris(?:e|es|ing)|increas\w+|gr[eo]w|more|higher|(?:went|go|goes|gone|is|are) up)\b")
_FALLING = re.compile(
    r"\b(?:fell|fall(?:s|ing)?|decreas\w+|drop(?:s|ped)?|fewer|less|lower|reduc\w+|(?:went|go|goes|gone|is|are) down)\b"
)
_BOUND = re.compile(  # "nobody waited longer than", "not only": the negation turns nothing round
    r"\b(?:not|no|nobody|never|nothing|none|\w+n't) (?:\w+ ){0,2}"
    r"(?:longer|more|less|later|fewer|higher|lower|older) than\b"
    r"|\b(?:not|no|\w+n't) (?:only|just)\b|\bnot a single\b"
)
_CONTRARY = tuple(  # of two sides, each in every form that is said
    (word_set(one), word_set(other))
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


def doubt(point: str, passage: str, around: str = "") -> str | None:
    """A sentence that says why the passage may not be the point after all; None where nothing speaks against it.

    A number of the point may also stand in what was said around the passage.
    """
    said, meant = _words(passage), _words(point)
    elsewhere = _numbers(meant) & _numbers(_words(around))
    if _is_another_place(meant, said) or (_is_another_number(meant, said) and not elsewhere):
        return OTHER_NUMBER
    if _is_contrary(meant, said) or _is_turned_round(meant, said):
        return OTHER_WAY_ROUND
    return None


def same_number(point: str, around: str) -> bool:
    """Whether a number of the point is among what was said, however it is written; "one" is none."""
    said = _words(around)
    return bool((_numbers(_words(point)) - _PRONOUN) & (_numbers(said) | _shares(said)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for token in text.replace("’", "'").split() for word in spoken_words(token))


def _is_another_number(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether both have numbers and share none."""
    numbers, others = _numbers(meant), _numbers(said)
    both = numbers - _PRONOUN and others - _PRONOUN
    return bool(both) and not numbers & (others | _shares(said))


def _is_another_place(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether both name a place in a row, and not the same."""
    place, other = set(meant) & _PLACES, set(said) & _PLACES
    return bool(place and other) and not place & other


def _numbers(words: tuple[str, ...]) -> set[Number]:
    """The numbers, as they are said; a share also without its "percent"."""
    found: set[Number] = set()
    run: list[str] = []
    for word in (*words, ""):
        if word in _CARDINALS or word in _ORDINALS or (word == "percent" and run):
            run.append(word)
        elif not (word == "and" and run and run[-1] in ("hundred", "thousand")):
            found |= {tuple(run)} if run else set()
            run = []
    return found | {number[:-1] for number in found if number[-1] == "percent"}


def _shares(words: tuple[str, ...]) -> set[Number]:
    shares = {_SHARES[word] for word in words if word in _SHARES}
    return shares | {share[:-1] for share in shares}


def _is_contrary(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether one has a word and the other only its contrary."""
    sides = [*_CONTRARY, *((other, one) for one, other in _CONTRARY)]
    return any(
        one & set(meant) and other & set(said) and not (one & set(said) or other & set(meant)) for one, other in sides
    )


def _is_turned_round(meant: tuple[str, ...], said: tuple[str, ...]) -> bool:
    direction, other = _direction(meant), _direction(said)
    if direction and other and direction != other:
        return True
    content = {_stem(word) for word in meant if word not in STOP_WORDS | _NEGATIONS}
    shared = content & {_stem(word) for word in said}
    return _is_negated(meant) != _is_negated(said) and bool(shared) and len(shared) >= _SAME_WORDS * len(content)


def _direction(words: tuple[str, ...]) -> int:
    """1 rising, -1 falling, 0 neither or both."""
    text = " ".join(words)
    return bool(_RISING.search(text)) - bool(_FALLING.search(text))


def _is_negated(words: tuple[str, ...]) -> bool:
    text = _BOUND.sub("", " ".join(words).replace("say no", "refuse"))
    return any(word in _NEGATIONS or word.endswith("n't") for word in text.split())


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word
