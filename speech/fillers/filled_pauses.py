"""Filled pauses: um, uh, er, hmm and their elongations, in any spelling.

Back-channels (uh-huh, mm-hmm) are answers, not hesitations, and are excluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Shows the decoder the style in which hesitations and repetitions are written down.
VERBATIM_PROMPT = (
    "So, um, I, I think, uh, it it was, um, the, the thing, you know. Hmm, uh, like, but but I, uh, I mean"
)

# When the decoder loses itself with the first prompt: a shorter one, then none.
FALLBACK_PROMPTS = ("um, uh, er, hmm, like, you know", None)

_NUMBER_WORD = re.compile(
    r"(?:.*-)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|half|quarter|few|many)"
)
_UNITS = {"mm", "ah", "mah"}  # millimetres and ampere-hours
_BEFORE_TO_ERR = {"to", "not", "never", "rather", "always", "may", "might", "should", "would", "could", "can", "i'd"}
_AFTER_TO_ERR = {"on", "toward", "towards"}
_ENDS = set(",.;:!?…")  # of a word after which another thought begins
_FILLED_PAUSE = re.compile(r"u+h+m*|u+m+|e+h*r+m*|e+h+m*|a+h+m*|h+m+|m{2,}")


def is_filled_pause(text: str) -> bool:
    """Return whether a written word is a filled pause: "Um,", "uhh", "erm", "hmm"; never "uh-huh", ER or EHR."""
    letters = re.sub(r"[^A-Za-z-]", "", text).strip("-")
    return not letters.isupper() and _FILLED_PAUSE.fullmatch(letters.lower()) is not None


def find_filled_pauses(texts: Sequence[str]) -> tuple[bool, ...]:
    """Return of each written word whether it is a filled pause, by the words beside it.

    A unit after a number ("35 mm", "a 5 Ah battery") and the verb "err" ("err on the side of") are words.

    Args:
        texts: The words of an answer, or of a part of it, in order.
    """
    return tuple(
        is_filled_pause(text) and not _is_unit(texts, place) and not _is_verb(texts, place)
        for place, text in enumerate(texts)
    )


def _is_unit(texts: Sequence[str], place: int) -> bool:
    before = _strip(texts[place - 1]) if place else ""
    is_number = before[-1:].isdigit() or _NUMBER_WORD.fullmatch(before) is not None
    return is_number and _strip(texts[place]) in _UNITS and texts[place - 1][-1:] not in _ENDS


def _is_verb(texts: Sequence[str], place: int) -> bool:
    if _strip(texts[place]) != "err" or texts[place][-1:] in _ENDS:
        return False
    before, after = ["", *texts][place], [*texts, ""][place + 1]
    return _strip(after) in _AFTER_TO_ERR or _strip(before) in _BEFORE_TO_ERR


def _strip(text: str) -> str:
    return text.strip(' ,.;:!?"“”()…').lower()
