"""Bad input on the command line: a sentence or a correct report, no traceback, no leftovers, no memory flood.

Each case runs in a process of its own, in an empty folder that must be empty again afterwards.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from jsonschema import Draft202012Validator

import analysis
from analysis.cli.command_line import main
from speech.audio.recording import from_bytes
from speech.errors import RecordingError
from tests.torture.bad_files import Case, cases
from tests.torture.processes import CONTEXT

SCHEMA = json.loads((Path(analysis.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
SENTENCES = re.compile(r"[^\n]+\.(\n[^\n]+\.)*")
MAX_SECONDS_PER_FILE = 120.0  # s for one file
MAX_REFUSED_MIB, MAX_REPORT_MIB = 300.0, 900.0  # MiB above a process that has done nothing yet
MAX_REFUSED_SECONDS = 1.0  # of work for a refusal, also of four hours of sound, unless the recogniser has to listen


@dataclass(frozen=True)
class Outcome:
    """The outcome of one case."""

    case: Case
    code: int | None  # exit code; None: it did not end in time, or died
    out: str
    err: str
    left: tuple[str, ...]  # files that were not there before
    seconds: float
    worked: float  # s that a processor worked on it: other work on the machine is not in it
    memory: float  # MiB, at most, above the start

    @property
    def report(self) -> dict[str, object] | None:
        """The report, if there is one."""
        found: dict[str, object] | None = json.loads(self.out) if self.code == 0 else None
        return found

    def faults(self) -> list[str]:
        """Return everything that is wrong with the outcome, one line each."""
        wrong = [what for is_wrong, what in self._checks() if is_wrong]
        return [f"{self.case.kind}: {what}" for what in wrong]

    def _checks(self) -> Sequence[tuple[bool, str]]:
        if self.code is None:
            return (
                (True, f"no end within {MAX_SECONDS_PER_FILE:.0f} s, or the process died: {self.err.strip()[-300:]}"),
            )
        refused = self.code == 2
        most = MAX_REFUSED_MIB if refused and not self.case.is_heard else MAX_REPORT_MIB
        return (
            ("Traceback" in self.err, f"a traceback: {self.err.strip()[-300:]}"),
            (bool(self.left), f"left behind: {', '.join(self.left)}"),
            (self.memory > most, f"took {self.memory:.0f} MiB"),
            *(self._check_refusal() if refused else self._check_report()),
        )

    def _check_refusal(self) -> Sequence[tuple[bool, str]]:
        said, case = self.err.strip(), self.case
        return (
            (SENTENCES.fullmatch(said) is None, f"not in sentences: {said!r}"),
            (case.sentence is None, f"refused: {said}"),
            (case.sentence is not None and not re.search(case.sentence, said), f"another sentence: {said}"),
            (
                self.worked > MAX_REFUSED_SECONDS and not case.is_heard,
                f"refused only after {self.worked:.1f} s of work",
            ),
        )

    def _check_report(self) -> Sequence[tuple[bool, str]]:
        report, case = self.report or {}, self.case
        errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)]
        return (
            (case.sentence is not None and not case.either, "measured, though it cannot be"),
            (bool(errors), f"not by the schema: {errors[:1]}"),
            (
                case.holds is not None and not errors and not case.holds(report),
                f"not what is there: {_join_words(report)!r}",
            ),
        )

    def describe(self) -> str:
        """Summarise the outcome in one line."""
        if self.report is None:
            return self.err.strip() or "nothing"
        notes = [str(note["key"]) for note in self.report["quality"]]  # type: ignore[attr-defined]
        return f"report: {_join_words(self.report) or 'nothing said'}" + (f" ({', '.join(notes)})" if notes else "")


def run(chosen: Sequence[Case], model: str, told: Callable[[Outcome], None] = lambda _: None) -> list[Outcome]:
    """Run the cases one after the other and return their outcomes."""
    found = []
    for case in chosen:
        found.append(_run_case(case, model))
        told(found[-1])
    return found


def torture(model: str, only: Sequence[str] = ()) -> list[str]:
    """Run all cases and print a table.

    Args:
        model: Name of the recogniser's model.
        only: Run only cases whose kind contains one of these; empty: all.

    Returns:
        Faults, one line each.
    """
    chosen = [case for case in cases() if not only or any(part in case.kind for part in only)]
    print(f"{'kind':44} {'s':>5} {'work':>5} {'MiB':>5}  what came of it")
    found = run(chosen, model, lambda each: print(_format_line(each), flush=True))
    print(f"\n{len(found)} kinds of input; {sum(each.code == 0 for each in found)} measured, the others refused.")
    return [fault for each in found for fault in each.faults()]


def _format_line(outcome: Outcome) -> str:
    figures = f"{outcome.seconds:5.1f} {outcome.worked:5.1f} {outcome.memory:5.0f}"
    return f"{outcome.case.kind:44} {figures}  {outcome.describe()[:150]}"


def _join_words(report: dict[str, object]) -> str:
    words = report.get("words") or []
    return " ".join(str(word["text"]) for word in words)  # type: ignore[attr-defined]


def _run_case(case: Case, model: str) -> Outcome:
    with tempfile.TemporaryDirectory() as inputs, tempfile.TemporaryDirectory() as work:
        path = Path(inputs) / case.name
        case.make(path)
        mine, theirs = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=_work, args=(theirs, case.uploaded_as, path, Path(work), model))
        begun = time.perf_counter()
        process.start()
        theirs.close()
        is_told = mine.poll(MAX_SECONDS_PER_FILE) and _has_result(mine)
        code, out, err, worked, memory = mine.recv() if is_told else (None, "", "", 0.0, 0.0)
        process.kill()
        process.join()
        left = sorted(str(each.relative_to(work)) for each in Path(work).rglob("*"))
        left += sorted(each.name for each in Path(inputs).iterdir() if each != path)
        return Outcome(case, code, out, err, tuple(left), time.perf_counter() - begun, worked, memory)


def _has_result(pipe: Connection) -> bool:
    try:
        return pipe.poll(0)
    except (BrokenPipeError, EOFError):
        return False


def _work(pipe: Connection, uploaded_as: str | None, path: Path, work: Path, model: str) -> None:
    os.chdir(work)
    tempfile.tempdir = os.environ["TMPDIR"] = str(work)
    out, err = io.StringIO(), io.StringIO()
    before, begun = _memory(), time.process_time()
    code: int | None = None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = _upload(path, uploaded_as) if uploaded_as is not None else _measure(path, model)
        except BaseException:
            traceback.print_exc()
            code = 1
    pipe.send((code, out.getvalue(), err.getvalue(), time.process_time() - begun, _memory() - before))


def _measure(path: Path, model: str) -> int:
    return main([str(path), "--json", "--model", model])


def _upload(path: Path, name: str) -> int:
    """Decode a file as an upload on the page; all of these are refused."""
    try:
        from_bytes(path.read_bytes(), name)
    except RecordingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
