"""How quick the store stays when thousands of answers are in it.

Every attempt comes in by the same way as in the app; its report and transcript are those of an answer of about 90 s,
its sound is a second long, so that the disk holds 10,000 of them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.recording import SAMPLE_RATE, Recording
from speech.transcript import Transcript
from store.store import Store, open_store
from tests.answers import sound_of, spoken

FEW = 10  # attempts in the store that the others are compared with
REPEATS = 20
PAGE_LIMIT, REPORT_LIMIT = 0.5, 0.2  # s, what has been promised
SPEECH = "I led {um} the move of a large service to new machines. (0.8) It took (0.5) half a year, and it worked. "
FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
QUESTIONS = tuple(AskedQuestion(f"question-{n}", f"Question {n}?", kind) for n, kind in enumerate(QuestionKind))


@dataclass(frozen=True)
class Times:
    """Seconds each step takes with so many attempts in the store; medians."""

    attempts: int
    add: float  # recording to disk, then its report
    page: float  # everything the progress page reads
    report: float  # one report, opened
    start: float  # opening the store and looking for interrupted attempts


def measure(folder: Path, attempts: int, tell: Callable[[int], None]) -> tuple[Times, Times]:
    """Fill an empty store; the times with `FEW` attempts and with all of them."""
    answer, store = _Answer(), open_store(folder=folder)
    _fill(store, answer, 0, FEW, tell)
    few = _times(store, folder, answer, FEW)
    _fill(store, answer, len(store.history()), attempts, tell)
    many = _times(store, folder, answer, attempts)
    store.close()
    return few, many


def table(few: Times, many: Times) -> str:
    """Both as a table, with what was promised."""
    rows = [
        ("add an answer (recording and report)", few.add, many.add, "as fast as with few"),
        ("read all that the progress page shows", few.page, many.page, f"< {PAGE_LIMIT:g} s"),
        ("open a report", few.report, many.report, f"< {REPORT_LIMIT:g} s"),
        ("start, with a look for interrupted answers", few.start, many.start, ""),
    ]
    lines = [f"| median of {REPEATS}, s | {few.attempts} answers | {many.attempts:,} answers | promised |"]
    lines += ["| --- | --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {what} | {a:.4f} | {b:.4f} | {limit} |" for what, a, b, limit in rows)])


class _Answer:
    """One answer, measured once and recorded often."""

    def __init__(self) -> None:
        self.transcript: Transcript = spoken(SPEECH * 12)
        whole = sound_of(self.transcript)
        self.report: Report = analyze(whole, self.transcript, QUESTIONS[0])
        self.sound = Recording(whole.samples[:SAMPLE_RATE], "answer", whole.digest)

    def record(self, store: Store, number: int) -> None:
        """Add it as an attempt of its own time and question."""
        at = FIRST + timedelta(hours=5 * number)
        kept = store.add_recording(self.sound, QUESTIONS[number % len(QUESTIONS)], at)
        store.finish(kept.id, self.transcript, self.report)


def _fill(store: Store, answer: _Answer, begin: int, end: int, tell: Callable[[int], None]) -> None:
    for number in range(begin, end):
        answer.record(store, number)
        tell(number + 1)


def _times(store: Store, folder: Path, answer: _Answer, attempts: int) -> Times:
    ids = [kept.id for kept in store.history()]
    chance = random.Random(1)
    return Times(
        attempts,
        page=_median(lambda _: (store.history(), store.measured())),
        report=_median(lambda _: store.report(chance.choice(ids))),
        start=_median(lambda _: _start(folder)),
        add=_median(lambda turn: answer.record(store, attempts + turn)),
    )


def _start(folder: Path) -> None:
    store = open_store(folder=folder)
    store.interrupted()
    store.close()


def _median(do: Callable[[int], object]) -> float:
    seconds = []
    for turn in range(REPEATS):
        begun = time.perf_counter()
        do(turn)
        seconds.append(time.perf_counter() - begun)
    return median(seconds)
