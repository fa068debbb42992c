"""Where several people have their stores: in a file, and on a server where the app's role owns nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, make_url, or_, select

from store.db.owner import LOCAL_ID, Owner
from store.db.tables import metadata
from store.locations import build_database_url
from store.store import Store, open_store, prepare_server
from tests.support.postgres_server import make_roles

ANN, BEN, CAM = (Owner("https://id.example", name) for name in ("ann", "ben", "cam"))


@dataclass(frozen=True)
class Home:
    """Where several people have their stores.

    Attributes:
        open: Opens the store of one of them.
        folder: A folder for the test; what is stored lies in `data` in it.
        address: The database, for a role that nothing holds back.
    """

    open: Callable[[Owner], Store]
    folder: Path
    address: str

    def count_rows(self, person_id: str) -> int:
        """Return how many rows of all tables name a person."""
        engine, found = create_engine(self.address), 0
        with engine.begin() as connection:
            for table in metadata.tables.values():
                names = [table.c[name] for name in ("owner", "coach") if name in table.c] or [table.c.id]
                chosen = select(func.count()).select_from(table).where(or_(*(each == person_id for each in names)))
                found += connection.scalar(chosen) or 0
        engine.dispose()
        return found


@pytest.fixture(scope="session")
def centre_addresses(postgres_address: str) -> tuple[str, str]:
    """Return the address of a prepared database for a role that nothing holds back, and that for the app's role."""
    engine = create_engine(postgres_address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE centre")
    engine.dispose()
    address = make_url(postgres_address).set(database="centre").render_as_string(hide_password=False)
    keeper, app = make_roles(address)
    prepare_server(keeper, "app")
    return address, app


@pytest.fixture
def empty_centre(centre_addresses: tuple[str, str]) -> tuple[str, str]:
    """Return the same addresses, with nobody in the database but the single user."""
    engine = create_engine(centre_addresses[0])
    names = ", ".join(metadata.tables)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names}")
        connection.exec_driver_sql(f"INSERT INTO people (id, issuer, subject) VALUES ('{LOCAL_ID}', '', 'local')")
    engine.dispose()
    return centre_addresses


@pytest.fixture(params=["sqlite", pytest.param("server", marks=pytest.mark.postgres)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """Return a home of each kind."""
    data = tmp_path / "data"
    if request.param == "sqlite":
        return Home(lambda owner: open_store(None, data, owner), tmp_path, str(build_database_url(data)))
    address, app = request.getfixturevalue("empty_centre")
    return Home(lambda owner: open_store(app, data, owner), tmp_path, address)


@pytest.fixture
def ann(home: Home) -> Iterator[Store]:
    with closing(home.open(ANN)) as store:
        yield store


@pytest.fixture
def ben(home: Home) -> Iterator[Store]:
    with closing(home.open(BEN)) as store:
        yield store
