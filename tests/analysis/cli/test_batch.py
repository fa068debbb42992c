"""The command `answer-aloud batch`, in processes that are killed and stopped: each recording is measured once."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
import soundfile
from pyarrow import parquet

import samples
from analysis.cli.batch import LEDGER_SUFFIX, main
from analysis.csv_table import COLUMNS
from analysis.serialization import from_json
from services.batch.runner import find_sound_files
from speech.audio.recording import SAMPLE_RATE, from_file

PATIENCE = 120.0  # s
COUNT = 8
SECONDS = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of recordings, one of them in a folder inside it, and one file that is no sound."""
    home = tmp_path_factory.mktemp("recordings")
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    sound = from_file(sample.path).samples
    (home / "inside").mkdir()
    for number in range(COUNT):
        begin = number * SECONDS * SAMPLE_RATE
        name = f"inside/{number}.wav" if number == 0 else f"{number}.wav"
        soundfile.write(home / name, sound[begin : begin + SECONDS * SAMPLE_RATE], SAMPLE_RATE)
    (home / "notes.txt").write_text("not a recording", encoding="utf-8")
    return home


def start(folder: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "app_pages.launch", "batch", str(folder), "--out", str(out)]
    command += ["--jobs", "2", "--model", "tiny.en", "--language", "en"]
    # Where the tests run in the background, Ctrl+C is ignored there, and so it would be here.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heed)


def ledger_of(out: Path) -> Path:
    return out.with_name(out.name + LEDGER_SUFFIX)


def measured(out: Path) -> Counter[str]:
    """Count how often each recording stands in the ledger."""
    path = ledger_of(out)
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return Counter(json.loads(line)["key"]["file"] for line in lines if line.endswith(b"\n"))


def wait_for_more_than(count: int, out: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while measured(out).total() <= count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def children_of(process: subprocess.Popen[str]) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()]


def is_running(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_batch_that_is_killed_and_stopped_measures_each_recording_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    killed = start(folder, out)
    wait_for_more_than(1, out, killed)
    workers = children_of(killed)
    killed.kill()
    killed.communicate()
    deadline = time.monotonic() + PATIENCE
    while any(map(is_running, workers)):  # they end by themselves, and write nothing more
        assert time.monotonic() < deadline
        time.sleep(0.05)
    before = measured(out).total()
    assert 2 <= before < COUNT
    stopped = start(folder, out)
    wait_for_more_than(before, out, stopped)
    os.killpg(stopped.pid, signal.SIGINT)  # as Ctrl+C does
    _, told = stopped.communicate(timeout=PATIENCE)
    assert stopped.returncode == 130, told
    assert f"{COUNT} recordings, {before} of them analysed before." in told
    assert "Run the same command to go on." in told
    assert not out.exists()
    _, told = start(folder, out).communicate(timeout=PATIENCE)
    assert f"{out}: {COUNT} recordings." in told
    assert set(measured(out).values()) == {1}
    with out.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert sorted(row["name"] for row in rows) == [f"{number}.wav" for number in range(COUNT)]
    assert all(int(row["words"]) > 0 for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_is_killed_costs_no_recording(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.jsonl"
    process = start(folder, out)
    wait_for_more_than(0, out, process)
    os.kill(children_of(process)[-1], signal.SIGKILL)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, told
    reports = [from_json(json.loads(line)) for line in out.read_text("utf-8").splitlines()]
    assert sorted(report.name for report in reports) == [f"{number}.wav" for number in range(COUNT)]
    assert set(measured(out).values()) == {1}


def test_what_cannot_be_measured_is_named_and_the_rest_is_in_the_table(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "good.wav").write_bytes((folder / "1.wav").read_bytes())
    (mixed / "text.wav").write_text("not sound", encoding="utf-8")
    out = tmp_path / "table.parquet"
    assert main([str(mixed), "--out", str(out), "--jobs", "1", "--model", "tiny.en", "--language", "en"]) == 2
    told = capsys.readouterr().err
    assert "text.wav" in told
    assert f"{out}: 1 recording." in told
    table = parquet.read_table(out)
    assert table.column_names == list(COLUMNS)
    assert table.column("name").to_pylist() == ["good.wav"]


def test_recordings_in_folders_inside_are_found_and_hidden_ones_are_not(folder: Path, tmp_path: Path) -> None:
    assert len(find_sound_files(folder)) == COUNT
    (tmp_path / ".hidden.wav").touch()
    (tmp_path / "seen.WAV").touch()
    assert find_sound_files(tmp_path) == [tmp_path / "seen.WAV"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", "--out", "t.csv"], "We can't read the folder nowhere"),
        (["EMPTY", "--out", "t.csv"], "There are no recordings in the folder"),
        (["EMPTY", "--out", "t.csv", "--question", "tell_me_about"], "There's no question called tell_me_about."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([str(tmp_path) if word == "EMPTY" else word for word in words]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--out", "t.xlsx"], ["--out", "t.csv", "--jobs", "0"]])
def test_a_table_of_another_kind_or_no_jobs_are_refused(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main([str(tmp_path), *words])
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["s3://archive/2026"], "add --queue"),
        (["recordings", "--queue", "--model", "base"], "workers' own settings"),
        (["recordings", "--queue", "--language", "en"], "workers' own settings"),
    ],
)
def test_what_only_workers_can_do_or_decide_is_told(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([*options, "--out", str(tmp_path / "table.csv")])
    assert end.value.code == 2
    assert told in capsys.readouterr().err


def test_a_batch_for_workers_without_their_packages_says_how_to_install_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("services.workers.find_spec", lambda _name: None)
    assert main([str(folder), "--queue", "--out", str(tmp_path / "table.csv")]) == 2
    assert 'pip install "answer-aloud[server]"' in capsys.readouterr().err


def test_a_batch_for_workers_needs_their_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ANSWER_ALOUD_DATABASE", raising=False)
    assert main([str(folder), "--queue", "--out", str(tmp_path / "table.csv")]) == 2
    assert "Name it in ANSWER_ALOUD_DATABASE" in capsys.readouterr().err
