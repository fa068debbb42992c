"""The filler measures of one answer, each with its sentence, uncertainty and moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from analysis.measures.answer import Answer, Measured, Measurement
from analysis.measures.fillers import fillers
from analysis.measures.poisson_interval import rate_interval
from analysis.text.clauses import plain
from analysis.wording import count, sentence
from speech.segment import Span
from speech.transcript import Word

MOST_NAMED = 3  # of the commonest fillers


def _filler_sounds(answer: Answer) -> Measured:
    sounds = fillers.filler_sounds(answer.transcript.words)
    detail = f"{count(len(sounds), 'filler sound')} heard in {answer.seconds:.1f} s{_commonest(map(plain, sounds))}"
    return Measured(
        fillers.sounds_per_minute(answer.transcript),
        sentence(detail),
        rate_interval(len(sounds), answer.seconds, 60),
        tuple(word.span for word in sounds),
    )


def _filler_words(answer: Answer) -> Measured:
    uses = fillers.filler_uses(answer.transcript.words, answer.own_fillers)
    said = [_said(use, answer.transcript.words) for use in uses]
    detail = f"{count(len(uses), 'filler word')} heard in {answer.seconds:.1f} s{_commonest(said)}"
    return Measured(
        fillers.words_per_minute(answer.transcript, answer.own_fillers),
        sentence(detail),
        rate_interval(len(uses), answer.seconds, 60),
        uses,
    )


def _filler_density(answer: Answer) -> Measured:
    words, own = answer.transcript.words, answer.own_fillers
    moments = tuple(sorted((*(sound.span for sound in fillers.filler_sounds(words)), *fillers.filler_uses(words, own))))
    value = fillers.density(answer.transcript, own)
    if value is None:
        return Measured(None, "No words and no fillers were heard.")
    return Measured(value, f"{value:.1f} of every 100 things said were fillers.", moments=moments)


def _filler_cluster(answer: Answer) -> Measured:
    found = fillers.clusters(answer.transcript.words, answer.own_fillers)
    many = count(len(found), "place")
    detail = sentence(f"{many} with {fillers.CLUSTER_SIZE} or more fillers within {fillers.CLUSTER_TIME:.0f} s")
    return Measured(len(found), detail, moments=found)


def _said(use: Span, words: Iterable[Word]) -> str:
    return " ".join(plain(word) for word in words if use.start <= word.start and word.end <= use.end)


def _commonest(texts: Iterable[str]) -> str:
    named = [f"{text} {many} times" if many > 1 else text for text, many in Counter(texts).most_common(MOST_NAMED)]
    return f": {', '.join(named)}" if named else ""


FILLERS: Mapping[str, Measurement] = {
    "filler_sounds": _filler_sounds,
    "filler_words": _filler_words,
    "filler_density": _filler_density,
    "filler_cluster": _filler_cluster,
}
