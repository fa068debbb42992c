"""Outcome: whether an answer states a result, a number, or a lesson.

Conventions: each is detected by its wording within a sentence, with fillers and repetitions
removed; "not heard" does not mean "not there". A number counts only if it measures something
(years, ordinals, codes, times of day and small numbers in words such as "two" or "twice" do not),
and only beside a result or a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import (
    COACHING_ADVICE,
    NO_ACT_RANGE,
    NO_WORDS_DETAIL,
    Answer,
    Family,
    Goal,
    Measure,
    Measurement,
    Remedy,
    Theme,
)
from analysis.question import QuestionKind
from analysis.text.clauses import normalise_word, split_sentences
from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

ACCOMPLISHMENTS = Source(
    "Interview guides", "Tie answers to accomplishments and say what your results were.", is_evidence=False
)


def _compile_any(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b")


# How results and lessons are worded in spoken answers, over plain lower-case text without punctuation.
_ACHIEVEMENT_VERBS = (
    "increased|reduced|saved|improved|grew|shipped|launched|delivered|won|achieved|exceeded|boosted|decreased|doubled"
    "|tripled|halved|finished|completed|succeeded|solved|resolved|fixed|eliminated|generated|earned|surpassed|cut"
    "|dropped|rose|went up|went down"
)
_SUBJECTS = "i|we|they|he|she|it|which|that|team|sales|revenue|costs?|users|customers|churn|errors|traffic"
_ADVERBS = "also|finally|eventually|then|even|actually|quickly|successfully|ultimately|have|had|has"
_GOAL_NOUNS = "deadlines?|targets?|goals?|numbers?|quota|budget|milestones?"

RESULT_PATTERN = _compile_any(
    "as a result",
    "the (?:end )?(?:result|outcome|impact|effect) (?:was|is|were)",
    "resulted in",
    "result of (?:this|that)",
    "(?:which|that|this|it) (?:led to|meant that|allowed us|helped us|enabled)",
    "ended up",
    "paid off",
    "in the end (?:we|i|it)",
    "(?:it|that|this|project|launch) was (?:a (?:big |great |huge )?success|successful)",
    "on time and",
    "under budget",
    "(?:was|got|were) (?:promoted|adopted|approved|accepted)",
    r"went from \S+ to",
    "(?:up|down|cut|reduced) (?:by|from)",
    f"(?:met|hit|beat) (?:the|our|my|every|all|its) (?:{_GOAL_NOUNS})",
    f"(?:{_SUBJECTS}) (?:(?:{_ADVERBS}) )*(?:{_ACHIEVEMENT_VERBS})",
)
LESSON_PATTERN = _compile_any(
    "i(?:'ve)? (?:have )?(?:learned|learnt) (?:that|to|how|from|a lot|the importance|not|never|two|three|one)",
    "what i (?:learned|learnt|took|realized|realised)",
    "taught me",
    "(?:the|my|a|big|biggest|main|key) (?:lesson|takeaway)s?",
    "i (?:realized|realised) (?:how important|the importance|the value|how much)",
    "looking back",
    "in hindsight",
    "in retrospect",
    "since then i",
    "from then on",
    "from that day",
    "next time",
    r"(?:do|done) (?:\w+ )?differently",
    "showed me (?:that|how)",
    "i came away",
    "(?:i now|now i) always",
    "made me (?:realize|realise|understand|a better)",
    "stuck with me",
)
# Near a result these say that it did not happen.
UNREAL_PATTERN = _compile_any(
    "would", "could", "should", "will", "not", "never", r"\w+n't", "if", "want", "wish", "hope"
)


@dataclass(frozen=True)
class Outcome:
    """When a result, a number and a lesson were heard; an empty tuple means not heard."""

    result: tuple[Segment, ...]
    number: tuple[Segment, ...]
    lesson: tuple[Segment, ...]


_FIGURE_PATTERN = re.compile(r"[$€£]?\d[\d,]*(?:\.\d+)?(?:%|k|K|M|B|bn|x|X|\+)?(?:[-–]\d[\d,.]*%?)?%?")
_YEAR_PATTERN = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?")
_AMOUNT_WORDS = {word for number in range(10, 100) for word in spell_cardinal(number)}
_AMOUNT_WORDS |= make_word_set("hundred thousand million billion hundreds thousands millions dozen dozens percent")
_AMOUNT_WORDS |= make_word_set("doubled tripled quadrupled halved")


def find_outcome(words: Sequence[Word]) -> Outcome:
    """Return the spans in which a result, a number and a lesson are stated."""
    said = [word for word in words if word.kind is WordKind.WORD]
    rows = split_sentences(said)
    return Outcome(
        result=tuple(span for row in rows for span in _find_matches(row, RESULT_PATTERN) if not _is_unreal(row, span)),
        number=tuple(_find_numbers(said)),
        lesson=tuple(span for row in rows for span in _find_matches(row, LESSON_PATTERN)),
    )


def compute_outcome(transcript: Transcript) -> int | None:
    """Return how many of result, number and lesson were heard (0 to 3).

    0 without a result or a lesson; None if no word was said.
    """
    if not any(word.kind is WordKind.WORD for word in transcript.words):
        return None
    found = find_outcome(transcript.words)
    if not (found.result or found.lesson):
        return 0  # a number alone may be anything: ten minutes away, two countries
    return sum(map(bool, (found.result, found.number, found.lesson)))


def _find_matches(row: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[Segment]:
    """Yield the span of each match of the pattern in a sentence's normalised text."""
    texts = [normalise_word(word) for word in row]
    text = " ".join(texts)
    for found in pattern.finditer(text):
        first, last = text.count(" ", 0, found.start()), text.count(" ", 0, found.end() - 1)
        yield Segment(row[first].start, row[last].end)


