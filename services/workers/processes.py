"""The command `answer-aloud worker`: processes that analyse what is queued, without a page; any number, anywhere.

Each process has a model of its own and analyses one answer at a time. One that dies is started again, and what it had
in hand is taken over. Told to end (SIGTERM, Ctrl+C), each finishes the answer it has in hand first.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial
from types import FrameType

from services.analysis_job import analyze_attempt
from services.job_queue import ReportProgress
from services.user_store import Location
from services.workers.logs import set_up_logs
from services.workers.schema import require_tables
from services.workers.worker import Worker
from speech import whisper
from speech.asr.machine import count_cores
from speech.errors import AnswerAloudError
from speech.transcript import Transcriber
from store.accounts import Waiting
from store.db.owner import LOCAL_ID
from store.errors import AttemptGoneError, PersonGoneError
from store.locations import get_data_folder, get_named_database
from store.settings import read_settings, read_settings_of
from store.store import Store

LOG = logging.getLogger(__name__)
RESTART_SECONDS = 2.0  # before a process that died is started again
ONE_PROCESS = "--cores"  # marks a process that the command itself started: how many cores it may use
NO_DATABASE = (
    "Workers take answers from a Postgres database. Name it in ANSWER_ALOUD_DATABASE, like "
    "postgresql+psycopg://user:password@host/name."
)


def main(argv: Sequence[str] | None = None, program: str = "answer-aloud worker") -> int:
    """Work until told to end; return the exit code, 2 where nothing could be begun.

    Args:
        argv: The arguments after the command; None: those of the process.
        program: The command as typed, for the help text.
    """
    options = _parse(argv, program)
    set_up_logs()
    try:
        address = get_named_database()
        if address is None:
            raise AnswerAloudError(NO_DATABASE)
        require_tables(address)
        if options.cores is None and options.concurrency > 1:
            _keep_running(options.concurrency)
        else:
            _work(address, options.cores or count_cores())
    except AnswerAloudError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parse(argv: Sequence[str] | None, program: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(program, description="Analyse the answers that are queued, until told to end.")
    parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="answers at once, each by a process")
    parser.add_argument(ONE_PROCESS, type=int, metavar="N", help="cores that one answer may use (default: its share)")
    options = parser.parse_args(argv)
    if options.concurrency < 1 or (options.cores is not None and options.cores < 1):
        parser.error("numbers have to be 1 or more")
    return options


def _work(address: str, cores: int) -> None:
    """Analyse one answer at a time in this process until it is told to end."""
    store = Location(address, get_data_folder()).open()
    load = lru_cache(maxsize=1)(partial(_load_transcriber, cores))

    def analyze(owner_id: str, attempt_id: str, report_progress: ReportProgress) -> None:
        with suppress(AttemptGoneError, PersonGoneError):  # deleted since it was queued
            own = store if owner_id == LOCAL_ID else store.for_person(owner_id)
            settings = read_settings() if owner_id == LOCAL_ID else read_settings_of(own.accounts)
            analyze_attempt(own, attempt_id, settings, load, report_progress)

    Worker(address, analyze, partial(list_recorded, store), find_person).run()
    store.close()


def list_recorded(store: Store) -> tuple[Waiting, ...]:
    """Return the attempts of everybody that are recorded and not analysed."""
    return store.accounts.list_waiting()


def find_person(attempt: Waiting) -> str:
    """Return whose attempt it is; where nobody signs in, as far as it is known: who practised in one sitting."""
    return attempt.session_id if attempt.owner == LOCAL_ID else attempt.owner


def _load_transcriber(cores: int, name: str, language: str | None) -> Transcriber:
    return whisper.load(name, language=language, cores=cores)


def _keep_running(count: int) -> None:
    """Keep so many processes working until this one is told to end, and then wait for each to finish its answer."""
    ending = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    cores = max(count_cores() // count, 1)
    threads = [threading.Thread(target=_keep_one, args=(cores, ending)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _keep_one(cores: int, ending: threading.Event) -> None:
    command = [sys.executable, "-m", "app_pages.launch", "worker", ONE_PROCESS, str(cores)]
    while not ending.is_set():
        process = subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": str(cores)})  # noqa: S603 - our own
        while process.poll() is None and not ending.wait(RESTART_SECONDS / 4):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait()
        elif not ending.is_set():
            LOG.warning("a worker process ended with code %d and is started again", process.returncode)
            ending.wait(RESTART_SECONDS)
