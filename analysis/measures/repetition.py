"""Words said again at once, and words given up and started anew; and phrases that return all through an answer.

Conventions: of "I I went" the first I is the repetition, the kept one stays a word; filler sounds and filler words in
between do not matter ("I um I"). A cut-off ("pro- project", "the pro- the project") is a repetition too. Doubles that
are good English (`doubled_words`) are not. Of "it's it was", begun anew with other words, "it's" is one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.finding import Band, Finding
from analysis.measures.doubled_words import is_good_english
from analysis.measures.measure import (
    COACHING_ADVICE,
    PRACTICE,
    Answer,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.measures.restarts import measure_restart
from analysis.report import Report
from analysis.text.clauses import ends_sentence, has_sentence_end, normalise_text, normalise_word, split_sentences
from analysis.text.verbalize import count_words
from analysis.text.word_lists import STOP_WORDS, make_word_set
from analysis.text.word_vectors import is_known
from analysis.wording import format_count, format_times
from speech.segment import Segment
from speech.transcript import Word, WordKind

MAX_REPEATED_WORDS = 7  # of a phrase said again at once
PHRASE_LENGTHS_IN_WORDS = range(6, 2, -1)  # words of a phrase that returns, longest first
MIN_RETURNS = 3  # times that a phrase is said
MAX_PHRASES_NAMED = 3
ANSWERS = 4  # whose restarts and phrases are remembered: several measures of one report ask for them
_WORDS_AFTER_SUSPENDED_HYPHEN = frozenset({"and", "or", "to"})  # "pre- and post-launch"
_WORDS_OF_TWO = make_word_set(
    """am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we ad ax bi co cv ex hr ia id ii it
    la le ma mr ms ng os pa pc pe pi pm pr qa ti tv uk un us vs ya ye yo"""
)
_DASHES = ("—", "–", "…")
_FILLER_KINDS = (WordKind.FILLED_PAUSE, WordKind.DISCOURSE_MARKER)


@dataclass(frozen=True)
class RepeatedPhrase:
    """A phrase that recurs, with the span of each occurrence."""

    text: str
    spans: tuple[Segment, ...]


def label_repetitions(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with those repeated or abandoned relabelled REPETITION; fillers keep their kind."""
    labelled = list(words)
    said = [index for index, word in enumerate(words) if word.kind not in _FILLER_KINDS]
    for start, length in _find_abandoned(_without_fillers(words)):
        for index in said[start : start + length]:
            labelled[index] = replace(words[index], kind=WordKind.REPETITION)
    return tuple(labelled)


def find_repetitions(words: Sequence[Word]) -> tuple[Segment, ...]:
    """Return the span of each repeated or abandoned word or phrase among labelled words; "I I I" gives two."""
    said = _without_fillers(words)
    spans: list[Segment] = []
    open_until = 0
    lengths = dict(_find_abandoned(said))
    for index, word in enumerate(said):
        if word.kind is not WordKind.REPETITION or index < open_until:
            continue
        length = lengths.get(index, 1)
        open_until = index + length
        spans.append(Segment(word.start, said[index + length - 1].end))
    return tuple(spans)


def _without_fillers(words: Sequence[Word]) -> list[Word]:
    """The words that are no fillers; the end of a sentence that a filler has goes to the word before."""
    kept: list[Word] = []
    for word in words:
        if word.kind not in _FILLER_KINDS:
            kept.append(word)
        elif kept and has_sentence_end(word) and not has_sentence_end(kept[-1]):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text.rstrip(',')}.")
    return kept


def find_repeated_phrases(words: Sequence[Word]) -> tuple[RepeatedPhrase, ...]:
    """Return the phrases of 3 to 6 words that were said 3 times or more, most frequent first.

    Phrases made only of stop words are left out.
    """
    return _search_phrases(tuple(words))


@lru_cache(ANSWERS)
def _search_phrases(words: tuple[Word, ...]) -> tuple[RepeatedPhrase, ...]:
    kept = [word for word in words if word.kind is WordKind.WORD]
    taken: set[int] = set()  # identities of words that a longer phrase has used
    found: list[RepeatedPhrase] = []
    for length in PHRASE_LENGTHS_IN_WORDS:
        for text, uses in _collect_phrases(kept, length).items():
            free = [use for use in uses if not any(id(word) in taken for word in use)]
            if len(free) >= MIN_RETURNS:
                found.append(RepeatedPhrase(text, tuple(Segment(use[0].start, use[-1].end) for use in free)))
                taken |= {id(word) for use in free for word in use}
    return tuple(sorted(found, key=lambda phrase: -len(phrase.spans)))


def compute_repetition_rate(words: Sequence[Word]) -> float | None:
    """Return the repetitions and restarts per 100 words, of labelled words; None without words."""
    said = count_words(words)
    return 100 * len(find_repetitions(words)) / said if said else None


def _collect_phrases(words: Sequence[Word], length: int) -> dict[str, list[tuple[Word, ...]]]:
    """Return the phrases of `length` words with at least one content word.

    Each comes with its occurrences, which do not overlap.
    """
    uses: defaultdict[str, list[tuple[Word, ...]]] = defaultdict(list)
    for row in split_sentences(words):
        for start in range(len(row) - length + 1):
            use = row[start : start + length]
            texts = [normalise_word(word) for word in use]
            earlier = uses[" ".join(texts)]
            if set(texts) - STOP_WORDS and not (earlier and earlier[-1][-1].start >= use[0].start):
                earlier.append(use)
    return uses


