"""What can be told of a clause or a sentence by its words, its grammar and its place: the input of the content model.

Conventions: a feature is a name with a value; names begin with what they are of ("w:" a word, "g:" grammar, "r:" a
wording known by rule, "@" the place in the answer). Clauses are those of an answer without fillers and repetitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.structure.closing_question_topics import QUESTION_RULES
from analysis.structure.closing_rules import SENTENCE_RULES
from analysis.structure.expected_structure import CLARIFYING
from analysis.structure.model.cues import find_cues, pair_cues
from analysis.structure.outcome_wording import LESSON
from analysis.structure.project import PROJECT
from analysis.structure.rules import WordingRule, find_wording
from analysis.structure.star import STORY
from analysis.text.amounts import is_amount, is_number
from analysis.text.clauses import has_sentence_end, normalise_word, split_clauses
from analysis.text.grammar import Grammar, parse
from analysis.text.word_vectors import WIDTH, mean_vector
from speech.transcript import Word, WordKind

_CUES_OF_FORM = ("duty", "learned", "insight", "nowadays", "regret", "never more")  # whose tense and sentence count

Features = Mapping[str, float]
Clause = tuple[Word, ...]

MAX_WORDS_OF_OWN_REPLY = 3  # "Who likes queues? Nobody."
VECTOR_WEIGHT = 3.0  # of the word vectors beside features of 1.0; chosen on writers left out
_VECTOR_NAMES = tuple(f"v:{place}" for place in range(WIDTH))
_RULES: tuple[WordingRule, ...] = (*STORY, *(rule for rule in PROJECT if rule.key != "results"))


@dataclass(frozen=True)
class ReadClause:
    """A clause with its plain words, its grammar, and the rules that hear something in it."""

    words: Clause
    texts: tuple[str, ...]
    grammar: Grammar
    rules: frozenset[str]
    is_last_of_sentence: bool


def read_clauses(words: Sequence[Word]) -> tuple[ReadClause, ...]:
    """Return the clauses of an answer; the words have their kinds, as in a report."""
    said = [word for word in words if word.kind is WordKind.WORD]
    units = split_clauses(said)
    hits = _rule_hits(said, units)
    read: list[ReadClause] = []
    for place, unit in enumerate(units):
        texts = tuple(text for word in unit if (text := normalise_word(word)))
        is_new = not read or read[-1].is_last_of_sentence
        grammar = parse(texts, None if is_new else read[-1].grammar)
        read.append(ReadClause(unit, texts, grammar, hits[place], has_sentence_end(unit[-1])))
    return tuple(read)


def clause_features(read: Sequence[ReadClause]) -> tuple[Features, ...]:
    """Return the features of each clause of an answer."""
    deeds = [clause.grammar.is_deed for clause in read]
    mood = _mood(read)
    return tuple(
        dict(_words_of(clause.texts))
        | dict(_cues_of(" ".join(clause.texts), pairs=False))
        | dict(_grammar_of(read, place, deeds))
        | _vector(clause.texts)
        | {mood: 1.0}
        for place, clause in enumerate(read)
    )


def sentence_features(rows: Sequence[Sequence[Word]]) -> tuple[Features, ...]:
    """Return the features of each sentence or question of an answer."""
    texts = [" ".join(text for word in row if (text := normalise_word(word))) for row in rows]
    asked = [_is_marked_as_question(row) for row in rows]
    return tuple(
        _features_alone(row, text) | dict(_context_of(texts, asked, place))
        for place, (row, text) in enumerate(zip(rows, texts, strict=True))
    )


def _features_alone(row: Sequence[Word], text: str) -> dict[str, float]:
    """The features of one sentence or question, whatever stands around it."""
    texts = text.split()
    found = dict(_words_of(texts)) | _vector(texts) | dict(_cues_of(text, pairs=True))
    grammar = parse(texts)
    found |= {
        f"g:{grammar.subject} {grammar.tense}": 1.0,
        f"g:{grammar.tense}": 1.0,
        f"length:{min(len(texts) // 4, 5)}": 1.0,
    }
    if _is_marked_as_question(row):
        found["asks"] = 1.0
        found |= {f"asks {name}": 1.0 for name in found if name.startswith("c:")}
    for check, rule in {**QUESTION_RULES, **SENTENCE_RULES}.items():
        if rule.wording.search(text) and not (rule.unless and rule.unless.search(text)):
            found[f"r:{check.value}"] = 1.0
    if CLARIFYING.wording.search(text):
        found["r:clarifying"] = 1.0
    return found


def _context_of(texts: Sequence[str], asked: Sequence[bool], place: int) -> Iterator[tuple[str, float]]:
    """What stands around a question: one asked back comes first and is left for the other to answer."""
    if not asked[place]:
        return
    yield f"n:{_how_it_goes_on(texts[place + 1], asked[place + 1]) if place + 1 < len(texts) else '$'}", 1.0
    yield f"p:{'^' if not place else 'asks' if asked[place - 1] else 'told'}", 1.0
    if not any(asked[:place]) and any("my plan" in find_cues(text) for text in texts[:place]):
        yield "p:after a plan", 1.0


def _how_it_goes_on(text: str, is_asked: bool) -> str:
    """What comes after a question: another one, its answer by the speaker, the speaker's plan, or why it was asked."""
    if is_asked:
        return "asks"
    if "my plan" in find_cues(text):
        return "plan"
    return "short" if len(text.split()) <= MAX_WORDS_OF_OWN_REPLY else text.split()[0]


