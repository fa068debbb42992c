"""Decide when a discourse marker (like, so, well, you know) is used as a filler.

Each phrase has a rule over its neighbourhood. A phrase is set off where there is a comma, a pause
of 0.15 s or a filler next to it, or where a sentence begins or ends. In doubt it counts as an
ordinary word: missing a filler does less harm to a report than counting the "like" in "I like it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.measures.fillers.like import is_filler_like
from analysis.measures.fillers.marker_rules import (
    is_filler_actually,
    is_filler_anyway,
    is_filler_basically,
    is_filler_i_mean,
    is_filler_kind_of,
    is_filler_literally,
    is_filler_opening,
    is_filler_right,
    is_filler_so,
    is_filler_sort_of,
    is_filler_well,
    is_filler_yeah,
    is_filler_you_know,
    is_filler_you_see,
)
from analysis.measures.fillers.neighbourhood import Neighbourhood

Phrase = tuple[str, ...]

RULES: Mapping[Phrase, Callable[[Neighbourhood], bool]] = {
    ("you", "know", "what", "i", "mean"): lambda near: near.set_off_after,
    ("you", "know"): is_filler_you_know,
    ("you", "see"): is_filler_you_see,
    ("i", "mean"): is_filler_i_mean,
    ("sort", "of"): is_filler_sort_of,
    ("kind", "of"): is_filler_kind_of,
    ("like",): is_filler_like,
    ("so",): is_filler_so,
    ("well",): is_filler_well,
    ("right",): is_filler_right,
    ("okay",): is_filler_right,
    ("ok",): is_filler_right,
    ("alright",): is_filler_right,
    ("yeah",): is_filler_yeah,
    ("anyway",): is_filler_anyway,
    ("kinda",): is_filler_sort_of,
    ("sorta",): is_filler_sort_of,
    ("basically",): is_filler_basically,
    ("actually",): is_filler_actually,
    ("literally",): is_filler_literally,
    ("honestly",): is_filler_opening,
    ("obviously",): is_filler_opening,
    ("essentially",): is_filler_opening,
}
PHRASES_LONGEST_FIRST: tuple[Phrase, ...] = tuple(sorted(RULES, key=len, reverse=True))