def _find_abandoned(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Return the index and length in words of each abandoned stretch, in order and without overlap."""
    return _search_abandoned(tuple(word.text for word in words))


@lru_cache(ANSWERS)
def _search_abandoned(words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    texts = [normalise_text(word) for word in words]
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        length = next((n for n in range(1, MAX_REPEATED_WORDS + 1) if _is_abandoned(words, texts, index, n)), 0)
        length = length or _measure_restart(words, texts, index)
        if length:
            found.append((index, length))
        index += length or 1
    return tuple(found)


def _is_abandoned(words: Sequence[str], texts: Sequence[str], start: int, length: int) -> bool:
    """Return whether the words from `start` are said again right after them.

    The last of them may be cut off the first time.
    """
    if start + length > len(words):
        return False
    first, second = texts[start : start + length], texts[start + length : start + 2 * length]
    last = words[start + length - 1]
    if _is_cut_off(words, start + length - 1):
        return first[:-1] == second[: length - 1]
    if len(second) < length or any(ends_sentence(word) for word in words[start : start + 2 * length - 1]):
        return False
    if first == second:
        written = words[start : start + 2 * length]
        return not is_good_english(_said_before(words, texts, start), first, texts[start + 2 * length :], written)
    return first[:-1] == second[:-1] and _is_fragment(first[-1], second[-1], last, alone=length == 1)


def _said_before(words: Sequence[str], texts: Sequence[str], start: int) -> list[str]:
    """The words of the same sentence before the start."""
    begin = start
    while begin and not ends_sentence(words[begin - 1]):
        begin -= 1
    return list(texts[begin:start])


def _is_cut_off(words: Sequence[str], index: int) -> bool:
    text = words[index].rstrip(",.")
    following = normalise_text(words[index + 1]) if index + 1 < len(words) else ""
    if text.endswith(_DASHES) and len(text) > 1:  # a dash after a whole word is punctuation
        return following.startswith(normalise_text(words[index])) and following != normalise_text(words[index])
    return text.endswith("-") and len(text) > 1 and following not in _WORDS_AFTER_SUSPENDED_HYPHEN


def _is_fragment(part: str, whole: str, word: str, *, alone: bool) -> bool:
    """Return whether `part` is the beginning of `whole`, broken off.

    A fragment that stands alone must be one that cannot be a word: letters without a vowel, or none that is known.
    """
    if not whole.startswith(part) or part == whole or not part or word.endswith(","):
        return False
    if not alone:
        return len(part) > 1
    if not part.isalpha() or word[:1].isupper():
        return False
    if len(part) == 2 and len(whole) > 4 and part not in _WORDS_OF_TWO:
        return True
    return not set(part) & set("aeiouy'") or (len(part) > 1 and len(whole) > len(part) + 1 and not is_known(part))


def _measure_restart(words: Sequence[str], texts: Sequence[str], start: int) -> int:
    """Return how many words from `start` are given up for others of their kind, 0 if none: "we had we'd had"."""
    before = _said_before(words, texts, start)
    end = next((at for at in range(start, len(words)) if ends_sentence(words[at])), len(words) - 1) + 1
    # A capital inside a sentence is a letter: "vitamin A the".
    row = tuple("A" if before and words[at].strip(".,") == "A" else texts[at] for at in range(start, end))
    commas = tuple(word.rstrip().endswith((",", ";", ":")) for word in words[start:end])
    return measure_restart(before, row, commas)


def _describe_repetitions(answer: Answer) -> Measurement:
    words = answer.transcript.words
    found = find_repetitions(words)
    said = count_words(words)
    detail = f"You repeated or restarted {format_times(len(found))}." if found else "You began each sentence once."
    returning = "".join(_describe_phrase(phrase) for phrase in find_repeated_phrases(words)[:MAX_PHRASES_NAMED])
    interval = compute_rate_interval(len(found), said, 100)
    return Measurement(compute_repetition_rate(words), detail + returning, interval, found)


def _describe_phrase(phrase: RepeatedPhrase) -> str:
    return f" You said “{phrase.text}” {format_times(len(phrase.spans))}."


def _ask_for_fewer(finding: Finding, per_hundred: float, _seconds: float) -> Goal:
    now = len(finding.moments)
    most = max(math.floor(now * per_hundred / (finding.value or per_hundred)), now // 2)
    text = f"{format_count(most, 'restart')}{' or fewer' if most > 1 else ' at most'}" if most else "no restarts"
    return Goal(text, high=most, of_moments=True)


def _count_events(report: Report) -> tuple[int, float]:
    return len(report.get_finding("restarts").moments), count_words(report.words) / 100


def _describe_repetition_count(answer: Answer) -> Measurement:
    described = _describe_repetitions(answer)
    return Measurement(len(described.moments), described.detail, moments=described.moments)


REPETITION: Family = (
    Measure(
        "repetitions",
        "Number of restarts",
        "times",
        "How often you repeated a word or restarted a sentence (“I I”).",
        "count of immediate repetitions and cut-offs",
        PRACTICE,
        _describe_repetition_count,
    ),
    Measure(
        "restarts",
        "Repetitions and restarts",
        "per 100 words",
        "How often you repeated a word or restarted a sentence (“I I”), in every 100 words.",
        "100 (immediate repetitions and cut-offs) / W",
        PRACTICE,
        _describe_repetitions,
        band=Band(fine=(None, 3), watch=(None, 6), source=COACHING_ADVICE),
        decimals=1,
        priority=74,
        theme=Theme.CONCISE,
        kin="repetitions",
        praise="You began each sentence once",
        event="restart",
        if_above=Remedy(_ask_for_fewer, "Pause, then begin the sentence once."),
        count_events=_count_events,
    ),
)