def _is_marked_as_question(row: Sequence[Word]) -> bool:
    return bool(row) and row[-1].text.rstrip("\"'”’)").endswith("?")


def _rule_hits(said: Sequence[Word], units: Sequence[Clause]) -> list[frozenset[str]]:
    """For each clause the rules that hear something which begins in it."""
    starts = {unit[0].start: place for place, unit in enumerate(units)}
    hits: list[set[str]] = [set() for _ in units]
    for rule in _RULES:
        for found in find_wording(rule, said):
            if found[0].start in starts:
                hits[starts[found[0].start]].add(rule.key)
    for place, unit in enumerate(units):
        if LESSON.search(" ".join(normalise_word(word) for word in unit)):
            hits[place].add("lesson")
    return [frozenset(keys) for keys in hits]


def _mood(read: Sequence[ReadClause]) -> str:
    """Whether the answer tells of something done, of what would be done, or of what is."""
    tenses = [clause.grammar.tense for clause in read]
    past = sum(tense in ("past", "was", "was doing", "perfect", "had", "had to", "pluperfect") for tense in tenses)
    unreal = sum(tense in ("would", "will") for tense in tenses)
    present = sum(tense in ("is", "have", "do", "none") for tense in tenses)
    if past >= max(unreal, present, 1):
        return "mood:past"
    return "mood:unreal" if unreal >= max(present, 2) else "mood:present"


def _words_of(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    shown = [_shown(text) for text in texts]
    yield from ((f"w:{text}", 1.0) for text in shown)
    yield from ((f"w:{first} {second}", 1.0) for first, second in pairwise(("^", *shown, "$")))
    yield from (
        (f"w:{one} {two} {three}", 1.0) for one, two, three in zip(("^", *shown), shown, shown[1:], strict=False)
    )


def _cues_of(text: str, *, pairs: bool) -> Iterator[tuple[str, float]]:
    cues = find_cues(text)
    yield from ((f"c:{cue}", 1.0) for cue in cues)
    if pairs:
        yield from ((f"c:{pair}", 1.0) for pair in pair_cues(cues))


def _shown(text: str) -> str:
    return "#" if is_number(text) else text


def _grammar_of(read: Sequence[ReadClause], place: int, deeds: Sequence[bool]) -> Iterator[tuple[str, float]]:
    clause = read[place]
    form = _form(clause)
    phase = _phase(deeds, place)
    yield from ((f"r:{rule}", 1.0) for rule in clause.rules)
    yield from ((f"r:{rule} {phase}", 1.0) for rule in clause.rules)
    cues = find_cues(" ".join(clause.texts))
    yield from ((f"c:{cue} {phase}", 1.0) for cue in cues)
    yield from ((f"c:{cue} {form}", 1.0) for cue in cues if cue in _CUES_OF_FORM)
    yield from ((f"s:{cue}", 1.0) for cue in find_cues(_sentence_around(read, place)) if cue in _CUES_OF_FORM)
    yield f"g:{form}", 1.0
    yield f"g:{clause.grammar.tense}", 1.0
    yield f"g:{clause.grammar.subject}", 1.0
    yield f"@{phase}", 1.0
    yield f"@{phase} {form}", 1.0
    yield f"@{phase} {clause.grammar.tense}", 1.0
    if clause.grammar.is_deed:
        yield "deed", 1.0
    if clause.grammar.is_inherited:
        yield "inherited", 1.0
    amounts = sum(is_amount(word) for word in clause.words)
    if amounts:
        yield "number", 1.0
        yield f"number {phase}", 1.0
    if place == 0:
        yield "@first", 1.0
    if place == len(read) - 1:
        yield "@last", 1.0
    yield f"@{int(4 * place / len(read))}/4", 1.0
    yield f"many:{min(len(read) // 3, 4)}", 1.0
    yield f"before:{_form(read[place - 1]) if place else '^'}", 1.0
    yield f"after:{_form(read[place + 1]) if place + 1 < len(read) else '$'}", 1.0
    if place and not read[place - 1].is_last_of_sentence:
        yield from ((f"r-before:{rule}", 1.0) for rule in read[place - 1].rules)
    if place + 1 < len(read):
        yield from ((f"r-after:{rule}", 1.0) for rule in read[place + 1].rules)


def _sentence_around(read: Sequence[ReadClause], place: int) -> str:
    """The words of the sentence that a clause is part of: "in hindsight" tells what "I waited too long" is."""
    begin, end = place, place
    while begin and not read[begin - 1].is_last_of_sentence:
        begin -= 1
    while end + 1 < len(read) and not read[end].is_last_of_sentence:
        end += 1
    return " ".join(text for clause in read[begin : end + 1] for text in clause.texts)


def _form(clause: ReadClause) -> str:
    return f"{clause.grammar.subject} {clause.grammar.tense}"


def _phase(deeds: Sequence[bool], place: int) -> str:
    """Where a clause stands beside what the speaker did: before, among or after it."""
    if not any(deeds):
        return "no deeds"
    if not any(deeds[: place + 1]):
        return "before"
    if deeds[place]:
        return "deed" if any(deeds[place + 1 :]) else "last deed"
    return "among" if any(deeds[place + 1 :]) else "behind"


def _vector(texts: Sequence[str]) -> dict[str, float]:
    mean = mean_vector(texts) * VECTOR_WEIGHT
    return dict(zip(_VECTOR_NAMES, map(float, mean), strict=True))
