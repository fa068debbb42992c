"""A disk that is full at each write in turn: every failure is a sentence, and saved data survives.

The disk is a small file system in memory, mounted only for this command (Linux, root). For each
size, the same steps run until the disk is full; then the disk is enlarged and everything is
checked.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from interview.ids import make_id
from interview.interview import Interview
from speech.errors import AnswerAloudError
from store.attempt import AttemptState
from store.settings import DEFAULTS, FILE_VARIABLE, read_settings, write_settings
from store.store import Store, open_store
from tests.support.app_server import ROOT
from tests.torture import full_disk_live
from tests.torture.answers import QUESTION, SCRIPT, is_sound_of, make_recording, measure

INSIDE_VARIABLE = "ANSWER_ALOUD_SMALL_DISK"
SMALLEST_KIB, STEP_KIB, PLENTY_KIB = 40, 24, 16_000  # KiB
ANSWERS = 3


def torture(folder: Path, times: int) -> list[str]:
    """Run the steps with more and more disk space; print where it was full and return the faults."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return ["Mounting a small disk needs root on Linux."]
    if os.environ.get(INSIDE_VARIABLE) is None:
        command = ["unshare", "--mount", sys.executable, "-m", "tests.torture", "disk", "--times", str(times)]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {INSIDE_VARIABLE: "1"}, check=False)
        return [] if done.returncode == 0 else [f"with a small disk, it ended with exit code {done.returncode}"]
    where, faults = Counter[str](), list[str]()
    for turn in range(times):
        room = SMALLEST_KIB + STEP_KIB * turn
        refused, wrong = _run_on_disk(folder / f"disk{turn}", room)
        where[refused] += 1
        faults += [f"{room} KiB: {what}" for what in wrong]
    faults += _run_while_recording(folder / "recording")
    print("full at: " + ", ".join(f"{what} {count}" for what, count in where.most_common()))
    return faults


def _run_on_disk(disk: Path, room: int) -> tuple[str, list[str]]:
    disk.mkdir()
    _mount(disk, room, "nosuid")
    os.environ[FILE_VARIABLE] = str(disk / "settings.toml")
    kept: dict[str, str] = {}
    try:
        refused, wrong = _run_story(disk, kept)
        _mount(disk, PLENTY_KIB, "remount")
        return refused, wrong + list(_check_disk(disk, kept))
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _run_while_recording(disk: Path) -> list[str]:
    disk.mkdir()
    try:
        return full_disk_live.fill(disk, QUESTION, _mount)
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _mount(disk: Path, room: int, option: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"{option},size={room}k", "answers", str(disk)], check=True)


def _run_story(disk: Path, kept: dict[str, str]) -> tuple[str, list[str]]:
    """Run the steps until one fails.

    Args:
        disk: Mount point of the small disk.
        kept: Filled with what the store confirmed as saved.

    Returns:
        The step that failed, and what is wrong with how it failed.
    """
    story, step = _story(disk, kept), "nothing"
    try:
        while True:
            step = next(story, "")
            if not step:
                return "never", []
    except AnswerAloudError as error:
        said = str(error)
        return step, [] if said.endswith(".") and "Traceback" not in said else [f"no sentence: {said!r}"]
    except Exception as error:  # the finding itself: whatever else comes out is one
        return step, [f"{step}: {type(error).__name__}: {error}"]


def _story(disk: Path, kept: dict[str, str]) -> Iterator[str]:
    """Run the steps one by one: yield the name of each before it, note what was saved after it."""
    yield "opening"
    store = open_store(folder=disk / "data")
    yield "settings"
    write_settings(replace(DEFAULTS, filler_words=("like",)))
    kept["settings"] = "like"
    for number in range(ANSWERS):
        yield "recording"
        attempt_id = store.add_recording(make_recording(f"make_recording {number}"), QUESTION).id
        kept[attempt_id] = "recorded"
        yield "report"
        report = measure(store, attempt_id)
        store.finish(attempt_id, SCRIPT, report)
        kept[attempt_id] = "done"
        yield "note"
        store.add_note(attempt_id, "Slower. " * 500)
        kept[attempt_id] = "noted"
        yield "interview"
        interview = Interview(make_id(), "Company", notes="Prepared. " * 200)
        store.save(interview)
        kept[interview.id] = "interview"
    yield "export"
    store.export(disk / "out.zip")
    kept["export"] = "out.zip"
    store.close()


def _check_disk(disk: Path, kept: dict[str, str]) -> Iterator[str]:
    """Yield everything that was confirmed as saved and is missing, once there is space again."""
    store = open_store(folder=disk / "data")
    offered = {found.id for found in store.list_interrupted()}
    for key, promise in kept.items():
        if promise in ("recorded", "done", "noted"):
            yield from _check_answer(store, key, promise, offered)
    interviews = {thing.id for thing in store.load_documents(Interview)}
    yield from (f"interview {key} lost" for key, what in kept.items() if what == "interview" and key not in interviews)
    if "settings" in kept and read_settings().filler_words != ("like",):
        yield "settings lost"
    yield from (f"left behind: {path.name}" for path in disk.rglob("*.part"))
    store.close()


def _check_answer(store: Store, attempt_id: str, promise: str, offered: set[str]) -> Iterator[str]:
    state = store.load_attempt(attempt_id).state
    if not is_sound_of(store.load_recording(attempt_id)):
        yield f"the sound of {attempt_id} is damaged"
    if promise == "recorded" and attempt_id not in offered and state is not AttemptState.DONE:
        yield f"{attempt_id} is not offered again"
    if promise in ("done", "noted"):
        store.load_result(attempt_id)
    if promise == "noted" and not store.load_notes(attempt_id):
        yield f"the note of {attempt_id} is lost"
