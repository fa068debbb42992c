"""Migrations from a blank or first-version database; newer and foreign databases are refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from store.db.database import Database, migrate
from store.db.tables import NEWEST_VERSION, VERSION_TABLE, metadata
from store.errors import StoreError
from store.locations import DATABASE_FILE, build_database_url
from store.store import open_store
from tests.support.stored_attempts import NOON, add_done
from tests.torture.processes import CONTEXT

FIRST = Path(__file__).parents[2] / "data" / "store_0001.sql"  # a database of the first version, with one of everything


def make_first_version(folder: Path) -> Path:
    path = folder / DATABASE_FILE
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    connection.close()
    return path


def read_schema(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    connection.close()
    return found


def test_a_new_database_gets_the_tables_the_code_expects(tmp_path: Path) -> None:
    database = Database(build_database_url(tmp_path))
    migrate(database)
    with database.begin_read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == NEWEST_VERSION
    database.close()


def test_a_database_that_is_as_it_should_be_opens_without_what_migrates_it(tmp_path: Path) -> None:
    open_store(folder=tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from store.store import open_store\n"
        "store = open_store(folder=Path(sys.argv[1]))\n"
        "print(store.load_history(), sorted(name for name in sys.modules if name.startswith(('alembic', 'mako'))))"
    )
    told = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "() []"


def test_a_database_of_the_first_version_keeps_its_data_and_can_be_used(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    store = open_store(folder=tmp_path)
    (kept,) = store.load_history()
    assert (kept.question.id, kept.take, kept.recorded_at, kept.correction_count) == ("about-you", 1, NOON, 1)
    assert kept.recorded_at.utcoffset() == NOON.utcoffset()
    assert [note.text for note in store.load_notes(kept.id)] == ["Slower."]
    assert store.load_measured()[0].id == kept.id
    assert store.load_attempt(add_done(store)).take == 2
    store.close()


def test_a_released_migration_still_creates_the_same_tables(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    database = Database(build_database_url(tmp_path / "new"))
    migrate(database, to="0001")
    database.close()
    assert read_schema(tmp_path / "new" / DATABASE_FILE) == read_schema(make_first_version(tmp_path / "old"))


def test_a_failed_migration_leaves_the_database_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as failing:
        failing.setattr("alembic.op.create_index", broken)  # in the middle of the first step
        with pytest.raises(RuntimeError):
            open_store(folder=tmp_path)
    assert read_schema(tmp_path / DATABASE_FILE) == set()
    open_store(folder=tmp_path).close()


def _open(folder: Path) -> None:
    open_store(folder=folder).close()


def test_processes_started_together_create_the_tables_once(tmp_path: Path) -> None:
    at_once = [CONTEXT.Process(target=_open, args=(tmp_path,)) for _ in range(4)]
    for process in at_once:
        process.start()
    for process in at_once:
        process.join()
    assert [process.exitcode for process in at_once] == [0] * 4
    store = open_store(folder=tmp_path)
    assert store.load_history() == ()
    store.close()


def test_a_database_of_a_newer_version_is_not_changed(tmp_path: Path) -> None:
    path = make_first_version(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version of Answer Aloud, so we left it alone"):
        open_store(folder=tmp_path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_FILE
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sessions (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program, so we left it alone"):
        open_store(folder=tmp_path)
    assert path.read_bytes() == before
