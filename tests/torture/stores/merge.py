"""Two machines with histories of their own, merged both ways: equal, nothing lost, nothing deleted comes back."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from analysis.corrections.corrected_transcript import apply_corrections, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.question import AskedQuestion
from analysis.report import Report
from interview.ids import make_id
from interview.person import Person
from speech.segment import Segment
from store.attempt import AttemptState
from store.db import deletions, tables
from store.store import Store, open_store
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, add_recorded, make_heard_answer

ACTIONS = ("record", "record", "measure", "note", "correct", "correct", "undo", "write", "edit", "edit", "delete",
           "remove", "sync")  # fmt: skip
BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))
QUESTIONS: Sequence[AskedQuestion] = (ABOUT_YOU, CONFLICT)


@dataclass(frozen=True)
class Step:
    """What is done on one of the two machines; `number` chooses among what is there."""

    machine: int
    action: str
    number: int


@dataclass
class _Machines:
    """The two stores, and what was done on either."""

    stores: tuple[Store, Store]
    folder: Path
    recorded: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    notes: dict[str, set[str]] = field(default_factory=dict)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)


def torture(folder: Path, times: int, seed: int) -> list[str]:
    """Play random histories; return what went wrong."""
    random_ = random.Random(seed)
    faults = []
    for turn in range(times):
        steps = [
            Step(random_.randrange(2), random_.choice(ACTIONS), random_.randrange(1000))
            for _ in range(random_.randrange(2, 25))
        ]
        faults += [f"history {turn}: {fault}" for fault in play(folder / str(turn), steps)]
        shutil.rmtree(folder / str(turn), ignore_errors=True)
    return faults


def play(folder: Path, steps: Sequence[Step]) -> list[str]:
    """Play a history, merge both ways, and return what is unequal, lost or came back."""
    with _open_machines(folder) as machines:
        for step in steps:
            getattr(_Actions(machines, step), step.action)()
        return [*_merge(machines), *_find_losses(machines)]


@contextmanager
def _open_machines(folder: Path) -> Iterator[_Machines]:
    with closing(open_store(folder=folder / "one")) as one, closing(open_store(folder=folder / "other")) as other:
        yield _Machines((one, other), folder)


def _merge(machines: _Machines) -> list[str]:
    one, other = machines.stores
    _bring(machines, one, other)
    _bring(machines, other, one)
    faults = [f"not equal: {name}" for name, here in _dump(one).items() if here != _dump(other)[name]]
    before = _dump(other)
    _bring(machines, one, other)
    faults += [f"the check says: {each.sentence}" for store in (one, other) for each in store.check().troubles]
    return faults + (["a third merge changed something"] if _dump(other) != before else [])


def _bring(machines: _Machines, source: Store, target: Store) -> None:
    path = machines.folder / "all.zip"
    exported = source.export(path)
    imported = target.import_archive(path)
    path.unlink()
    if exported.damaged or imported.damaged:
        raise AssertionError(f"damaged: {exported.damaged}, {imported.damaged}")


def _dump(store: Store) -> dict[str, Any]:
    history = store.load_history()
    done = [kept for kept in history if kept.state is AttemptState.DONE]
    with store._database.begin_read() as connection:
        chosen = select(*(tables.versions.c[name] for name in ("id", "of_id", "kind", "changed_at", "body")))
        beside = sorted(tuple(row) for row in connection.execute(chosen))
        gone = deletions.list_deleted(connection)
    return {
        "attempts": {kept.id: kept for kept in history},
        "results": {kept.id: store.load_result(kept.id) for kept in done},
        "notes": {kept.id: store.load_notes(kept.id) for kept in history},
        "sounds": {kept.id: store.read_flac(kept.id) for kept in history if kept.has_recording},
        "measured": {kept.id: kept for kept in store.load_measured()},
        "documents": {each.id: each for each in store.load_documents(Person)},
        "versions": beside,
        "deleted": gone,
    }


def _find_losses(machines: _Machines) -> list[str]:
    found = _dump(machines.stores[0])
    beside = " ".join(str(row[-1]) for row in found["versions"])
    faults = [f"answer {each} is lost" for each in machines.recorded - machines.deleted - set(found["attempts"])]
    faults += [f"document {each} is lost" for each in machines.written - machines.deleted - set(found["documents"])]
    faults += [f"{each} came back" for each in machines.deleted & {*found["attempts"], *found["documents"]}]
    for attempt_id, written in machines.notes.items():
        there = {note.id for note in found["notes"].get(attempt_id, ())}
        faults += [f"note {each} is lost" for each in written - there if attempt_id not in machines.deleted]
    faults += [
        f"a version of {row[1]} that was deleted is kept" for row in found["versions"] if row[1] in machines.deleted
    ]
    for document_id, names in machines.names.items():
        if document_id not in machines.deleted:
            latest = [name for name in names if name in beside or name == found["documents"][document_id].name]
            faults += [] if latest else [f"every name of {document_id} is lost"]
    return faults


@dataclass(frozen=True)
class _Actions:
    """The actions of a step; one that finds nothing to act on does nothing."""

    machines: _Machines
    step: Step

    @property
    def store(self) -> Store:
        """The store of the machine."""
        return self.machines.stores[self.step.machine]

    def record(self) -> None:
        """Record an answer, of the time that the number says."""
        at = BEGIN + timedelta(minutes=self.step.number)
        self.machines.recorded.add(add_recorded(self.store, QUESTIONS[self.step.number % 2], at))

    def measure(self) -> None:
        """Measure an answer."""
        chosen = self._choose([kept for kept in self.store.load_history() if kept.state is not AttemptState.DONE])
        if chosen is not None:
            self.store.finish(chosen.id, *make_heard_answer()[1:])

    def note(self) -> None:
        """Write a note."""
        chosen = self._choose(self.store.load_history())
        if chosen is not None:
            note = self.store.add_note(chosen.id, f"note {self.step.number}")
            self.machines.notes.setdefault(chosen.id, set()).add(note.id)

    def correct(self) -> None:
        """Correct a word of an answer that was measured."""
        chosen = self._choose([kept for kept in self.store.load_history() if kept.state is AttemptState.DONE])
        if chosen is None:
            return
        seen = self.store.load_result(chosen.id).corrections
        free = [each for each in list_corrections() if each.span not in {done.span for done in seen}]
        if free:
            made = free[self.step.number % len(free)]
            self.store.add_correction(chosen.id, made, make_report((*seen, made)), seen=seen)

    def undo(self) -> None:
        """Undo the last correction of an answer."""
        chosen = self._choose([kept for kept in self.store.load_history() if kept.correction_count])
        if chosen is not None:
            seen = self.store.load_result(chosen.id).corrections
            report = make_report(seen[:-1]) if len(seen) > 1 else None
            self.store.undo_corrections(chosen.id, report, left=len(seen) - 1, seen=seen)

    def write(self) -> None:
        """Write a document."""
        person = Person(make_id(), f"name {self.step.number}")
        self.store.save(person)
        self.machines.written.add(person.id)
        self.machines.names.setdefault(person.id, set()).add(person.name)

    def edit(self) -> None:
        """Change a document."""
        chosen = self._choose(self.store.load_documents(Person))
        if chosen is not None:
            changed = replace(chosen, name=f"name {self.step.number} of {self.step.machine}")
            self.store.save(changed, chosen)
            self.machines.names.setdefault(chosen.id, set()).add(changed.name)

    def delete(self) -> None:
        """Delete an answer."""
        chosen = self._choose(self.store.load_history())
        if chosen is not None:
            self.store.delete_attempt(chosen.id)
            self.machines.deleted.add(chosen.id)

    def remove(self) -> None:
        """Delete a document."""
        chosen = self._choose(self.store.load_documents(Person))
        if chosen is not None:
            self.store.delete_document(chosen.id)
            self.machines.deleted.add(chosen.id)

    def sync(self) -> None:
        """Bring everything to the other machine."""
        _bring(self.machines, self.store, self.machines.stores[1 - self.step.machine])

    def _choose(self, listed: Sequence[Any]) -> Any:
        return listed[self.step.number % len(listed)] if listed else None


@cache
def list_corrections() -> tuple[Correction, ...]:
    """Return corrections that the answer of `make_heard_answer` takes, each of another word."""
    words = [word for word in make_heard_answer()[1].words if word.text in ("led", "It", "worked.")]
    return tuple(
        Correction(CorrectionAction.CHANGE_WORD, Segment(word.start, word.end), word.text, f"{word.text.strip('.')}s")
        for word in words
    )


@cache
def make_report(made: tuple[Correction, ...]) -> Report:
    """Return the report of that answer after corrections."""
    _, transcript, original = make_heard_answer()
    return make_corrected_report(original, apply_corrections(transcript, made))


def describe(steps: Sequence[Step]) -> str:
    """Return a history as text, to be played again."""
    return json.dumps([[each.machine, each.action, each.number] for each in steps])
