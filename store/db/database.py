"""Connections to the database, with one writer at a time on every kind of database, and its migration."""

from __future__ import annotations

import copy
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import NoSuchModuleError

from store.db.database_files import give_key, is_plain, load_driver, note_kind, open_file
from store.db.owner import (
    LOCAL_OWNER,
    OPTION,
    TASK_OPTION,
    Owner,
    Task,
    confine_execution,
    find_owner,
    is_registered,
    register,
)
from store.db.row_security import set_owner
from store.db.tables import NEWEST_VERSION, VERSION_TABLE
from store.errors import StoreError, is_busy, translate_database_errors, translate_write_errors

if TYPE_CHECKING:
    from alembic.config import Config

LOG = logging.getLogger(__name__)
LOCK_TIMEOUT_SECONDS = 10.0  # s to wait for another writer
PURGE_TIMEOUT_SECONDS = 1.0  # s to wait for a reader of what was deleted; a page waits as long, and tries again later
POSTGRES_WRITE_LOCK_ID = 4_711_003  # any number that only this app uses for a lock in Postgres
MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"


class Database:
    """Connections to one database, for one owner; failures are raised as StoreError.

    Args:
        url: Its address.
        find_key: Returns the key of an encrypted file, None where nothing is encrypted; asked each time, because that
            may change while this is in use.
        owner: Whose rows can be seen, changed and added; there are no others as far as a query can tell.
    """

    def __init__(self, url: URL, find_key: Callable[[], str | None] = lambda: None, owner: Owner = LOCAL_OWNER) -> None:
        self.owner = owner
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.where = url.database or "" if self.is_sqlite else url.render_as_string(hide_password=True)
        self._url = url
        self._find_key = find_key
        self._choosing = threading.Lock()
        self._engine_in_use: tuple[str | None, Engine] | None = None
        if self.is_sqlite:
            with translate_write_errors(Path(self.where)):
                _make_private(Path(self.where))
        self._choose_engine()

    def for_owner(self, owner: Owner) -> Database:
        """Return the same database for another owner, with the same connections; closing either closes both."""
        other = copy.copy(self)
        other.owner = owner
        return other

    def find_owner(self, owner_id: str) -> Owner:
        """Return the person with an id; raises StoreError if there is none."""
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(**{OPTION: owner_id})
            with connection.begin():
                return find_owner(connection, owner_id)

    def register_owner(self) -> None:
        """Insert the owner among the people, unless they are known."""
        with self.begin_read() as connection:
            if is_registered(connection, self.owner):
                return
        with self.begin_write() as connection:
            register(connection, self.owner)

    @property
    def key(self) -> str | None:
        """The key of the file as it is now; None if it is plain, or no file."""
        if not self.is_sqlite:
            return None
        found = is_plain(Path(self.where))
        key = None if found else self._find_key()
        if found is None:
            note_kind(Path(self.where), key is None)  # which this process is going to write
        return key

    @property
    def _engine(self) -> Engine:
        return self._choose_engine()

    def _choose_engine(self) -> Engine:
        """Return the engine for the file as it is now, plain or encrypted."""
        key = self.key
        with self._choosing:
            if self._engine_in_use is None or self._engine_in_use[0] != key:
                if self._engine_in_use is not None:
                    self._engine_in_use[1].dispose()
                self._engine_in_use = (key, self._make_engine(key))
            return self._engine_in_use[1]

    def _make_engine(self, key: str | None) -> Engine:
        engine = _create_engine(self._url) if key is None else _create_encrypted_engine(self._url, self.where, key)
        event.listen(engine, "before_execute", confine_execution, retval=True)
        if self.is_sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        elif engine.dialect.name == "postgresql":
            event.listen(engine, "begin", set_owner)
        return engine

    @contextmanager
    def begin_read(self) -> Iterator[Connection]:
        """Open a read transaction with a consistent view of all tables."""
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(**{OPTION: self.owner.id})
            with connection.begin():
                yield connection

    @contextmanager
    def begin_write(self) -> Iterator[Connection]:
        """Open a write transaction, the only one of this owner, committed as a whole or not at all."""
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(**{OPTION: self.owner.id}, begin="BEGIN IMMEDIATE")
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    _lock_postgres(connection, self.owner.id)
                yield connection

    @contextmanager
    def begin_task(self, task: Task) -> Iterator[Connection]:
        """Open a transaction for what is done for everybody, which sees only what that needs."""
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(**{TASK_OPTION: task})
            with connection.begin():
                yield connection

    @contextmanager
    def begin_migration(self) -> Iterator[Connection]:
        """Open a write transaction in which tables can be replaced: the only one of all owners, links unchecked."""
        whole = translate_database_errors(self.where)
        with whole, self._engine.connect() as connection, _without_links(connection):
            connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    _lock_postgres(connection, "")
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
        if not self.is_sqlite:
            return True
        with translate_database_errors(self.where), self._engine.connect() as connection:
            connection.execution_options(begin="SELECT 1")  # these commands run outside of transactions
            _set_patience(connection, PURGE_TIMEOUT_SECONDS)
            try:
                told = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
            finally:
                _set_patience(connection, LOCK_TIMEOUT_SECONDS)
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
        ):
            try:
                with open_file(path, self.key) as source:
                    source.backup(connection.driver_connection)
            except sqlite3.Error as error:
                raise StoreError(f"{self.where} can't be replaced by a copy ({error}).") from error

    def list_files(self) -> tuple[Path, ...]:
        """Return the files of a SQLite database that are there; none of other databases."""
        named = (Path(self.where + ending) for ending in ("", "-wal", "-shm")) if self.is_sqlite else ()
        return tuple(path for path in named if path.is_file())

    def run_check(self, pragma: str) -> list[Any]:
        """Return the rows of one of SQLite's checks; none with other databases."""
        return self._run_on_sqlite(f"PRAGMA {pragma}")

    def shrink(self) -> bool:
        """Free the disk space of deleted rows in a SQLite file, unless another program is using it.

        Returns:
            As `purge_deleted`.
        """
        self.purge_deleted()  # first, so that the rows are overwritten before their place in the file is cut off
        try:
            self._run_on_sqlite("VACUUM")
        except StoreError as error:  # what was deleted is gone all the same
            LOG.warning("the database stays as large as it was: %s", error)
        return self.purge_deleted()

    def close(self) -> None:
        """Close all connections."""
        with self._choosing:
            if self._engine_in_use is not None:
                self._engine_in_use[1].dispose()

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


