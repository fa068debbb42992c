"""Alembic entry point: runs the steps on the connection and in the transaction of `store.db.database`."""

from __future__ import annotations

from alembic import context

from store.db.tables import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"], version_table=VERSION_TABLE, transactional_ddl=True
)
context.run_migrations()
