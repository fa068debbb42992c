"""Words said twice that are good English: "very very good", "gave her her badge"; and beginnings given up for others.

Conventions: texts are plain words (lower case, no punctuation); `written` are the words of both as they stand in
the transcript. A double that none of these explains is one that the speaker began again. A restart with other words
("it's it was", "I went to the I went into the") is told by its grammar: what it leaves unfinished can stand nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import STOP_WORDS, make_word_set

_SAID_TWICE = make_word_set(
    """that had very really so much many far long again no yes yeah ha bye more never ever okay ok right oh hey hello
    wait please now there well sorry come go knock hush please too such quite all thanks blah yada chop tut
    night tick beep ding ring bang dot slash plus win ha la fifty yum woof knock boo"""
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
_BEING = make_word_set("is was are were do does did has have had can could will would")
_RELATIVE_PRONOUNS = make_word_set("that who which")
_RELATIVES = make_word_set("what who whatever whoever which")
_OBJECTS = make_word_set("it you that this them him us me there here")
_WHEN = make_word_set("when if once after before as because while though although since until whenever time unless")
_NO_VERBS = make_word_set(
    """when if once after before as because while though although since until whenever time unless and but or so then
    that think thought said says say know knew hope maybe perhaps where why how what i we he she they you it is was"""
)
_ASKING = make_word_set("what who where how why all whatever thing things whoever reason")
_HAVING = make_word_set("had have has there's was were got with is are")
_FEW = {spell_cardinal(number)[0] for number in range(2, 10)}
_BEFORE_CODES = make_word_set("number room gate bay line route version level oh point of to")
_PARTICLES = make_word_set("in on up over off out through around by")
_PREPOSITIONS = make_word_set("in on at to for with of about from by over up off out through into around")
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
        is_asked = len(phrase) == 2 and phrase[0] in _BE_OR_HAVE and written[1].endswith(",")  # "is it, is it a or b"
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
        return following in _PRONOUNS
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
    if len(phrase) != 2 or phrase[0] not in _SUBJECTS or phrase[1] in _BE_OR_HAVE - {"did", "do", "had"}:
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
        return bool(set(before) & _ASKING)
    if word in _PREPOSITIONS:
        is_particle = word in _PARTICLES and last in _PARTICLE_VERBS
        is_date = word in ("in", "on") and last in _OBJECTS and bool(after and after[0] in _MONTHS | _DAYS)
        return _has_gap(before) or is_date or (is_particle and bool(after and after[0] in _TIMES))
    if word in _OBJECTS and last not in _NO_VERBS and set(before) & _WHEN:
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


def _has_gap(before: Sequence[str]) -> bool:
    """Whether a relative clause ends on the first preposition: "the state I was | in in March"."""
    for place in range(len(before) - 2, max(-1, len(before) - 6), -1):
        if before[place] in _SUBJECTS:
            # "the one that I was looking for for weeks": the noun stands before its "that".
            at = place - 2 if place > 1 and before[place - 1] in _RELATIVE_PRONOUNS else place - 1
            noun = before[at] if at >= 0 else ""
            return bool(noun) and noun not in _NO_NOUNS - {"one", "ones"} and not noun.endswith("ly")
    return False


_PRONOUNS = make_word_set("i we he she they")  # never an object
_DUMMIES = make_word_set("it there that this you")
_FREE_PRONOUNS = make_word_set("you it that there this who")
_BE_OR_HAVE = make_word_set(
    """am is are was were have has had isn't aren't wasn't weren't haven't hasn't hadn't will would can could should
    did do does didn't don't doesn't can't couldn't won't wouldn't"""
)
_ELLIPTIC = make_word_set("will would can could should did do does didn't don't can't couldn't won't wouldn't")
_SHORTENED = {
    f"{who}'{verb}"
    for who, verbs in {
        "i": "m ve d ll",
        "we": "re ve d ll",
        "they": "re ve d ll",
        "he": "s d ll",
        "she": "s d ll",
        "it": "s d ll",
        "that": "s d ll",
        "there": "s d ll",
        "you": "re ve d ll",
    }.items()
    for verb in verbs.split()
}
_SAME_SUBJECT = (
    {"i", "we"},
    {"he", "she", "they"},
    {"we", "they"},
    {"it", "that", "this", "there", "they"},
    {"you", "they", "we"},
)
_DETERMINERS = make_word_set("the a an my our your their")
_OTHER_DETERMINERS = _DETERMINERS | make_word_set("his her its this these those")
_PLACING = make_word_set("in on at to for with of from by into about onto over under through after before during")
_PAIRS = (
    make_word_set("is was are were"),
    make_word_set("has have"),
    make_word_set("can could will would should must shall"),
    make_word_set("who which"),
)
_FORMS = (
    "go went gone|make made|get got|come came|take took|say said|find found|think thought|tell told|see saw|give gave"
    "|know knew|run ran|write wrote|send sent|buy bought|bring brought|keep kept|leave left|feel felt|begin began"
    "|speak spoke|build built|meet met|lose lost|teach taught|hold held|sit sat|stand stood|drive drove"
)
_VERB_FORMS = tuple(frozenset(forms.split()) for forms in _FORMS.split("|"))
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


