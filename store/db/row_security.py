"""The second wall between owners: row-level security of Postgres, which holds even where a query has no filter.

Each transaction says whose it is, and the policies let through that owner's rows alone; without a word there are
none. Who owns a table or may bypass the policies is not held back, so what serves many people uses a role that neither
owns the tables nor has such a right: `grant_access` gives it what it needs, `find_gap` says what is wrong with it.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, text

from store.db.owner import OPTION, TASK_OPTION
from store.db.tables import PERSONAL, VERSION_TABLE, people
from store.errors import StoreError

SETTING, TASK_SETTING = "answer_aloud.owner", "answer_aloud.task"
GUARDED = tuple(sorted(table.name for table in (*PERSONAL, people)))
_ROLE = text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
_TABLES = text(
    "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS is_guarded,"
    " pg_has_role(current_user, c.relowner, 'MEMBER') AS is_own"
    " FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
    " AND c.relname IN :names ORDER BY c.relname"
).bindparams(bindparam("names", expanding=True))


def set_owner(connection: Connection) -> None:
    """Tell Postgres whose transaction this is; it forgets it at the end, before anybody else gets the connection."""
    options = connection.get_execution_options()
    told = (SETTING, options.get(OPTION, ""), TASK_SETTING, str(options.get(TASK_OPTION, "")))
    connection.exec_driver_sql("SELECT set_config(%s, %s, true), set_config(%s, %s, true)", told)


def grant_access(connection: Connection, role: str) -> None:
    """Let a role read and write rows, and nothing else; raises StoreError if there is no such role."""
    if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}) is None:
        raise StoreError(f"The database has no role called {role}. Create it first: CREATE ROLE {role} LOGIN.")
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema = quote(str(connection.scalar(text("SELECT current_schema()"))))
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {quote(role)}")
    connection.exec_driver_sql(f"GRANT SELECT ON {quote(VERSION_TABLE)} TO {quote(role)}")
    for table in GUARDED:
        connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {quote(table)} TO {quote(role)}")


def find_gap(connection: Connection) -> str | None:
    """Return why the policies would not hold for the role of a connection; None if they do."""
    role = connection.execute(_ROLE).one()
    if role.rolsuper or role.rolbypassrls:
        return f"the role {role.rolname} may bypass row-level security"
    tables = connection.execute(_TABLES, {"names": GUARDED}).all()
    if own := next((each.relname for each in tables if each.is_own), None):
        return f"the role {role.rolname} owns the table {own}"
    open_tables = set(GUARDED) - {each.relname for each in tables if each.is_guarded}
    return f"row-level security is off for {', '.join(sorted(open_tables))}" if open_tables else None
