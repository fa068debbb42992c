"""Count the syllables of spoken English words, by spelling rules and a table of exceptions.

Conventions: words come from `analysis.text.verbalize`, so numbers are spelled out; an acronym in
capitals is counted letter by letter unless people say it as a word. The count is meant to be right
in total over running speech; single rare words may be off by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from analysis.text.verbalize import drop_filler_sounds, verbalise_words
from speech.transcript import Word

# As they are said in American English.
_IRREGULAR_WORDS_BY_COUNT = {
    1: "priest aye george",
    2: """mr mrs dr ok tv uk eu pm hr pr safety awesome evening hundred wednesday soldier soldiers chocolate
        diamond naked sacred wicked hatred whereas surgeon genre cafe chaos rely fluid cement maybe
        elsewhere premier genius cooper inspire admire catholic opera widespread thereby farewell
        someone creature creatures sovereign choir buying""",
    3: """everyone anyone usa ceo nuclear forever whoever wherever acquire acquired element elements alliance
        compliance phd moreover recipe recipes shareholders reunion finale genuine linear valuable
        vegetable vegetables theater interesting interested solely""",
    4: """nevertheless initiative initiatives genuinely european coincidence laboratory comedian coalition
        whatsoever arguably etc""",
    5: "enthusiasm",
}

IRREGULAR_SYLLABLES: Mapping[str, int] = {
    word: count for count, words in _IRREGULAR_WORDS_BY_COUNT.items() for word in words.split()
}

ACRONYMS_SAID_AS_WORDS = frozenset(
    {"NASA", "COVID", "JSON", "RAM", "ROM", "REST", "AJAX", "CRUD", "NATO", "SCRUM", "RAG", "LAN", "PIN", "SIM"}
)
_VOWEL_GROUPS = re.compile(r"[aeiouy]+")
_SILENT_FIRST_PART = re.compile(
    r"^(some|there|where|here|home|house|life|time|base|side|fore|care|line|live|make|name|note|phone|safe|store|"
    r"take|trade|frame|guide|pipe|ware|whole|come|white|wire|like|site|one|use|game|case|code|give|more|love|hope|rate|stage|place|time|face|free)"
    r"(?=[bcdfghjklmnpqrstvwxyz]..)"
)
_CONTRACTED_ENDING = re.compile(r"('ll|'re|'ve|'d|'m|'s|n't|'t|s'|')$")

# Each match takes one syllable from the count of vowel groups.
_SILENT_VOWELS = re.compile(
    r"""
    (?<![aeiouyl])(?<![tbc]r)e$                                       # make; not theatre
  | (?<![aeiouylsxzcg])(?<![tbc]r)(?<![sc]h)e(?=s$)                  # makes; not changes
  | (?<=[aeiouy])(?:r|l|rl|ll)?le(?=s?$)                             # rule, rules
  | (?<=[gq]u)e(?=s?$)(?<!argue)                                    # league, techniques
  | (?<![td])(?<![bcdfgkptz]l)(?<=[^aeiouy])ed$                     # worked; not wanted, handled
  | [^aeiouyl]e(?=(?:ly|ments?|ful|fully|less|ness|lessly)$)        # likely, movement
  | (?<=[aeiou]l)e(?=(?:ly|ments?|ful|fully|less|ness)$)            # solely
  | ically$ | ^ever(?=[yi]) | ^busines | avior                      # basically, everything, business, behavior
    """,
    re.VERBOSE,
)
# Each match adds one: two vowels that are spoken apart, or a syllable without a vowel letter.
_EXTRA_SYLLABLES = re.compile(
    r"""
    (?<![tcsxgl])ia(?!ge) | (?<=l)ia(?=[bt]) | (?<=[ct])ia(?=t) | ^[dg]ia | ^lia   # media, reliable, negotiate
  | (?<![tscgxhn])(?<!ll)io(?!u) | io(?=s?$)(?<=[tn]io) | (?<![gctxn])iou(?=s)     # period, ratio, serious
  | iu                                                     # premium
  | (?<![tscgn])(?<!fr)ien | ^sci(?=en) | iet                                      # experience, science, society
  | (?<=[^aeiout])ier(?=s?$) | iest$                                               # easier, earliest
  | (?<=[^aeiou])ying | (?<=[^aeiouq])uing | eing | oing | [ao]ying                # studying, being, playing
  | [aou]y(?!ed$|ing)(?=[aeiou]) | eyo                                        # player, employee, beyond
  | (?<![gq])ua(?!ge|rd|de) | uou | (?<!q)uity | ui(?=tion|ci) | uen(?=[tc])(?<!quen) | (?<=r)ui(?=n)  # actual
  | eo(?!u|ple) | (?<!g)eou(?=s) | eum | (?<=[dr])ea(?=s?$)                        # video, museum, idea
  | (?<=cr)ea(?=t)(?!ature) | ^rea(?=c(?!h)) | (?<=r)ea(?=li) | ^coo(?=[rp]) | oe(?=[mt])  # create, react, cooperate
  | (?<=[^aeiou])ire(?=(?:d|s|ly|ment)?$)                                          # entire, retirement
  | ism(?=s?$) | thm(?=s?$)                                                        # optimism, algorithm
    """,
    re.VERBOSE,
)


def count_syllables(words: Iterable[Word]) -> int:
    """Return S, the syllables of the words without filler sounds, numbers as they are said."""
    return sum(count_word_syllables(said) for form in verbalise_words(drop_filler_sounds(words)) for said in form)


@cache
def count_word_syllables(word: str) -> int:
    """Return the syllables of one spoken word, at least 1; a hyphenated word is the sum of its parts."""
    parts = [part for part in re.split(r"[-\s]", word.replace("’", "'")) if part]
    return max(1, sum(_count_part(part) for part in parts))


def _count_part(text: str) -> int:
    known = IRREGULAR_SYLLABLES.get(text.lower())
    if known is not None:
        return known
    if _is_acronym(text):
        return sum(3 if letter == "W" else 1 for letter in text.rstrip("s"))
    stem = _CONTRACTED_ENDING.sub("", text.lower())
    if stem != text.lower():
        return _count_part(stem) + _count_ending(text.lower()[len(stem) :], stem)
    return _count_by_rule(text.lower())


def _is_acronym(text: str) -> bool:
    letters = text.rstrip("s") if len(text) > 2 else text
    return letters.isupper() and 1 < len(letters) <= 5 and letters not in ACRONYMS_SAID_AS_WORDS


def _count_ending(ending: str, stem: str) -> int:
    """Return the syllables that a contracted ending adds: one in didn't and it'll, none in I'll.

    A possessive adds one after a hiss (boss's).
    """
    if ending in ("'s", "s'", "'"):
        return int(ending == "'s" and bool(re.search(r"(?:[sxz]|[sc]h|[cgs]e)$", stem)))
    sonorant = stem[-1:] in "aeiouyrw"
    return int(ending in ("n't", "'ll", "'ve", "'d") and not sonorant)


def _count_by_rule(text: str) -> int:
    first = _SILENT_FIRST_PART.match(text)
    if first and text not in (first[0], first[0] + "s"):
        return 1 + _count_by_rule(text[first.end() :])
    count = len(_VOWEL_GROUPS.findall(text))
    count += len(_EXTRA_SYLLABLES.findall(text)) - len(_SILENT_VOWELS.findall(text))
    return max(1, count)
