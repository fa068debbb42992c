"""Decide whether so, well, you know, kind of and the like fill or mean something, by what stands around them."""

from __future__ import annotations

from analysis.measures.fillers.like import stands_before_deed
from analysis.measures.fillers.neighbourhood import Neighbourhood
from analysis.text.function_words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FORMS_OF_BE,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECT_PRONOUNS,
)
from analysis.text.grammar import is_past
from analysis.text.word_lists import STOP_WORDS, make_word_set

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
_MARKERS = make_word_set(
    "basically like yeah actually anyway okay ok essentially obviously honestly literally um uh well"
)
_WORDS_BEFORE_WELL = make_word_set("as very so really pretty quite how too rather fairly extremely particularly did do")
_THINGS_THAT_ACT = make_word_set("it that this who which you")
_WORDS_AFTER_SO = make_word_set("that far much many long called few little as often")
_KNOWN_BEFORE = make_word_set("of only people anyone someone everyone something anything everything nobody")
_HELD_WITHOUT_CLAUSE = make_word_set(
    """had has have having got did took made went spent needed wanted to just really very for in with about at on from
    by into the a an my our their these those was were is are been be being"""
)
_AFTER_WELL = make_word_set(
    """i i'm i've i'd i'll we we're we've we'd they they're he he's she she's it it's that that's this there there's the
    my our you when if so in at actually basically obviously yeah yes no what first one last back let's let"""
)
_AFTER_RIGHT = make_word_set("so well let's let okay ok i i'm i'll i've we we're we'll yeah yes um uh")


def is_filler_well(near: Neighbourhood) -> bool:
    """Return whether a "well" fills: "Well, I asked him"."""
    if near.before in _WORDS_BEFORE_WELL and not near.is_sentence_start:
        return False
    if near.is_sentence_start and near.after in _AFTER_WELL:
        return True
    return ((near.is_sentence_start or near.set_off_before) and near.set_off_after) or near.joins_clause


def is_filler_so(near: Neighbourhood) -> bool:
    """Return whether a "so" fills: "So, I asked him"."""
    if near.comma_after:
        return near.set_off_before
    leads = near.after in _MARKERS or near.rest[:2] in (("you", "know"), ("i", "mean"))
    return near.is_sentence_start and (near.set_off_after or leads) and near.after not in _WORDS_AFTER_SO


def is_filler_you_know(near: Neighbourhood) -> bool:
    """Return whether a "you know" fills, and is neither asked nor told: "do you know him"."""
    if near.before == "know" and "if" in near.earlier:
        return False  # "if you know, you know"
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW or near.set_off_before
    if near.before in FORMS_OF_BE | SUBJECT_PRONOUNS and near.after not in ("that", "how"):
        return True  # "it was you know a mess": what follows belongs to the verb before
    if near.clause_follows and near.after not in ("that", "what", "who", "this"):
        is_opening = near.set_off_before and near.before not in ("if", "as", "because")
        joins = near.before in CONJUNCTIONS and "just" not in near.earlier
        if is_opening or joins:
            return True  # "and you know we had"
    if near.before in _HELD_WITHOUT_CLAUSE and near.after and near.after not in ("who", "what", "that", "about"):
        return True  # "we had you know a lot of work"
    known = near.after in _OBJECTS_OF_KNOW or near.before in _WORDS_BEFORE_YOU_KNOW | _KNOWN_BEFORE
    return not known and (near.set_off_before or near.set_off_after)


def is_filler_i_mean(near: Neighbourhood) -> bool:
    """Return whether an "I mean" fills, and explains nothing: "by that I mean"."""
    if near.comma_after:
        return near.before not in _WORDS_BEFORE_YOU_KNOW | {"one", "thing", "way"}
    if near.clause_follows:
        return near.before not in _WORDS_BEFORE_YOU_KNOW - {"because"} or near.set_off_before
    if near.before in FORMS_OF_BE and near.before not in ("is", "that's"):
        return True  # "it was I mean terrible"
    if near.is_sentence_start and near.after in ("the", "my", "our", "a", "every"):
        return bool(set(near.rest[2:]) & AUXILIARIES)  # "I mean the whole thing was a mess"
    return near.set_off_before and near.after not in _OBJECTS_OF_MEAN


def is_kindness(before: str, after: str) -> bool:
    """Return whether "kind of" between two words praises somebody: "that's very kind of you"."""
    return after in PEOPLE | {"my", "your"} and (before in _KINDLY or after == "you")


def is_filler_kind_of(near: Neighbourhood) -> bool:
    """Return whether a "kind of" fills, and neither sorts nor praises."""
    return not is_kindness(near.before, near.after) and is_filler_sort_of(near)


def is_filler_opening(near: Neighbourhood) -> bool:
    """Return whether a word fills that may open a sentence: "honestly", "obviously"."""
    return near.is_alone or near.is_sentence_start or near.joins_clause


def is_filler_basically(near: Neighbourhood) -> bool:
    """Return whether a "basically" fills.

    Between somebody and a verb it does ("he basically told me"); after "is" it says that something is so in essence
    ("the two are basically alike").
    """
    is_verb_next = bool(near.after) and near.after not in STOP_WORDS | DETERMINERS
    acts = near.before in PRONOUNS | _THINGS_THAT_ACT and (is_verb_next or near.after in AUXILIARIES)
    return is_filler_opening(near) or (acts and bool(near.then) and not near.comma_after) or stands_before_deed(near)


def is_filler_actually(near: Neighbourhood) -> bool:
    """Return whether an "actually" fills: set off, first, or after its verb ("I was working actually in a shop")."""
    is_verb = near.before.endswith("ing") or is_past(near.before)
    return is_filler_opening(near) or (is_verb and near.after in PREPOSITIONS)


def is_filler_literally(near: Neighbourhood) -> bool:
    """Return whether a "literally" fills: "I literally died", but "it was literally on fire"."""
    return near.is_alone or stands_before_deed(near)


def is_filler_you_see(near: Neighbourhood) -> bool:
    """Return whether a "you see" fills: "You see, we had one bus"."""
    return near.is_alone and near.comma_after


def _is_agreement(near: Neighbourhood) -> bool:
    """Whether it is a sentence of its own: "Okay." "Yeah." to somebody else."""
    return near.is_sentence_start and not near.rest and near.before not in CONJUNCTIONS


def is_filler_right(near: Neighbourhood) -> bool:
    """Return whether a "right" or "okay" fills."""
    if _is_agreement(near):
        return False
    return near.is_alone or (near.is_sentence_start and near.after in _AFTER_RIGHT)


def is_filler_anyway(near: Neighbourhood) -> bool:
    """Return whether an "anyway" fills."""
    return near.is_alone or (near.is_sentence_start and near.clause_follows)


def is_filler_sort_of(near: Neighbourhood) -> bool:
    """Return whether a "sort of" fills, and does not sort: "this sort of thing"."""
    return near.before not in _WORDS_BEFORE_KIND_OF or near.is_alone


def is_filler_yeah(near: Neighbourhood) -> bool:
    """Return whether a "yeah" fills, and does not agree."""
    if _is_agreement(near):
        return False
    joins = near.before in ("so", "and", "but") and (near.is_sentence_start or near.set_off_after)
    return (near.is_alone or joins) and not near.is_first
