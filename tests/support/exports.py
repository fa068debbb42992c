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
from speech.segment import Segment
from store.attempt import AttemptState
from store.store import Store, open_store
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add_done, add_recorded, make_heard_answer

Json = dict[str, Any]


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """One attempt of every kind."""
    store = open_store(folder=tmp_path / "full")
    done = add_done(store, ABOUT_YOU, NOON)
    correction = Correction(CorrectionAction.CHANGE_WORD, Segment(1.1, 1.4), "led", "lead")
    store.add_correction(done, correction, replace(make_heard_answer()[2], name="corrected"))
    store.add_note(done, "Slower, “please”.")
    add_done(store, ABOUT_YOU, NOON + timedelta(days=1), keep=False)
    add_recorded(store, CONFLICT, NOON + timedelta(days=2))
    store.mark_failed(add_recorded(store, CONFLICT, NOON + timedelta(days=3)), "Not English.")
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


def read_everything(store: Store) -> list[Any]:
    found: list[Any] = [store.load_history(), store.load_measured(), store.list_interrupted()]
    for kept in store.load_history():
        done = store.load_result(kept.id) if kept.state is AttemptState.DONE else None
        sound = store.read_flac(kept.id) if kept.has_recording else None
        found.append((done, sound, store.load_notes(kept.id)))
    return found


def rewrite_export(export: Path, change: Callable[[str, bytes], dict[str, bytes]]) -> Path:
    """Return a copy of an export in which every member was replaced by what `change` returns."""
    with zipfile.ZipFile(export) as old, zipfile.ZipFile(export.with_name("changed.zip"), "w") as new:
        for name in old.namelist():
            for changed, data in change(name, old.read(name)).items():
                new.writestr(changed, data)
    return export.with_name("changed.zip")


def change_attempts(export: Path, change: Callable[[Json], Any]) -> Path:
    def changed(name: str, data: bytes) -> dict[str, bytes]:
        if not name.startswith("attempts/"):
            return {name: data}
        attempt = json.loads(data)
        change(attempt)
        return {name: json.dumps(attempt).encode()}

    return rewrite_export(export, changed)
