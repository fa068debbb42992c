"""Time and memory of whole processes: plain faster-whisper and the product, alternating."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from speech.asr.models import find_weights
from speech.audio.recording import SAMPLE_RATE, Samples, from_file
from tests.benchmark.clips import CHECKOUT, Clip

SYSTEMS = ("plain", "ours")
TITLES = {"plain": "faster-whisper (beam 5, word times, 2 threads)", "ours": "**Answer Aloud**"}
SPOKEN_GROUPS = ("g", "s", "samples", "r")  # groups an answer is joined from, in this order


@dataclass(frozen=True)
class Cost:
    """Time and memory of one whole process."""

    wall: float  # s
    cpu: float  # s over all threads
    peak: float  # MiB resident


def measure(models: Sequence[str], clips: Sequence[Clip], seconds: float, repeats: int) -> str:
    """Return the comparison as a Markdown table, with medians over the repeats.

    Args:
        models: Names of models.
        clips: Clips the answer is joined from.
        seconds: Length of the answer in s.
        repeats: Runs of each system.
    """
    answer = join_clips(clips, seconds)
    length = len(answer) / SAMPLE_RATE
    rows = [
        f"One answer of {length:.0f} s, {repeats} runs each in turn, medians (and range) of the whole process.",
        "",
        "| model | system | wall s | s per s of audio | to plain | CPU s | peak MiB | to plain |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "answer.wav"
        soundfile.write(sound, answer, SAMPLE_RATE, subtype="PCM_16")
        for model in models:
            rows.extend(_rows(model, _take_turns(model, sound, repeats), length))
    return "\n".join(rows)


def join_clips(clips: Sequence[Clip], seconds: float) -> Samples:
    """Join spoken clips until they last `seconds`, or less if there are not enough."""
    spoken = sorted(
        (clip for clip in clips if clip.group in SPOKEN_GROUPS), key=lambda clip: SPOKEN_GROUPS.index(clip.group)
    )
    parts: list[Samples] = []
    wanted = round(seconds * SAMPLE_RATE)
    for clip in spoken:
        if sum(len(part) for part in parts) >= wanted:
            break
        parts.append(from_file(clip.sound).samples)
    return np.concatenate(parts)[:wanted]


def _take_turns(model: str, sound: Path, repeats: int) -> dict[str, list[Cost]]:
    named = {"plain": str(find_weights(model)), "ours": model}  # find_weights() also warms the disk cache for both
    costs: dict[str, list[Cost]] = {system: [] for system in SYSTEMS}
    for turn in range(repeats):
        for system in SYSTEMS:
            print(f"\r{model}: {system}, run {turn + 1} of {repeats} ", end="", file=sys.stderr, flush=True)
            costs[system].append(run_worker([system, named[system], str(sound)]))
    print(file=sys.stderr)
    return costs


def run_worker(arguments: Sequence[str]) -> Cost:
    """Run one worker process and return its cost; raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "tests.benchmark.worker", *arguments]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)  # not on Windows
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    json.loads(output)  # the worker ends with what it heard
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB on Linux
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def _rows(model: str, costs: dict[str, list[Cost]], length: float) -> Iterator[str]:
    plain_wall = statistics.median(cost.wall for cost in costs["plain"])
    plain_peak = statistics.median(cost.peak for cost in costs["plain"])
    for system in SYSTEMS:
        walls = [cost.wall for cost in costs[system]]
        wall, peak = statistics.median(walls), statistics.median(cost.peak for cost in costs[system])
        cpu = statistics.median(cost.cpu for cost in costs[system])
        yield (
            f"| {model} | {TITLES[system]} | {wall:.1f} ({min(walls):.1f}–{max(walls):.1f}) | {wall / length:.3f} "
            f"| {wall / plain_wall:.2f} | {cpu:.1f} | {peak:.0f} | {peak / plain_peak:.2f} |"
        )
