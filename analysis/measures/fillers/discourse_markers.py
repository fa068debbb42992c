"""Decide when a discourse marker (like, so, well, you know) is used as a filler.

Each phrase has a rule over its neighbourhood. A phrase is set off where there is a comma, a pause
of 0.15 s or a filler next to it, or where a sentence begins or ends. In doubt it counts as an
ordinary word: missing a filler does less harm to a report than counting the "like" in "I like it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set

SET_OFF_PAUSE_SECONDS = 0.15  # s between two words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """The context of a phrase.

    Words are in lower case without punctuation, "" where there is none; filler sounds are skipped.
    """

    before: str
    earlier: frozenset[str]  # the few words before that one
    after: str
    is_sentence_start: bool  # first of a sentence, other fillers and a leading and/but/so looked through
    set_off_before: bool
    set_off_after: bool
    comma_after: bool  # or another mark, not one that only frames a filler sound
    sound_after: bool  # a filler sound comes next
    is_first: bool  # of the whole answer

    @property
    def is_alone(self) -> bool:
        """Whether the phrase is set off on both sides."""
        return self.set_off_before and self.set_off_after


_CONJUNCTIONS = make_word_set("and but so because then or")
_SUBJECTS = make_word_set("i you he she it we they i'm you're we're they're it's i'd")
_FORMS_OF_BE = make_word_set("be am is are was were been being i'm it's that's he's she's we're they're you're")
_WORDS_BEFORE_COMPARING_LIKE = make_word_set(
    """look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed taste smell would
    i'd you'd we'd they'd he'd she'd do don't things something someone anything nothing much more just act
    acts behave"""
)
_SUBJECTS_OF_LIKE = make_word_set("i you he she it we they people who to really also that this")
_OBJECTS_OF_KNOW = make_word_set(
    """what how that the if whether why who when where which about it him her them a an this these my your our his
    their anything everything nothing something of me"""
)
_WORDS_BEFORE_YOU_KNOW = make_word_set(
    """do did don't didn't if as what that how when let whatever everything anything all who would could might
    should will can to than before because make sure until"""
)
_OBJECTS_OF_MEAN = make_word_set("it that this by to what business is the every")
_WORDS_BEFORE_KIND_OF = make_word_set(
    """a an the this that what some any another every each same which these those one certain different my your our
    their all no other new right wrong best first only particular special whatever many most two three four five several
    various better worse strange weird rare interesting specific general similar nice good bad big great real true funny
    odd typical common rough"""
)
_KINDLY = make_word_set("so very really too most how awfully extremely incredibly")
_PEOPLE = make_word_set("you him her them me us everyone everybody people my your")
_MARKERS = make_word_set(
    "basically like yeah actually anyway okay ok essentially obviously honestly literally um uh well"
)
_WORDS_BEFORE_WELL = make_word_set("as very so really pretty quite how too rather fairly extremely particularly did do")
_NUMBERS = {word for number in range(100) for word in spell_cardinal(number)} - {"one"}
_NUMBERS |= make_word_set("hundred thousand million half dozens hundreds thousands")
_NOT_ABOUT = make_word_set("more just exactly nothing something anything much")  # "more like ten", which is no filler
_INTENSIFIERS = make_word_set("really super very totally completely so literally")
_WORDS_AFTER_SO = make_word_set("that far much many long called few little as often")


def _is_alone(near: Neighbourhood) -> bool:
    return near.is_alone


def _is_filler_well(near: Neighbourhood) -> bool:
    return (
        (near.is_sentence_start or near.set_off_before) and near.set_off_after and near.before not in _WORDS_BEFORE_WELL
    )


def _is_filler_like(near: Neighbourhood) -> bool:
    if near.comma_after and not near.set_off_before:
        asks = {"what", "how"} & (near.earlier | {near.before})  # "what it is like, I know"
        return not asks and near.before not in _WORDS_BEFORE_COMPARING_LIKE | _SUBJECTS_OF_LIKE
    if _is_about(near):
        return True
    if near.before in _WORDS_BEFORE_COMPARING_LIKE | _FORMS_OF_BE and not near.set_off_before:
        return False
    return near.is_alone or (near.before in _CONJUNCTIONS and near.after in _SUBJECTS)


def _is_about(near: Neighbourhood) -> bool:
    """Whether it stands before a number or an intensifier: "there were like fifty", "it was like really hard"."""
    compares = near.before in _NOT_ABOUT or (
        near.before in _WORDS_BEFORE_COMPARING_LIKE and near.before not in _FORMS_OF_BE
    )
    is_number = near.after in _NUMBERS or near.after[:1].isdigit()
    return not compares and (is_number or (near.after in _INTENSIFIERS and near.before in _FORMS_OF_BE))


def _is_filler_so(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.set_off_before
    return (
        near.is_sentence_start and (near.set_off_after or near.after in _MARKERS) and near.after not in _WORDS_AFTER_SO
    )


def _is_filler_you_know(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW or near.set_off_before
    if near.before in _FORMS_OF_BE | _SUBJECTS and near.after not in ("that", "how"):
        return True  # "it was you know a mess": what follows belongs to the verb before
    known = near.after in _OBJECTS_OF_KNOW or near.before in _WORDS_BEFORE_YOU_KNOW
    return not known and (near.set_off_before or near.set_off_after)


def _is_filler_i_mean(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW
    return near.set_off_before and near.after not in _OBJECTS_OF_MEAN


def is_kindness(before: str, after: str) -> bool:
    """Return whether "kind of" between two words praises somebody: "that's very kind of you"."""
    return after in _PEOPLE and (before in _KINDLY or after == "you")


def _kind_of(near: Neighbourhood) -> bool:
    return not is_kindness(near.before, near.after) and _is_filler_sort_of(near)


def _opening(near: Neighbourhood) -> bool:
    return near.is_alone or near.is_sentence_start


def _is_filler_sort_of(near: Neighbourhood) -> bool:
    return near.before not in _WORDS_BEFORE_KIND_OF or near.is_alone


def _is_filler_yeah(near: Neighbourhood) -> bool:
    return near.is_alone and not near.is_first


RULES: Mapping[Phrase, Callable[[Neighbourhood], bool]] = {
    ("you", "know", "what", "i", "mean"): lambda near: near.set_off_after,
    ("you", "know"): _is_filler_you_know,
    ("i", "mean"): _is_filler_i_mean,
    ("sort", "of"): _is_filler_sort_of,
    ("kind", "of"): _kind_of,
    ("like",): _is_filler_like,
    ("so",): _is_filler_so,
    ("well",): _is_filler_well,
    ("right",): _is_alone,
    ("okay",): _is_alone,
    ("ok",): _is_alone,
    ("alright",): _is_alone,
    ("yeah",): _is_filler_yeah,
    ("anyway",): _is_alone,
    ("basically",): _opening,
    ("actually",): _opening,
    ("literally",): _is_alone,
    ("honestly",): _opening,
    ("obviously",): _opening,
    ("essentially",): _opening,
}
PHRASES_LONGEST_FIRST: tuple[Phrase, ...] = tuple(sorted(RULES, key=len, reverse=True))