def _opening(row: Sequence[str]) -> tuple[str, str, int]:
    """The subject that a row opens with, its short verb, and how many words they are; no words if it has none."""
    first, second = (*row, "", "")[:2]
    if first in _SHORTENED:
        subject, verb = first.split("'")
        return subject, f"'{verb}", 1
    if first in _PRONOUNS | _FREE_PRONOUNS and second in _BE_OR_HAVE:
        return first, second, 2
    return "", "", 0


def _changes_subject(near: set[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether "it's it was", "we had we'd had", "I think it's I think it was", "he she": two subjects in a row."""
    for shared in range(len(given_up)):
        if tuple(given_up[:shared]) != tuple(anew[:shared]):
            return False
        left, right = given_up[shared:], anew[shared:]
        if shared == 0 and len(left) == 1 and left[0] in _PRONOUNS and right and right[0] in _PRONOUNS:
            return left[0] != right[0] and len(right) > 1 and right[1] not in _PRONOUNS
        subject, verb, length = _opening(left)
        if length and length == len(left):
            new_subject, new_verb, found = _opening(right)
            is_same = subject == new_subject or any({subject, new_subject} <= kin for kin in _SAME_SUBJECT)
            ends = length == 2 and (
                near & (_ASKING | {"as", "than", "way", "yes", "no", "like"}) or (verb in _ELLIPTIC and near & _WHEN)
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
        if old in _DETERMINERS and new in _OTHER_DETERMINERS and old != new:
            return not (old == "a" and commas[0]) and len(anew) > 1
        pairs = any({old, new} <= pair for pair in _PAIRS) and old != new
        is_object = last in _OTHER_DETERMINERS | {"all", "thing", "way", "one", "best"}
        return pairs and not is_object and not set(before[-6:]) & (_ASKING | _WHEN | {"that"}) and len(anew) > 1
    if len(given_up) == 2 and len(anew) > 2:
        (place, article), (new_place, new_article) = given_up, anew[:2]
        is_phrase = place in _PLACING and article in _OTHER_DETERMINERS - {"her", "this", "these", "those"}
        return is_phrase and new_place in _PLACING and new_article in _OTHER_DETERMINERS and given_up != anew[:2]
    return False


def _changes_form(before: Sequence[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether a verb comes again in another form after its subject: "I go went", "we start started"."""
    last = before[-1] if before else ""
    if len(given_up) != 1 or not anew or last not in _PRONOUNS or set(before[-4:-1]) & (_ASKING | {"that", "whatever"}):
        return False
    old, new = given_up[0], anew[0]
    if any({old, new} <= forms for forms in _VERB_FORMS):
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
        hangs = given_up[-1] in _DETERMINERS | _PLACING and given_up[-1] == anew[length - 1]
        starts = given_up[0] in _PRONOUNS | {"it", "there"}
        if length > 2 and len(differs) == 1 and hangs and (little or starts):
            return True
    put_in = any(
        (*anew[:1], *anew[1 + many : many + length]) == tuple(given_up) and len(anew) > many + length for many in (1, 2)
    )
    return put_in and given_up[1] not in _OF_SAYING and given_up[0] in _PRONOUNS | _DETERMINERS | {"it"}


def _is_left_hanging(before: Sequence[str], near: set[str], given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether a clause breaks off before its noun or verb: "I went to the | we took", "I was going to | I went"."""
    if len(given_up) < 2 or len(anew) < 2 or set(given_up[1:]) & _PRONOUNS:
        return False
    begins = anew[0] in _PRONOUNS or (anew[0] in _DUMMIES and anew[1] in _BE_OR_HAVE) or anew[0] in _SHORTENED
    if not begins or given_up[0] not in _PRONOUNS | _DUMMIES | _DETERMINERS:
        return False
    if given_up[-1] in _DETERMINERS:
        return given_up[0] in _PRONOUNS or (len(given_up) > 2 and (not before or before[-1] in _LOOSE))
    if given_up[0] not in _PRONOUNS:
        return False
    is_opening = not before or before[-1] in _LOOSE
    if given_up[-1] in ("of", "with", "for", "into") and is_opening and len(given_up) > 2:
        return True
    return len(given_up) > 2 and given_up[-1] == "to" and given_up[-2] in _TO_BEFORE and not near & (_WHEN | _ASKING)


def _corrects_aloud(given_up: Sequence[str], anew: Sequence[str]) -> bool:
    """Whether the speaker says that a phrase was wrong: "on Monday, sorry, on Tuesday"."""
    if not 2 <= len(given_up) <= 4 or given_up[0] not in _PLACING | _DETERMINERS:
        return False
    said = next((phrase for phrase in _SORRY if tuple(anew[: len(phrase)]) == phrase), ())
    return bool(said) and tuple(anew[len(said) : len(said) + 1]) == tuple(given_up[:1]) and len(anew) > len(said) + 1


_LINKS = _WHEN | make_word_set("so and but that then what how why where who")
_INCOMPLETE = make_word_set(
    """took made got had put used started began tried wanted needed decided gave found built wrote sent called looked
    became asked kept set brought ran led spent went did told needed hired bought sold thought was were am"""
)
_STAYING = make_word_set("work works worked working live lives lived living start started stay stayed study studied")
_ORDINALS = make_word_set("first second third fourth fifth sixth last next best worst biggest")
_DAYS = make_word_set("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = make_word_set("january february march april may june july august september october november december")
_OPENING_PAIRS = (
    make_word_set("these those"),
    make_word_set("every each"),
    make_word_set("some many most few"),
)


def _begins_alike(before: Sequence[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]) -> bool:
    """Whether a beginning has its last little word changed: "what I what we", "one of the one of my"."""
    length = len(given_up)
    if length == 3 and given_up[0] in _ASKING and {given_up[1], *anew[1:2]} <= _ELLIPTIC and len(anew) > 3:
        return (
            given_up[0] == anew[0] and given_up[2] == anew[2] in _PRONOUNS | _FREE_PRONOUNS
        )  # "how do you how did you"
    if length < 2 or commas[length - 1] or len(anew) <= length or given_up[0] not in STOP_WORDS | _ORDINALS:
        return False
    if tuple(given_up[:-1]) != tuple(anew[: length - 1]) or given_up[-1] == anew[length - 1]:
        return False
    last, other = given_up[-1], anew[length - 1]
    subjects = _PRONOUNS | _FREE_PRONOUNS - {"that", "this"} | _DETERMINERS
    if length == 2 and given_up[0] in ("which", "who", "that") and {last, other} <= make_word_set("is was are were"):
        return True
    if length == 2 and given_up[0] in _LINKS:  # "what I what we"
        return last in subjects and other in subjects | _OTHER_DETERMINERS and "more" not in (last, other)
    if last in _DETERMINERS and other in _OTHER_DETERMINERS:
        return length > 2 or given_up[0] in _PRONOUNS
    days = {last, other} <= _DAYS or {last, other} <= _MONTHS or {last, other} <= _ORDINALS
    if length == 2:
        return days and given_up[0] in ("on", "in", "the", "last", "next", "my")
    is_sentence = given_up[0] in _DETERMINERS and not {last, other} & STOP_WORDS
    return length == 3 and is_sentence and not before and given_up[1] not in STOP_WORDS


def _changes_verb(
    before: Sequence[str], near: set[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]
) -> bool:
    """Whether a subject comes again after a verb that lacks its object: "I took I went", "I was I got"."""
    if len(given_up) != 2 or commas[1] or len(anew) < 3 or near & (_ASKING | {"as", "than", "way", "yes", "no"}):
        return False
    (subject, verb), (again, other) = given_up, anew[:2]
    is_opening = not before or before[-1] in _LOOSE or commas[0]
    if subject not in _PRONOUNS or again != subject or not is_opening:
        return False
    return verb in _INCOMPLETE and other != verb and other not in _PRONOUNS | _OTHER_DETERMINERS


_LOOSE = make_word_set("and so but because then")


def _changes_one_word(
    before: Sequence[str], given_up: Sequence[str], anew: Sequence[str], commas: Sequence[bool]
) -> bool:
    """Whether one word is taken back for its opposite or its kin: "I could couldn't", "working at for a bank"."""
    if len(given_up) != 1 or commas[0] or len(anew) < 2:
        return False
    last, (old, new, following) = before[-1] if before else "", (given_up[0], anew[0], anew[1])
    is_subject = last in _PRONOUNS | {"you", "it", "that", "there", "who"}
    is_finite = new.startswith(old) or old not in ("had", "have", "has", "did", "do")  # "the man I had couldn't read"
    if is_subject and is_finite and new.endswith("n't") and old in _BE_OR_HAVE and old != new:
        return following not in _PRONOUNS | _FREE_PRONOUNS  # "you can can't you"
    if (
        old != new
        and last in ("it", "he", "she", "that")
        and {old, new} <= {"takes", "took", "makes", "made", "comes", "came"}
    ):
        return old[:2] == new[:2] or {old, new} in ({"takes", "took"}, {"comes", "came"})
    is_asked = _has_gap(before) or set(before) & (_ASKING | _RELATIVE_PRONOUNS)
    if last in _STAYING and old in _PLACING and new in _PLACING and not is_asked:
        return old != new and following in _OTHER_DETERMINERS and (old, new) not in _COMPOUND_PLACES
    is_opening = not before or before[-1] in _LOOSE
    if is_opening and (old, new) == ("this", "that"):
        return following in _BE_OR_HAVE
    return is_opening and old != new and any({old, new} <= pair for pair in _OPENING_PAIRS) and following != "of"


_COMPOUND_PLACES = {
    ("on", "into"),
    ("from", "under"),
    ("from", "before"),
    ("on", "for"),
    ("on", "through"),
    ("on", "with"),
    ("in", "on"),
}
