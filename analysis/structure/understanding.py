"""What an answer contains: the one place that says whether a result was told, a next step asked for, a number named.

Stories (situation, task, action, result, lesson), projects (problem, data, tools, results), clarifying questions and
the closing minutes (next steps, timing, thanks, interest, questions the website answers, pressing). Each clause or
sentence has a probability for each kind of content (`model`); from one threshold on it was heard, from a lower
one it is possible, which is a state of its own. Every claim has its words and its moment. `python -m tests.benchmark
content` measures it on writers left out of the training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.early_answer import find_early_answer
from analysis.structure.element import Element, ElementState, build_element
from analysis.structure.expected_structure import CLARIFYING
from analysis.structure.model.features import ReadClause, clause_features, read_clauses, sentence_features
from analysis.structure.model.regression import ContentModel, load_content_model
from analysis.structure.question_clauses import find_questions, utterances
from analysis.text.amounts import find_amounts
from speech.segment import Segment
from speech.transcript import Word, WordKind


class Content(StrEnum):
    """Everything that an answer may contain."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    LESSON = "lesson"
    NUMBER = "number"  # that measures, beside a result or a lesson
    PROBLEM = "problem"
    DATA = "data"
    TOOLS = "tools"
    RESULTS = "results"  # of a project; what a story's result is
    CLARIFYING = "clarifying"
    EARLY_ANSWER = "early_answer"
    NEXT_STEPS = "next_steps"
    TIMING = "timing"
    THANKS = "thanks"
    INTEREST = "interest"
    WEBSITE = "website"
    PRESSING = "pressing"


LABELS: Mapping[Content, str] = {
    Content.SITUATION: "Situation",
    Content.TASK: "Task",
    Content.ACTION: "Action",
    Content.RESULT: "Result",
    Content.LESSON: "A lesson",
    Content.NUMBER: "A number",
    Content.PROBLEM: "Problem",
    Content.DATA: "Data",
    Content.TOOLS: "Tools and methods",
    Content.RESULTS: "Results",
    Content.CLARIFYING: CLARIFYING.label,
    Content.EARLY_ANSWER: "An answer early on",
    Content.NEXT_STEPS: "Next steps asked",
    Content.TIMING: "Timing asked",
    Content.THANKS: "Thanks expressed",
    Content.INTEREST: "Interest expressed",
    Content.WEBSITE: "A question the website answers",
    Content.PRESSING: "Pressing for the job",
}
CLOSING = (
    Content.NEXT_STEPS,
    Content.TIMING,
    Content.WEBSITE,
    Content.PRESSING,
    Content.THANKS,
    Content.INTEREST,
)
_LIKELIEST_QUOTED = (Content.RESULT, Content.LESSON)  # the likeliest clause is quoted rather than the first
SURE_ENOUGH_FOR_NUMBERS = 1.0  # heard; less would let a number make a result of what may be one
MIN_CLAUSE_WORDS = 2  # "and," says nothing
_PERHAPS_ASKED = "A question, perhaps not asked back."
_NOT_SURE = "Possible, not certain."
_MAX_ANSWERS_KEPT = 16  # in memory: a report asks for the same answer several times


@dataclass(frozen=True)
class AnswerContent:
    """What one answer contains."""

    elements: Mapping[Content, Element]  # all of `Content`
    questions: tuple[Element, ...]  # asked by the speaker, all heard, keys "1", "2", ...
    clauses: tuple[tuple[Segment, frozenset[Content]], ...]  # each clause of a story with what was heard in it
    numbers: tuple[Segment, ...]  # each number that measures a result or a lesson
    own_actions: tuple[Segment, ...]  # the clauses of an action in which the speaker says "I"
    has_own_deed: bool  # whether the speaker says anywhere "I" with a deed that is over
    has_deed: bool  # the same with "I" or "we"

    def state(self, content: Content) -> ElementState:
        """Return whether something was heard, is possible or was not heard."""
        return self.elements[content].state

    def is_heard(self, content: Content) -> bool:
        """Return whether something was surely heard."""
        return self.state(content) is ElementState.HEARD

    def spans(self, content: Content) -> tuple[Segment, ...]:
        """Return when the clauses were said in which a part of a story was heard."""
        return tuple(span for span, held in self.clauses if content in held)


def understand(words: Sequence[Word], question: AskedQuestion | None = None) -> AnswerContent:
    """Return what an answer contains.

    Args:
        words: the words with their kinds, as in a report.
        question: what was answered; without it nobody can say whether the answer came early.
    """
    return _understand(tuple(words), question)


