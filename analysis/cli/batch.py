"""The command `answer-aloud batch`: a folder of recordings as a table, measured by several processes.

Stopped at any moment, even by a power cut, the same command goes on where it was: what is done stands beside the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from analysis.cli.command_line import UsageError, find_question, make_write_error
from analysis.csv_table import COLUMNS, CSV_ENCODING, make_row, write_csv
from analysis.report import Report
from analysis.serialization import to_json
from analysis.wording import format_count
from services.batch.ledger import Ledger
from services.batch.runner import Measured, Work, find_sound_files, measure_all
from speech import whisper
from speech.asr.language import ENGLISH
from speech.asr.machine import count_cores
from speech.errors import AnswerAloudError

LEDGER_SUFFIX = ".done.jsonl"  # beside the table
FORMATS = (".csv", ".jsonl", ".parquet")
STEPS_TOLD = 10  # how often a terminal that draws no bar is told how far it is


def main(argv: Sequence[str] | None = None, program: str = "answer-aloud batch") -> int:
    """Run the command and return its exit code: 2 where a recording could not be measured, 130 where it was stopped.

    Args:
        argv: The arguments after the command; None: those of the process.
        program: The command as typed, for the help text.
    """
    options = _parse(argv, program)
    try:
        return _run(options)
    except AnswerAloudError as error:
        print(error, file=sys.stderr)
        return 2


def _parse(argv: Sequence[str] | None, program: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        program, description="Analyse a folder of recordings, as many at once as you like."
    )
    parser.add_argument("folder", type=Path, help="the folder; recordings in folders inside it count too")
    parser.add_argument("--out", type=Path, required=True, metavar="TABLE", help="table.csv, .jsonl or .parquet")
    parser.add_argument(
        "--jobs", type=int, default=count_cores(), metavar="N", help="processes at once (default: cores)"
    )
    parser.add_argument("--question", metavar="ID", help="the question that all of them answer")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", default=whisper.DEFAULT_MODEL)
    parser.add_argument("--language", choices=[ENGLISH], help="assume every answer is in English, without checking")
    options = parser.parse_args(argv)
    if options.jobs < 1:
        parser.error("--jobs has to be 1 or more")
    if options.out.suffix.lower() not in FORMATS:
        parser.error(f"the name of the table has to end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return options


def _run(options: argparse.Namespace) -> int:
    if options.question is not None:
        find_question(options.question)
    work = Work(options.folder, options.question, options.model, options.language)
    files = _find_files(options.folder)
    failures = []
    with Ledger(options.out.with_name(options.out.name + LEDGER_SUFFIX)) as ledger:
        left = [file for file in files if work.key(file) not in ledger]
        _tell(f"{format_count(len(files), 'recording')}, {len(files) - len(left)} of them analysed before.")
        with closing(measure_all(work, left, ledger, options.jobs)) as outcomes:
            try:
                for number, outcome in enumerate(_show_progress(outcomes, len(left)), start=1):
                    if outcome.failure is not None:
                        failures.append(outcome.failure)
                    _tell_step(number, len(left))
            except KeyboardInterrupt:
                _tell("Stopping when the recordings being analysed are done. Run the same command to go on.")
                outcomes.close()
                return 130  # what shells expect of a command stopped by Ctrl+C
        keys = [work.key(file) for file in files]
        _write(options.out, ledger.reports(iter(keys)))
    for failure in failures:
        _tell(failure)
    _tell(f"{options.out}: {format_count(len(files) - len(failures), 'recording')}.")
    return 2 if failures else 0


def _find_files(folder: Path) -> list[Path]:
    try:
        found = find_sound_files(folder)
    except OSError as error:
        raise UsageError(
            f"We can't read the folder {folder} ({error.strerror}). Name one you're allowed to open."
        ) from None
    if not found:
        raise UsageError(f"There are no recordings in the folder {folder}. Name a folder with sound files in it.")
    return found


def _show_progress(outcomes: Iterable[Measured], count: int) -> Iterable[Measured]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        yield from bars.track(outcomes, total=count, description="Analysing")


def _tell_step(number: int, count: int) -> None:
    step = max(count // STEPS_TOLD, 1)
    if not sys.stderr.isatty() and number % step == 0:
        _tell(f"{number} of {count}")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _write(path: Path, reports: Iterable[Report]) -> None:
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            _write_parquet(path, reports)
        elif kind == ".csv":
            with path.open("w", encoding=CSV_ENCODING, newline="") as out:
                write_csv(reports, out)
        else:
            with path.open("w", encoding="utf-8", newline="") as out:
                out.writelines(json.dumps(to_json(report), allow_nan=False) + "\n" for report in reports)
    except OSError as error:
        raise make_write_error(path, error) from None


def _write_parquet(path: Path, reports: Iterable[Report]) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = [make_row(report) for report in reports]
    table = pyarrow.table({name: [row.get(name) for row in rows] for name in COLUMNS})
    parquet.write_table(table, path)
