"""Doubles that are good English, and so no repetition: "very very good", "gave her her badge", "New York, New York".

Conventions: texts are plain words (lower case, no punctuation); `written` are the words of both as they stand in
the transcript. A double that none of these explains is one that the speaker began again.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import STOP_WORDS, make_word_set

_SAID_TWICE = make_word_set(
    """that had very really so much many far long again no yes yeah ha bye more never ever okay ok right oh hey hello
    wait please now there well sorry come go knock hush please too such quite all thanks"""
)
_NUMBERS = {word for number in range(100) for word in spell_cardinal(number)} | {"hundred", "thousand", "oh"}
# Indian and other Englishes double adjectives for "many" or "very": "different different teams", "small small steps".
_EMPHATIC = make_word_set(
    """big small little long short high low old new young good nice bad great huge tiny hot cold warm cool fast quick
    slow hard soft heavy light dark deep wide thin fat rich poor early late different various separate same similar
    many few several some fresh clean dirty easy simple complex difficult important common basic main real true
    false full empty happy sad angry busy lazy proud sure clear close near far loud quiet red blue green black white
    strong weak sweet tight loose tall tough rough smooth sharp major minor special normal regular local single
    double proper correct beautiful pretty ugly lovely crazy funny strange weird whole only just always never often
    daily weekly"""
)
_TURNS = make_word_set("and by after upon to or")  # "one by one by one", "tried and tried and tried"
_OTHER_TURNS = make_word_set("over on in more up down again around through")
_GIVING = make_word_set(
    """gave give gives giving told tell tells telling asked ask asking showed show showing shown sent send handed hand
    handing bought buy brought bring offered offer taught teach paid pay wished wish cost made make lent returned
    got get found find saved save owed denied promised passed wrote write read left given tossed"""
)
_TELLING = make_word_set(
    "told tell show showed assure assured promise promised remind reminded warn warned thank thanked wish"
)
_BEING = make_word_set("is was are were do does did has")
_ASKING = make_word_set("what who where how why all whatever thing things whoever reason")
_PREPOSITIONS = make_word_set("in on at to for with of about from by over up off out through into around")
_PARTICLE_VERBS = make_word_set(
    """came come comes coming went go goes going checked check logged log signed sign moved move turned turn joined
    join stepped step settled walked handed dropped filled clocked phoned rang called carried hold held get got put"""
)
_TIMES = make_word_set(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays spring summer
    autumn fall winter weekends time the two three four five six seven eight nine ten twenty"""
)
_SUBJECTS = make_word_set("i you he she it we they people who that")
_NO_NOUNS = STOP_WORDS | make_word_set("think said say know believe thought guess mean today yesterday")
_COURTESIES = (
    "thank you|thanks|of course|come on|all right|no problem|well done|hear hear|i know|i see|yes sir|no sir|oh my god"
    "|my god|oh no|good morning|good luck|you know|never mind|hold on|hang on|trust me|excuse me|bye bye|not at all"
)
_COURTESY_PHRASES = {tuple(phrase.split()) for phrase in _COURTESIES.split("|")}


def is_good_english(before: Sequence[str], phrase: Sequence[str], after: Sequence[str], written: Sequence[str]) -> bool:
    """Return whether a phrase that is said twice was meant so.

    Args:
        before: what its sentence has before it.
        phrase: the words that come twice.
        after: what comes after both, to the end of the answer.
        written: the words of both as they are written.
    """
    if all(word in _SAID_TWICE | _NUMBERS or word.replace("-", "").isdigit() or not word for word in phrase):
        return True
    if tuple(phrase) in _COURTESY_PHRASES:
        return True
    if len(phrase) > 1:
        return _is_saying(before, phrase, after) or _is_name(written)
    return _is_double(before, phrase[0], after, written)


def _is_saying(before: Sequence[str], phrase: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two words turn around: "over and over and over", "day by day by day"."""
    if len(phrase) != 2:
        return False
    ends_on_turn = phrase[1] in _TURNS or (phrase[1] in _OTHER_TURNS and phrase[0] not in _TURNS)
    content, turn = phrase if ends_on_turn else phrase[::-1]
    meant = content not in STOP_WORDS or content in _OTHER_TURNS | _NUMBERS
    # "tried and tried and" goes on with "tried"; what breaks off after the second "and" was begun again.
    turned = after[:1] == [content] if ends_on_turn else list(before[-1:]) == [content]
    return turn in _TURNS | _OTHER_TURNS and meant and turned


def _is_name(written: Sequence[str]) -> bool:
    """Whether every word has a capital, as in "New York, New York"."""
    return all(word[:1].isupper() and word.strip(".,") != "I" and "'" not in word for word in written)


def _is_double(before: Sequence[str], word: str, after: Sequence[str], written: Sequence[str]) -> bool:
    last = before[-1] if before else ""
    if len(word) == 1 and word != "i":
        return word != "a" or all(letter.strip(".,") == "A" for letter in written)
    if word in _EMPHATIC or (word.endswith("ly") and len(word) > 4):
        return True
    if word == "her":
        return last in _GIVING
    if word == "you":
        return last in _TELLING
    if word in _BEING:
        return bool(set(before) & _ASKING)
    if word in _PREPOSITIONS:
        return _has_gap(before) or (last in _PARTICLE_VERBS and bool(after and after[0] in _TIMES))
    if word in STOP_WORDS:
        return False
    return _is_name(written) or after[:1] == [word] or last == word


def _has_gap(before: Sequence[str]) -> bool:
    """Whether a relative clause ends on the first preposition: "the state I was | in in March"."""
    for place in range(len(before) - 2, max(-1, len(before) - 6), -1):
        if before[place] in _SUBJECTS:
            noun = before[place - 1] if place else ""
            return bool(noun) and noun not in _NO_NOUNS and not noun.endswith("ly")
    return False
