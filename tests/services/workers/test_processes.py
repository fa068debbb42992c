"""`answer-aloud worker` as a process of its own: it analyses with a real model, and ends cleanly when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import samples
from services.job_queue import Running
from services.workers import processes
from speech.audio.recording import SAMPLE_RATE, Recording, from_file
from store.attempt import AttemptState
from tests.support.servers.centre import Centre
from tests.support.stored_attempts import ABOUT_YOU

PATIENCE = 120.0  # s


def make_speech(seconds: float) -> Recording:
    whole = from_file(next(each.path for each in samples.load() if each.name == "calm_and_concise"))
    sound = whole.samples[: round(seconds * SAMPLE_RATE)]
    return replace(whole, samples=sound, digest=sha256(sound.tobytes()).hexdigest())


@contextmanager
def worker(centre: Centre, tmp_path: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = dict(
        os.environ,
        ANSWER_ALOUD_DATABASE=centre.address,
        ANSWER_ALOUD_DATA=str(tmp_path / "data"),
        ANSWER_ALOUD_MODEL="tiny.en",
    )
    command = [sys.executable, "-m", "app_pages.launch", "worker", *options]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, env=environment, stderr=log) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(is_so: Callable[[], object], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


@pytest.mark.postgres
@pytest.mark.model
@pytest.mark.skipif(os.name == "nt", reason="workers run on servers, which end them by a signal")
def test_a_worker_told_to_end_finishes_what_it_has_in_hand_and_begins_nothing_else(
    centre: Centre, tmp_path: Path
) -> None:
    ids = [centre.store.add_recording(make_speech(seconds), ABOUT_YOU).id for seconds in (30.0, 29.0)]
    queue = centre.queue()
    for attempt_id in ids:
        queue.enqueue(attempt_id, 30.0)
    with worker(centre, tmp_path, "--cores", "1") as process:
        wait_until(lambda: isinstance(queue.get_state(ids[0]), Running), process, tmp_path / "log")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, (tmp_path / "log").read_text()
    states = [centre.store.load_attempt(attempt_id).state for attempt_id in ids]
    assert states == [AttemptState.DONE, AttemptState.RECORDED]
    assert centre.store.load_report(ids[0]).model == "tiny.en"
    assert queue.is_pending(ids[1])


def list_children(process: subprocess.Popen[bytes]) -> set[int]:
    found = Path("/proc").glob(f"{process.pid}/task/*/children")
    return {int(each) for path in found for each in path.read_text("ascii").split()}


@pytest.mark.postgres
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_one_of_several_that_dies_is_started_again_and_all_end_together(centre: Centre, tmp_path: Path) -> None:
    def count_workers() -> int:
        return int(centre.query("SELECT count(*) FROM procrastinate_workers")[0][0])

    with worker(centre, tmp_path, "--concurrency", "2") as process:
        wait_until(lambda: count_workers() == 2, process, tmp_path / "log")
        before = list_children(process)
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: count_workers() == 3, process, tmp_path / "log")  # one of them by its last sign of life
        children = list_children(process)
        assert len(before & children) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.postgres
def test_without_tables_it_says_what_to_do(
    postgres: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", postgres)
    assert processes.main([]) == 2
    assert "Run: answer-aloud migrate" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["", "sqlite:///answers.sqlite3"])
def test_without_postgres_it_says_what_is_needed(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", address)
    assert processes.main([]) == 2
    assert "Postgres database" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--concurrency", "0"], ["--cores", "0"], ["--concurrency", "many"]])
def test_numbers_that_make_no_sense_are_refused(options: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        processes.main(options)
    assert end.value.code == 2
