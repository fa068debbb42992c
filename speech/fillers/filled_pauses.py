"""Filler sounds: um, uh, er, hmm and their elongations, one family however they are spelled.

Back-channels (uh-huh, mm-hmm) are answers, not hesitations, and are left out.
"""

from __future__ import annotations

import re

# Shows the decoder the style in which hesitations and repetitions are written down.
PROMPT = "So, um, I, I think, uh, it it was, um, the, the thing, you know. Hmm, uh, like, but but I, uh, I mean"

# When the decoder loses itself with the first prompt: a shorter one, then none.
OTHER_PROMPTS = ("um, uh, er, hmm, like, you know", None)

_FILLER_SOUND = re.compile(r"u+h+m*|u+m+|e+h*r+m*|e+h+m*|a+h+m*|h+m+|m{2,}")


def is_filler_sound(text: str) -> bool:
    """Whether a written word is a filler sound: "Um,", "uhh", "erm", "hmm"; never "uh-huh", nor an ER or EHR."""
    letters = re.sub(r"[^A-Za-z-]", "", text).strip("-")
    return not letters.isupper() and _FILLER_SOUND.fullmatch(letters.lower()) is not None
