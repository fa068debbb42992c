"""When like, so, well and their kin fill a gap instead of meaning something.

Each phrase has a rule over its neighbourhood. A phrase is set off where a comma, a pause of 0.15 s or a filler stands
beside it, or a sentence begins or ends there. When in doubt a word is a word: an uncounted filler does less harm to a
report than a counted "like" in "I like it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.text.number_words import cardinal_words
from analysis.text.word_lists import word_set

SET_OFF_PAUSE = 0.15  # s between two words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """What stands around a phrase; words are plain and filler sounds looked through, "" where there is none."""

    before: str
    earlier: frozenset[str]  # the few words before that one
    after: str
    opens: bool  # first of a sentence, other fillers and a leading and/but/so looked through
    set_off_before: bool
    set_off_after: bool
    comma_after: bool  # or another mark, not one that only frames a filler sound
    sound_after: bool  # a filler sound comes next
    is_first: bool  # of the whole answer

    @property
    def alone(self) -> bool:
        """Set off on both sides."""
        return self.set_off_before and self.set_off_after


_CONJUNCTIONS = word_set("and but so because then or")
_SUBJECTS = word_set("i you he she it we they i'm you're we're they're it's i'd")
_BEING = word_set("be am is are was were been being i'm it's that's he's she's we're they're you're")
_COMPARES = word_set(
    """look looks looked looking feel feels felt feeling sound sounds sounded seem seems seemed taste smell would
    i'd you'd we'd they'd he'd she'd do don't things something someone anything nothing much more just act
    acts behave"""
)
_LIKERS = word_set("i you he she it we they people who to really also that this")
_KNOWN_THINGS = word_set(
    """what how that the if whether why who when where which about it him her them a an this these my your our his
    their anything everything nothing something of me"""
)
_KNOWERS = word_set(
    """do did don't didn't if as what that how when let whatever everything anything all who would could might
    should will can to than before because make sure until"""
)
_MEANT = word_set("it that this by to what business is the every")
_KINDS = word_set(
    """a an the this that what some any another every each same which these those one certain different my your our
    their all no other new right wrong best first only particular special whatever many most two three four five several
    various better worse strange weird rare interesting specific general similar nice good bad big great real true funny
    odd typical common rough"""
)
_KINDLY = word_set("so very really too most how awfully extremely incredibly")
_PEOPLE = word_set("you him her them me us everyone everybody people my your")
_MARKERS = word_set("basically like yeah actually anyway okay ok essentially obviously honestly literally um uh well")
_DEGREES_OF_WELL = word_set("as very so really pretty quite how too rather fairly extremely particularly did do")
_NUMBERS = {word for number in range(100) for word in cardinal_words(number)} - {"one"}
_NUMBERS |= word_set("hundred thousand million half dozens hundreds thousands")
_NOT_ABOUT = word_set("more just exactly nothing something anything much")  # "more like ten", which is no filler
_INTENSIFIERS = word_set("really super very totally completely so literally")
_DEGREES = word_set("that far much many long called few little as often")


def _alone(near: Neighbourhood) -> bool:
    return near.alone


def _well(near: Neighbourhood) -> bool:
    return (near.opens or near.set_off_before) and near.set_off_after and near.before not in _DEGREES_OF_WELL


def _like(near: Neighbourhood) -> bool:
    if near.comma_after and not near.set_off_before:
        asks = {"what", "how"} & (near.earlier | {near.before})  # "what it is like, I know"
        return not asks and near.before not in _COMPARES | _LIKERS
    if _is_about(near):
        return True
    if near.before in _COMPARES | _BEING and not near.set_off_before:
        return False
    return near.alone or (near.before in _CONJUNCTIONS and near.after in _SUBJECTS)


def _is_about(near: Neighbourhood) -> bool:
    """Whether it stands before a number or an intensifier: "there were like fifty", "it was like really hard"."""
    compares = near.before in _NOT_ABOUT or (near.before in _COMPARES and near.before not in _BEING)
    is_number = near.after in _NUMBERS or near.after[:1].isdigit()
    return not compares and (is_number or (near.after in _INTENSIFIERS and near.before in _BEING))


def _so(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.set_off_before
    return near.opens and (near.set_off_after or near.after in _MARKERS) and near.after not in _DEGREES


def _you_know(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.before not in _KNOWERS or near.set_off_before
    if near.before in _BEING | _SUBJECTS and near.after not in ("that", "how"):
        return True  # "it was you know a mess": what follows belongs to the verb before
    known = near.after in _KNOWN_THINGS or near.before in _KNOWERS
    return not known and (near.set_off_before or near.set_off_after)


def _i_mean(near: Neighbourhood) -> bool:
    if near.comma_after:
        return near.before not in _KNOWERS
    return near.set_off_before and near.after not in _MEANT


def is_kindness(before: str, after: str) -> bool:
    """Return whether "kind of" between two words praises somebody: "that's very kind of you"."""
    return after in _PEOPLE and (before in _KINDLY or after == "you")


def _kind_of(near: Neighbourhood) -> bool:
    return not is_kindness(near.before, near.after) and _sort_of(near)


def _opening(near: Neighbourhood) -> bool:
    return near.alone or near.opens


def _sort_of(near: Neighbourhood) -> bool:
    return near.before not in _KINDS or near.alone


def _yeah(near: Neighbourhood) -> bool:
    return near.alone and not near.is_first


RULES: Mapping[Phrase, Callable[[Neighbourhood], bool]] = {
    ("you", "know", "what", "i", "mean"): lambda near: near.set_off_after,
    ("you", "know"): _you_know,
    ("i", "mean"): _i_mean,
    ("sort", "of"): _sort_of,
    ("kind", "of"): _kind_of,
    ("like",): _like,
    ("so",): _so,
    ("well",): _well,
    ("right",): _alone,
    ("okay",): _alone,
    ("ok",): _alone,
    ("alright",): _alone,
    ("yeah",): _yeah,
    ("anyway",): _alone,
    ("basically",): _opening,
    ("actually",): _opening,
    ("literally",): _alone,
    ("honestly",): _opening,
    ("obviously",): _opening,
    ("essentially",): _opening,
}
LONGEST_FIRST: tuple[Phrase, ...] = tuple(sorted(RULES, key=len, reverse=True))
