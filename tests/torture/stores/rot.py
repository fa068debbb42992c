"""Random damage to a store: it opens or says why, what is whole is readable, and the check names every loss."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from interview.ids import make_id
from interview.person import Person
from services.user_store import Location, list_copies, restore_copy
from speech.errors import AnswerAloudError
from store.attempt import AttemptState
from store.db.database_files import load_driver, open_file
from store.encryption.vault import find_database_key
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from tests.support.stored_attempts import ABOUT_YOU, NOON, add_done
from tests.torture.encrypted import encrypt_store

PAGE_BYTES = 4096
VALUES = ("NULL", "'unheard-of'", "1e300", "-1", "X'00ff'", "CAST(X'ff00fe' AS TEXT)", "'" + "9" * 40 + "'")
COLUMNS = (
    "question_kind",
    "state",
    "zone_offset",
    "recorded_at",
    "measure_numbers",
    "measure_keys",
    "duration",
    "model",
)


@dataclass(frozen=True)
class Outcome:
    """What the damages did."""

    kinds: Counter[str]  # of damage
    seen: int  # damages that the check named
    harmless: int  # after which everything is as before
    restored: int  # that a copy took back
    faults: tuple[str, ...]


def torture(folder: Path, times: int, seed: int, answers: int = 50, *, is_encrypted: bool = False) -> Outcome:
    """Damage copies of one store again and again.

    Args:
        folder: An empty folder.
        times: How many damages.
        seed: Of the damages.
        answers: How many answers the store holds.
        is_encrypted: Whether the store is encrypted before it is damaged.
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
            outcome = _examine(work, expected, touched, name)
        finally:
            shutil.rmtree(work)
        seen, harmless, restored = seen + outcome.seen, harmless + outcome.harmless, restored + outcome.restored
        faults += [f"damage {turn} ({name}): {fault}" for fault in outcome.faults]
    return Outcome(kinds, seen, harmless, restored, tuple(faults))


def _build(folder: Path, answers: int) -> None:
    with closing(open_store(folder=folder)) as store:
        for number in range(answers):
            attempt_id = add_done(store, ABOUT_YOU, NOON + timedelta(hours=number))
            store.add_note(attempt_id, f"note {number}")
            store.save(Person(make_id(), f"person {number}"))
        if not store.copy_if_due():
            raise AssertionError("no copy was made")


def _read(folder: Path) -> dict[str, Any]:
    with closing(open_store(folder=folder)) as store:
        store.list_interrupted()
        return _read_store(store)


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
    return found | {each.id: each for each in store.load_documents(Person)}


def _examine(folder: Path, expected: dict[str, Any], touched: str | None, name: str) -> Outcome:
    """Look at a damaged store as the pages, the check and the user do."""
    faults: list[str] = []
    told: list[str] = []
    found: dict[str, Any] = {}
    try:
        with closing(open_store(folder=folder)) as store:
            told = [f"{each.kind} {each.id} {each.sentence}" for each in store.check().troubles]
            store.list_interrupted()
            found = _read_store(store)
            store.list_troubles()
            store.export(folder / "out.zip")
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


def _restore(folder: Path, expected: dict[str, Any]) -> list[str]:
    copy = list_copies(folder)[-1]  # the one from before the damage
    try:
        restore_copy(Location(None, folder), copy)
    except AnswerAloudError as error:
        return [f"the copy could not be put back: {error}"]
    return [] if _read(folder) == expected else ["the copy does not bring everything back"]


def _flip(path: Path, random_: random.Random, count: int = 1) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(count):
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
    path.write_bytes(data)


def _open_database(folder: Path) -> AbstractContextManager[Any]:
    return open_file(folder / DATABASE_FILE, find_database_key(folder))


def _flip_database(folder: Path, random_: random.Random) -> None:
    _flip(folder / DATABASE_FILE, random_, random_.choice((1, 1, 50)))


