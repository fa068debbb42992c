"""What was heard in an answer: its parts and their share of the time, what it came to, whether it met the question.

No score, and "not heard" rather than "missing": the rules know wordings, not meaning. What is worded as they know it
was heard; what only stands where a part usually stands was perhaps heard: a story has an order, the situation is told
before somebody acts, and what came of it at the end.

The half "held out" of tests/data/heard.toml, 20 answers written after the last change but one, holds 44 parts: 55 %
were heard, 36 % perhaps, 9 % not, all of these data; of 30 it does not hold none was heard and one was perhaps. Then
the rule for data was changed, and all 44 are heard or perhaps; of ten project answers written before that change, data
were heard in four of the five that have them and in none of the other five.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.measures.length import POINT_BAND, compute_time_to_the_point, find_point
from analysis.measures.outcome import find_outcome
from analysis.question import AskedQuestion
from analysis.structure.element import Part, State, part
from analysis.structure.expected_structure import CLARIFYING, Listening, calls_for_clarifying, listening
from analysis.structure.project import PROBLEM, PROJECT, RESULTS, TOOLS
from analysis.structure.question_clauses import questions_asked
from analysis.structure.rules import Rule, heard_in, wording
from analysis.structure.star import ACTION, RESULT, SITUATION, STORY
from analysis.text.clauses import clauses, plain
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

Clause = tuple[Word, ...]

RULES: Mapping[Listening, tuple[Rule, ...]] = {Listening.PROJECT: PROJECT, Listening.STORY: STORY}
_UNREAL = wording("would", "could", "should", "will", "i'd", "we'd", "if", "want", "wish")
ENDING_FROM = 0.6  # share of the words after which an end is told
_PAST = re.compile(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|went|came|got|took|gave|made|said|told|found|left|kept|knew|saw"
    r"|thought"
    r"|felt|began|ran|wrote|sent|sold|lost|won|paid|met|stood|brought|bought|taught|built|chose|broke|fell|rose"
    r"|grew|drove"
    r"|held|led|heard|spoke|threw|became|has|have|now|\w{3,}ed)\b"
)
_OTHERS = re.compile(
    r"^(?:and |so |but |then |now |after that |in the end |at the end |that day "
    r"|(?:after|by|within|since|from) (?:\w+ ){1,3})*"
    r"(?:he|she|it|they|that|this"
    r"|nobody|everybody|everyone"
    r"|most|all|both|half|we|(?:the|our|my|their|his|her|its|a|an|every|each|no) \w+|\w+ (?:of|out of) (?:the"
    r"|them|\w+)|people"
    r"|customers|users|patients|traffic|sales|\w+ now|(?:\w+ )?\w+ percent)\b"
)


@dataclass(frozen=True)
class HeardAnswer:
    """What was heard in one answer; what its question does not call for is not in it."""

    parts: tuple[Part, ...]  # of a project or a story, in their order; () for other questions
    shares: tuple[float, ...]  # of the time of all parts, one for each of a story's parts; () otherwise
    outcome: tuple[Part, ...]  # a result, a number, a lesson
    early: Part | None  # the question answered early; None without a question
    clarifying: Part | None  # None where none was called for


def heard_answer(transcript: Transcript, question: AskedQuestion | None) -> HeardAnswer:
    """Listen to one answer; the words have their kinds, as in a report."""
    words = transcript.words
    listened = listening(question) if question else None
    return HeardAnswer(
        parts=parts(words, listened) if listened else (),
        shares=shares(words) if listened is Listening.STORY else (),
        outcome=came_to(words),
        early=answered_early(transcript, question) if question else None,
        clarifying=clarifying(words) if question and calls_for_clarifying(question) else None,
    )


def parts(words: Sequence[Word], listened: Listening) -> tuple[Part, ...]:
    """For each part the first clause in which it was heard, or perhaps heard by its place in the story."""
    found = {rule: heard_in(rule, words) for rule in RULES[listened]}
    deed = next(iter(heard_in(ACTION, words)), ())
    return tuple(_part(rule, _counted(rule, rows, deed), _by_place(rule, words, deed)) for rule, rows in found.items())


def clarifying(words: Sequence[Word]) -> Part:
    """Whether a question was asked back; one that is not worded as such was perhaps meant so, if it came early on."""
    heard = _part(CLARIFYING, heard_in(CLARIFYING, words))
    if heard.state is State.HEARD or not words:
        return heard
    half = (words[0].start + words[-1].end) / 2
    early = next((asked for asked in questions_asked(words) if asked[0].start < half), ())
    return part(CLARIFYING.key, CLARIFYING.label, early, State.PERHAPS, "A question, perhaps not asked back.")


def shares(words: Sequence[Word]) -> tuple[float, ...]:
    """The share of the time of situation, task, action and result, adding up to 1; () when none was heard.

    A clause belongs to the part heard in it, the later part where there are two; one in which none was heard goes on
    with the part before it. What comes before the first part belongs to none.
    """
    times = dict.fromkeys((rule.key for rule in STORY), 0.0)
    starts = _starts(words)
    current: str | None = None
    for clause in clauses([word for word in words if word.kind is WordKind.WORD]):
        current = next((starts[word.start] for word in reversed(clause) if word.start in starts), current)
        if current:
            times[current] += clause[-1].end - clause[0].start
    whole = sum(times.values())
    return tuple(time / whole for time in times.values()) if whole else ()


def came_to(words: Sequence[Word]) -> tuple[Part, ...]:
    """Whether a result, a number and a lesson were stated."""
    found = find_outcome(words)
    kinds = (
        ("result", "A result", found.result),
        ("number", "A number", found.number),
        ("lesson", "A lesson", found.lesson),
    )
    return tuple(part(key, label, _clause_at(words, spans)) for key, label, spans in kinds)


def answered_early(transcript: Transcript, question: AskedQuestion) -> Part:
    """Whether the first clause that answers began within the time that the band names."""
    key, label = "early", "An answer early on"
    seconds, where = compute_time_to_the_point(transcript, question), find_point(transcript, question)
    if seconds is None or where is None:
        return part(key, label, (), note="No clause was heard that clearly answers the question.")
    note = f"The first clause that answers the question begins after {seconds:.0f} s."
    early = seconds <= (POINT_BAND.fine[1] or 0)
    return part(key, label, _said_in(transcript.words, where) if early else (), note=note)


def _counted(rule: Rule, found: Sequence[Clause], deed: Clause) -> Sequence[Clause]:
    """What a rule found, of a story's result only what was said after the first deed."""
    if rule is not RESULT or not deed:
        return found
    return [clause for clause in found if clause[-1].start > deed[0].start]


