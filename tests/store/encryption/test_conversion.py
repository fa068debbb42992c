"""A folder is encrypted and decrypted without a loss, also when it is killed half way, and nothing plain is left."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from speech.live.spool import Spool
from store.attempt import Filters
from store.copies import CopyReason
from store.db import database_files
from store.encryption import conversion, vault
from store.encryption.vault import PASSPHRASE_VARIABLE, LockedError, VaultState, WrongPassphraseError
from store.errors import StoreError
from store.files import TRANSFER_PREFIX
from store.locations import build_database_url
from store.store import Store, open_store
from tests.support.stored_attempts import add_done, add_recorded

ROOT = Path(__file__).parents[3]
PASSPHRASE = "four plain words here"
MARK = "Zanzibarmarker"
SOUND_BEGINNING = b"fLaC"


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Begin without open keys, and with a temporary folder of its own."""
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    yield
    vault._OPEN.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Provide a plain folder: two answers, one of them measured, a note, a copy, a recording that was cut off."""
    place = tmp_path / "data"
    store = open_store(folder=place)
    done = add_done(store)
    add_recorded(store)
    store.add_note(done, f"{MARK} in a note")
    store.copy_if_due()
    store.close()
    (place / "live").mkdir()
    (place / "live" / f"{'a' * 32}.json").write_text(f'{{"{MARK}": 1}}')
    (place / "live" / f"{'a' * 32}.pcm").write_bytes(b"sound" + MARK.encode() * 3)
    (place / "takes-moved" / "one").mkdir(parents=True)
    (place / "takes-moved" / "one" / "sound").write_bytes(SOUND_BEGINNING + MARK.encode())
    (place / "recordings" / "half.part").write_bytes(SOUND_BEGINNING + MARK.encode())
    abandoned = Path(tempfile.gettempdir()) / f"{TRANSFER_PREFIX}x"
    abandoned.mkdir()
    (abandoned / "everything.zip").write_bytes(MARK.encode())
    return place


def tell(store: Store) -> list[object]:
    """Return all that a store holds of its answers, to be compared."""
    rows = store.load_history(Filters())
    return [(row, store.read_flac(row.id), [note.text for note in store.load_notes(row.id)]) for row in rows] + [
        store.load_result(row.id) for row in rows if row.state.value == "done"
    ]


def list_plain(place: Path) -> list[str]:
    """Return the files in which something plain can be found: words, the beginning of a sound, or of a database."""
    signs = (MARK.encode(), SOUND_BEGINNING, b"SQLite format 3", b"I led")
    files = (path for path in place.rglob("*") if path.is_file())
    return [str(path) for path in files if any(sign in path.read_bytes() for sign in signs)]


def encrypt(place: Path) -> None:
    conversion.encrypt(place, build_database_url(place), PASSPHRASE)


def decrypt(place: Path) -> None:
    conversion.decrypt(place, build_database_url(place), PASSPHRASE)


def read_all(place: Path) -> list[object]:
    store = open_store(folder=place)
    try:
        return tell(store)
    finally:
        store.close()


def test_everything_reads_as_before_once_it_is_encrypted_and_nothing_plain_is_left(folder: Path) -> None:
    before = read_all(folder)
    assert list_plain(folder.parent)
    encrypt(folder)
    assert read_all(folder) == before
    assert list_plain(folder.parent) == []


def test_everything_is_as_before_once_it_is_decrypted_again(folder: Path) -> None:
    before = read_all(folder)
    live = {path.name: path.read_bytes() for path in (folder / "live").iterdir()}
    encrypt(folder)
    decrypt(folder)
    assert read_all(folder) == before
    assert {path.name: path.read_bytes() for path in (folder / "live").iterdir()} == live
    assert not list(folder.glob("encryption*"))
    assert sqlite3.connect(folder / "answers.sqlite3").execute("SELECT count(*) FROM attempts").fetchone() == (2,)


def test_what_is_recorded_written_copied_and_deleted_later_is_encrypted_too(folder: Path) -> None:
    encrypt(folder)
    store = open_store(folder=folder)
    kept = add_done(store)
    store.add_note(kept, f"{MARK} again")
    store._copies.make(store._database, CopyReason.RESTORE)
    assert [note.text for note in store.load_notes(kept)] == [f"{MARK} again"]
    assert not store.check().troubles
    assert store.delete_attempt(kept)
    assert len(store.load_history()) == 2
    store.close()
    assert list_plain(folder.parent) == []


def test_a_copy_is_put_back_while_everything_is_encrypted(folder: Path) -> None:
    encrypt(folder)
    store = open_store(folder=folder)
    before = tell(store)
    copy = store._copies.list_copies()[0]
    store._copies.restore(copy.path, store._database)
    assert [row.id for row in store.load_history()] == [row[0].id for row in before if isinstance(row, tuple)]
    store.close()
    assert list_plain(folder.parent) == []


def test_without_the_passphrase_nothing_is_opened_and_a_wrong_one_is_said(folder: Path) -> None:
    encrypt(folder)
    vault.forget_keys(folder)
    with pytest.raises(LockedError, match="Type your passphrase first"):
        open_store(folder=folder)
    with pytest.raises(WrongPassphraseError, match="isn't the passphrase"):
        vault.unlock(folder, PASSPHRASE.upper())
    vault.unlock(folder, PASSPHRASE)
    assert len(read_all(folder)) == 3


def test_a_passphrase_in_the_environment_opens_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt(folder)
    vault.forget_keys(folder)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    assert len(read_all(folder)) == 3


def test_after_a_change_only_the_new_passphrase_opens_it(folder: Path) -> None:
    encrypt(folder)
    before = read_all(folder)
    vault.change_passphrase(folder, PASSPHRASE, "other words altogether")
    vault.forget_keys(folder)
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, PASSPHRASE)
    vault.unlock(folder, "other words altogether")
    assert read_all(folder) == before


def test_the_passphrase_is_stretched_by_argon2id_as_strongly_as_recommended(folder: Path) -> None:
    encrypt(folder)
    found = vault.load_vault(folder)
    assert found is not None
    by = found.stretching
    assert (by.iterations, by.lanes, by.memory_kib) == (3, 4, 64 * 1024)


def test_the_second_file_opens_it_when_the_first_is_damaged_and_without_both_it_is_said(folder: Path) -> None:
    encrypt(folder)
    before = read_all(folder)
    vault.forget_keys(folder)
    (folder / "encryption.json").write_bytes(b"\0" * 100)
    vault.unlock(folder, PASSPHRASE)
    assert read_all(folder) == before
    (folder / "encryption-copy.json").write_bytes(b"")
    vault.forget_keys(folder)
    with pytest.raises(StoreError, match=r"is damaged.* Put it back from a backup"):
        open_store(folder=folder)


def test_a_short_passphrase_is_refused_and_nothing_is_changed(folder: Path) -> None:
    with pytest.raises(StoreError, match="at least 8 characters"):
        conversion.encrypt(folder, build_database_url(folder), "short")
    assert not list(folder.glob("encryption*"))
    assert len(read_all(folder)) == 3


def test_nothing_is_changed_while_another_connection_is_open(folder: Path) -> None:
    other = sqlite3.connect(folder / "answers.sqlite3", isolation_level=None)
    other.execute("BEGIN").fetchall()
    other.execute("SELECT count(*) FROM attempts").fetchall()
    with pytest.raises(StoreError, match="in use right now"):
        encrypt(folder)
    other.close()
    assert not list(folder.glob("encryption*"))
    encrypt(folder)
    assert list_plain(folder) == []


def test_nothing_is_changed_while_another_process_has_it_open(folder: Path) -> None:
    holding = "c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); print(1, flush=True); input()"
    command = [sys.executable, "-c", f"import sqlite3, sys; {holding}", str(folder / "answers.sqlite3")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreError, match="in use right now"):
            encrypt(folder)
        other.communicate(b"\n")
    assert not list(folder.glob("encryption*"))
    assert len(read_all(folder)) == 3


def test_a_recording_that_goes_on_is_not_cut_off(folder: Path) -> None:
    spool = Spool(folder / "live" / f"{'a' * 32}.pcm", 48_000)
    with pytest.raises(StoreError, match="in use right now"):
        encrypt(folder)
    spool.close()
    encrypt(folder)
    assert list_plain(folder) == []


def test_a_store_that_was_open_goes_on_when_it_is_encrypted_and_decrypted(folder: Path) -> None:
    store = open_store(folder=folder)
    before = tell(store)
    store.close()  # its connections, as the page does first
    encrypt(folder)
    assert tell(store) == before
    store.close()
    decrypt(folder)
    assert tell(store) == before
    store.close()


def test_a_plain_database_that_is_put_back_is_encrypted_at_the_next_start(folder: Path) -> None:
    plain = (folder / "answers.sqlite3").read_bytes()
    encrypt(folder)
    (folder / "answers.sqlite3").unlink()
    (folder / "answers.sqlite3").write_bytes(plain)
    database_files._KNOWN.clear()  # as a new process begins
    assert len(read_all(folder)) == 3
    assert list_plain(folder) == []


def test_a_damaged_copy_is_not_left_plain(folder: Path) -> None:
    (copy,) = (folder / "copies").glob("*.sqlite3")
    for name, data in (("answers-20200101T000000000000Z-weekly.sqlite3", b"?" * 40), ("damaged-1.sqlite3", b"")):
        (folder / "copies" / name).write_bytes(data + copy.read_bytes()[len(data) : 3 * 4096])
    encrypt(folder)
    assert list_plain(folder) == []


KILLED = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from store.encryption import conversion
from store import files
from store.locations import build_database_url
folder, way, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
count = 0
def watch(event, args):
    global count
    if event in ("os.rename", "os.remove", "os.link", "sqlite3.connect", "open", "os.chmod"):
        where = str(args[0])
        if where.startswith(str(folder)):
            count += 1
            if count == at:
                os.kill(os.getpid(), 9)
sys.addaudithook(watch)
getattr(conversion, way)(folder, build_database_url(folder), {passphrase!r})
print("done", count)
"""


