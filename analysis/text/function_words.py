"""The small words that hold a sentence together, by what they do in it: pronouns, articles, short verbs, conjunctions.

Conventions: plain words (lower case, no punctuation). Shared by the rules that tell a filler or a restart by the words
around it, where a list with one word more or less tells another thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set

PRONOUNS = make_word_set("i we he she they")  # never an object
FREE_PRONOUNS = make_word_set("you it that there this who")  # subjects, or objects of what stands before
SUBJECT_PRONOUNS = make_word_set("i you he she it we they i'm you're we're they're it's i'd")
PEOPLE = make_word_set("you him her them me us everyone everybody people")
RELATIVE_PRONOUNS = make_word_set("that who which")
ARTICLES = make_word_set("the a an my our your their")  # never an object, unlike "her" and "this"
DETERMINERS = ARTICLES | make_word_set("his her its this these those")
CONJUNCTIONS = make_word_set("and but so because then or")
SUBORDINATORS = make_word_set(
    "when if once after before as because while though although since until whenever time unless"
)
ASKING = make_word_set("what who where how why all whatever thing things whoever reason")
PREPOSITIONS = make_word_set("in on at to for with of from by into about onto over under through after before during")
MODALS = make_word_set("will would can could should did do does didn't don't can't couldn't won't wouldn't")
BE_OR_HAVE = MODALS | make_word_set(
    "am is are was were have has had isn't aren't wasn't weren't haven't hasn't hadn't doesn't"
)
FORMS_OF_BE = make_word_set("be am is are was were been being i'm it's that's he's she's we're they're you're")
SHORTENED = {  # a pronoun and a short verb in one word
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
AUXILIARIES = BE_OR_HAVE | make_word_set(
    "isn't shouldn't may might must just took takes went goes works worked made makes came comes got gets"
)
_SUBJECTS = PRONOUNS | make_word_set("there nobody everyone everybody what's who's there's")  # they open a clause alone
_SUBJECTS_OR_OBJECTS = make_word_set("it that this what people who you")  # they do before a short verb
CARDINALS = {word for number in range(100) for word in spell_cardinal(number)}
DAYS = make_word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = make_word_set("january february march april may june july august september october november december")
_FORMS = (
    "go went gone|make made|get got|come came|take took|say said|find found|think thought|tell told|see saw|give gave"
    "|know knew|run ran|write wrote|send sent|buy bought|bring brought|keep kept|leave left|feel felt|begin began"
    "|speak spoke|build built|meet met|lose lost|teach taught|hold held|sit sat|stand stood|drive drove"
)
VERB_FORMS = tuple(frozenset(forms.split()) for forms in _FORMS.split("|"))


def opens_clause(words: Sequence[str]) -> bool:
    """Return whether words begin with a clause that has a subject of its own: "we had", "it was", "they're late"."""
    if len(words) < 2 or not words[1]:
        return False
    first, second = words[:2]
    is_short = first in SHORTENED or first in _SUBJECTS
    return is_short or (first in _SUBJECTS_OR_OBJECTS and second in AUXILIARIES)


def split_opening(words: Sequence[str]) -> tuple[str, str, int]:
    """Return the subject that words open with, its short verb, and how many words these are; "", "", 0 without."""
    first, second = (*words, "", "")[:2]
    if first in SHORTENED:
        subject, verb = first.split("'")
        return subject, f"'{verb}", 1
    if first in PRONOUNS | FREE_PRONOUNS and second in BE_OR_HAVE:
        return first, second, 2
    return "", "", 0
