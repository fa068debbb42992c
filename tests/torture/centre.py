"""A server for many in trouble: workers killed at random, Postgres started anew, the storage of recordings away.

Real Postgres with row-level security, real workers with a real recogniser, and moto's server for S3, each a process of
its own. People who signed in record short answers, one of them a batch. In the end every answer has its own report
once, and nobody has an answer of another's.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import psycopg

from analysis.question import AskedQuestion, QuestionKind
from samples import load
from services.submission import submit_recording
from services.workers.postgres_queue import PostgresQueue, Urgency, to_connection_address
from speech.audio.recording import SAMPLE_RATE, Recording, from_file
from speech.errors import AnswerAloudError
from store.accounts import Consent
from store.attempt import AttemptState, Filters
from store.db.owner import Owner
from store.store import Store, open_store
from tests.support.postgres_server import PostgresServer, make_roles, restartable_postgres_server
from tests.support.servers.cut_off import CutOff, way_to
from tests.support.servers.storage_server import ADDRESS, make_environment, storage_server

SAMPLE = "calm_and_concise"
SOUND_SECONDS, STEP_SECONDS = 6.0, 0.02  # of each answer, and how much later the next one begins
BATCH_SHARE = 0.3  # of all answers, which one person hands in at once
ISSUER = "https://people.example"  # who vouches for everybody
RESTART_AT_SECONDS, AWAY_AT_SECONDS, AWAY_SECONDS = 25.0, 45.0, 20.0  # after the first answer
SPEAKING_SECONDS = 0.3  # between two answers of all people together
PATIENCE_SECONDS = 1800.0
CPU_SECONDS_PER_SOUND_SECOND = 0.115  # of one core, as docs/for-a-centre.md reckons


@dataclass
class Tally:
    """What was recorded and what became of it."""

    recorded: dict[str, Owner] = field(default_factory=dict)  # whose each attempt is
    digests: dict[str, str] = field(default_factory=dict)
    at: dict[str, float] = field(default_factory=dict)  # s, when it was queued
    done_at: dict[str, float] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)  # sentences told to somebody who recorded
    kills: int = 0
    adopted: int = 0  # sounds that were saved although their answer was refused, and were found again
    faults: list[str] = field(default_factory=list)


def torture(folder: Path, people: int, answers: int, workers: int, seed: int, kill_seconds: float) -> list[str]:
    """Let people record, disturb everything, and return the faults.

    Args:
        folder: For logs and the data folder; empty at first.
        people: How many record; the first of them hands in a batch, the others one answer after the other.
        answers: Of all together.
        workers: Processes.
        seed: Of whom is killed.
        kill_seconds: Between two kills; workers that start for longer than that never do anything.
    """
    tally = Tally()
    with restartable_postgres_server() as postgres, storage_server() as port, way_to(port) as way:
        keeper, address = make_roles(postgres.address)
        environment = {
            **make_environment(way.port),
            "ANSWER_ALOUD_DATABASE": address,
            "ANSWER_ALOUD_SOUND": ADDRESS,
            "ANSWER_ALOUD_DATA": str(folder / "data"),
        }
        migrate = [sys.executable, "-m", "app_pages.launch", "migrate", "--role", "app"]
        subprocess.run(migrate, env={**os.environ, **environment, "ANSWER_ALOUD_DATABASE": keeper}, check=True)
        with patch.dict(os.environ, environment), _sign_in(people) as stores:
            with _workers(folder, workers, seed, kill_seconds, tally), _disturbance(postgres, way):
                _record_all(stores, address, answers, tally)
                _wait_for_all(stores, tally)
            _check(stores, postgres.address, tally)
    _report(tally, workers)
    return tally.faults


@contextmanager
def _sign_in(count: int) -> Iterator[list[Store]]:
    """Give the stores of so many people, who have signed in and agreed."""
    with closing(open_store(owner=Owner(ISSUER, "person 0"))) as first:
        stores = [first, *(first.for_owner(Owner(ISSUER, f"person {number}")) for number in range(1, count))]
        for store in stores:
            at = datetime.now(UTC)
            store.accounts.note_sign_in(store.owner.subject, "", at)
            store.accounts.give_consent(Consent(1, at))
        assert first.find_gap() is None, first.find_gap()
        yield stores


@contextmanager
def _disturbance(postgres: PostgresServer, way: CutOff) -> Iterator[None]:
    """Start Postgres anew once, and have the storage away for a while, beside what goes on."""
    plan: list[tuple[float, str, Callable[[], None]]] = [
        (RESTART_AT_SECONDS, "Postgres is started anew", postgres.restart),
        (AWAY_AT_SECONDS, "the storage is away", way.cut),
        (AWAY_AT_SECONDS + AWAY_SECONDS, "the storage is back", way.mend),
    ]
    ended = threading.Event()

    def disturb() -> None:
        begun = time.monotonic()
        for at, what, do in plan:
            if ended.wait(max(begun + at - time.monotonic(), 0.0)):
                return
            print(f"{time.monotonic() - begun:.0f} s: {what}", flush=True)
            do()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def _workers(folder: Path, count: int, seed: int, kill_seconds: float, tally: Tally) -> Iterator[None]:
    """Keep so many workers going, and kill one of them at random every few seconds."""
    chance, ended = random.Random(seed), threading.Event()
    logs = [(folder / f"worker{number}.log").open("ab") for number in range(count)]

    def start(number: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app_pages.launch", "worker", "--cores", "1"]
        return subprocess.Popen(command, stdout=logs[number], stderr=logs[number])

    processes = [start(number) for number in range(count)]

    def kill() -> None:
        while not ended.wait(kill_seconds):
            number = chance.randrange(count)
            tally.kills += 1
            processes[number].kill()
            processes[number].wait()
            processes[number] = start(number)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for process in processes:
            process.terminate()
        codes = [process.wait() for process in processes]
        tally.faults += [f"a worker that was told to end did so with code {code}" for code in codes if code]
        for log in logs:
            log.close()


def _record_all(stores: Sequence[Store], address: str, answers: int, tally: Tally) -> None:
    batch, (first, *others) = round(answers * BATCH_SHARE), stores
    for number in range(answers):
        is_batch = number < batch
        store = first if is_batch else others[number % len(others)]
        urgency = Urgency.BATCH if is_batch else Urgency.LIVE
        queue = PostgresQueue(address, store.owner.id, urgency, owner_id=store.owner.id)
        _record(store, queue, number, tally)
        if not is_batch:
            time.sleep(SPEAKING_SECONDS)


def _record(store: Store, queue: PostgresQueue, number: int, tally: Tally) -> None:
    """Record one answer, again and again until it is taken, as somebody at a page would."""
    question = AskedQuestion("q-torture", "Tell me about it.", QuestionKind.BEHAVIOURAL)
    sound = _make_sound(number)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            known = store.load_history(Filters(question=question.id, digest=sound.digest))  # as the pages look
            attempt = (
                known[-1] if known else submit_recording(store, queue, sound, question, keep=number % 2 == 0).attempt
            )
            queue.enqueue(attempt.id, attempt.duration)
        except AnswerAloudError as error:
            tally.refused[str(error)[:60]] += 1
            time.sleep(1.0)
            continue
        tally.recorded[attempt.id], tally.digests[attempt.id] = store.owner, sound.digest
        tally.at[attempt.id] = time.monotonic()
        return
    tally.faults.append(f"answer {number} was never taken")


def _make_sound(number: int) -> Recording:
    sample = next(each for each in load() if each.name == SAMPLE)
    whole = from_file(sample.path)
    start = round(STEP_SECONDS * number * SAMPLE_RATE)
    samples = whole.samples[start : start + round(SOUND_SECONDS * SAMPLE_RATE)]
    return replace(whole, samples=samples, name=f"answer {number}", digest=sha256(samples.tobytes()).hexdigest())


def _wait_for_all(stores: Sequence[Store], tally: Tally) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    told = 0
    while len(tally.done_at) < len(tally.recorded) and time.monotonic() < until:
        for store in stores:
            with suppress(AnswerAloudError):  # something is away; looked at again in a second
                for kept in store.load_history():
                    if kept.state is AttemptState.DONE:
                        tally.done_at.setdefault(kept.id, time.monotonic())
        if len(tally.done_at) >= told + 20:
            told = len(tally.done_at)
            print(f"{told} of {len(tally.recorded)} reports, {tally.kills} kills", flush=True)
        time.sleep(1.0)


def _check(stores: Sequence[Store], address: str, tally: Tally) -> None:
    for store in stores:
        _check_person(store, tally)
    with psycopg.connect(to_connection_address(address)) as connection:
        reports = connection.execute("SELECT count(*), count(DISTINCT attempt_id) FROM results").fetchone()
        jobs = connection.execute("SELECT status, count(*) FROM procrastinate_jobs GROUP BY status").fetchall()
    if reports != (len(tally.recorded), len(tally.recorded)):
        tally.faults.append(f"there are {reports} reports of {len(tally.recorded)} answers")
    if jobs:
        tally.faults.append(f"the queue holds {jobs} after everything is done")


def _check_person(store: Store, tally: Tally) -> None:
    """Note what is wrong with the answers of one person, among them an answer of another's."""
    history = {kept.id: kept for kept in store.load_history()}
    own = {attempt_id for attempt_id, owner in tally.recorded.items() if owner == store.owner}
    tally.faults += [f"answer {lost} is lost" for lost in own - history.keys()]
    tally.faults += [
        f"{store.owner.subject} has answer {odd}, which they were not told of" for odd in history.keys() - own
    ]
    for attempt_id in own & history.keys():
        kept = history[attempt_id]
        if kept.state is not AttemptState.DONE:
            tally.faults.append(f"answer {attempt_id} is {kept.state}: {kept.failure}")
        elif store.load_report(attempt_id).digest != tally.digests[attempt_id]:
            tally.faults.append(f"answer {attempt_id} has the report of another")
        if kept.has_recording and store.load_recording(attempt_id).digest != tally.digests[attempt_id]:
            tally.faults.append(f"the sound of answer {attempt_id} is not whole")
    store.list_interrupted()  # reconciles sounds with answers, as the next start of a page does
    found = [kept for kept in store.load_history() if kept.id not in history]
    tally.adopted += len(found)
    digests = {tally.digests[attempt_id] for attempt_id in own}
    tally.faults += [f"nobody recorded answer {kept.id}" for kept in found if kept.digest not in digests]


