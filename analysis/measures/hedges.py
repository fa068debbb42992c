"""Hedges, words that soften a statement: maybe, I guess, sort of.

Some of them are honest, so they are reported as information and never judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measures.measure import NO_WORDS_DETAIL, PRACTICE, Answer, Display, Family, Measure, Measurement, Theme
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.report import Report
from analysis.text.clauses import normalise_word
from analysis.text.verbalize import count_words
from analysis.text.word_lists import make_word_set
from analysis.wording import format_count, format_sentence
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

_HEDGES = tuple(
    tuple(phrase.split())
    for phrase in (
        *("maybe", "perhaps", "probably", "possibly", "presumably", "hopefully", "somewhat", "apparently"),
        *("i guess", "i think", "i suppose", "i believe", "i feel like", "i'd say", "i would say", "i hope"),
        *("sort of", "kind of", "more or less", "or something", "or so", "a bit", "a little bit", "i'm not sure"),
        *("it seems", "in a way", "to some extent", "if that makes sense", "might", "could be"),
    )
)
_HEDGES_LONGEST_FIRST = tuple(sorted(_HEDGES, key=len, reverse=True))
_WORDS_BEFORE_KIND_OF = make_word_set(
    "a an the this that what some any another every each which these those one certain different new all"
)
_WORDS_AFTER_OR_SO = make_word_set("many much long far that")  # "or so many"
_WORDS_AFTER_I_HOPE = make_word_set("to")  # "I hope to" is an intention


def find_hedges(words: Sequence[Word]) -> tuple[Segment, ...]:
    """Return the span of each hedge; a phrase of several words is one hedge, and filler sounds are skipped."""
    said = [word for word in words if word.kind is not WordKind.FILLED_PAUSE]
    texts = [normalise_word(word) for word in said]
    found: list[Segment] = []
    index = 0
    while index < len(said):
        length = next((len(hedge) for hedge in _HEDGES_LONGEST_FIRST if _is_hedge(texts, index, hedge)), 0)
        if length:
            found.append(Segment(said[index].start, said[index + length - 1].end))
        index += length or 1
    return tuple(found)


def compute_hedges(transcript: Transcript) -> float | None:
    """Return the hedges per 100 words, 100 hedges / W; None without words."""
    words = count_words(transcript.words)
    return 100 * len(find_hedges(transcript.words)) / words if words else None


def _is_hedge(texts: Sequence[str], index: int, hedge: tuple[str, ...]) -> bool:
    if tuple(texts[index : index + len(hedge)]) != hedge:
        return False
    before = texts[index - 1] if index else ""
    after = texts[index + len(hedge)] if index + len(hedge) < len(texts) else ""
    if hedge in (("sort", "of"), ("kind", "of")):
        return before not in _WORDS_BEFORE_KIND_OF
    if hedge == ("or", "so"):
        return after not in _WORDS_AFTER_OR_SO
    return not (hedge == ("i", "hope") and after in _WORDS_AFTER_I_HOPE)


def _describe_hedges(answer: Answer) -> Measurement:
    value = compute_hedges(answer.transcript)
    if value is None:
        return Measurement(None, NO_WORDS_DETAIL)
    found, words = find_hedges(answer.transcript.words), count_words(answer.transcript.words)
    detail = (
        f"{format_count(len(found), 'softening word or phrase', 'softening words or phrases')} in "
        f"{format_count(words, 'word')}"
    )
    return Measurement(value, format_sentence(detail), compute_rate_interval(len(found), words, 100), found)


def _count_events(report: Report) -> tuple[int, float]:
    return len(report.get_finding("hedges").moments), count_words(report.words) / 100


HEDGES: Family = (
    Measure(
        "hedges",
        "Hedges",
        "per 100 words",
        "How many words such as maybe or I guess soften every 100 words. Some are honest: I think can be the right "
        "thing to say.",
        "100 hedges / W",
        PRACTICE,
        _describe_hedges,
        decimals=1,
        theme=Theme.CONCISE,
        count_events=_count_events,
        shown_in={Display.MOCK_SUMMARY: 30},
    ),
)
