"""Beginnings given up for other words: "it's it was", "I went to the I went into the", "on Monday, sorry, on Tuesday".

Conventions: plain words (lower case, no punctuation). A restart is told by its grammar: what it leaves unfinished can
stand nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measures.doubled_words import ends_on_gap
from analysis.text.function_words import (
    ARTICLES,
    ASKING,
    BE_OR_HAVE,
    DAYS,
    DETERMINERS,
    FREE_PRONOUNS,
    MODALS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
    SUBORDINATORS,
    VERB_FORMS,
    opens_clause,
    split_opening,
)
from analysis.text.word_lists import STOP_WORDS, make_word_set

_DUMMIES = make_word_set("it there that this you")
_SAME_SUBJECT = tuple(map(make_word_set, ("i we", "he she they", "we they", "it that this there they", "you they we")))
_PAIRS = tuple(
    map(make_word_set, ("is was are were", "has have", "can could will would should must shall", "who which"))
)
_OF_SAYING = make_word_set(
    """know think say said told believe feel felt guess hope wish mean knew thought heard suppose realise realised see
    saw swear do did does am was is are have had can could will would says"""
)
_TO_BEFORE = make_word_set(
    "used going trying wanted needed had decided about able have got supposed want tried need began"
)
_SORRY = (("sorry",), ("no", "sorry"), ("or", "rather"), ("no", "wait"), ("i", "mean"), ("well", "no"))
_LONGEST_RESTART = 6  # words given up for others
_LOOK_BACK = 4  # words before, among which "what", "if" or "as" let a sentence end early
_LINKS = SUBORDINATORS | make_word_set("so and but that then what how why where who")
_INCOMPLETE = make_word_set(
    """took made got had put used started began tried wanted needed decided gave found built wrote sent called looked
    became asked kept set brought ran led spent went did told needed hired bought sold thought was were am"""
)
_STAYING = make_word_set("work works worked working live lives lived living start started stay stayed study studied")
_ORDINALS = make_word_set("first second third fourth fifth sixth last next best worst biggest")
_OPENING_PAIRS = tuple(map(make_word_set, ("these those", "every each", "some many most few")))
_OPENERS = make_word_set("and so but because then")
_COMPOUND_PLACES = {
    tuple(pair.split()) for pair in ("on into", "from under", "from before", "on for", "on through", "on with", "in on")
}


def measure_restart(before: Sequence[str], row: Sequence[str], commas: Sequence[bool]) -> int:
    """Return how many words at the start of a row are given up and begun anew with other words, 0 if none.

    Args:
        before: the words of the sentence before them.
        row: the words from there to the end of the sentence.
        commas: whether each of these has a comma after it.
    """
    for length in range(1, min(_LONGEST_RESTART, len(row) - 1) + 1):
        given_up, anew = row[:length], row[length:]
        if length > 1 and any(commas[: length - 1]):
            break
        near = set(before[-_LOOK_BACK:]) | set(given_up[:-2])
        if (
            _changes_subject(near, given_up, anew)
            or _changes_little_word(before, given_up, anew, commas[: length + 1])
            or _changes_form(before, given_up, anew)
            or (not commas[length - 1] and _repeats_with_change(given_up, anew, commas))
            or _is_left_hanging(before, near, given_up, anew)
            or _corrects_aloud(given_up, anew)
            or _begins_alike(before, given_up, anew, commas[: length + 1])
            or _changes_verb(before, near, given_up, anew, commas[: length + 1])
            or _changes_one_word(before, given_up, anew, commas[: length + 1])
        ):
            return length
    return 0


def _changes_subject(near: set[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether "it's it was", "we had we'd had", "I think it's I think it was", "he she": two subjects in a row."""
    for shared in range(len(given_up)):
        if tuple(given_up[:shared]) != tuple(anew[:shared]):
            return False
        left, right = given_up[shared:], anew[shared:]
        if shared == 0 and len(left) == 1 and left[0] in PRONOUNS and right and right[0] in PRONOUNS:
            return left[0] != right[0] and len(right) > 1 and right[1] not in PRONOUNS
        subject, verb, length = split_opening(left)
        if length and length == len(left):
            new_subject, new_verb, found = split_opening(right)
            is_same = subject == new_subject or any({subject, new_subject} <= kin for kin in _SAME_SUBJECT)
            ends = length == 2 and (
                near & (ASKING | {"as", "than", "way", "yes", "no", "like"})
                or (verb in MODALS and near & SUBORDINATORS)
            )
            if found and is_same and not ends and (subject, verb) != (new_subject, new_verb):
                return len(right) > found
    return False