def _report(tally: Tally, workers: int) -> None:
    if not tally.done_at:
        return
    begun, ended = min(tally.at.values()), max(tally.done_at.values())
    waits = {attempt_id: tally.done_at[attempt_id] - tally.at[attempt_id] for attempt_id in tally.done_at}
    batch = [wait for attempt_id, wait in waits.items() if tally.recorded[attempt_id].subject == "person 0"]
    live = [wait for attempt_id, wait in waits.items() if tally.recorded[attempt_id].subject != "person 0"]
    seconds = ended - begun
    sound = SOUND_SECONDS * len(tally.done_at)
    print(f"{len(tally.done_at)} of {len(tally.recorded)} answers have their report after {seconds:.0f} s.")
    print(f"{tally.kills} workers killed; refused while something was away: {dict(tally.refused)}")
    for name, found in (("live", live), ("batch", batch)):
        if found:
            middle, longest = statistics.median(found), max(found)
            print(f"{name}: {len(found)} answers; to the report {middle:.0f} s in the middle, {longest:.0f} s at most")
    reckoned = sound * CPU_SECONDS_PER_SOUND_SECOND / workers
    print(f"{sound / seconds:.1f} s of sound a second by {workers} workers; {reckoned:.0f} s for all were reckoned")
    print(f"{tally.adopted} sounds of tries that were refused were found again as answers of their own")
    if live and batch and statistics.median(live) > statistics.median(batch):
        tally.faults.append("people at a page waited longer than the batch")