@pytest.mark.parametrize("way", ["encrypt", "decrypt"])
def test_killed_at_any_step_it_goes_on_and_nothing_is_lost(folder: Path, tmp_path: Path, way: str) -> None:
    before = read_all(folder)
    if way == "decrypt":
        encrypt(folder)
    script = KILLED.format(root=str(ROOT), passphrase=PASSPHRASE)
    kills = 0
    for at in range(2, 400, 7):
        place = tmp_path / f"at{at}"
        subprocess.run(["cp", "-r", str(folder), str(place)], check=True)
        done = subprocess.run(
            [sys.executable, "-c", script, str(place), way, str(at)], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        kills += 1
        state = vault.load_vault(place)
        if state is not None:
            vault.unlock(place, PASSPHRASE)
        assert read_all(place) == before
        reached = vault.load_vault(place)
        assert (None if reached is None else reached.state) in (None, VaultState.ON)
        if reached is not None:
            assert list_plain(place) == []
        vault.forget_keys(place)
    assert kills >= 5
    assert "done" in done.stdout


def test_a_kill_during_the_test_above_is_a_real_one() -> None:
    code = "import os; os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL


def test_an_encrypted_store_needs_its_packages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.encryption.sealing.PACKAGES", ("no_such_package",))
    with pytest.raises(StoreError, match="answer-aloud\\[encryption\\]"):
        encrypt(folder)
    assert not list(folder.glob("encryption*"))


def test_where_a_second_library_would_be_shut_out_of_the_file_it_is_converted_with_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "IS_POSIX", False)  # the way on Windows
    before = read_all(folder)
    encrypt(folder)
    assert read_all(folder) == before
    assert list_plain(folder.parent) == []
    decrypt(folder)
    assert read_all(folder) == before
