"""The command `answer-aloud batch`: a folder of recordings as a table, measured by several processes or by a server's.

Stopped at any moment, even by a power cut, the same command goes on where it was: what is done stands beside the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from analysis.cli.command_line import UsageError, find_question, make_write_error
from analysis.csv_table import COLUMNS, CSV_ENCODING, make_row, write_csv
from analysis.report import Report
from analysis.serialization import to_json
from analysis.wording import format_count
from services.batch.ledger import Key, Ledger
from services.batch.runner import Measured, Work, find_sound_files, measure_all
from services.workers import require_server
from speech import whisper
from speech.asr.language import ENGLISH
from speech.asr.machine import count_cores
from speech.errors import AnswerAloudError

LEDGER_SUFFIX = ".done.jsonl"  # beside the table
FORMATS = (".csv", ".jsonl", ".parquet")
STOPPED = "Stopping when the recordings being analysed are done. Run the same command to go on."
STOPPED_QUEUED = "Stopped waiting; the workers go on with what is queued. Run the same command to go on."
Found = TypeVar("Found")
Prepared = tuple[list[Key], int, Generator[Measured, None, None]]  # all keys, how many are left, and what measures them
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
    parser.add_argument(
        "folder", help="the folder; recordings in folders inside it count too. With --queue also s3://bucket/folder"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="TABLE", help="table.csv, .jsonl or .parquet")
    parser.add_argument(
        "--jobs", type=int, default=count_cores(), metavar="N", help="processes at once (default: cores)"
    )
    parser.add_argument(
        "--queue", action="store_true", help="have it done by the workers of a server, behind those who use its pages"
    )
    parser.add_argument("--question", metavar="ID", help="the question that all of them answer")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER")
    parser.add_argument("--language", choices=[ENGLISH], help="assume every answer is in English, without checking")
    options = parser.parse_args(argv)
    if options.jobs < 1:
        parser.error("--jobs has to be 1 or more")
    if options.queue and (options.model or options.language):
        parser.error("with --queue the workers' own settings say which model and language they use")
    if "://" in options.folder and not options.queue:
        parser.error("recordings in a storage are analysed by workers: add --queue")
    if options.out.suffix.lower() not in FORMATS:
        parser.error(f"the name of the table has to end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return options


def _run(options: argparse.Namespace) -> int:
    if options.question is not None:
        find_question(options.question)
    failures = []
    with Ledger(options.out.with_name(options.out.name + LEDGER_SUFFIX)) as ledger:
        keys, left, measure = _prepare_queued(options, ledger) if options.queue else _prepare(options, ledger)
        _tell(f"{format_count(len(keys), 'recording')}, {len(keys) - left} of them analysed before.")
        with closing(measure) as outcomes:
            try:
                for number, outcome in enumerate(_show_progress(outcomes, left), start=1):
                    if outcome.failure is not None:
                        failures.append(outcome.failure)
                    _tell_step(number, left)
            except KeyboardInterrupt:
                _tell(STOPPED_QUEUED if options.queue else STOPPED)
                outcomes.close()
                return 130  # what shells expect of a command stopped by Ctrl+C
        _write(options.out, ledger.reports(iter(keys)))
    for failure in failures:
        _tell(failure)
    _tell(f"{options.out}: {format_count(len(keys) - len(failures), 'recording')}.")
    return 2 if failures else 0


def _prepare(options: argparse.Namespace, ledger: Ledger) -> Prepared:
    folder = Path(options.folder)
    work = Work(folder, options.question, options.model or whisper.DEFAULT_MODEL, options.language)
    files = _find(partial(find_sound_files, folder), options.folder)
    left = [file for file in files if work.key(file) not in ledger]
    return [work.key(file) for file in files], len(left), measure_all(work, left, ledger, options.jobs)


def _prepare_queued(options: argparse.Namespace, ledger: Ledger) -> Prepared:
    require_server()
    from services.batch.queued import Lanes, find_sources, measure_queued

    sources = _find(partial(find_sources, options.folder, options.question), options.folder)
    left = [source for source in sources if source.key not in ledger]
    lanes = Lanes.open(options.out.name, options.jobs)
    return [source.key for source in sources], len(left), measure_queued(lanes, left, ledger, options.question)


def _find(search: Callable[[], list[Found]], folder: str) -> list[Found]:
    try:
        found = search()
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
