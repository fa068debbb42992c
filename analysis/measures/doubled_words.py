"""Words said twice that are good English: "very very good", "gave her her badge", "the state I was in in March".

Conventions: texts are plain words (lower case, no punctuation); `written` are the words of both as they stand in
the transcript. A double that none of these explains is one that the speaker began again.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text.function_words import (
    ASKING,
    BE_OR_HAVE,
    CARDINALS,
    DAYS,
    MONTHS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
    SUBORDINATORS,
)
from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import STOP_WORDS, make_word_set

_SAID_TWICE = make_word_set(
    """that had very really so much many far long again no yes yeah ha bye more never ever okay ok right oh hey hello
    wait please now there well sorry come go knock hush please too such quite all thanks blah yada chop tut
    night tick beep ding ring bang dot slash plus win ha la fifty yum woof knock boo"""
)
_NUMBERS = CARDINALS | {"hundred", "thousand", "oh"}
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
_BEING = make_word_set("is was are were do does did has have had can could will would")
_RELATIVES = make_word_set("what who whatever whoever which")
_OBJECTS = make_word_set("it you that this them him us me there here")
_NO_VERBS = make_word_set(
    """when if once after before as because while though although since until whenever time unless and but or so then
    that think thought said says say know knew hope maybe perhaps where why how what i we he she they you it is was"""
)
_HAVING = make_word_set("had have has there's was were got with is are")
_FEW = {spell_cardinal(number)[0] for number in range(2, 10)}
_BEFORE_CODES = make_word_set("number room gate bay line route version level oh point of to")
_PARTICLES = make_word_set("in on up over off out through around by")
_STRANDED = make_word_set("in on at to for with of about from by over up off out through into around")
_PARTICLE_VERBS = make_word_set(
    """gave give fell kicked caved stayed brought
    came come comes coming went go goes going checked check logged log signed sign moved move turned turn joined
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
        return len(phrase) > 1 or not _is_stumble(before, phrase[0], after, written)
    if tuple(phrase) in _COURTESY_PHRASES:
        return True
    if len(phrase) > 1:
        is_asked = len(phrase) == 2 and phrase[0] in BE_OR_HAVE and written[1].endswith(",")  # "is it, is it a or b"
        is_meant = _is_saying(before, phrase, after) or _is_relative(before, phrase) or (is_asked and "or" in after)
        is_meant = is_meant or (phrase[0] == "that" and list(after[:2]) == ["to", "say"])
        return is_meant or _is_name(written) or _is_emphasis(phrase, written)
    return _is_double(before, phrase[0], after, written)


def _is_stumble(before: Sequence[str], word: str, after: Sequence[str], written: Sequence[str]) -> bool:
    """Whether a word that may be doubled cannot be here: "that that we went", "had no no money", "two two days"."""
    following = after[0] if after else ""
    if written[0].endswith((",", ";", "—", "–", ".", "!")):
        return False
    if word in ("that", "so"):
        return following in PRONOUNS
    if word == "no":
        return bool(before) and before[-1] in _HAVING
    is_counted = following.endswith("s") or following in ("people", "men", "women", "children")
    last = before[-1] if before else ""
    return word in _FEW and is_counted and last not in _NUMBERS | _BEFORE_CODES


def _is_saying(before: Sequence[str], phrase: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two words turn around: "over and over and over", "day by day by day"."""
    if len(phrase) != 2:
        return False
    ends_on_turn = phrase[1] in _TURNS or (phrase[1] in _OTHER_TURNS and phrase[0] not in _TURNS)
    content, turn = phrase if ends_on_turn else phrase[::-1]
    meant = content not in STOP_WORDS or content in _OTHER_TURNS | _NUMBERS
    # "tried and tried and" goes on with "tried"; what breaks off after the second "and" was begun again.
    if turn == "and" and content in _OTHER_TURNS | {"again", "more"}:
        return True  # "again and again and then"
    turned = after[:1] == [content] if ends_on_turn else list(before[-1:]) == [content]
    return turn in _TURNS | _OTHER_TURNS and meant and turned


def _is_relative(before: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a subject and verb end a clause that opens the sentence: "what they did they did well"."""
    if len(phrase) != 2 or phrase[0] not in _SUBJECTS or phrase[1] in BE_OR_HAVE - {"did", "do", "had"}:
        return False
    opens = list(before[:1]) in (["what"], ["whatever"], ["everything"], ["all"])
    return (opens and len(before) == 1) or (list(before[:1]) == ["the"] and len(before) == 2)


def _is_emphasis(phrase: Sequence[str], written: Sequence[str]) -> bool:
    """Whether a finished phrase is said twice on purpose: "we tried, we tried."."""
    is_finished = written[len(phrase) - 1].endswith((",", ";", "—", "–")) and written[-1].endswith((".", "!", "?"))
    return is_finished and bool(set(phrase) - STOP_WORDS or {"and", "or"} & set(phrase[1:-1]))


def _is_name(written: Sequence[str]) -> bool:
    """Whether every word has a capital, as in "New York, New York"."""
    return all(word[:1].isupper() and word.strip(".,") != "I" and "'" not in word for word in written)


def _is_double(before: Sequence[str], word: str, after: Sequence[str], written: Sequence[str]) -> bool:
    last = before[-1] if before else ""
    if len(word) == 1 and word != "i":
        return word != "a" or all(letter.strip(".,") == "A" for letter in written)
    if word in _EMPHATIC or (word.endswith("ly") and len(word) > 4):
        return True
    if (word == "her" and last in _GIVING) or (word == "you" and last in _TELLING):
        return True
    if written[0].endswith(",") and ((word == "me" and after[:1] == ["and"]) or (word == "her" and before)):
        return True  # "me, me and my sister", "likes her, her work and her team"
    if word in _BEING:
        return bool(set(before) & ASKING)
    if word in _STRANDED:
        is_particle = word in _PARTICLES and last in _PARTICLE_VERBS
        is_date = word in ("in", "on") and last in _OBJECTS and bool(after and after[0] in MONTHS | DAYS)
        return ends_on_gap(before) or is_date or (is_particle and bool(after and after[0] in _TIMES))
    if word in _OBJECTS and last not in _NO_VERBS and set(before) & SUBORDINATORS:
        return True  # "when I fixed it it was late"
    if word in STOP_WORDS:
        return False
    is_said_of_itself = last in _RELATIVES or _ends_on_subject(before)
    return (
        _is_name(written) or after[:1] == [word] or last == word or is_said_of_itself or _is_emphasis([word], written)
    )


def _ends_on_subject(before: Sequence[str]) -> bool:
    """Whether a relative clause has only its verb to come: "the people we | hire hire others"."""
    return len(before) > 1 and before[-1] in _SUBJECTS and before[-2] not in _NO_NOUNS and before[-2].isalpha()


def ends_on_gap(before: Sequence[str]) -> bool:
    """Whether a relative clause ends on the first preposition: "the state I was | in in March"."""
    for place in range(len(before) - 2, max(-1, len(before) - 6), -1):
        if before[place] in _SUBJECTS:
            # "the one that I was looking for for weeks": the noun stands before its "that".
            at = place - 2 if place > 1 and before[place - 1] in RELATIVE_PRONOUNS else place - 1
            noun = before[at] if at >= 0 else ""
            return bool(noun) and noun not in _NO_NOUNS - {"one", "ones"} and not noun.endswith("ly")
    return False
