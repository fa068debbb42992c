"""Find the questions that were asked, with or without a question mark.

Speech recognition drops question marks, so a clause also counts as a question if it begins as
questions do ("what does ...", "is there ...") or announces one ("I was wondering ..."). An
announcement and the question in it are one question, and so are the halves of one with "or". What is said in one go is
a sentence; where no mark ends it, each question and what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.text.clauses import has_sentence_end, normalise_word, split_clauses, split_sentences
from speech.transcript import Word, WordKind

_LEAD = (
    r"^(?:(?:and|so|but|or|okay|ok|yes|yeah|well|right|great|sure|now|then|also|maybe|perhaps|actually"
    r"|thanks|thank you"
    r"|one more|just|another one|(?:my|the|one|another) (?:\w+ )?(?:question|thing)(?: (?:is|would be|was))?"
    r"|first|second|finally"
    r"|for example|i do|i would ask|i'd ask) )*"
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|would|will|should|shall|can|could|has|have|might|may|am|'s)"
_SUBJECT = (
    r"(?:you|your|i|we|it|he|she|they|there|this|that|these|those|the|a|an|my|our|their|any"
    r"|anyone|anything|people|everyone|somebody)"
)
_DIRECT = re.compile(
    _LEAD
    + r"(?:(?:what|how|who|where|when|why|which)"
    + rf"(?:'s\b| (?:\w+ ){{0,4}}{_AUXILIARY}\b| (?:\w+ ){{0,2}}happens\b| about\b)"
    + rf"|{_AUXILIARY} {_SUBJECT}\b|(?:is|are) \w+ (?:a|the|still|part|involved|open|important)\b)"
)
_INDIRECT = re.compile(
    r"\b(?:i(?:'d| would) (?:also |just |really )?(?:like|love|be (?:curious|interested)|want) to (?:know|hear"
    r"|ask|learn|understand|find out)"
    r"|i(?:'m| am| was|'ve been)(?: \w+)? (?:wondering"
    r"|curious (?=about|how|what|why|when|where|who|which|whether|if|to))"
    r"|i wonder\b|i(?:'d| would) be (?:curious|interested)"
    r"|(?:can|could|would) you (?:please |maybe |perhaps )?(?:tell|say|explain|describe|walk|share|give|talk)"
    r"|i wanted to (?:ask|know)|may i ask|can i ask|let me ask|what i(?:'d| would)(?: \w+)? like to (?:know|ask|hear)"
    r"|my question is|tell me (?:about|more|a bit|how|what))\b"
)
# Asked of nobody: said to oneself, told of others, or a mere courtesy.
_NOT_ASKED = re.compile(
    r"\bi do have (?:a few|a couple of|some|several|one|two|three|\d) (?:\w+ )?questions?\s*$"
    r"|^(?:which|that) is (?:why|how|what)\b|\bi do what\b|^what i\b|^who would have\b|\b(?:what do i\b"
    r"|that's what i ask myself|i ask myself|i asked|they asked|you asked|asked me|how should i put|how do i put"
    r"|what should i say|what can i say|if you have (?:any )?(?:questions|time)|that is (?:what|how|why)"
    r"|that's (?:what|how|why)"
    r"|could you believe|can you believe|can you imagine|should i be)"
)
_MAX_QUESTION_WORDS = 25  # words of one question, where nothing marks its end
MAX_SENTENCE_WORDS = 30  # recognisers sometimes leave out every mark

Clause = tuple[Word, ...]
Utterance = tuple[Word, ...]


def find_questions(words: Sequence[Word]) -> tuple[Clause, ...]:
    """Return the words of each question, from the clause that opens it to its end.

    Args:
        words: all words of the answer, labelled with their kinds.
    """
    said = [word for word in words if word.kind is not WordKind.FILLED_PAUSE and word.kind is not WordKind.REPETITION]
    found: list[Clause] = []
    is_open = False  # whether the last question goes on
    for clause in split_clauses(said):
        if _is_question(clause):
            if is_open and _is_continuation(found[-1], clause):
                found[-1] += clause
            else:
                found.append(clause)
            is_open = True
        elif is_open:
            found[-1] += clause
        is_open = is_open and not has_sentence_end(clause[-1]) and len(found[-1]) < _MAX_QUESTION_WORDS
    return tuple(found)


def _is_question(clause: Clause) -> bool:
    text = _join_words(clause)
    if _NOT_ASKED.search(text):
        return False
    return clause[-1].text.rstrip("\"'”’)").endswith("?") or bool(_DIRECT.search(text) or _INDIRECT.search(text))


def _is_continuation(question: Clause, clause: Clause) -> bool:
    """Return whether a question clause continues the question before it: after an announcement, or with "or"."""
    announced = _INDIRECT.search(_join_words(question)) and len(question) <= 9
    only_marked = not (_DIRECT.search(_join_words(clause)) or _INDIRECT.search(_join_words(clause)))
    return bool(announced) or only_marked or normalise_word(clause[0]) == "or"


def _join_words(clause: Clause) -> str:
    return " ".join(normalise_word(word) for word in clause)


def utterances(words: Sequence[Word]) -> tuple[Utterance, ...]:
    """Return the sentences and questions of an answer in order, without filler sounds and repetitions."""
    said = [word for word in words if word.kind not in (WordKind.FILLED_PAUSE, WordKind.REPETITION)]
    return tuple(utterance for row in split_sentences(said) for utterance in _split(row))


def _split(row: Utterance) -> Iterator[Utterance]:
    """A sentence; a long one, or one without an end, as its questions and the runs of clauses around them."""
    if len(row) <= MAX_SENTENCE_WORDS and has_sentence_end(row[-1]):
        yield row
        return
    ends = {question[-1].start for question in find_questions(row)}
    begins = {question[0].start for question in find_questions(row)}
    part: Utterance = ()
    for clause in split_clauses(row):
        if part and (
            clause[0].start in begins or part[-1].start in ends or len(part) + len(clause) > MAX_SENTENCE_WORDS
        ):
            yield part
            part = ()
        part += clause
    if part:
        yield part