def _by_place(rule: Rule, words: Sequence[Word], deed: Clause) -> Clause:
    """The clause whose place alone speaks for a part; () where nothing was done or the part has no place."""
    if not deed:
        return ()
    if rule in (SITUATION, PROBLEM):
        return _first_in_the_past(words, deed[0].start)
    if rule is TOOLS:
        return deed
    return _last_in_the_past(words, deed[0].start) if rule in (RESULT, RESULTS) else ()


def _first_in_the_past(words: Sequence[Word], moment: float) -> Clause:
    """Return the first clause in the past that ends by a moment; () where there is none."""
    return next((clause for clause in _past(words) if clause[-1].end <= moment), ())


def _last_in_the_past(words: Sequence[Word], moment: float) -> Clause:
    """Return the last clause in the past after a moment, near the end, about others or about all; () for none."""
    said = [word for word in words if word.kind is WordKind.WORD]
    late = said[int(ENDING_FROM * len(said))].start if said else 0.0
    found = [
        clause for clause in _past(words) if clause[0].start >= max(moment, late) and _OTHERS.search(_text(clause))
    ]
    return found[-1] if found else ()


def _past(words: Sequence[Word]) -> tuple[Clause, ...]:
    said = [word for word in words if word.kind is WordKind.WORD]
    return tuple(
        clause for clause in clauses(said) if _PAST.search(_text(clause)) and not _UNREAL.search(_text(clause))
    )


def _text(clause: Clause) -> str:
    return " ".join(plain(word) for word in clause)


def _part(rule: Rule, found: Sequence[Clause], by_place: Clause = ()) -> Part:
    if found or not by_place:
        return part(rule.key, rule.label, next(iter(found), ()))
    return part(rule.key, rule.label, by_place, State.PERHAPS, "By its place in the answer, not by its wording.")


def _starts(words: Sequence[Word]) -> dict[float, str]:
    """When a part of a story begins to be heard; of two at one moment the later part."""
    return {found[0].start: rule.key for rule in STORY for found in heard_in(rule, words)}


def _clause_at(words: Sequence[Word], spans: Sequence[Span]) -> tuple[Word, ...]:
    """The clauses that the first of the spans lies in."""
    if not spans:
        return ()
    held = clauses([word for word in words if word.kind is WordKind.WORD])
    return tuple(word for clause in held if _touches(clause, spans[0]) for word in clause)


def _touches(clause: Sequence[Word], span: Span) -> bool:
    return clause[0].start < span.end and clause[-1].end > span.start


def _said_in(words: Sequence[Word], span: Span) -> tuple[Word, ...]:
    return tuple(
        word for word in words if word.kind is WordKind.WORD and word.start >= span.start and word.end <= span.end
    )
