"""Kinds of damage that a disk, a backup or a hand can do to a data folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from services.user_store import list_copies
from store.db.database_files import load_driver, open_file
from store.encryption.vault import FILES as VAULT_FILES
from store.encryption.vault import find_database_key
from store.locations import DATABASE_FILE

PAGE_BYTES = 4096
VALUES = ("NULL", "0", "'unheard-of'", "1e300", "-1", "X'00ff'", "CAST(X'ff00fe' AS TEXT)", "'" + "9" * 40 + "'")
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
# By table, whose row it is.
OWNERS = {
    "attempts": "id",
    "results": "attempt_id",
    "corrections": "attempt_id",
    "notes": "attempt_id",
    "things": "id",
    "sessions": "id",
    "versions": "id",
    "deletions": "id",
}
KEYS = ("id", "attempt_id", "position")


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


def _spoil_any_row(folder: Path, random_: random.Random) -> str:
    """Spoil any value of any row of any table; return the id of what it belongs to."""
    key = find_database_key(folder)
    with _open_database(folder) as connection:
        table = random_.choice(list(OWNERS))
        rows = connection.execute(f"SELECT rowid, {OWNERS[table]} FROM {table} ORDER BY rowid").fetchall()
        row, owner = random_.choice(rows)
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        column, value = random_.choice([name for name in columns if name not in KEYS]), random_.choice(VALUES)
        try:
            connection.execute(f"UPDATE {table} SET {column} = {value} WHERE rowid = ?", (row,))
        except load_driver(key).IntegrityError:  # a column that refuses NULL
            connection.execute(f"UPDATE {table} SET {column} = 'unheard-of' WHERE rowid = ?", (row,))
    return str(owner)


def _spoil_cut_off(folder: Path, random_: random.Random) -> str:
    """Damage what is known of a cut-off recording, or its sound."""
    path = random_.choice(sorted((folder / "live").glob("*.json")))
    sound = next(each for each in (folder / "live").glob(f"{path.stem}.pcm*"))
    how = random_.choice(
        (
            partial(_flip, path),
            lambda _: path.unlink(),
            lambda _: path.write_bytes(b"half"),
            partial(_flip, sound),
            lambda _: sound.write_bytes(b""),
            lambda _: sound.unlink(),
            lambda _: sound.write_bytes(sound.read_bytes()[: random_.randrange(sound.stat().st_size)]),
        )
    )
    how(random_)
    return path.stem


def _spoil_key_file(folder: Path, random_: random.Random) -> str:
    """Damage one of the two files that open an encrypted folder; in a plain one, make none."""
    path = folder / random_.choice(VAULT_FILES)
    if path.exists():
        how = random_.choice((lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:99])))
        how(path)
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
    "any row": _spoil_any_row,
    "cut off": _spoil_cut_off,
    "key file": _spoil_key_file,
}