@lru_cache(maxsize=_MAX_ANSWERS_KEPT)
def _understand(words: tuple[Word, ...], question: AskedQuestion | None) -> AnswerContent:
    return understand_with(load_content_model("clauses"), load_content_model("sentences"), words, question)


def understand_with(
    clause_model: ContentModel, sentence_model: ContentModel, words: Sequence[Word], question: AskedQuestion | None
) -> AnswerContent:
    """Return what an answer contains by other models than those that are shipped, to measure them."""
    read = read_clauses(words)
    parts, held, hinted = _judge_clauses(clause_model, read)
    numbers = _find_numbers(read, held, hinted if parts[Content.RESULT].state is ElementState.HEARD else ())
    asked = find_questions(words)
    parts |= _judge_sentences(sentence_model, words, asked, question)
    parts[Content.NUMBER] = _build_number(read, numbers, parts)
    parts[Content.RESULTS] = _relabel(parts[Content.RESULT], Content.RESULTS)
    parts[Content.EARLY_ANSWER] = find_early_answer(words, question, LABELS[Content.EARLY_ANSWER])
    return AnswerContent(
        elements={content: parts[content] for content in Content},
        questions=tuple(build_element(str(place), "Question", each) for place, each in enumerate(asked, start=1)),
        clauses=tuple((_span(clause.words), found) for clause, found in zip(read, held, strict=True)),
        numbers=tuple(_span(found) for found in numbers),
        own_actions=tuple(
            _span(clause.words) for clause, found in zip(read, held, strict=True) if _is_own_action(clause, found)
        ),
        has_deed=any(clause.grammar.is_deed for clause in read),
        has_own_deed=any(clause.grammar.subject == "i" and clause.grammar.is_deed for clause in read),
    )


def _is_own_action(clause: ReadClause, held: frozenset[Content]) -> bool:
    is_mine = clause.grammar.subject == "i" and clause.grammar.is_deed and "never" not in clause.texts
    return Content.ACTION in held and is_mine


def _judge_clauses(
    model: ContentModel, read: Sequence[ReadClause]
) -> tuple[dict[Content, Element], list[frozenset[Content]], list[int]]:
    """What is told, what was heard in each clause, and the places of the clauses that hint at a result."""
    rows = [
        model.judge(features) if len(clause.texts) >= MIN_CLAUSE_WORDS else (-1.0,) * len(model.keys)
        for clause, features in zip(read, clause_features(read), strict=True)
    ]
    parts: dict[Content, Element] = {}
    for column, key in enumerate(model.keys):
        content = Content(key)
        # A list goes on without a verb ("and in the UK"); nobody does anything without one.
        is_open = [content is not Content.ACTION or clause.grammar.tense != "none" for clause in read]
        sureness = [row[column] if opened else -1.0 for row, opened in zip(rows, is_open, strict=True)]
        place, state = _decide(sureness, content)
        words = _join_clauses(read, sureness, place) if state else ()
        parts[content] = _build_claim(content, words, state)
    held = [frozenset(Content(key) for key, sure in zip(model.keys, row, strict=True) if sure >= 1) for row in rows]
    result = model.keys.index(Content.RESULT)
    return parts, held, [place for place, row in enumerate(rows) if row[result] >= SURE_ENOUGH_FOR_NUMBERS]


def _judge_sentences(
    model: ContentModel, words: Sequence[Word], asked: Sequence[Sequence[Word]], question: AskedQuestion | None
) -> dict[Content, Element]:
    """What is asked and said in the closing minutes, and whether a question was asked back."""
    rows = utterances(words)
    judged = [model.judge(features) for features in sentence_features(rows)]
    parts: dict[Content, Element] = {}
    for column, key in enumerate(model.keys):
        content = Content(key)
        place, state = _decide([row[column] for row in judged], content)
        parts[content] = _build_claim(content, rows[place] if state else (), state)
    parts[Content.CLARIFYING] = _find_question_back(parts, asked, words, question)
    return parts


def _decide(sureness: Sequence[float], content: Content) -> tuple[int, ElementState | None]:
    """Which of several clauses says something and how surely; None where none does."""
    surest = max(sureness, default=-1.0)
    if surest < 0:
        return 0, None
    best = sureness.index(surest)
    if surest < 1:
        return best, ElementState.POSSIBLE
    if content in _LIKELIEST_QUOTED:
        return best, ElementState.HEARD
    return next(place for place, sure in enumerate(sureness) if sure >= 1), ElementState.HEARD


