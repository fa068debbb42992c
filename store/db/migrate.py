"""Migration of a database to the current tables, in a single transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from store.db.database import Database
from store.db.tables import VERSION_TABLE
from store.errors import StoreError

MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, to: str = "head") -> None:
    """Apply the missing migration steps.

    Args:
        database: The database.
        to: Revision to stop at; "head" is the newest.

    Raises:
        StoreError: If the database belongs to another program or a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    with database.begin_write() as connection:
        _refuse_unknown(connection, config, database.where)
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    database.enable_write_ahead_log()


def _refuse_unknown(connection: Connection, config: Config, where: str) -> None:
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
