"""One worker: takes attempts from the queue in Postgres, one at a time, and analyses them until it is told to end.

It outlives a restart of the database. What a worker that died had in hand is taken over by the others, and attempts
that the queue does not know are queued again.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException, JobAborted, UniqueViolation
from procrastinate.jobs import Job, Status

from services.job_queue import ReportProgress, Running, StoppedError
from services.workers.postgres_queue import QUEUE, TASK, restore_lost, to_connection_address
from speech.errors import AnswerAloudError
from store.accounts import Waiting
from store.db.owner import LOCAL_ID

Analyze = Callable[[str, str, ReportProgress], None]  # of the ids of an owner and of an attempt
LOG = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0  # without a heartbeat, after which a worker's job is somebody else's
UPKEEP_SECONDS = 10.0  # between two looks for jobs of workers that died
RESTORE_SECONDS = 60.0  # between two looks for attempts without a job, and how old such an attempt is
RECONNECT_SECONDS = 2.0  # after the database was lost
MAX_TRIES = 20  # of one job, whatever ended them: with the waits between them, more than half an hour
MAX_RETRY_SECONDS = 120  # between two tries
# One of several workers that take over the same job gets it; whose it was is compared, as it may run elsewhere by now.
TAKE_OVER = """
    SELECT procrastinate_retry_job_v2(found.id, now(), NULL, NULL, NULL)
    FROM (
        SELECT id FROM procrastinate_jobs
        WHERE id = %(id)s AND status = 'doing' AND coalesce(worker_id, 0) = %(worker)s FOR UPDATE
    ) AS found
"""


class _Backoff(BaseRetryStrategy):
    """Tries again after 2, 4, 8 … s; each time the job goes further back, so that it does not hold up its person."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when a job that failed is tried again; None for never."""
        if job.attempts >= MAX_TRIES:
            return None
        wait = min(2 ** (job.attempts + 1), MAX_RETRY_SECONDS)
        return RetryDecision(retry_in={"seconds": wait}, priority=job.priority - 1)


@dataclass(eq=False)
class Worker:
    """One worker of the queue in a database.

    Attributes:
        address: SQLAlchemy address of the Postgres database.
        analyze: What is done for the attempt of an owner; it raises StoppedError where its progress tells it to stop.
        list_recorded: Returns the attempts of everybody that are recorded and not analysed.
        find_person: Returns whose attempt it is.
    """

    address: str
    analyze: Analyze
    list_recorded: Callable[[], Sequence[Waiting]]
    find_person: Callable[[Waiting], str]
    _in_hand: set[int] = field(default_factory=set)  # ids of jobs
    _own_ids: set[int] = field(default_factory=set)  # of this worker; it gets another one each time it registers
    _suspects: set[int] = field(default_factory=set)  # jobs that are ours by the database, and that nobody does

    def run(self) -> None:
        """Work until the process is told to end; what is in hand then is finished first."""
        asyncio.run(self._run())

    def work_off(self) -> None:
        """Do what is in the queue now, and end when nothing is left; raises ConnectorException."""
        asyncio.run(self._work_off())

    async def _work_off(self) -> None:
        app = self._make_app()
        async with app.open_async():
            await self._restore()
            await self.take_over(app)
            await self._start(app, wait=False)

    async def _run(self) -> None:
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        while not stopping.is_set():
            try:
                app = self._make_app()
                async with app.open_async():
                    await self._serve(app, stopping)
            except Exception:  # a worker begins anew, whatever ended it; the database may have been started anew
                LOG.warning("the queue was lost; the worker begins again", exc_info=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), RECONNECT_SECONDS)

    async def _serve(self, app: App, stopping: asyncio.Event) -> None:
        """Work until told to end, or until the work or its upkeep fails."""
        tasks = [
            asyncio.create_task(each) for each in (self._start(app, wait=True), self._keep_up(app), stopping.wait())
        ]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()  # the work ends when what is in hand is done
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    async def _start(self, app: App, *, wait: bool) -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=1,
            wait=wait,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            delete_jobs="successful",  # the attempt itself says that it is done
        )

    def _make_app(self) -> App:
        app = App(connector=PsycopgConnector(conninfo=to_connection_address(self.address), min_size=1, max_size=4))
        app.task(name=TASK, queue=QUEUE, retry=_Backoff(), pass_context=True)(self._do)
        return app

    def _do(self, context: JobContext, attempt_id: str, owner_id: str = LOCAL_ID) -> None:
        """Do one job, in a thread of its own."""
        job = context.job
        self._in_hand.add(job.id or 0)
        self._own_ids.add(job.worker_id or 0)

        def report_progress(_running: Running) -> None:
            if context.should_abort():
                raise StoppedError

        try:
            self.analyze(owner_id, attempt_id, report_progress)
        except StoppedError:
            raise JobAborted from None
        finally:
            self._in_hand.discard(job.id or 0)

    async def _keep_up(self, app: App) -> None:
        turns = round(RESTORE_SECONDS / UPKEEP_SECONDS)
        while True:
            for turn in range(turns):
                try:
                    if turn == 0:
                        await self._restore()
                    await self.take_over(app)
                except (ConnectorException, psycopg.Error, AnswerAloudError):
                    LOG.warning("the queue could not be looked after; this is tried again", exc_info=True)
                await asyncio.sleep(UPKEEP_SECONDS)

    async def _restore(self) -> None:
        await asyncio.to_thread(self._restore_lost)

    def _restore_lost(self) -> None:
        before = datetime.now(UTC) - timedelta(seconds=RESTORE_SECONDS)  # newer ones are being queued just now
        old = [each for each in self.list_recorded() if each.recorded_at < before]
        restored = restore_lost(self.address, old, self.find_person)
        if restored:
            LOG.info("%d attempts were queued that no job was known for", len(restored))

    async def take_over(self, app: App) -> None:
        """Queue again what workers that died had in hand, and what this one was told of and does not do."""
        stalled = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED_SECONDS)
        doing = await app.job_manager.list_jobs_async(queue=QUEUE, status=Status.DOING.value)
        idle = {job.id: job for job in doing if job.worker_id in self._own_ids and job.id not in self._in_hand}
        again = [job for number, job in idle.items() if number in self._suspects]
        self._suspects = {number for number in idle if number is not None}
        for job in (*stalled, *again):
            await self._take_over(app, job)

    async def _take_over(self, app: App, job: Job) -> None:
        if job.attempts >= MAX_TRIES:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            return
        try:
            await app.connector.execute_query_async(TAKE_OVER, id=job.id, worker=job.worker_id or 0)
            LOG.info("job %d is queued again: its worker is gone", job.id)
        except UniqueViolation:  # the same attempt is queued a second time
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
