"""What was said in an answer, as far as its question calls for it: the first thing missing, and what deserves praise.

All of it comes from `structure.understanding`, so that a report never says of one thing that it was and was not said.
What is only possible counts as said: nobody is told to say what they perhaps said already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.answer_elements import PARTS
from analysis.structure.element import ElementState
from analysis.structure.expected_structure import ExpectedStructure, find_expected_structure
from analysis.structure.understanding import AnswerContent, Content, understand
from analysis.text.amounts import find_amounts
from analysis.text.clauses import normalise_word, split_clauses
from analysis.text.number_words import spell_cardinal
from analysis.text.word_lists import make_word_set
from speech.segment import Segment
from speech.transcript import Word, WordKind

OUTCOME = "outcome"  # the key of the measure of results and lessons
OWN_PART = "own_part"
NEXT_STEPS_AND_TIMING = "next_steps_and_timing"
ONE_EVENT = "one_event"
MAX_QUOTED_WORDS = 12
SOON_SECONDS = 5.0  # within which an answer opens with its point
_END_SECONDS = 6.0  # of the last words, which are played where an answer lacks its end

MIN_ARGUMENT_WORDS = 7
MIN_FLUENT_WORDS = 10
MAX_FLUENT_GAP_SECONDS = 1.0
_ARGUMENTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "example": ("You gave an example", re.compile(r"\b(?:for example|for instance|such as)\b")),
    "reason": (
        "You gave a reason",
        re.compile(r"^(?:and |but )?(?:because|the reason)\b|\bthat is why\b|\bthat's why\b"),
    ),
    "opinion": (
        "You said what you think",
        re.compile(
            r"^(?:and |but |so )?(?:i (?:really )?(?:think|believe)|i(?: would|'d) say|in my (?:view|opinion))\b"
        ),
    ),
}
_NUMBER = re.compile(r"\d\d|\d.*[%km]|\d \w|hundred|thousand|million|billion|dozen|percent|half|third|quarter")
_BARE_FRACTIONS = frozenset({"half", "a half", "third", "a third", "quarter", "a quarter"})
_UNFINISHED = make_word_set(
    "a an and as at because but by for from in into of on or our so than that the their to was when with"
)
_ASKS_FOR_QUESTIONS = re.compile(
    r"\bquestions?\b|\bto ask\b|\bwould you ask\b|like to know|still want to know|want to know", re.IGNORECASE
)


@dataclass(frozen=True)
class Gap:
    """Something that the question calls for and that was not said."""

    key: str  # of the advice, and of the goal of the next take
    line: str  # what to do, in the imperative
    goal: str  # "the result, in a sentence"
    moments: tuple[Segment, ...] = ()  # to be heard


@dataclass(frozen=True)
class Praise:
    """Something that was said well, with the words and the moment."""

    key: str
    line: str
    moments: tuple[Segment, ...]


_LINES: Mapping[str, tuple[str, str]] = {  # by key: what to do, and what the next take has then
    ONE_EVENT: ("Tell one particular time it happened.", "one story: what happened, what you did, how it turned out"),
    OUTCOME: ("Say how it turned out.", "a sentence that says how it turned out"),
    OWN_PART: ("Say what you did yourself.", "a sentence with “I” that says what you did"),
    Content.SITUATION: ("Start with one particular time: say when and where it was.", "when and where it was"),
    Content.PROBLEM: ("Say first what the problem was.", "a sentence that says what the problem was"),
    Content.TOOLS: ("Say how you did it and what you used.", "how you did it and what you used"),
    Content.DATA: ("Say what you had to work with.", "what you had to work with"),
    NEXT_STEPS_AND_TIMING: (
        "Ask about the next steps and when you'll hear.",
        "a question about the next steps and when you'll hear",
    ),
    Content.NEXT_STEPS: ("Ask what the next steps are.", "a question about the next steps"),
    Content.TIMING: ("Ask when you'll hear from them.", "a question about when you'll hear"),
}
KEYS = frozenset(str(key) for key in _LINES)  # of what can be missing


def find_gap(words: Sequence[Word], question: AskedQuestion | None) -> Gap | None:
    """Return the first thing that the question calls for and that was not said; None if nothing is missing.

    Args:
        words: with their kinds, as in a report.
        question: what was answered; None: nothing can be missing.
    """
    if question is None or not words:
        return None
    content = understand(tuple(words), question)
    missing = next((key for key in _list_called_for(question, content) if not _is_there(key, content)), None)
    if missing is None:
        return None
    line, goal = _LINES[missing]
    return Gap(missing, line, goal, _find_place(missing, content, words))


def is_said(key: str, words: Sequence[Word], question: AskedQuestion | None) -> bool | None:
    """Return whether a later take says what was missing; None if it has no words."""
    if not any(word.kind is WordKind.WORD for word in words):
        return None
    return _is_there(key, understand(tuple(words), question))


def list_praises(words: Sequence[Word], question: AskedQuestion | None, after: str) -> tuple[Praise, ...]:
    """Return what was said well, the most telling first.

    Args:
        words: with their kinds, as in a report.
        question: what was answered; None: not known.
        after: key of the next step, beside which praise for the same would clash.
    """
    if not any(word.kind is WordKind.WORD for word in words):
        return ()
    content = understand(tuple(words), question)
    if question is not None and question.kind is QuestionKind.CLOSING:
        return tuple(_praise_closing(content))
    found = list(_praise_answer(content, tuple(words), question))
    return tuple(praise for praise in found if praise.key != after and not (after in KEYS and praise.key == "story"))


def _list_called_for(question: AskedQuestion, content: AnswerContent) -> Iterator[str]:
    listened = find_expected_structure(question)
    if listened is ExpectedStructure.STORY:
        yield from (ONE_EVENT, OUTCOME, OWN_PART, Content.SITUATION)
    elif listened is ExpectedStructure.PROJECT:
        yield from (OUTCOME, Content.PROBLEM, Content.TOOLS, OWN_PART, Content.DATA)
    elif question.kind is QuestionKind.CLOSING and _ASKS_FOR_QUESTIONS.search(question.text):
        both = not (_is_there(Content.NEXT_STEPS, content) or _is_there(Content.TIMING, content))
        yield from (NEXT_STEPS_AND_TIMING,) if both else (Content.NEXT_STEPS, Content.TIMING)


def _is_there(key: str, content: AnswerContent) -> bool:
    """Whether something was said, or perhaps said."""

    def has(*wanted: Content) -> bool:
        return any(content.state(each) is not ElementState.NOT_HEARD for each in wanted)

    if key == ONE_EVENT:
        return content.has_deed or (content.is_heard(Content.SITUATION) and content.is_heard(Content.RESULT))
    if key == OUTCOME:
        return has(Content.RESULT, Content.LESSON)
    if key == OWN_PART:
        return content.has_own_deed or content.state(Content.ACTION) is ElementState.POSSIBLE
    if key == NEXT_STEPS_AND_TIMING:
        return has(Content.NEXT_STEPS) and has(Content.TIMING)
    return has(Content(key))


def _find_place(key: str, content: AnswerContent, words: Sequence[Word]) -> tuple[Segment, ...]:
    """The moment to hear: the end where the end is missing, else the beginning, or the deeds of "we"."""
    if key in (OUTCOME, Content.TIMING, Content.NEXT_STEPS, NEXT_STEPS_AND_TIMING):
        last = content.questions[-1].span if content.questions and key != OUTCOME else None
        return (last or Segment(max(words[0].start, words[-1].end - _END_SECONDS), words[-1].end),)
    if key == OWN_PART:
        return content.spans(Content.ACTION)[:1]
    return (content.clauses[0][0],) if content.clauses else ()


def _praise_closing(content: AnswerContent) -> Iterator[Praise]:
    asked = [each for each in content.questions if each.span and each.span != content.elements[Content.WEBSITE].span]
    for key, told in ((Content.TIMING, "when you'll hear"), (Content.NEXT_STEPS, "about the next steps")):
        found = content.elements[key]
        if content.is_heard(key) and found.span and found.sentence:
            yield Praise(key, f"You asked {told}: {quote(found.sentence)}", (found.span,))
    if asked:
        many = "one good question" if len(asked) == 1 else f"{spell_cardinal(len(asked))[0]} good questions"
        spans = tuple(each.span for each in asked if each.span)
        yield Praise("questions", f"You asked {many}: {quote(asked[0].sentence or '')}", spans)
    for key, line in ((Content.INTEREST, "You said that you want the job"), (Content.THANKS, "You thanked them")):
        found = content.elements[key]
        if content.is_heard(key) and found.span and found.sentence:
            yield Praise(key, f"{line}: {quote(found.sentence)}", (found.span,))


def _praise_answer(content: AnswerContent, words: tuple[Word, ...], question: AskedQuestion | None) -> Iterator[Praise]:
    listened = find_expected_structure(question) if question else None
    number = _find_best_number(content, words, only_results=listened is not None)
    early = content.elements[Content.EARLY_ANSWER]
    is_soon = early.span is not None and early.span.start - words[0].start <= SOON_SECONDS
    if listened is not None:
        parts = PARTS[listened]
        is_whole = all(content.is_heard(key) for key in parts if key not in (Content.TASK, Content.DATA))
        spans = tuple(span for key in parts if (span := content.elements[key].span))
        if is_whole and number:
            yield Praise("story", f"You told one complete story, with its number: {quote(number[0])}", spans)
        yield from _praise_part(content, Content.LESSON, "You said what you learned")
        if is_whole and listened is ExpectedStructure.STORY:
            end = content.elements[Content.RESULT].sentence or ""
            yield Praise("story", f"You told one complete story, to its end: {quote(end)}", spans)
    elif early.sentence and early.span and is_soon and question is not None:
        yield Praise("early_answer", f"You opened with the answer: {quote(early.sentence)}", (early.span,))
    if number:
        yield Praise("number", f"You gave the number: {quote(number[0])}", (number[1],))
    if listened is not None:
        yield from _praise_part(content, Content.TOOLS, "You said how you did it")
        yield from _praise_part(content, Content.RESULT, "You said how it turned out")
    yield from _praise_argument(words)
    if content.own_actions:
        own = content.own_actions[0]
        yield Praise("action", f"You said what you did yourself: {quote(_text_in(words, own))}", (own,))
    if listened is not None:
        yield from _praise_part(content, Content.PROBLEM, "You named the problem")
        yield from _praise_part(content, Content.SITUATION, "You made it one particular time")
    yield from _praise_fluent_stretch(words)


def _praise_argument(words: Sequence[Word]) -> Iterator[Praise]:
    """A reason, an example or an opinion, each in one clause that was said without a stumble."""
    clauses = [[word for word in clause if word.kind is WordKind.WORD] for clause in split_clauses(words)]
    for key, (line, pattern) in _ARGUMENTS.items():
        for clause in clauses:
            if len(clause) >= MIN_ARGUMENT_WORDS and pattern.search(" ".join(map(normalise_word, clause))):
                text = " ".join(word.text for word in clause)
                yield Praise(key, f"{line}: {quote(text)}", (Segment(clause[0].start, clause[-1].end),))
                break


def _praise_fluent_stretch(words: Sequence[Word]) -> Iterator[Praise]:
    """The most words in a row without a filler, a restart or a long pause."""
    longest: list[Word] = []
    stretch: list[Word] = []
    for word in words:
        is_broken = word.kind is not WordKind.WORD or (
            stretch and word.start - stretch[-1].end > MAX_FLUENT_GAP_SECONDS
        )
        stretch = [word] if is_broken and word.kind is WordKind.WORD else [] if is_broken else [*stretch, word]
        longest = max(longest, stretch, key=len)
    if len(longest) >= MIN_FLUENT_WORDS:
        text = " ".join(word.text for word in longest)
        yield Praise("fluent", f"You said this in one go: {quote(text)}", (Segment(longest[0].start, longest[-1].end),))


def _praise_part(content: AnswerContent, key: Content, line: str) -> Iterator[Praise]:
    found = content.elements[key]
    if found.state is ElementState.HEARD and found.sentence and found.span:
        yield Praise(key, f"{line}: {quote(found.sentence)}", (found.span,))


def _find_best_number(
    content: AnswerContent, words: tuple[Word, ...], *, only_results: bool
) -> tuple[str, Segment] | None:
    """The most telling number with its unit: money before a share, a share before a count."""
    spoken = [word for word in words if word.kind is WordKind.WORD]
    found = [
        amount for amount in find_amounts(spoken) if _NUMBER.search(" ".join(word.text for word in amount).lower())
    ]
    if only_results:
        told = content.spans(Content.RESULT) + content.spans(Content.LESSON)
        found = [amount for amount in found if any(span.overlap(amount[0].span) > 0 for span in told)]
    if not found:
        return None
    best = max(found, key=lambda amount: _weigh_number(" ".join(word.text for word in amount)))
    quoted = (*best, *_find_what_is_counted(best[-1], spoken))
    text = " ".join(word.text for word in quoted).strip(" .,;:")
    return None if text.lower() in _BARE_FRACTIONS else (text, Segment(quoted[0].start, quoted[-1].end))


def _find_what_is_counted(last: Word, spoken: Sequence[Word]) -> tuple[Word, ...]:
    """Return up to three words after a number, to the end of their clause: "half" alone says nothing."""
    if re.search(r"[$€£%]|percent|dollar|pound|euro", last.text.lower()):
        return ()
    place = spoken.index(last)
    found: list[Word] = []
    for word, after in pairwise(spoken[place : place + 4]):
        if word.text[-1] in ".,;:?!":
            break
        found.append(after)
    while found and normalise_word(found[-1]) in _UNFINISHED:
        found.pop()
    return tuple(found)


def _weigh_number(text: str) -> int:
    return 3 * bool(re.search(r"[$€£]|dollar|pound|euro|million|thousand", text)) + 2 * (
        "%" in text or "percent" in text
    )


def _text_in(words: Sequence[Word], span: Segment) -> str:
    inside = (word for word in words if span.start <= word.start and word.end <= span.end)
    return " ".join(word.text for word in inside if word.kind is WordKind.WORD)


@lru_cache(maxsize=256)
def quote(sentence: str) -> str:
    """Return words in quotation marks without the punctuation around them, cut after twelve words."""
    words = sentence.strip(" .,;:!").split()
    kept = " ".join(words[:MAX_QUOTED_WORDS]).rstrip(" .,;:")
    return f"“{kept}{' …' if len(words) > MAX_QUOTED_WORDS else ''}”"
