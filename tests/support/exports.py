"""A store with an answer of every kind, its export, and an empty store to bring it into; exports that were changed.

A test module that wants the fixtures says `pytest_plugins = ("tests.support.exports",)`.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis.corrections.correction import Correction, CorrectionAction
from speech.segment import Span
from store.attempt import State
from store.store import Store, open_store
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add, add_done, heard

Json = dict[str, Any]


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """One attempt of every kind."""
    store = open_store(folder=tmp_path / "full")
    done = add_done(store, ABOUT_YOU, NOON)
    correction = Correction(CorrectionAction.CHANGE_WORD, Span(1.1, 1.4), "led", "lead")
    store.correct(done, correction, replace(heard()[2], name="corrected"))
    store.note(done, "Slower, “please”.")
    add_done(store, ABOUT_YOU, NOON + timedelta(days=1), keep=False)
    add(store, CONFLICT, NOON + timedelta(days=2))
    store.fail(add(store, CONFLICT, NOON + timedelta(days=3)), "Not English.")
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path / "empty")
    yield store
    store.close()


@pytest.fixture
def export(full: Store, tmp_path: Path) -> Path:
    full.export(tmp_path / "out" / "answers.zip")
    return tmp_path / "out" / "answers.zip"


def everything(store: Store) -> list[Any]:
    found: list[Any] = [store.history(), store.measured(), store.interrupted()]
    for kept in store.history():
        done = store.result(kept.id) if kept.state is State.DONE else None
        sound = store.sound(kept.id) if kept.has_recording else None
        found.append((done, sound, store.notes(kept.id)))
    return found


def rewritten(export: Path, change: Callable[[str, bytes], dict[str, bytes]]) -> Path:
    """A copy of an export with every member changed into others."""
    with zipfile.ZipFile(export) as old, zipfile.ZipFile(export.with_name("changed.zip"), "w") as new:
        for name in old.namelist():
            for changed, data in change(name, old.read(name)).items():
                new.writestr(changed, data)
    return export.with_name("changed.zip")


def with_changed_attempts(export: Path, change: Callable[[Json], Any]) -> Path:
    def changed(name: str, data: bytes) -> dict[str, bytes]:
        if not name.startswith("attempts/"):
            return {name: data}
        attempt = json.loads(data)
        change(attempt)
        return {name: json.dumps(attempt).encode()}

    return rewritten(export, changed)