def _is_unreal(row: Sequence[Word], span: Segment) -> bool:
    """Return whether a word inside the span, or one of the three before it, says that it did not happen."""
    before = [normalise_word(word) for word in row if word.start < span.start][-3:]
    inside = [normalise_word(word) for word in row if span.start <= word.start < span.end]
    return bool(UNREAL_PATTERN.search(" ".join((*before, *inside))))


def _find_numbers(words: Sequence[Word]) -> Iterator[Segment]:
    start: Word | None = None
    for index, word in enumerate(words):
        measures = _is_measuring_number(word, words[index - 1] if index else None)
        start = start or (word if measures else None)
        ends = index + 1 == len(words) or not _is_measuring_number(words[index + 1], word)
        if start and ends:
            yield Segment(start.start, word.end)
            start = None


def _is_measuring_number(word: Word, before: Word | None) -> bool:
    text = word.text.strip(" .,;:!?\"'()")
    if normalise_word(word) in _AMOUNT_WORDS or text == "%":
        return True
    if _YEAR_PATTERN.fullmatch(text) or (
        before is not None and normalise_word(before) in ("number", "version", "level", "grade")
    ):
        return False
    return bool(_FIGURE_PATTERN.fullmatch(text)) and text not in ("1", "0")


def _describe_outcome(answer: Answer) -> Measurement:
    value = compute_outcome(answer.transcript)
    if value is None:
        return Measurement(None, NO_WORDS_DETAIL)
    found = find_outcome(answer.transcript.words)
    kinds = (("a result", found.result), ("a number", found.number), ("a lesson", found.lesson))
    heard = ", ".join(name for name, spans in kinds if spans) if value else "neither a result nor a lesson"
    missing = ", ".join(name for name, spans in kinds if not spans)
    detail = f"Heard: {heard}." + (f" Not heard: {missing}." if value and missing else "")
    return Measurement(
        value, detail, moments=tuple(sorted(found.result + found.number + found.lesson)) if value else ()
    )


def _ask_to_state_outcome(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal("one sentence that says what came of it, with a number or what was learnt", low=bound)


OUTCOME: Family = (
    Measure(
        "outcome",
        "Outcome stated",
        "of 3",
        "Whether a result or a lesson learnt was heard in the answer, and a number with it. Told by wording alone: "
        "what is worded unusually is not heard.",
        "count of the kinds heard: result, number, lesson; 0 without a result or a lesson",
        ACCOMPLISHMENTS,
        _describe_outcome,
        band=Band(fine=(1, None), watch=NO_ACT_RANGE, source=COACHING_ADVICE),
        band_by_kind={QuestionKind.CLOSING: None},  # one's own questions to the interviewer have no result to tell
        priority=50,
        theme=Theme.CONCISE,
        praise="The answer says what came of it",
        if_below=Remedy(_ask_to_state_outcome, "End with what came of it."),
    ),
)
