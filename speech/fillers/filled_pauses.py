"""Filled pauses: um, uh, er, hmm and their elongations, in any spelling.

Back-channels (uh-huh, mm-hmm) are answers, not hesitations, and are excluded.
"""

from __future__ import annotations

import re

# Shows the decoder the style in which hesitations and repetitions are written down.
VERBATIM_PROMPT = (
    "So, um, I, I think, uh, it it was, um, the, the thing, you know. Hmm, uh, like, but but I, uh, I mean"
)

# When the decoder loses itself with the first prompt: a shorter one, then none.
FALLBACK_PROMPTS = ("um, uh, er, hmm, like, you know", None)

_FILLED_PAUSE = re.compile(r"u+h+m*|u+m+|e+h*r+m*|e+h+m*|a+h+m*|h+m+|m{2,}")


def is_filled_pause(text: str) -> bool:
    """Return whether a written word is a filled pause: "Um,", "uhh", "erm", "hmm"; never "uh-huh", ER or EHR."""
    letters = re.sub(r"[^A-Za-z-]", "", text).strip("-")
    return not letters.isupper() and _FILLED_PAUSE.fullmatch(letters.lower()) is not None
