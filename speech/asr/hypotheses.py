"""Merge the beam-search hypothesis with the filler probabilities of the greedy one.

A beam search skips fewer words than greedy decoding but gives no filler probabilities; greedy
decoding gives, at each step, the probability of a filled pause. Where both hypotheses agree, the
probability is carried over.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from speech.asr.whisper_model import Hypothesis

ONE_SIDED_FILLER_PROBABILITY = 0.5  # belief in a filler sound that only the search wrote


def merge_hypotheses(searched: Hypothesis, greedy: Hypothesis, fillers: Collection[int]) -> Hypothesis:
    """Return the tokens of the beam search, each with the probability of a filled pause in its place.

    A filled pause that only the greedy hypothesis has, or nearly has, is expected before the next
    token. If none follows, it is appended.

    Args:
        searched: Hypothesis of the beam search.
        greedy: Hypothesis of the greedy decoding, with its filler probabilities.
        fillers: Tokens that are filled pauses.
    """
    beliefs: list[float] = []
    begin = end = 0
    nearest = 0.0  # belief of what the search left out or wrote otherwise
    matcher = SequenceMatcher(None, greedy.tokens, searched.tokens, autojunk=False)
    for same, begin, end, first, last in matcher.get_opcodes():
        heard = greedy.filler_probabilities[begin:end]
        if same != "equal":
            nearest = max(nearest, *heard, 0.0)
            heard = tuple(ONE_SIDED_FILLER_PROBABILITY * (token in fillers) for token in searched.tokens[first:last])
        if heard:
            beliefs.extend((max(nearest, heard[0]), *heard[1:]))
            nearest = 0.0
    at_end = [token for token in greedy.tokens[begin:end] if token in fillers][-1:] if nearest else []
    tokens = (*searched.tokens, *at_end)
    return Hypothesis(tokens, (*beliefs, *(nearest for _ in at_end)), searched.mean_log_probability)