def _create_encrypted_engine(url: URL, where: str, key: str) -> Engine:
    driver = load_driver(key)

    def connect() -> Any:
        connection = driver.connect(where, check_same_thread=False)
        give_key(connection, key)
        return connection

    return create_engine(url, module=driver, creator=connect, pool_pre_ping=True)


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


def _set_patience(connection: Connection, seconds: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {seconds * 1000:.0f}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@contextmanager
def _without_links(connection: Connection) -> Iterator[None]:
    """Have SQLite leave the links between rows unchecked, as it asks for where tables are replaced."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _switch_links(connection, "OFF")
    try:
        yield
    finally:
        _switch_links(connection, "ON")


def _switch_links(connection: Connection, to: str) -> None:
    connection.execution_options(begin="SELECT 1")  # within a transaction it would do nothing
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {to}")
    connection.rollback()


def _lock_postgres(connection: Connection, name: str) -> None:
    """Wait until nobody else holds the lock of that name, and hold it until the transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS:.0f}s'")
    lock = f"SELECT pg_advisory_xact_lock({POSTGRES_WRITE_LOCK_ID}, hashtext(%s))"
    connection.exec_driver_sql(lock, (name,))


def migrate(database: Database, to: str = "head", before: Callable[[], None] | None = None) -> None:
    """Apply the missing migration steps.

    What applies them takes long to import, and most starts of the app find the tables as they should be.

    Args:
        database: The database.
        to: Revision to stop at; "head" is the newest.
        before: Called before tables that hold data are changed, such as to copy them; if it fails, nothing
            is changed.

    Raises:
        StoreError: If the database belongs to another program or a newer version.
    """
    if to == "head" and _is_newest(database):
        database.enable_write_ahead_log()
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    with database.begin_migration() as connection:
        version = _refuse_unknown(connection, config, database.where)
        if before is not None and version not in (None, ScriptDirectory.from_config(config).get_current_head()):
            before()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    database.enable_write_ahead_log()


def _is_newest(database: Database) -> bool:
    with database.begin_read() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return False
        found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalars().all()  # noqa: S608
        return found == [NEWEST_VERSION]


def _refuse_unknown(connection: Connection, config: Config, where: str) -> str | None:
    """Return the version of the tables, None for a new database; raises StoreError for one that is not ours."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

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
