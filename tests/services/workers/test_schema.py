"""`answer-aloud migrate` makes all tables, changes nothing when they are there, and takes only the steps that lack."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from app_pages import launch
from services.workers import schema
from services.workers.schema import NO_TABLES, require_tables, update_tables
from store.errors import StoreError
from store.store import open_store
from tests.support.postgres_server import postgres_server
from tests.support.servers.centre import Centre
from tests.support.stored_attempts import add_recorded

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.mark.postgres
def test_tables_are_made_once(postgres: str) -> None:
    with pytest.raises(StoreError, match="Run: answer-aloud migrate"):
        require_tables(postgres)
    assert len(update_tables(postgres)) > 30
    assert update_tables(postgres) == ()
    require_tables(postgres)


@pytest.mark.postgres
def test_only_the_steps_that_lack_are_taken(centre: Centre) -> None:
    """One step is taken back by hand: the function that it makes."""
    step = "03.03.00_01_pre_priority_lock_fetch_job.sql"
    centre.query("DELETE FROM answer_aloud_queue_steps WHERE name = %s", step)
    centre.query("DROP FUNCTION procrastinate_fetch_job_v2")
    with pytest.raises(StoreError, match=NO_TABLES[:20]):
        require_tables(centre.address)
    assert update_tables(centre.address) == (step,)
    assert centre.query("SELECT count(*) FROM pg_proc WHERE proname = 'procrastinate_fetch_job_v2'") == [(1,)]


@pytest.mark.postgres
def test_the_command_makes_the_tables_of_answers_and_of_the_queue(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", postgres)
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    assert schema.main() == 0
    assert "are up to date" in capsys.readouterr().out
    require_tables(postgres)


def test_for_a_single_user_it_says_that_nothing_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    assert schema.main() == 0
    assert "A queue for many users needs a Postgres database" in capsys.readouterr().out


def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", f"postgresql+psycopg://me:secret@/none?host={tmp_path}")
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    assert schema.main() == 2
    told = capsys.readouterr().err
    assert told.startswith("We can't use the database")
    assert "secret" not in told


@pytest.mark.postgres
def test_the_roles_of_deploy_keep_people_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The script that makes the app's role and the command of the service `migrate`, against a server of its own."""
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    with postgres_server() as owner:
        where = {"PGHOST": str(make_url(owner).query["host"]), "POSTGRES_USER": "tester", "POSTGRES_DB": "postgres"}
        subprocess.run(["sh", DEPLOY / "roles.sh"], env={**os.environ, **where, "APP_PASSWORD": "it's one"}, check=True)
        monkeypatch.setenv("ANSWER_ALOUD_DATABASE", owner)
        assert services["migrate"]["command"][0] == launch.MIGRATE
        assert schema.main(services["migrate"]["command"][1:]) == 0
        app_role = make_url(services["web"]["environment"]["ANSWER_ALOUD_DATABASE"]).username
        app = make_url(owner).set(username=app_role).render_as_string(hide_password=False)
        require_tables(app)
        with closing(open_store(app, tmp_path)) as store:
            assert store.find_gap() is None
            add_recorded(store)
        with closing(open_store(owner, tmp_path)) as store:
            assert store.find_gap() == "the role tester may bypass row-level security"
