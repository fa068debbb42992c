"""Judge what the decoder wrote: merge its two hypotheses, remove repetition loops and duplicated filled pauses.

A beam search skips fewer words than greedy decoding but gives no filler probabilities; greedy
decoding gives, at each step, the probability of a filled pause. Where both hypotheses agree, the
probability is carried over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from speech.asr.whisper_model import AlignedWord, Hypothesis
from speech.fillers.filled_pauses import is_filled_pause
from speech.transcript import Word, WordKind

ONE_SIDED_FILLER_PROBABILITY = 0.5  # belief in a filler sound that only the search wrote
LOOP_TOKEN_COUNTS = range(
    5, 25
)  # tokens, about as many words, that are written twice; people repeat fewer while they think
MIN_WORD_SECONDS = 0.03  # s; the aligner gives (nearly) no time to words that were not said
MAX_DOUBLED_GAP_SECONDS = 0.15  # s; two filler sounds nearer than this are one
UNITS = {"$": ("dollar", "dollars"), "£": ("pound", "pounds"), "€": ("euro", "euros"), "%": ("percent",)}  # by sign
MAGNITUDES = ("hundred", "thousand", "million", "billion", "trillion")


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


def drop_unspoken(words: tuple[AlignedWord, ...]) -> tuple[AlignedWord, ...]:
    """Drop words of a repetition loop: words without duration that are filled pauses or stand in a row.

    The aligner assigns all words of a loop to one moment; a single short word without duration was
    usually spoken.
    """
    timeless = [word.end - word.start < MIN_WORD_SECONDS for word in words]
    beside = [any(timeless[max(at - 1, 0) : at] + timeless[at + 1 : at + 2]) for at in range(len(words))]
    return tuple(
        word
        for word, has_no_time, in_a_row in zip(words, timeless, beside, strict=True)
        if not has_no_time or not (in_a_row or is_filled_pause(word.text))
    )


def merge_doubled_fillers(words: list[Word]) -> list[Word]:
    """Merge neighbouring filled pauses without a pause between them, which the decoder wrote twice."""
    merged: list[Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.kind is word.kind is WordKind.FILLED_PAUSE
            and word.start - last.end < MAX_DOUBLED_GAP_SECONDS
        ):
            merged[-1] = Word(last.text, last.start, max(word.end, last.end), last.probability, last.kind)
        else:
            merged.append(word)
    return merged


def write_units_once(words: Sequence[Word]) -> list[Word]:
    """Take the sign from a number whose unit follows as a word: "$3.5 million, dollars" is "3.5 million dollars".

    The decoder writes the sign where it hears the unit coming; the unit is found once more where its voice is.
    """
    written = list(words)
    for at, word in enumerate(words):
        sign = next((sign for sign in UNITS if sign in word.text), None)
        if sign is None or not any(map(str.isdigit, word.text)):
            continue
        unit = at + 1
        if unit < len(words) and words[unit].text.strip(",").casefold() in MAGNITUDES:
            unit += 1
        number = words[at:unit]
        is_twice = unit < len(words) and words[unit].text.strip(",.").casefold() in UNITS[sign]
        if is_twice and not any(part.text.endswith((".", "?", "!")) for part in number):
            bare = [replace(part, text=part.text.replace(sign, "").rstrip(",")) for part in number]
            written[at:unit] = bare
    return written


def has_repetition_loop(tokens: Sequence[int]) -> bool:
    """Return whether tokens repeat a phrase at once, as a decoder does that has lost track of the speech."""
    return any(
        tokens[at : at + length] == tokens[at + length : at + 2 * length]
        for length in LOOP_TOKEN_COUNTS
        for at in range(len(tokens) - 2 * length + 1)
    )
