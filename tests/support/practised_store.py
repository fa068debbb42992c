"""A store with real reports of a known number of filler sounds, for the tests of the pages that compare answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from analysis.analyze import analyze
from analysis.question import AskedQuestion
from analysis.report import Report
from services.asked_questions import find_asked_question
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.transcript import Transcript
from store.store import Store
from tests.support.answers import make_answer, synthesise

SENTENCE = "I led the move of a large service to new machines and it took half a year. (0.8) "
SENTENCES = 8  # 46 s of answer, 136 words
FIRST = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def load_asked_question(question: str = "tell_me_about_yourself") -> AskedQuestion:
    """Return a question of the content."""
    return find_asked_question(question)


@cache
def make_answer_with_ums(ums: int, question: AskedQuestion, sentence: str = SENTENCE) -> tuple[Transcript, Report]:
    """Make an answer with so many filled pauses, 16 at most, and its report."""
    ends = (sentence * SENTENCES).replace("(0.8)", "{um} (0.8)", ums)
    transcript = make_answer(ends.replace("and it", "and {um} it", max(0, ums - SENTENCES)))
    return transcript, analyze(synthesise(transcript), transcript, question)


def practise(
    store: Store,
    ums: Sequence[int],
    question: AskedQuestion | None = None,
    since: datetime = FIRST,
    *,
    keep: bool = True,
    **changes: object,
) -> list[str]:
    """Add an answer a day.

    Args:
        store: Where they are added.
        ums: Number of filled pauses of each answer.
        question: None for the default question.
        since: When the first answer is given.
        keep: Whether the recordings are kept.
        changes: Fields to change in the reports.

    Returns:
        The ids.
    """
    return [
        add_answer(store, um, question or load_asked_question(), since + day * DAY, keep=keep, **changes)
        for day, um in enumerate(ums)
    ]


def add_answer(
    store: Store,
    ums: int,
    question: AskedQuestion,
    at: datetime,
    *,
    keep: bool = True,
    sentence: str = SENTENCE,
    **changes: object,
) -> str:
    """Add one more answer, whose recording is only a second long; return its id."""
    transcript, report = make_answer_with_ums(ums, question, sentence)
    kept = store.add_recording(_make_second(), question, at, keep=keep)
    store.finish(kept.id, transcript, replace(report, **changes))
    return kept.id


@cache
def _make_second() -> Recording:
    whole = synthesise(make_answer_with_ums(0, load_asked_question())[0])
    return Recording(whole.samples[:SAMPLE_RATE], "answer", whole.digest)
