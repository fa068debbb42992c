"""Connections to the database, with one writer at a time on every kind of database, and its migration."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import NoSuchModuleError

from store.db.tables import VERSION_TABLE
from store.errors import StoreError, is_busy, translate_database_errors, translate_write_errors

LOG = logging.getLogger(__name__)
LOCK_TIMEOUT_SECONDS = 10.0  # s to wait for another writer
POSTGRES_WRITE_LOCK_ID = 4_711_003  # any number that only this app uses for a lock in Postgres
MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"


class Database:
    """Connections to one database; failures are raised as StoreError."""

    def __init__(self, url: URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.where = url.database or "" if self.is_sqlite else url.render_as_string(hide_password=True)
        self._engine = _create_engine(url)
        if self.is_sqlite:
            with translate_write_errors(Path(self.where)):
                _make_private(Path(self.where))
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)

    @contextmanager
    def begin_read(self) -> Iterator[Connection]:
        """Open a read transaction with a consistent view of all tables."""
        with translate_database_errors(self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def begin_write(self) -> Iterator[Connection]:
        """Open an exclusive write transaction, committed as a whole or not at all."""
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                if self._engine.dialect.name == "postgresql":
                    _lock_postgres(connection)
                yield connection

    def enable_write_ahead_log(self) -> None:
        """Switch a SQLite file to write-ahead logging, so that readers don't wait for a writer.

        The setting is stored in the file.
        """
        until = time.monotonic() + LOCK_TIMEOUT_SECONDS
        while True:
            try:
                self._run_on_sqlite("PRAGMA journal_mode = WAL")
                return
            except StoreError as error:  # here SQLite does not wait by itself for others that start just now
                if not is_busy(error.__cause__) or time.monotonic() > until:
                    raise
            time.sleep(0.02)

    def purge_deleted(self) -> bool:
        """Remove deleted rows from SQLite's log file.

        Returns:
            Whether they are gone; False while another connection reads what was there before.
        """
        told = self._run_on_sqlite("PRAGMA wal_checkpoint(TRUNCATE)")
        return not any(is_busy for is_busy, *_ in told)

    def copy_into(self, path: Path) -> None:
        """Write what is committed in a SQLite file into an empty file."""
        name = str(path).replace("'", "''")
        self._run_on_sqlite(f"VACUUM INTO '{name}'")

    def replace_by(self, path: Path) -> None:
        """Replace the content of a SQLite file by that of another one, while others may be reading it."""
        with (
            translate_database_errors(self.where),
            closing(self._engine.raw_connection()) as connection,
            closing(sqlite3.connect(path)) as source,
        ):
            try:
                source.backup(connection.driver_connection)  # type: ignore[arg-type]
            except sqlite3.Error as error:
                raise StoreError(f"{self.where} can't be replaced by a copy ({error}).") from error

    def list_files(self) -> tuple[Path, ...]:
        """Return the files of a SQLite database that are there; none of other databases."""
        named = (Path(self.where + ending) for ending in ("", "-wal", "-shm")) if self.is_sqlite else ()
        return tuple(path for path in named if path.is_file())

    def run_check(self, pragma: str) -> list[Any]:
        """Return the rows of one of SQLite's checks; none with other databases."""
        return self._run_on_sqlite(f"PRAGMA {pragma}")

    def shrink(self) -> None:
        """Free the disk space of deleted rows in a SQLite file, unless another program is using it."""
        self.purge_deleted()  # first, so that the rows are overwritten before their place in the file is cut off
        try:
            self._run_on_sqlite("VACUUM")
        except StoreError as error:  # what was deleted is gone all the same
            LOG.warning("the database stays as large as it was: %s", error)
        self.purge_deleted()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _run_on_sqlite(self, command: str) -> list[Any]:
        if not self.is_sqlite:
            return []
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(begin="SELECT 1")  # these commands run outside of transactions
            found = connection.exec_driver_sql(command)
            return list(found.all()) if found.returns_rows else []


def _create_engine(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"Python lacks what it takes to use a database of the kind {url.drivername} ({error}). For Postgres, "
            'install it with: pip install "answer-aloud[postgres]"'
        ) from error


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, also before a CREATE TABLE
    connection.create_function("lower", 1, _casefold, deterministic=True)  # SQLite's own knows ASCII only
    for setting in (
        f"busy_timeout = {LOCK_TIMEOUT_SECONDS * 1000:.0f}",
        "foreign_keys = ON",
        "synchronous = FULL",  # what was committed outlasts a power cut
        "fullfsync = ON",  # and on macOS too, where it takes more than an fsync; elsewhere this does nothing
        "checkpoint_fullfsync = ON",
        "secure_delete = ON",  # what was deleted is overwritten
    ):
        connection.execute(f"PRAGMA {setting}")


def _casefold(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _lock_postgres(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS:.0f}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({POSTGRES_WRITE_LOCK_ID})")


def migrate(database: Database, to: str = "head", before: Callable[[], None] | None = None) -> None:
    """Apply the missing migration steps.

    Args:
        database: The database.
        to: Revision to stop at; "head" is the newest.
        before: Called before tables that hold data are changed, such as to copy them; if it fails, nothing
            is changed.

    Raises:
        StoreError: If the database belongs to another program or a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    with database.begin_write() as connection:
        version = _refuse_unknown(connection, config, database.where)
        if before is not None and version not in (None, ScriptDirectory.from_config(config).get_current_head()):
            before()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    database.enable_write_ahead_log()


def _refuse_unknown(connection: Connection, config: Config, where: str) -> str | None:
    """Return the version of the tables, None for a new database; raises StoreError for one that is not ours."""
    tables = inspect(connection).get_table_names()
    if tables and VERSION_TABLE not in tables:
        raise StoreError(
            f"{where} belongs to another program, so we left it alone. Choose another folder or an empty "
            "database in Settings."
        )
    version = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"{where} was written by a newer version of Answer Aloud, so we left it alone. Update Answer Aloud, "
            "or choose another folder in Settings."
        )
    return version
