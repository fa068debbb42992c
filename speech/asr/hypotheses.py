"""Two writings of the same sound made one: the words of a search, the beliefs of a greedy decoding.

A beam search skips fewer words than a greedy decoding, but tells nothing of what it nearly wrote; the greedy one tells,
at each of its steps, how near a filler sound was. Where both wrote the same, the belief is carried over.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from speech.asr.whisper_model import Decoded

WRITTEN_ONCE = 0.5  # belief in a filler sound that only the search wrote


def with_beliefs(searched: Decoded, greedy: Decoded, fillers: Collection[int]) -> Decoded:
    """The search's tokens, each with the belief that a filler sound (one of the tokens `fillers`) stands there.

    A filler that only the greedy decoding wrote, or nearly wrote, is believed to stand before the next token; one that
    it wrote at the end, where none follows, is taken over.
    """
    beliefs: list[float] = []
    begin = end = 0
    nearest = 0.0  # belief of what the search left out or wrote otherwise
    matcher = SequenceMatcher(None, greedy.tokens, searched.tokens, autojunk=False)
    for same, begin, end, first, last in matcher.get_opcodes():
        heard = greedy.filler_beliefs[begin:end]
        if same != "equal":
            nearest = max(nearest, *heard, 0.0)
            heard = tuple(WRITTEN_ONCE * (token in fillers) for token in searched.tokens[first:last])
        if heard:
            beliefs.extend((max(nearest, heard[0]), *heard[1:]))
            nearest = 0.0
    at_end = [token for token in greedy.tokens[begin:end] if token in fillers][-1:] if nearest else []
    tokens = (*searched.tokens, *at_end)
    return Decoded(tokens, (*beliefs, *(nearest for _ in at_end)), searched.mean_log_probability)
