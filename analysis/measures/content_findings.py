"""Length, content and melody of one answer, each with its sentence and moments."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.measures import lexical_diversity
from analysis.measures.answer import Answer, Measured, Measurement
from analysis.measures.hedges import hedges, hedges_per_100_words
from analysis.measures.length import point, time_to_the_point
from analysis.measures.outcome import outcome, outcome_count
from analysis.measures.poisson_interval import rate_interval
from analysis.measures.repetition import RepeatedPhrase, repeated_phrases, repetitions
from analysis.text.verbalize import word_count
from analysis.wording import count, sentence

NO_WORDS = "No words were heard, only sounds."
PHRASES_NAMED = 3


def _answer_length(answer: Answer) -> Measured:
    detail = f"The answer lasted {_seconds(answer.seconds)}, from the first to the last sound of the voice."
    return Measured(answer.seconds, detail, moments=(answer.response,))


def _time_to_the_point(answer: Answer) -> Measured:
    value, found = time_to_the_point(answer.transcript, answer.question), point(answer.transcript, answer.question)
    if answer.question is None:
        return Measured(None, "Whether an answer comes to the point depends on its question, and none was chosen.")
    if value is None or found is None:
        return Measured(None, "No clause was heard that clearly answers the question.")
    return Measured(value, f"The first clause that answers the question begins after {value:.0f} s.", moments=(found,))


def _repetitions(answer: Answer) -> Measured:
    words = answer.transcript.words
    found = repetitions(words)
    detail = f"{count(len(found), 'word or phrase', 'words or phrases')} said again at once or given up"
    returning = "".join(_returning(phrase) for phrase in repeated_phrases(words)[:PHRASES_NAMED])
    return Measured(len(found), sentence(detail) + returning, moments=found)


def _returning(phrase: RepeatedPhrase) -> str:
    return f' "{phrase.text}" came {len(phrase.spans)} times.'


def _hedges(answer: Answer) -> Measured:
    value = hedges_per_100_words(answer.transcript)
    if value is None:
        return Measured(None, NO_WORDS)
    found, words = hedges(answer.transcript.words), word_count(answer.transcript.words)
    detail = f"{count(len(found), 'softening word or phrase', 'softening words or phrases')} in {count(words, 'word')}"
    return Measured(value, sentence(detail), rate_interval(len(found), words, 100), found)


def _lexical_variety(answer: Answer) -> Measured:
    value = lexical_diversity.lexical_variety(answer.transcript.words)
    if value is None:
        return Measured(None, f"Variety needs an answer of {lexical_diversity.WINDOW} words or more.")
    return Measured(
        value,
        f"Of any {lexical_diversity.WINDOW} words in a row, {lexical_diversity.WINDOW * value:.0f} are different.",
    )


def _outcome(answer: Answer) -> Measured:
    value = outcome_count(answer.transcript)
    if value is None:
        return Measured(None, NO_WORDS)
    found = outcome(answer.transcript.words)
    kinds = (("a result", found.result), ("a number", found.number), ("a lesson", found.lesson))
    heard = ", ".join(name for name, spans in kinds if spans) if value else "neither a result nor a lesson"
    missing = ", ".join(name for name, spans in kinds if not spans)
    detail = f"Heard: {heard}." + (f" Not heard: {missing}." if value and missing else "")
    return Measured(value, detail, moments=tuple(sorted(found.result + found.number + found.lesson)) if value else ())


def _pitch_variation(answer: Answer) -> Measured:
    return answer.sound.pitch


def _seconds(value: float) -> str:
    return f"{value:.0f} s" if value >= 10 else f"{value:.1f} s"


CONTENT: Mapping[str, Measurement] = {
    "answer_length": _answer_length,
    "time_to_the_point": _time_to_the_point,
    "repetitions": _repetitions,
    "hedges": _hedges,
    "lexical_variety": _lexical_variety,
    "outcome": _outcome,
    "pitch_variation": _pitch_variation,
}
