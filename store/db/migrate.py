"""Migration of a database to the current tables, in a single transaction."""

from __future__ import annotations

from collections.abc import Callable
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
            f"{where} is a database of another program; it was left as it is. Name another folder or an empty "
            "database in the settings."
        )
    version = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"{where} was written by a newer version of Answer Aloud; it was left as it is. Update Answer Aloud, or "
            "name another folder in the settings."
        )
    return version
