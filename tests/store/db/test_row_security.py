"""Row-level security of a real Postgres holds where a query has no filter, for the app's role and the tables' owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ProgrammingError

from services.workers.schema import STEPS_TABLE
from store.db.database import Database
from store.db.owner import Owner
from store.db.row_security import GUARDED, SETTING, find_gap
from store.errors import StoreError
from store.store import Store, open_store, prepare_server
from tests.support.postgres_server import make_roles
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.centre.homes",)
pytestmark = pytest.mark.postgres
ANN, BEN = Owner("https://id.example", "ann"), Owner("https://id.example", "ben")
ROWS = {"attempts": 1, "deletions": 0, "notes": 1, "people": 1, "results": 1, "sessions": 1}


@pytest.fixture
def addresses(empty_centre: tuple[str, str]) -> tuple[str, str]:
    """Return the addresses for the role that owns the tables, and for that of the app."""
    address, app = empty_centre
    return make_url(address).set(username="keeper").render_as_string(hide_password=False), app


@pytest.fixture
def app(addresses: tuple[str, str]) -> Iterator[Engine]:
    engine = create_engine(addresses[1])
    yield engine
    engine.dispose()


@pytest.fixture
def ann(addresses: tuple[str, str], tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(addresses[1], tmp_path, ANN)) as store:
        store.add_note(add_done(store), "Slower.")
        yield store


def become(connection: Connection, owner: Owner) -> None:
    connection.exec_driver_sql("SELECT set_config(%s, %s, true)", (SETTING, owner.id))


def count(connection: Connection) -> dict[str, int]:
    return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0 for name in ROWS}


def test_a_query_without_a_filter_sees_only_the_rows_of_the_owner_it_was_told(ann: Store, app: Engine) -> None:
    with app.begin() as connection:
        become(connection, ANN)
        assert count(connection) == ROWS
        become(connection, BEN)
        assert set(count(connection).values()) == {0}


@pytest.mark.parametrize("told", ["nothing", "an empty name"])
def test_without_an_owner_there_are_no_rows(ann: Store, app: Engine, told: str) -> None:
    with app.begin() as connection:
        if told != "nothing":
            connection.exec_driver_sql("SELECT set_config(%s, '', true)", (SETTING,))
        assert set(count(connection).values()) == {0}


def test_the_owner_of_the_tables_is_held_back_too(ann: Store, addresses: tuple[str, str]) -> None:
    engine = create_engine(addresses[0])
    with engine.begin() as connection:
        assert set(count(connection).values()) == {0}
    engine.dispose()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO deletions (owner, id, deleted_at) VALUES ('{ann}', '1', now())",
        "UPDATE notes SET owner = '{ann}'",
        "INSERT INTO people (id, issuer, subject) VALUES ('{ann}', 'a', 'b')",
        "ALTER TABLE notes DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_rows ON notes",
        "SET ROLE keeper",
    ],
)
def test_what_would_write_for_somebody_else_or_open_the_wall_is_refused(
    ann: Store, app: Engine, tmp_path: Path, sql: str
) -> None:
    ben = ann.for_owner(BEN)
    ben.add_note(add_done(ben), "Mine.")
    with app.connect() as connection:
        become(connection, BEN)
        with pytest.raises(ProgrammingError, match=r"row-level security|must be owner|permission denied"):
            connection.exec_driver_sql(sql.format(ann=ANN.id))


def test_deleting_without_a_filter_takes_only_ones_own(ann: Store, app: Engine) -> None:
    ben = ann.for_owner(BEN)
    add_done(ben)
    with app.begin() as connection:
        become(connection, BEN)
        connection.exec_driver_sql("DELETE FROM attempts")
    assert ben.load_history() == ()
    assert len(ann.load_history()) == 1


def test_a_connection_carries_no_owner_back_to_the_others(addresses: tuple[str, str], tmp_path: Path) -> None:
    with closing(Database(make_url(addresses[1]), owner=ANN)) as database:
        with database.begin_read() as connection:
            own = connection.exec_driver_sql("SELECT pg_backend_pid(), current_setting(%s)", (SETTING,)).one()
        with database._engine.connect() as connection:
            next_ = connection.exec_driver_sql("SELECT pg_backend_pid(), current_setting(%s)", (SETTING,)).one()
    assert own[1] == ANN.id
    assert tuple(next_) == (own[0], "")


def test_a_role_that_the_policies_do_not_hold_back_is_found(
    addresses: tuple[str, str], empty_centre: tuple[str, str]
) -> None:
    def ask(address: str) -> str | None:
        with closing(Database(make_url(address))) as database, database.begin_read() as connection:
            return find_gap(connection)

    keeper, app = addresses
    assert ask(app) is None
    assert ask(keeper) == "the role keeper owns the table attempts"
    assert ask(empty_centre[0]) == "the role tester may bypass row-level security"
    engine = create_engine(keeper)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY")
    assert ask(app) == "row-level security is off for notes"
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE notes FORCE ROW LEVEL SECURITY")
    engine.dispose()
    assert ask(app) is None


def test_every_table_with_rows_of_people_is_guarded(empty_centre: tuple[str, str]) -> None:
    engine = create_engine(empty_centre[0])
    with engine.begin() as connection:
        tables = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars()
        own = {table for table in tables if not table.startswith("procrastinate_")} - {STEPS_TABLE}  # of the queue
    assert own == {*GUARDED, "answer_aloud_version"}
    engine.dispose()


def test_the_role_of_the_app_is_told_who_can_bring_the_tables_up_to_date(postgres: str, tmp_path: Path) -> None:
    _, app = make_roles(postgres)
    with pytest.raises(StoreError, match="answer-aloud migrate"):
        open_store(app, tmp_path, ANN)


def test_a_role_that_is_not_there_is_named(postgres: str) -> None:
    keeper, _ = make_roles(postgres)
    with pytest.raises(StoreError, match="no role called nobody"):
        prepare_server(keeper, "nobody")
