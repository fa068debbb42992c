"""Words said again at once, and words given up and started anew; and phrases that return all through an answer.

Conventions: of "I I went" the first I is the repetition, the kept one stays a word; filler sounds and filler words in
between do not matter ("I um I"). A cut-off ("pro- project", "the pro- the project") is a repetition too. Doubles that
are good English are not: "very very good", "gave her her badge", "New York, New York".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.finding import Band, Finding
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
from analysis.report import Report
from analysis.text.clauses import has_sentence_end, normalise_word, split_sentences
from analysis.text.number_words import spell_cardinal
from analysis.text.verbalize import count_words
from analysis.text.word_lists import STOP_WORDS, make_word_set
from analysis.wording import format_count, format_times
from speech.segment import Segment
from speech.transcript import Word, WordKind

_SAID_TWICE = make_word_set(
    """that had very really so much many far long again no yes yeah ha bye more never ever okay ok right oh hey hello
    wait please now there well sorry come go knock hush please too such quite all thanks"""
)
_NUMBERS = {word for number in range(100) for word in spell_cardinal(number)} | {"hundred", "thousand", "oh"}
# Indian and other Englishes double adjectives for "many" or "very": "different different teams", "small small steps".
_EMPHATIC = make_word_set(
    """big small little long short high low old new young good nice bad great huge tiny hot cold warm cool fast quick
    slow hard soft heavy light dark deep wide thin fat rich poor early late different various separate same similar
    many few several some fresh clean dirty easy simple complex difficult important common basic main real true
    false full empty happy sad angry busy lazy proud sure clear close near far loud quiet red blue green black white
    strong weak sweet tight loose tall tough rough smooth sharp major minor special normal regular local single
    double proper correct beautiful pretty ugly lovely crazy funny strange weird whole only just always never often
    daily weekly"""
)
_TURNS = make_word_set("and by after upon to or")  # "one by one by one", "tried and tried and tried"
_OTHER_TURNS = make_word_set("over on in more up down again around through")
_GIVING = make_word_set(
    """gave give gives giving told tell tells telling asked ask asking showed show showing shown sent send handed hand
    handing bought buy brought bring offered offer taught teach paid pay wished wish cost made make lent returned
    got get found find saved save owed denied promised passed wrote write read left given tossed"""
)
_TELLING = make_word_set(
    "told tell show showed assure assured promise promised remind reminded warn warned thank thanked wish"
)
_BEING = make_word_set("is was are were do does did has")
_ASKING = make_word_set("what who where how why all whatever thing things whoever reason")
_PREPOSITIONS = make_word_set("in on at to for with of about from by over up off out through into around")
_PARTICLE_VERBS = make_word_set(
    """came come comes coming went go goes going checked check logged log signed sign moved move turned turn joined
    join stepped step settled walked handed dropped filled clocked phoned rang called carried hold held get got put"""
)
_TIMES = make_word_set(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays spring summer
    autumn fall winter weekends time the two three four five six seven eight nine ten twenty"""
)
_SUBJECTS = make_word_set("i you he she it we they people who that")
_NO_NOUNS = STOP_WORDS | make_word_set("think said say know believe thought guess mean today yesterday")
_COURTESIES = (
    "thank you|thanks|of course|come on|all right|no problem|well done|hear hear|i know|i see|yes sir|no sir|oh my god"
    "|my god|oh no|good morning|good luck|you know|never mind|hold on|hang on|trust me|excuse me|bye bye|not at all"
)
_COURTESY_PHRASES = {tuple(phrase.split()) for phrase in _COURTESIES.split("|")}
MAX_REPEATED_WORDS = 7  # of a phrase said again at once
PHRASE_LENGTHS_IN_WORDS = range(6, 2, -1)  # words of a phrase that returns, longest first
MIN_RETURNS = 3  # times that a phrase is said
MAX_PHRASES_NAMED = 3
_WORDS_AFTER_SUSPENDED_HYPHEN = frozenset({"and", "or", "to"})  # "pre- and post-launch"
_FILLER_KINDS = (WordKind.FILLED_PAUSE, WordKind.DISCOURSE_MARKER)


def is_good_english(before: Sequence[str], phrase: Sequence[str], after: Sequence[str], written: Sequence[str]) -> bool:
    """Return whether a phrase that is said twice was meant so.

    Args:
        before: what its sentence has before it.
        phrase: the words that come twice.
        after: what comes after both, to the end of the answer.
        written: the words of both as they are written.
    """
    if all(word in _SAID_TWICE | _NUMBERS or word.replace("-", "").isdigit() or not word for word in phrase):
        return True
    if tuple(phrase) in _COURTESY_PHRASES:
        return True
    if len(phrase) > 1:
        return _is_saying(before, phrase, after) or _is_name(written)
    return _is_double(before, phrase[0], after, written)


