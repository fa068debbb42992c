"""Words whose syllables the rules of spelling get wrong, as they are said in American English."""

from __future__ import annotations

from collections.abc import Mapping

_BY_COUNT = {
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

IRREGULAR: Mapping[str, int] = {word: count for count, words in _BY_COUNT.items() for word in words.split()}

SAID_AS_WORDS = frozenset(
    {"NASA", "COVID", "JSON", "RAM", "ROM", "REST", "AJAX", "CRUD", "NATO", "SCRUM", "RAG", "LAN", "PIN", "SIM"}
)
