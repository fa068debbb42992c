"""Random damage to a store: it opens or says why, what is whole is readable, and the check names every loss."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from interview.ids import make_id
from interview.person import Person
from services.check import check_everything, list_troubles
from services.live.live_takes import LiveTakes
from services.live.take import LiveTake, Purpose
from services.user_store import Location, list_copies, restore_copy
from speech.errors import AnswerAloudError
from store.attempt import AttemptState
from store.db import deletions
from store.db.document_json import to_json
from store.db.revisions import Revision
from store.store import Store, open_store
from store.transfer.kept_versions import keep_version
from tests.support.stored_attempts import ABOUT_YOU, NOON, add_done, add_recorded
from tests.torture.encrypted import encrypt_store
from tests.torture.stores.damages import DAMAGES
from tests.torture.stores.merge import list_corrections, make_report
from tests.torture.stores.pages import find_page_faults

LIVE_RATE = 16_000  # Hz


@dataclass(frozen=True)
class Outcome:
    """What the damages did."""

    kinds: Counter[str]  # of damage
    seen: int  # damages that the check named
    harmless: int  # after which everything is as before
    restored: int  # that a copy took back
    faults: tuple[str, ...]


def torture(
    folder: Path, times: int, seed: int, answers: int = 50, *, is_encrypted: bool = False, pages: int = 0
) -> Outcome:
    """Damage copies of one store again and again.

    Args:
        folder: An empty folder.
        times: How many damages.
        seed: Of the damages.
        answers: How many answers the store holds.
        is_encrypted: Whether the store is encrypted before it is damaged.
        pages: After how many of the damages every page is opened, which takes seconds each.
    """
    whole = folder / "whole"
    _build(whole, answers)
    if is_encrypted:
        encrypt_store(whole)
    expected = _read(whole)
    random_ = random.Random(seed)
    kinds, seen, harmless, restored, faults = Counter[str](), 0, 0, 0, []
    for turn in range(times):
        name = random_.choice(list(DAMAGES))
        kinds[name] += 1
        work = folder / "work"
        shutil.copytree(whole, work)
        try:
            touched = DAMAGES[name](work, random_)
            faults += [f"damage {turn} ({name}): {fault}" for fault in find_page_faults(work)] if turn < pages else []
            outcome = _examine(work, expected, touched, name)
        finally:
            shutil.rmtree(work)
        seen, harmless, restored = seen + outcome.seen, harmless + outcome.harmless, restored + outcome.restored
        faults += [f"damage {turn} ({name}): {fault}" for fault in outcome.faults]
        print(f"{turn + 1} damages, {len(faults)} faults", *outcome.faults, sep="; ", flush=True)
    return Outcome(kinds, seen, harmless, restored, tuple(faults))


def _build(folder: Path, answers: int) -> None:
    with closing(open_store(folder=folder)) as store:
        for number in range(answers):
            attempt_id = add_done(store, ABOUT_YOU, NOON + timedelta(hours=number))
            store.add_note(attempt_id, f"note {number}")
            store.save(Person(make_id(), f"person {number}"))
            made = list_corrections()[: number % 3]
            for place in range(len(made)):
                seen = made[:place]
                store.add_correction(attempt_id, made[place], make_report((*seen, made[place])), seen=seen)
        store.delete_attempt(add_recorded(store))
        _keep_versions(store)
        _leave_cut_off_take(folder)
        if not store.copy_if_due():
            raise AssertionError("no copy was made")


def _keep_versions(store: Store) -> None:
    """Keep another version of a few documents, as a merge does."""
    for person in store.load_documents(Person)[:3]:
        body = json.dumps(to_json(replace(person, notes="Another version.")))
        with store._database.begin_write() as connection:
            keep_version(connection, person.id, "person", Revision(make_id(), frozenset(), NOON), body)


def _leave_cut_off_take(folder: Path) -> None:
    takes = LiveTakes(folder)
    purpose = Purpose(ABOUT_YOU, "Browser recording")
    take, spool = takes.begin(LiveTake(make_id(), purpose, LIVE_RATE, "A microphone", NOON))
    spool.append(0, bytes(5 * 2 * LIVE_RATE))
    takes.release(take.id)


def _read(folder: Path) -> dict[str, Any]:
    with closing(open_store(folder=folder)) as store:
        store.list_interrupted()
        return _read_store(store) | _read_takes(folder, store)


def _read_takes(folder: Path, store: Store) -> dict[str, Any]:
    takes = LiveTakes(folder)
    found = {f"live {each.take.id}": each for each in takes.interrupted(store)}
    return found | {f"heard {key}": _hear(takes, each.take.id) for key, each in found.items()}


def _hear(takes: LiveTakes, take_id: str) -> str:
    try:
        return takes.decode(take_id).digest
    except AnswerAloudError as error:
        return str(error)


def _read_store(store: Store) -> dict[str, Any]:
    """Read everything as the pages do; what cannot be read is left out."""
    found: dict[str, Any] = {}
    for kept in store.load_history():
        values: list[Any] = [kept]
        try:
            values += [store.load_result(kept.id), store.load_notes(kept.id)] if kept.state is AttemptState.DONE else []
            values += [store.read_flac(kept.id)]
        except AnswerAloudError as error:
            values.append(str(error))
        found[kept.id] = tuple(values)
    found |= {f"measured {kept.id}": (kept.values, dict(kept.events)) for kept in store.load_measured()}
    with store._database.begin_read() as connection:
        found |= {f"deleted {each.id}": each for each in deletions.list_deletions(connection)}
    found |= {f"version {each.id}": each for each in store.list_versions()}
    return found | {each.id: each for each in store.load_documents(Person)}


def _examine(folder: Path, expected: dict[str, Any], touched: str | None, name: str) -> Outcome:
    """Look at a damaged store as the pages, the check and the user do."""
    faults: list[str] = []
    told: list[str] = []
    found: dict[str, Any] = {}
    try:
        with closing(open_store(folder=folder)) as store:
            told = [f"{each.kind} {each.id} {each.sentence}" for each in check_everything(store, folder).troubles]
            store.list_interrupted()
            found = _read_store(store) | _read_takes(folder, store)
            list_troubles(store, folder)
            store.export(folder / "out.zip")
        if touched is not None:
            faults += _find_missing_in_export(folder, found, touched)
    except AnswerAloudError as error:
        told.append(str(error))
    except Exception as error:
        faults.append(f"{type(error).__name__}: {error}")
    is_same = {key: found.get(key) for key in expected} == expected
    if not is_same and not told:
        changed = [key for key in expected if found.get(key) != expected[key]]
        faults.append(f"something changed that nothing told: {changed[:3]}")
    if touched is not None:
        others = [key for key in expected if touched not in key and found.get(key) != expected[key]]
        faults += [f"what was whole is lost: {others[:3]}"] if others else []
    restored = 0
    if name.startswith("database") and not is_same:
        faults += _restore(folder, expected)
        restored = 1
    return Outcome(Counter(), int(bool(told)), int(is_same), restored, tuple(faults))


def _find_missing_in_export(folder: Path, found: dict[str, Any], touched: str) -> list[str]:
    """Return what was whole and does not come out of the export again."""
    with closing(open_store(folder=folder / "other")) as other:
        other.import_archive(folder / "out.zip")
        there = _read_store(other)
    kinds = ("live ", "heard ")
    lost = [key for key in found if touched not in key and not key.startswith(kinds) and there.get(key) != found[key]]
    return [f"whole, and not in the export as it was: {lost[:3]}"] if lost else []


def _restore(folder: Path, expected: dict[str, Any]) -> list[str]:
    copy = list_copies(folder)[-1]  # the one from before the damage
    try:
        restore_copy(Location(None, folder), copy)
    except AnswerAloudError as error:
        return [f"the copy could not be put back: {error}"]
    return [] if _read(folder) == expected else ["the copy does not bring everything back"]
