"""Speed of the store with thousands of answers in it.

Every attempt is added as in the app. Report and transcript are those of an answer of about 90 s;
the sound is only a second long, so that 10,000 of them fit on the disk.
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
from tests.support.answers import make_answer, synthesise

FEW_ATTEMPTS = 10  # attempts in the store that the others are compared with
REPEATS = 20
PAGE_LIMIT_SECONDS, REPORT_LIMIT_SECONDS = 0.5, 0.2  # s, what has been promised
SPEECH = "I led {um} the move of a large service to new machines. (0.8) It took (0.5) half a year, and it worked. "
FIRST = datetime(2020, 1, 1, 9, tzinfo=UTC)
QUESTIONS = tuple(AskedQuestion(f"question-{n}", f"Question {n}?", kind) for n, kind in enumerate(QuestionKind))


@dataclass(frozen=True)
class Times:
    """Median time of a step in s, with few and with many attempts in the store."""

    step: str
    few: float
    many: float
    promised: str


def measure(folder: Path, attempts: int, tell: Callable[[int], None]) -> tuple[Times, ...]:
    """Fill two empty stores, one with `FEW_ATTEMPTS` attempts, and time each step on both."""
    answer = _Answer()
    few, many = (
        _FilledStore(folder / "few", answer, FEW_ATTEMPTS, tell),
        _FilledStore(folder / "many", answer, attempts, tell),
    )
    return (
        _compare_times(
            "read all that the progress page shows", _FilledStore.read_page, few, many, f"< {PAGE_LIMIT_SECONDS:g} s"
        ),
        _compare_times("open a report", _FilledStore.open_report, few, many, f"< {REPORT_LIMIT_SECONDS:g} s"),
        _compare_times("start, with a look for interrupted answers", _FilledStore.start, few, many, ""),
        _compare_times("add an answer (recording and report)", _FilledStore.add, few, many, "as fast as with few"),
    )


def table(times: tuple[Times, ...], attempts: int) -> str:
    """Return the times of all steps and their limits as a Markdown table."""
    lines = [
        f"| median of {REPEATS}, s | {FEW_ATTEMPTS} answers | {attempts:,} answers | promised |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join(
        [*lines, *(f"| {each.step} | {each.few:.4f} | {each.many:.4f} | {each.promised} |" for each in times)]
    )


class _Answer:
    """One answer, analysed once and added many times."""

    def __init__(self) -> None:
        self.transcript: Transcript = make_answer(SPEECH * 12)
        whole = synthesise(self.transcript)
        self.report: Report = analyze(whole, self.transcript, QUESTIONS[0])
        self.sound = Recording(whole.samples[:SAMPLE_RATE], "answer", whole.digest)

    def record(self, store: Store, number: int) -> None:
        """Add the answer as an attempt with its own time and question."""
        at = FIRST + timedelta(hours=5 * number)
        kept = store.add_recording(self.sound, QUESTIONS[number % len(QUESTIONS)], at)
        store.finish(kept.id, self.transcript, self.report)


class _FilledStore:
    """A store filled with a number of attempts."""

    def __init__(self, folder: Path, answer: _Answer, attempts: int, tell: Callable[[int], None]) -> None:
        self.folder, self.answer, self.count = folder, answer, 0
        self.store = open_store(folder=folder)
        while self.count < attempts:
            self.add()
            tell(self.count)
        self.ids = [kept.id for kept in self.store.load_history()]
        self.chance = random.Random(1)

    def add(self) -> None:
        self.answer.record(self.store, self.count)
        self.count += 1

    def read_page(self) -> None:
        self.store.load_history()
        self.store.load_measured()

    def open_report(self) -> None:
        self.store.load_report(self.chance.choice(self.ids))

    def start(self) -> None:
        again = open_store(folder=self.folder)
        again.list_interrupted()
        again.close()


def _compare_times(
    step: str, do: Callable[[_FilledStore], None], few: _FilledStore, many: _FilledStore, promised: str
) -> Times:
    pairs = [(_time_step(do, few), _time_step(do, many)) for _ in range(REPEATS)]
    return Times(step, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), promised)


def _time_step(do: Callable[[_FilledStore], None], filled: _FilledStore) -> float:
    begun = time.perf_counter()
    do(filled)
    return time.perf_counter() - begun
