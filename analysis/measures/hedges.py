"""Words that soften what is said: maybe, I guess, sort of. Some are honest, so this is information, never a fault."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measures.measure import NO_WORDS, PRACTICE, Answer, Display, Family, Measure, Measured, Theme
from analysis.measures.poisson_interval import rate_interval
from analysis.report import Report
from analysis.text.clauses import plain
from analysis.text.verbalize import word_count
from analysis.text.word_lists import word_set
from analysis.wording import count, sentence
from speech.segment import Span
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
_LONGEST_FIRST = tuple(sorted(_HEDGES, key=len, reverse=True))
_KINDS = word_set("a an the this that what some any another every each which these those one certain different new all")
_AFTER_OR = word_set("many much long far that")  # "or so many"
_HOPED = word_set("to")  # "I hope to" is an intention


def find_hedges(words: Sequence[Word]) -> tuple[Span, ...]:
    """Return when each hedge was said; one of several words is one hedge, and filler sounds are looked through."""
    said = [word for word in words if word.kind is not WordKind.FILLER_SOUND]
    texts = [plain(word) for word in said]
    found: list[Span] = []
    index = 0
    while index < len(said):
        length = next((len(hedge) for hedge in _LONGEST_FIRST if _is_hedge(texts, index, hedge)), 0)
        if length:
            found.append(Span(said[index].start, said[index + length - 1].end))
        index += length or 1
    return tuple(found)


def compute_hedges(transcript: Transcript) -> float | None:
    """Return 100 hedges / W; None without words."""
    words = word_count(transcript.words)
    return 100 * len(find_hedges(transcript.words)) / words if words else None


def _is_hedge(texts: Sequence[str], index: int, hedge: tuple[str, ...]) -> bool:
    if tuple(texts[index : index + len(hedge)]) != hedge:
        return False
    before = texts[index - 1] if index else ""
    after = texts[index + len(hedge)] if index + len(hedge) < len(texts) else ""
    if hedge in (("sort", "of"), ("kind", "of")):
        return before not in _KINDS
    if hedge == ("or", "so"):
        return after not in _AFTER_OR
    return not (hedge == ("i", "hope") and after in _HOPED)


def _describe_hedges(answer: Answer) -> Measured:
    value = compute_hedges(answer.transcript)
    if value is None:
        return Measured(None, NO_WORDS)
    found, words = find_hedges(answer.transcript.words), word_count(answer.transcript.words)
    detail = f"{count(len(found), 'softening word or phrase', 'softening words or phrases')} in {count(words, 'word')}"
    return Measured(value, sentence(detail), rate_interval(len(found), words, 100), found)


def _count_events(report: Report) -> tuple[int, float]:
    return len(report.finding("hedges").moments), word_count(report.words) / 100


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