def _spoil_page(folder: Path, random_: random.Random) -> None:
    path = folder / DATABASE_FILE
    data = bytearray(path.read_bytes())
    page = random_.randrange(len(data) // PAGE_BYTES) * PAGE_BYTES
    data[page : page + PAGE_BYTES] = random_.choice((bytes(PAGE_BYTES), random_.randbytes(PAGE_BYTES)))
    path.write_bytes(data)


def _cut_database(folder: Path, random_: random.Random) -> None:
    path = folder / DATABASE_FILE
    path.write_bytes(path.read_bytes()[: random_.randrange(path.stat().st_size)])


def _spoil_row(folder: Path, random_: random.Random) -> str:
    with _open_database(folder) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM attempts ORDER BY id")]
        chosen, column, value = random_.choice(ids), random_.choice(COLUMNS), random_.choice(VALUES)
        try:
            connection.execute(f"UPDATE attempts SET {column} = {value} WHERE id = ?", (chosen,))
        except load_driver(find_database_key(folder)).IntegrityError:  # a column that refuses NULL
            connection.execute("UPDATE attempts SET state = 'unheard-of' WHERE id = ?", (chosen,))
    return chosen


def _spoil_report(folder: Path, random_: random.Random) -> str:
    with _open_database(folder) as connection:
        rows = connection.execute("SELECT attempt_id, report FROM results ORDER BY attempt_id").fetchall()
        chosen, report = random_.choice(rows)
        at = random_.randrange(len(report))
        spoilt = report[:at] + random_.choice(("", "x", "7", '"')) + report[at + 1 :]
        connection.execute("UPDATE results SET report = ? WHERE attempt_id = ?", (spoilt, chosen))
    return str(chosen)


def _choose_recording(folder: Path, random_: random.Random) -> Path:
    return random_.choice(sorted((folder / "recordings").glob("*.flac")))


def _flip_recording(folder: Path, random_: random.Random) -> str:
    path = _choose_recording(folder, random_)
    _flip(path, random_)
    return path.stem


def _cut_recording(folder: Path, random_: random.Random) -> str:
    path = _choose_recording(folder, random_)
    path.write_bytes(path.read_bytes()[: random_.randrange(path.stat().st_size)])
    return path.stem


def _lose_recording(folder: Path, random_: random.Random) -> str:
    path = _choose_recording(folder, random_)
    path.unlink()
    return path.stem


def _add_odd_file(folder: Path, random_: random.Random) -> str:
    odd = folder / "recordings" / random_.choice((f"{'0' * 32}.flac", "mine.flac"))
    odd.write_bytes(random_.choice((b"", b"a letter", _choose_recording(folder, random_).read_bytes())))
    return "0" * 32


def _add_odd_folder(folder: Path, random_: random.Random) -> str:
    (folder / "recordings" / f"{random_.randrange(10)}{'0' * 31}.flac").mkdir()
    return "0" * 31


def _open_rights(folder: Path, random_: random.Random) -> str:
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return "nothing"


def _change_version(folder: Path, random_: random.Random) -> None:
    with _open_database(folder) as connection:
        connection.execute("UPDATE answer_aloud_version SET version_num = ?", (random_.choice(("9999", "", "0000")),))


def _flip_copy(folder: Path, random_: random.Random) -> str:
    _spoil = list_copies(folder)[0].path
    _spoil.write_bytes(_spoil.read_bytes()[: random_.randrange(2000, 20_000)])
    return "nothing"


# By name, what damages a store; each returns the id of the only answer that may suffer, or None if all may.
DAMAGES: dict[str, Callable[[Path, random.Random], str | None]] = {
    "database bits": _flip_database,
    "database page": _spoil_page,
    "database cut": _cut_database,
    "row": _spoil_row,
    "report": _spoil_report,
    "recording bit": _flip_recording,
    "recording cut": _cut_recording,
    "recording gone": _lose_recording,
    "odd file": _add_odd_file,
    "odd folder": _add_odd_folder,
    "rights": _open_rights,
    "database version": _change_version,
    "copy cut": _flip_copy,
}
