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
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.transcript import Transcript
from store.store import Store, open_store
from tests.support.answers import sound_of, spoken

FEW = 10  # attempts in the store that the others are compared with
REPEATS = 20
PAGE_LIMIT, REPORT_LIMIT = 0.5, 0.2  # s, what has been promised
SPEECH = "I led {um} the move of a large service to new machines. (0.8) It took (0.5) half a year, and it worked. "
FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
QUESTIONS = tuple(AskedQuestion(f"question-{n}", f"Question {n}?", kind) for n, kind in enumerate(QuestionKind))


@dataclass(frozen=True)
class Times:
    """Seconds a step takes with few and with many attempts in the store, medians of turns in alternation."""

    step: str
    few: float
    many: float
    promised: str


def measure(folder: Path, attempts: int, tell: Callable[[int], None]) -> tuple[Times, ...]:
    """Fill two empty stores, one with `FEW` attempts, and do each step with both."""
    answer = _Answer()
    few, many = _Filled(folder / "few", answer, FEW, tell), _Filled(folder / "many", answer, attempts, tell)
    return (
        _times("read all that the progress page shows", _Filled.read_page, few, many, f"< {PAGE_LIMIT:g} s"),
        _times("open a report", _Filled.open_report, few, many, f"< {REPORT_LIMIT:g} s"),
        _times("start, with a look for interrupted answers", _Filled.start, few, many, ""),
        _times("add an answer (recording and report)", _Filled.add, few, many, "as fast as with few"),
    )


def table(times: tuple[Times, ...], attempts: int) -> str:
    """All steps, with what was promised."""
    lines = [
        f"| median of {REPEATS}, s | {FEW} answers | {attempts:,} answers | promised |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join(
        [*lines, *(f"| {each.step} | {each.few:.4f} | {each.many:.4f} | {each.promised} |" for each in times)]
    )


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


class _Filled:
    """A store with so many attempts in it."""

    def __init__(self, folder: Path, answer: _Answer, attempts: int, tell: Callable[[int], None]) -> None:
        self.folder, self.answer, self.count = folder, answer, 0
        self.store = open_store(folder=folder)
        while self.count < attempts:
            self.add()
            tell(self.count)
        self.ids = [kept.id for kept in self.store.history()]
        self.chance = random.Random(1)

    def add(self) -> None:
        self.answer.record(self.store, self.count)
        self.count += 1

    def read_page(self) -> None:
        self.store.history()
        self.store.measured()

    def open_report(self) -> None:
        self.store.report(self.chance.choice(self.ids))

    def start(self) -> None:
        again = open_store(folder=self.folder)
        again.interrupted()
        again.close()


def _times(step: str, do: Callable[[_Filled], None], few: _Filled, many: _Filled, promised: str) -> Times:
    pairs = [(_seconds(do, few), _seconds(do, many)) for _ in range(REPEATS)]
    return Times(step, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), promised)


def _seconds(do: Callable[[_Filled], None], filled: _Filled) -> float:
    begun = time.perf_counter()
    do(filled)
    return time.perf_counter() - begun
