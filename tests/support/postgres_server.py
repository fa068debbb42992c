"""A Postgres server of its own in a temporary folder, reached through a socket there, without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, make_url, text

from tools.system_packages import find_postgres_program

QUICK = ("fsync=off", "full_page_writes=off", "listen_addresses=")  # a test's database need not outlast a power cut


@dataclass(frozen=True)
class PostgresServer:
    """A server that runs: the address of its one database."""

    address: str
    control: tuple[str, ...]

    def restart(self) -> None:
        """End it, with all connections, and start it again."""
        _run(*self.control, "-m", "fast", "restart")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Make and start a server; gives the address of its one database, and ends the server."""
    with restartable_postgres_server() as server:
        yield server.address


@contextmanager
def restartable_postgres_server() -> Iterator[PostgresServer]:
    """Make and start a server that can be started again meanwhile, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path has to be short
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")  # the server refuses to run as root
        data = folder / "data"
        _run("initdb", "-D", str(data), "--auth=trust", "--username=tester", "--encoding=UTF8", "--no-sync")
        options = " ".join(f"-c {setting}" for setting in (*QUICK, f"unix_socket_directories={folder}"))
        control = ("pg_ctl", "-D", str(data), "-w", "-s", "-l", str(folder / "log"))
        _run(*control, "-o", options, "start")
        try:
            address = f"postgresql+psycopg://tester@/postgres?host={quote(str(folder), safe='')}"
            yield PostgresServer(address, (*control, "-o", options))
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_empty(address: str) -> None:
    """Leave nothing in the database."""
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()


def make_roles(address: str) -> tuple[str, str]:
    """Make two roles without special rights in an empty database.

    Returns:
        The address for the role that is to own the tables, and the one for the role of the app.
    """
    engine = create_engine(address)
    with engine.begin() as connection:
        for role in ("keeper", "app"):
            if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}) is None:
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        connection.exec_driver_sql("ALTER SCHEMA public OWNER TO keeper")
    engine.dispose()
    keeper, app = (make_url(address).set(username=role) for role in ("keeper", "app"))
    return str(keeper), str(app)


def _run(program: str, *arguments: str) -> None:
    path = find_postgres_program(program)
    assert path is not None, f"{program} is not installed"
    user = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run([path, *arguments], user=user, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")