def _changes_little_word(
    before: Sequence[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]
) -> bool:
    """Whether an article, a short verb or a preposition with its article is changed: "in the on the", "was were"."""
    last = before[-1] if before else ""
    if len(given_up) == 1 and anew:
        old, new = given_up[0], anew[0]
        if old in ("a", "an", "the") and new in ("some", "any", "every", "each") and not commas[0]:
            return len(anew) > 1
        if old in ARTICLES and new in DETERMINERS and old != new:
            return not (old == "a" and commas[0]) and len(anew) > 1
        pairs = any({old, new} <= pair for pair in _PAIRS) and old != new
        is_object = last in DETERMINERS | {"all", "thing", "way", "one", "best"}
        return pairs and not is_object and not set(before[-6:]) & (ASKING | SUBORDINATORS | {"that"}) and len(anew) > 1
    if len(given_up) == 2 and len(anew) > 2:
        (place, article), (new_place, new_article) = given_up, anew[:2]
        is_phrase = place in PREPOSITIONS and article in DETERMINERS - {"her", "this", "these", "those"}
        return is_phrase and new_place in PREPOSITIONS and new_article in DETERMINERS and given_up != anew[:2]
    return False


def _changes_form(before: Sequence[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether a verb comes again in another form after its subject: "I go went", "we start started"."""
    last = before[-1] if before else ""
    if len(given_up) != 1 or not anew or last not in PRONOUNS or set(before[-4:-1]) & (ASKING | {"that", "whatever"}):
        return False
    old, new = given_up[0], anew[0]
    if any({old, new} <= forms for forms in VERB_FORMS):
        return old != new
    return len(old) > 2 and new in (f"{old}ed", f"{old}d", f"{old[:-1]}ied") and old not in STOP_WORDS


def _repeats_with_change(given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]) -> bool:
    """Whether a beginning is said again with a word changed or put in: "I went to the I went into the"."""
    length = len(given_up)
    if length < 2 or given_up[0] != anew[0] or given_up[0] not in STOP_WORDS:
        return False
    if len(anew) > length and not commas[2 * length - 1]:
        differs = [at for at in range(length) if given_up[at] != anew[at]]
        little = all({given_up[at], anew[at]} <= STOP_WORDS for at in differs)
        hangs = given_up[-1] in ARTICLES | PREPOSITIONS and given_up[-1] == anew[length - 1]
        starts = given_up[0] in PRONOUNS | {"it", "there"}
        if length > 2 and len(differs) == 1 and hangs and (little or starts):
            return True
    put_in = any(
        (*anew[:1], *anew[1 + many : many + length]) == tuple(given_up) and len(anew) > many + length for many in (1, 2)
    )
    return put_in and given_up[1] not in _OF_SAYING and given_up[0] in PRONOUNS | ARTICLES | {"it"}


def _is_left_hanging(before: Sequence[str], near: set[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether a clause breaks off before its noun or verb: "I went to the | we took", "I was going to | I went"."""
    if len(given_up) < 2 or len(anew) < 2 or set(given_up[1:]) & PRONOUNS:
        return False
    if not opens_clause(anew) or given_up[0] not in PRONOUNS | _DUMMIES | ARTICLES:
        return False
    if given_up[-1] in ARTICLES:
        return given_up[0] in PRONOUNS or (len(given_up) > 2 and (not before or before[-1] in _OPENERS))
    if given_up[0] not in PRONOUNS:
        return False
    is_opening = not before or before[-1] in _OPENERS
    if given_up[-1] in ("of", "with", "for", "into") and is_opening and len(given_up) > 2:
        return True
    return (
        len(given_up) > 2
        and given_up[-1] == "to"
        and given_up[-2] in _TO_BEFORE
        and not near & (SUBORDINATORS | ASKING)
    )


def _corrects_aloud(given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether the speaker says that a phrase was wrong: "on Monday, sorry, on Tuesday"."""
    if not 2 <= len(given_up) <= 4 or given_up[0] not in PREPOSITIONS | ARTICLES:
        return False
    said = next((phrase for phrase in _SORRY if tuple(anew[: len(phrase)]) == phrase), ())
    return bool(said) and tuple(anew[len(said) : len(said) + 1]) == tuple(given_up[:1]) and len(anew) > len(said) + 1


def _begins_alike(before: Sequence[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]) -> bool:
    """Whether a beginning has its last little word changed: "what I what we", "one of the one of my"."""
    length = len(given_up)
    if length == 3 and given_up[0] in ASKING and {given_up[1], *anew[1:2]} <= MODALS and len(anew) > 3:
        return given_up[0] == anew[0] and given_up[2] == anew[2] in PRONOUNS | FREE_PRONOUNS  # "how do you how did you"
    if length < 2 or commas[length - 1] or len(anew) <= length or given_up[0] not in STOP_WORDS | _ORDINALS:
        return False
    if tuple(given_up[:-1]) != tuple(anew[: length - 1]) or given_up[-1] == anew[length - 1]:
        return False
    last, other = given_up[-1], anew[length - 1]
    subjects = PRONOUNS | FREE_PRONOUNS - {"that", "this"} | ARTICLES
    if length == 2 and given_up[0] in ("which", "who", "that") and {last, other} <= make_word_set("is was are were"):
        return True
    if length == 2 and given_up[0] in _LINKS:  # "what I what we"
        return last in subjects and other in subjects | DETERMINERS and "more" not in (last, other)
    if last in ARTICLES and other in DETERMINERS:
        return length > 2 or given_up[0] in PRONOUNS
    days = {last, other} <= DAYS or {last, other} <= MONTHS or {last, other} <= _ORDINALS
    if length == 2:
        return days and given_up[0] in ("on", "in", "the", "last", "next", "my")
    is_sentence = given_up[0] in ARTICLES and not {last, other} & STOP_WORDS
    return length == 3 and is_sentence and not before and given_up[1] not in STOP_WORDS


def _changes_verb(
    before: Sequence[str], near: set[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]
) -> bool:
    """Whether a subject comes again after a verb that lacks its object: "I took I went", "I was I got"."""
    if len(given_up) != 2 or commas[1] or len(anew) < 3 or near & (ASKING | {"as", "than", "way", "yes", "no"}):
        return False
    (subject, verb), (again, other) = given_up, anew[:2]
    is_opening = not before or before[-1] in _OPENERS or commas[0]
    if subject not in PRONOUNS or again != subject or not is_opening:
        return False
    return verb in _INCOMPLETE and other != verb and other not in PRONOUNS | DETERMINERS


def _changes_one_word(
    before: Sequence[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]
) -> bool:
    """Whether one word is taken back for its opposite or its kin: "I could couldn't", "working at for a bank"."""
    if len(given_up) != 1 or commas[0] or len(anew) < 2:
        return False
    last, (old, new, following) = before[-1] if before else "", (given_up[0], anew[0], anew[1])
    is_subject = last in PRONOUNS | {"you", "it", "that", "there", "who"}
    is_finite = new.startswith(old) or old not in ("had", "have", "has", "did", "do")  # "the man I had couldn't read"
    if is_subject and is_finite and new.endswith("n't") and old in BE_OR_HAVE and old != new:
        return following not in PRONOUNS | FREE_PRONOUNS  # "you can can't you"
    if (
        old != new
        and last in ("it", "he", "she", "that")
        and {old, new} <= {"takes", "took", "makes", "made", "comes", "came"}
    ):
        return old[:2] == new[:2] or {old, new} in ({"takes", "took"}, {"comes", "came"})
    is_asked = ends_on_gap(before) or set(before) & (ASKING | RELATIVE_PRONOUNS)
    if last in _STAYING and old in PREPOSITIONS and new in PREPOSITIONS and not is_asked:
        return old != new and following in DETERMINERS and (old, new) not in _COMPOUND_PLACES
    is_opening = not before or before[-1] in _OPENERS
    if is_opening and (old, new) == ("this", "that"):
        return following in BE_OR_HAVE
    return is_opening and old != new and any({old, new} <= pair for pair in _OPENING_PAIRS) and following != "of"