def _join_clauses(read: Sequence[ReadClause], sureness: Sequence[float], place: int) -> tuple[Word, ...]:
    """A clause with those right after it in its sentence that say the same kind of thing, but for further deeds."""
    words = read[place].words
    end = place
    while end + 1 < len(read) and not read[end].is_last_of_sentence and not read[end + 1].grammar.is_deed:
        if sureness[end + 1] < 1:
            break
        end += 1
        words += read[end].words
    return words


def _build_claim(content: Content, words: Sequence[Word], state: ElementState | None) -> Element:
    if state is None or not words:
        return build_element(content.value, LABELS[content], ())
    return build_element(
        content.value, LABELS[content], words, state, _NOT_SURE if state is ElementState.POSSIBLE else ""
    )


def _find_question_back(
    parts: Mapping[Content, Element],
    asked: Sequence[Sequence[Word]],
    words: Sequence[Word],
    question: AskedQuestion | None,
) -> Element:
    """Whether a question was asked back: in the closing minutes every question is one's own, and none is asked back."""
    found, label = parts[Content.CLARIFYING], LABELS[Content.CLARIFYING]
    if not words or (question is not None and question.kind is QuestionKind.CLOSING):
        return build_element(Content.CLARIFYING.value, label, ())
    half = (words[0].start + words[-1].end) / 2
    if (
        found.sentence
        and found.span
        and found.span.start > half
        and not CLARIFYING.wording.search(found.sentence.lower())
    ):
        return build_element(
            Content.CLARIFYING.value, label, ()
        )  # a question at the end asks how the answer was, or nothing
    is_closing = question is None and any(parts[content].state is ElementState.HEARD for content in CLOSING)
    if found.state is not ElementState.NOT_HEARD:
        state = ElementState.POSSIBLE if is_closing else found.state
        return _build_claim(Content.CLARIFYING, _find_words(words, found.span), state)
    early = next((each for each in asked if each[0].start < half), ())
    return (
        found
        if is_closing
        else build_element(Content.CLARIFYING.value, label, early, ElementState.POSSIBLE, _PERHAPS_ASKED)
    )


def _find_numbers(
    read: Sequence[ReadClause], held: Sequence[frozenset[Content]], hinted: Sequence[int]
) -> list[tuple[Word, ...]]:
    """The numbers in clauses that tell of or hint at a result or a lesson, and in those that go on with them."""
    found: list[tuple[Word, ...]] = []
    told = [bool({Content.RESULT, Content.LESSON} & contents) or place in hinted for place, contents in enumerate(held)]
    goes_on = [False, *(earlier and not clause.is_last_of_sentence for clause, earlier in zip(read, told, strict=True))]
    for clause, is_told, is_more in zip(read, told, goes_on, strict=False):
        if is_told or (is_more and not clause.grammar.is_deed):
            found += find_amounts(clause.words, small=True)
    return found


def _build_number(
    read: Sequence[ReadClause], numbers: Sequence[tuple[Word, ...]], parts: Mapping[Content, Element]
) -> Element:
    """A number beside a result or a lesson; one that stands elsewhere in an answer with a result is possible."""
    label = LABELS[Content.NUMBER]
    if numbers:
        return build_element(Content.NUMBER.value, label, _find_clause(read, numbers[0]))
    if parts[Content.RESULT].state is ElementState.NOT_HEARD and parts[Content.LESSON].state is ElementState.NOT_HEARD:
        return build_element(Content.NUMBER.value, label, ())
    elsewhere = next(iter(find_amounts([word for clause in read for word in clause.words])), ())
    return _build_claim(Content.NUMBER, _find_clause(read, elsewhere) if elsewhere else (), ElementState.POSSIBLE)


def _find_clause(read: Sequence[ReadClause], words: Sequence[Word]) -> tuple[Word, ...]:
    return next((clause.words for clause in read if words[0] in clause.words), tuple(words))


def _relabel(found: Element, content: Content) -> Element:
    return Element(content.value, LABELS[content], found.state, found.sentence, found.span, found.note)


def _find_words(words: Sequence[Word], span: Segment | None) -> tuple[Word, ...]:
    return tuple(
        word
        for word in words
        if span is not None
        and word.kind not in (WordKind.FILLED_PAUSE, WordKind.REPETITION)
        and span.start <= word.start
        and word.end <= span.end
    )


def _span(words: Sequence[Word]) -> Segment:
    return Segment(words[0].start, words[-1].end)
