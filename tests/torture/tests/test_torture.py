"""Short runs of `python -m tests.torture`, and checks that it finds the faults it looks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from store.encryption.vault import PASSPHRASE_VARIABLE
from store.files import Recordings
from store.store import Store
from tests.torture import kills, live_kills, writers
from tests.torture.__main__ import main
from tests.torture.encrypted import PASSPHRASE
from tests.torture.load import MAX_GROWTH_MIB, slope

pytestmark = pytest.mark.slow


def test_no_answer_is_lost_when_processes_are_killed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kills", "--times", "8"]) == 0
    assert "Nothing lost, nothing broken." in capsys.readouterr().out


@pytest.mark.browser
@pytest.mark.skipif(os.name == "nt", reason="processes are killed by their group")
def test_nothing_that_was_said_is_lost_when_browser_or_server_is_killed_while_one_speaks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["kills", "--times", "0", "--live", "2"]) == 0
    assert "browser 1, server 1." in capsys.readouterr().out


def moved(sound: NDArray[np.float32], how: str) -> NDArray[np.float32]:
    """A sound at whose third second something goes wrong."""
    at, block = 3 * 16_000, 1_600
    parts = {"doubled": sound[at - block : at], "missing": sound[:0], "whole": sound[:0]}
    return np.concatenate([sound[:at], parts[how], sound[at + (block if how == "missing" else 0) :]])


@pytest.mark.parametrize(("how", "is_fault"), [("whole", False), ("doubled", True), ("missing", True)])
def test_sound_that_is_doubled_or_missing_in_the_middle_is_found_out(how: str, is_fault: bool) -> None:
    noise = live_kills.make_noise(seed=1)
    said = resample_poly(noise, 16_000, live_kills.VOICE_RATE)[16_000 : 7 * 16_000]
    lags = live_kills.lags_of(moved(2**15 * said.astype(np.float32), how), 16_000, noise)
    assert len(lags) > 13
    assert bool(np.ptp(lags) > live_kills.MAX_LAG_CHANGE) is is_fault


def test_two_concurrent_writers_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["writers", "--times", "15"]) == 0
    assert "2 writers of 15 attempts each: 30 there" in capsys.readouterr().out


@pytest.mark.parametrize(
    "part", [("kills", "--times", "5"), ("writers", "--times", "15"), ("rot", "--times", "12", "--answers", "3")]
)
def test_an_encrypted_store_stands_the_same(
    part: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    assert main([*part, "--encrypted"]) == 0, capsys.readouterr().out


@pytest.mark.postgres
def test_two_concurrent_writers_lose_nothing_in_postgres(postgres: str, tmp_path: Path) -> None:
    outcome = writers.torture(tmp_path, postgres, writers=2, times=15)
    assert (outcome.attempts, outcome.faults) == (30, ())


def lose_what_is_finished() -> None:
    """Break the store of a process that is to be found out."""

    def lose(store: Store, attempt_id: str, *_: object) -> None:
        store.delete_attempt(attempt_id)

    Store.finish = lose  # type: ignore[method-assign]


def write_no_recording() -> None:
    Recordings.save = lambda *_: None  # type: ignore[method-assign]


def test_a_store_that_loses_answers_is_detected(tmp_path: Path) -> None:
    killed = kills.torture(tmp_path, times=1, seed=1, prepare=lose_what_is_finished)
    assert any("is lost" in fault for fault in killed.faults)
    written = writers.torture(tmp_path / "two", None, writers=1, times=1, prepare=lose_what_is_finished)
    assert any("is lost" in fault for fault in written.faults)


def test_a_recording_saved_too_late_is_detected(tmp_path: Path) -> None:
    assert kills.torture(tmp_path, times=0, seed=1, prepare=write_no_recording).faults != []


@pytest.mark.parametrize(
    ("memory", "grows"),
    [
        ([500.0, 506.0, 498.0, 503.0, 501.0], False),
        ([500.0, 500.0, 640.0, 500.0, 500.0], False),  # one odd round
        ([500.0, 511.0, 519.0, 532.0, 540.0], True),
        ([500.0, 511.0, 450.0, 532.0, 540.0], True),
    ],
)
def test_steady_memory_growth_is_distinguished_from_fluctuation(memory: list[float], grows: bool) -> None:
    assert (slope(memory) > MAX_GROWTH_MIB) is grows


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="only root mounts a disk")
def test_a_full_disk_at_any_step_is_reported_and_loses_nothing() -> None:
    command = [sys.executable, "-m", "tests.torture", "disk", "--times", "30"]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"recording", "report"} <= set(done.stdout.replace(",", " ").split())  # it did fill up there
