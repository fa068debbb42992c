"""Answers written for the training, in many manners, with what each part of them says.

Every line of `data/answers_*.txt` is an answer, "@" names the manner of its writer; "@~" stands before collections of
single sentences, which are no one's and are left out by quarters. A mark such as "/s" says what is
said until the next mark: s situation, t task, a action, r result, l lesson; p problem, d data, m tools and methods;
n next steps, t timing (of a closing), k thanks, i interest, w a question the website answers, p pressing (of a
closing); c a clarifying question; - none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from analysis.question import AskedQuestion, QuestionKind
from analysis.written_answer import split_words
from speech.transcript import Word

DATA = Path(__file__).parent / "data"

_STORY = {"s": "situation", "t": "task", "a": "action", "r": "result", "l": "lesson"}
_PROJECT = {"p": "problem", "d": "data", "m": "tools", "r": "result", "l": "lesson"}
_CLOSING = {"n": "next_steps", "t": "timing", "k": "thanks", "i": "interest", "w": "website", "p": "pressing"}
MARKS: Mapping[str, Mapping[str, str]] = {
    "story": _STORY,
    "project": _PROJECT,
    "close": _CLOSING,
    "clarify": {"c": "clarifying"},
}


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer with its writer's manner, and for each word what is said in it."""

    writer: str
    listen: str  # "story", "project", "close" or "clarify"
    words: tuple[Word, ...]
    labels: tuple[frozenset[str], ...]  # of each word

    @property
    def held(self) -> frozenset[str]:
        """Everything that is said in the answer."""
        return frozenset().union(*self.labels)


@cache
def load_answers() -> tuple[MarkedAnswer, ...]:
    """Return all answers in order."""
    return tuple(answer for path in sorted(DATA.glob("answers_*.txt")) for answer in _read(path))


@dataclass(frozen=True)
class PointedAnswer:
    """An answer to a question, and when the first clause that answers it begins."""

    writer: str
    question: AskedQuestion
    words: tuple[Word, ...]
    point: float  # s
    is_story: bool = False  # one of the marked answers, which begins at once


def load_pointed_answers() -> tuple[PointedAnswer, ...]:
    """Return the answers of `data/points.txt`."""
    found: list[PointedAnswer] = []
    writer = ""
    for line in (DATA / "points.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            writer = line[1:].strip()
        elif line.strip() and not line.startswith("#"):
            kind, question, text = (part.strip() for part in line.split("|"))
            before, _, _ = text.partition("^")
            words = timed_words(text.replace("^", ""))
            point = words[len(before.split())].start
            found.append(PointedAnswer(writer, AskedQuestion("own", question, QuestionKind(kind)), words, point))
    return (*found, *_stories_that_begin_at_once())


def _stories_that_begin_at_once() -> Iterator[PointedAnswer]:
    """Yield stories and projects whose first words already tell of it; their question is the usual one."""
    asked = {
        "story": AskedQuestion("own", "Tell me about a time when something went wrong.", QuestionKind.BEHAVIOURAL),
        "project": AskedQuestion("own", "Tell me about a technical project.", QuestionKind.TECHNICAL),
    }
    for answer in load_answers():
        if answer.listen in asked and answer.labels[0] and len(answer.held) > 2:
            yield PointedAnswer(answer.writer, asked[answer.listen], answer.words, answer.words[0].start, True)


def timed_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text as they would be said at an even pace, with their kinds."""
    return label_repetitions(label_filler_words(split_words(text)))


def _read(path: Path) -> Iterator[MarkedAnswer]:
    writer = ""
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("@"):
            writer = line[1:].strip()
        elif line.strip():
            listen, _, text = line.partition(":")
            yield _marked(f"{writer} {place % 4}" if writer.startswith("~") else writer, listen, text)


def _marked(writer: str, listen: str, text: str) -> MarkedAnswer:
    tokens: list[str] = []
    labels: list[frozenset[str]] = []
    current: frozenset[str] = frozenset()
    for token in text.split():
        if re.fullmatch(r"/[a-z-]+", token):
            current = frozenset(MARKS[listen][mark] for mark in token[1:] if mark != "-")
        else:
            tokens.append(token)
            labels.append(current)
    return MarkedAnswer(writer, listen, timed_words(" ".join(tokens)), tuple(labels))


def majority(words: Sequence[Word], labels: Mapping[float, frozenset[str]]) -> frozenset[str]:
    """Return what is said in at least half of some words, which `labels` tells by their start."""
    held = [labels[word.start] for word in words if word.start in labels]
    return frozenset(key for keys in held for key in keys if 2 * sum(key in other for other in held) >= len(held))