def _is_saying(before: Sequence[str], phrase: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two words turn around: "over and over and over", "day by day by day"."""
    if len(phrase) != 2:
        return False
    ends_on_turn = phrase[1] in _TURNS or (phrase[1] in _OTHER_TURNS and phrase[0] not in _TURNS)
    content, turn = phrase if ends_on_turn else phrase[::-1]
    meant = content not in STOP_WORDS or content in _OTHER_TURNS | _NUMBERS
    # "tried and tried and" goes on with "tried"; what breaks off after the second "and" was begun again.
    turned = after[:1] == [content] if ends_on_turn else list(before[-1:]) == [content]
    return turn in _TURNS | _OTHER_TURNS and meant and turned


def _is_name(written: Sequence[str]) -> bool:
    """Whether every word has a capital, as in "New York, New York"."""
    return all(word[:1].isupper() and word.strip(".,") != "I" and "'" not in word for word in written)


def _is_double(before: Sequence[str], word: str, after: Sequence[str], written: Sequence[str]) -> bool:
    last = before[-1] if before else ""
    if len(word) == 1 and word != "i":
        return word != "a" or all(letter.strip(".,") == "A" for letter in written)
    if word in _EMPHATIC or (word.endswith("ly") and len(word) > 4):
        return True
    if word == "her":
        return last in _GIVING
    if word == "you":
        return last in _TELLING
    if word in _BEING:
        return bool(set(before) & _ASKING)
    if word in _PREPOSITIONS:
        return _has_gap(before) or (last in _PARTICLE_VERBS and bool(after and after[0] in _TIMES))
    if word in STOP_WORDS:
        return False
    return _is_name(written) or after[:1] == [word] or last == word


def _has_gap(before: Sequence[str]) -> bool:
    """Whether a relative clause ends on the first preposition: "the state I was | in in March"."""
    for place in range(len(before) - 2, max(-1, len(before) - 6), -1):
        if before[place] in _SUBJECTS:
            noun = before[place - 1] if place else ""
            return bool(noun) and noun not in _NO_NOUNS and not noun.endswith("ly")
    return False


@dataclass(frozen=True)
class RepeatedPhrase:
    """A phrase that recurs, with the span of each occurrence."""

    text: str
    spans: tuple[Segment, ...]


def label_repetitions(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with those repeated or abandoned relabelled REPETITION; fillers keep their kind."""
    labelled = list(words)
    said = [index for index, word in enumerate(words) if word.kind not in _FILLER_KINDS]
    for start, length in _find_abandoned([words[index] for index in said]):
        for index in said[start : start + length]:
            labelled[index] = replace(words[index], kind=WordKind.REPETITION)
    return tuple(labelled)


def find_repetitions(words: Sequence[Word]) -> tuple[Segment, ...]:
    """Return the span of each repeated or abandoned word or phrase among labelled words; "I I I" gives two."""
    said = [word for word in words if word.kind not in _FILLER_KINDS]
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


def find_repeated_phrases(words: Sequence[Word]) -> tuple[RepeatedPhrase, ...]:
    """Return the phrases of 3 to 6 words that were said 3 times or more, most frequent first.

    Phrases made only of stop words are left out.
    """
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


def _find_abandoned(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the index and length in words of each abandoned stretch, in order and without overlap."""
    texts = [normalise_word(word) for word in words]
    index = 0
    while index < len(words):
        length = next((n for n in range(1, MAX_REPEATED_WORDS + 1) if _is_abandoned(words, texts, index, n)), 0)
        if length:
            yield index, length
        index += length or 1


def _is_abandoned(words: Sequence[Word], texts: Sequence[str], start: int, length: int) -> bool:
    """Return whether the words from `start` are said again right after them.

    The last of them may be cut off the first time.
    """
    if start + length > len(words):
        return False
    first, second = texts[start : start + length], texts[start + length : start + 2 * length]
    last = words[start + length - 1]
    if _is_cut_off(words, start + length - 1):
        return first[:-1] == second[: length - 1]
    if len(second) < length or any(has_sentence_end(word) for word in words[start : start + length]):
        return False
    if first == second:
        written = [word.text for word in words[start : start + 2 * length]]
        return not is_good_english(_said_before(words, texts, start), first, texts[start + 2 * length :], written)
    return first[:-1] == second[:-1] and _is_fragment(first[-1], second[-1], last, alone=length == 1)


def _said_before(words: Sequence[Word], texts: Sequence[str], start: int) -> list[str]:
    """The words of the same sentence before the start."""
    begin = start
    while begin and not has_sentence_end(words[begin - 1]):
        begin -= 1
    return list(texts[begin:start])


def _is_cut_off(words: Sequence[Word], index: int) -> bool:
    text = words[index].text.rstrip(",.")
    following = normalise_word(words[index + 1]) if index + 1 < len(words) else ""
    return text.endswith("-") and len(text) > 1 and following not in _WORDS_AFTER_SUSPENDED_HYPHEN


def _is_fragment(part: str, whole: str, word: Word, *, alone: bool) -> bool:
    """Return whether `part` is the beginning of `whole`, broken off.

    A fragment that stands alone must be one that cannot be a word: letters without a vowel.
    """
    if not whole.startswith(part) or part == whole or not part or word.text.endswith(","):
        return False
    return not set(part) & set("aeiouy'") and part.isalpha() if alone else len(part) > 1


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
    return len(report.get_finding("repetitions").moments), count_words(report.words) / 100


REPETITION: Family = (
    Measure(
        "repetitions",
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
