"""A real disk that is full at each write in turn: every refusal is a sentence, and what was promised is still there.

The disk is a small file system in memory, mounted where only this command sees it (Linux, root). For each amount of
room a story is told until the disk is full; then there is room again, and everything is looked at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from interview.ids import new_id
from interview.interview import Interview
from speech.errors import AnswerAloudError
from store.attempt import State
from store.settings import DEFAULTS, FILE_VARIABLE, read_settings, write_settings
from store.store import Store, open_store
from tests.support.app_server import ROOT
from tests.torture.answers import QUESTION, SCRIPT, answer, is_sound_of, measure

INSIDE = "ANSWER_ALOUD_SMALL_DISK"
SMALLEST, STEP, PLENTY = 40, 24, 16_000  # KiB
ANSWERS = 3


def torture(folder: Path, times: int) -> list[str]:
    """Tell the story with more and more room on the disk; prints where it filled up and returns what went wrong."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return ["Mounting a small disk needs root on Linux."]
    if os.environ.get(INSIDE) is None:
        command = ["unshare", "--mount", sys.executable, "-m", "tests.torture", "disk", "--times", str(times)]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {INSIDE: "1"}, check=False)
        return [] if done.returncode == 0 else [f"with a small disk, it ended with exit code {done.returncode}"]
    where, faults = Counter[str](), list[str]()
    for turn in range(times):
        room = SMALLEST + STEP * turn
        refused, wrong = _once(folder / f"disk{turn}", room)
        where[refused] += 1
        faults += [f"{room} KiB: {what}" for what in wrong]
    print("full at: " + ", ".join(f"{what} {count}" for what, count in where.most_common()))
    return faults


def _once(disk: Path, room: int) -> tuple[str, list[str]]:
    disk.mkdir()
    _mount(disk, room, "nosuid")
    os.environ[FILE_VARIABLE] = str(disk / "settings.toml")
    kept: dict[str, str] = {}
    try:
        refused, wrong = _told(disk, kept)
        _mount(disk, PLENTY, "remount")
        return refused, wrong + list(_checked(disk, kept))
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _mount(disk: Path, room: int, option: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"{option},size={room}k", "answers", str(disk)], check=True)


def _told(disk: Path, kept: dict[str, str]) -> tuple[str, list[str]]:
    """Where the story ended, and what is wrong with the way it did; fills `kept` with what was promised."""
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
    """Each step is named before it is done, and what it promised is noted after."""
    yield "opening"
    store = open_store(folder=disk / "data")
    yield "settings"
    write_settings(replace(DEFAULTS, filler_words=("like",)))
    kept["settings"] = "like"
    for number in range(ANSWERS):
        yield "recording"
        attempt_id = store.add_recording(answer(f"answer {number}"), QUESTION).id
        kept[attempt_id] = "recorded"
        yield "report"
        report = measure(store, attempt_id)
        store.finish(attempt_id, SCRIPT, report)
        kept[attempt_id] = "done"
        yield "note"
        store.note(attempt_id, "Slower. " * 500)
        kept[attempt_id] = "noted"
        yield "interview"
        interview = Interview(new_id(), "Company", notes="Prepared. " * 200)
        store.keep(interview)
        kept[interview.id] = "interview"
    yield "export"
    store.export(disk / "out.zip")
    kept["export"] = "out.zip"
    store.close()


def _checked(disk: Path, kept: dict[str, str]) -> Iterator[str]:
    """Everything that was promised and is not there, once there is room again."""
    store = open_store(folder=disk / "data")
    offered = {found.id for found in store.interrupted()}
    for key, promise in kept.items():
        if promise in ("recorded", "done", "noted"):
            yield from _answer_checked(store, key, promise, offered)
    interviews = {thing.id for thing in store.things(Interview)}
    yield from (f"interview {key} lost" for key, what in kept.items() if what == "interview" and key not in interviews)
    if "settings" in kept and read_settings().filler_words != ("like",):
        yield "settings lost"
    yield from (f"left behind: {path.name}" for path in disk.rglob("*.part"))
    store.close()


def _answer_checked(store: Store, attempt_id: str, promise: str, offered: set[str]) -> Iterator[str]:
    state = store.attempt(attempt_id).state
    if not is_sound_of(store.recording(attempt_id)):
        yield f"the sound of {attempt_id} is damaged"
    if promise == "recorded" and attempt_id not in offered and state is not State.DONE:
        yield f"{attempt_id} is not offered again"
    if promise in ("done", "noted"):
        store.result(attempt_id)
    if promise == "noted" and not store.notes(attempt_id):
        yield f"the note of {attempt_id} is lost"
