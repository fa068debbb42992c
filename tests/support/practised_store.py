"""A store with real reports of a known number of filler sounds, for the tests of the pages that compare answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from analysis.analyze import analyze
from analysis.question import AskedQuestion
from analysis.report import Report
from services.asked_questions import asked_by_id
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.transcript import Transcript
from store.store import Store
from tests.support.answers import sound_of, spoken

SENTENCE = "I led the move of a large service to new machines and it took half a year. (0.8) "
SENTENCES = 8  # 46 s of answer, 136 words
FIRST = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def asked(question: str = "tell_me_about_yourself") -> AskedQuestion:
    """A question of the content."""
    return asked_by_id(question)


@cache
def answer(ums: int, question: AskedQuestion, sentence: str = SENTENCE) -> tuple[Transcript, Report]:
    """An answer with so many filler sounds, 16 at most, and its report."""
    ends = (sentence * SENTENCES).replace("(0.8)", "{um} (0.8)", ums)
    transcript = spoken(ends.replace("and it", "and {um} it", max(0, ums - SENTENCES)))
    return transcript, analyze(sound_of(transcript), transcript, question)


def practise(
    store: Store,
    ums: Sequence[int],
    question: AskedQuestion | None = None,
    since: datetime = FIRST,
    *,
    keep: bool = True,
    **changes: object,
) -> list[str]:
    """An answer a day with these numbers of filler sounds; `changes` are of the reports. Gives the ids."""
    return [add(store, um, question or asked(), since + day * DAY, keep=keep, **changes) for day, um in enumerate(ums)]


def add(
    store: Store,
    ums: int,
    question: AskedQuestion,
    at: datetime,
    *,
    keep: bool = True,
    sentence: str = SENTENCE,
    **changes: object,
) -> str:
    """One more answer; its sound is only a second long."""
    transcript, report = answer(ums, question, sentence)
    kept = store.add_recording(_second(), question, at, keep=keep)
    store.finish(kept.id, transcript, replace(report, **changes))
    return kept.id


@cache
def _second() -> Recording:
    whole = sound_of(answer(0, asked())[0])
    return Recording(whole.samples[:SAMPLE_RATE], "answer", whole.digest)
