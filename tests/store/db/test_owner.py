"""No statement goes beyond the owner of its connection, and no query of the store is left out of the proof."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event, exists, func, insert, select, update

from interview.ids import make_id
from interview.person import Person
from store.accounts import Consent, Role
from store.db.database import Database, migrate
from store.db.owner import LOCAL_ID, LOCAL_OWNER, Owner, Task, confine
from store.db.tables import (
    OWNED,
    PERSONAL,
    attempts,
    deletions,
    group_questions,
    groups,
    hearings,
    memberships,
    metadata,
    notes,
    people,
    results,
    sessions,
    shares,
)
from store.groups import MIN_COUNTED
from store.locations import DATABASE_FILE, build_database_url
from store.sharing import SharedKind
from store.store import Store, open_store
from tests.store.test_health import run_sql
from tests.support.centre.owner_watch import find_unfiltered
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add_done, add_recorded, add_silent
from tests.torture.stores.merge import list_corrections, make_report

ANN, BEN = Owner("https://id.example", "ann"), Owner("https://id.example", "ben")
STORE = Path(__file__).parents[3] / "store"
RUNS = frozenset({"execute", "scalar", "scalars", "read_each"})


def test_every_table_but_that_of_people_has_owners() -> None:
    assert set(metadata.tables.values()) == PERSONAL | {people}
    assert all("owner" in table.primary_key.columns for table in OWNED)
    assert all("owner" in link.column_keys for table in OWNED for link in table.foreign_key_constraints)


def test_two_people_never_have_the_same_id() -> None:
    assert ANN.id != BEN.id
    assert Owner("a", "bc").id != Owner("ab", "c").id
    assert Owner("", "").id != LOCAL_OWNER.id == LOCAL_ID


@pytest.mark.parametrize(
    "statement",
    [
        select(attempts),
        select(func.count()).select_from(attempts),
        select(attempts, sessions.c.started_at).join_from(attempts, sessions).outerjoin(results),
        select(attempts.c.id, results.c.said).outerjoin(results),
        select(attempts).where(attempts.c.id.in_(select(notes.c.attempt_id))),
        select(select(notes.c.attempt_id).group_by(notes.c.attempt_id).subquery()),
        select(attempts.alias("others")),
        delete(sessions).where(~exists().where(attempts.c.session_id == sessions.c.id)),
        update(attempts).where(attempts.c.id == "1").values(take=2),
        insert(deletions).values(id="1"),
        select(shares),
        delete(hearings),
        update(shares).values(taken_back_at=None),
        select(groups),
        select(group_questions.c.due).where(group_questions.c.group_id == "1"),
        delete(groups).where(groups.c.id == "1"),
        select(memberships),
        delete(memberships),
    ],
)
def test_a_statement_is_held_to_one_owner_and_so_is_what_is_nested_in_it(statement: Any) -> None:
    assert find_unfiltered(str(statement))
    assert find_unfiltered(str(confine(statement, ANN.id))) == []


def test_a_filter_brings_no_table_into_a_query() -> None:
    chosen = select(attempts.c.id).where(attempts.c.id.in_(select(notes.c.attempt_id)))
    written = " ".join(str(confine(chosen, ANN.id)).split())
    assert written.startswith(
        "SELECT attempts.id FROM attempts WHERE attempts.id IN (SELECT notes.attempt_id FROM notes"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT attempts.id FROM attempts WHERE attempts.id = ?",
        "SELECT attempts.id FROM attempts WHERE attempts.owner = attempts.owner",
        "SELECT attempts.id FROM attempts WHERE attempts.owner = ? OR EXISTS (SELECT 1 FROM notes)",
        "SELECT attempts.id FROM attempts, notes WHERE attempts.owner = ?",
        "SELECT attempts.id FROM attempts JOIN notes ON notes.attempt_id = attempts.id WHERE attempts.owner = ?",
        "INSERT INTO deletions (id) VALUES (?)",
        "UPDATE notes SET text = ?",
        "DELETE FROM notes",
        "SELECT others.id FROM attempts AS others WHERE others.id = ?",
        "SELECT shares.id FROM shares WHERE shares.thing_id = ?",
    ],
)
def test_the_watch_sees_a_statement_without_an_owner(sql: str) -> None:
    assert find_unfiltered(sql)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(build_database_url(tmp_path), owner=ANN)
    migrate(database)
    database.register_owner()
    yield database
    database.close()


def test_a_row_that_names_another_owner_becomes_the_writers_own(database: Database) -> None:
    foreign = {"id": "1" * 32, "owner": BEN.id, "started_at": None, "zone_offset": 0}
    rows = [foreign | {"id": digit * 32, "started_at": func.now()} for digit in "23"]
    with database.begin_write() as connection:
        connection.execute(insert(sessions).values(rows[0]))
        given = [{"id": "4" * 32, "owner": BEN.id, "deleted_at": None}]
        with pytest.raises(Exception, match="NOT NULL"):
            connection.execute(insert(deletions), given)
        connection.exec_driver_sql("SELECT 1")
        assert connection.scalars(select(sessions.c.owner)).all() == [ANN.id]


def test_a_connection_without_an_owner_reaches_no_owned_table(database: Database) -> None:
    with database.begin_migration() as connection:
        assert connection.scalar(select(func.count()).select_from(people)) == 2
        for statement in (select(attempts), delete(notes), select(exists().where(results.c.attempt_id == "1"))):
            with pytest.raises(RuntimeError, match="without an owner"):
                connection.execute(statement)


def test_a_task_for_everybody_sees_what_it_needs_and_nothing_else(database: Database) -> None:
    with database.begin_task(Task.QUEUE) as connection:
        assert connection.execute(select(attempts.c.owner, attempts.c.id)).all() == []
        for statement in (
            select(results),
            select(attempts, notes.c.text),
            update(attempts).values(take=1),
            delete(attempts),
            select(attempts.c.id).where(exists().where(notes.c.attempt_id == attempts.c.id)),
        ):
            with pytest.raises(RuntimeError, match="without an owner"):
                connection.execute(statement)
    with database.begin_task(Task.PEOPLE) as connection:
        assert connection.scalar(select(func.count()).select_from(people)) == 2
        for statement in (select(attempts.c.id), select(shares), select(hearings)):
            with pytest.raises(RuntimeError, match="without an owner"):
                connection.execute(statement)


def list_call_sites() -> set[tuple[str, int, int]]:
    """Return where the store runs statements: file, first and last line."""
    found = set()
    for path in STORE.rglob("*.py"):
        if "migrations" in path.parts or path.name in ("row_security.py", "database.py", "conversion.py"):
            continue  # which run statements of their own, on no owned table
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_call(node) in RUNS and not _is_on_a_copy(node):
                found.add((str(path), node.lineno, node.end_lineno or node.lineno))
    return found


def _name_call(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_on_a_copy(node: ast.Call) -> bool:
    """Whether a call runs SQL as text, which is done on copies and files alone."""
    given = node.args[0] if node.args else None
    return isinstance(given, ast.Constant | ast.JoinedStr) or (isinstance(given, ast.Name) and given.id == "query")


@contextmanager
def note_call_sites() -> Iterator[set[tuple[str, int]]]:
    """Collect the lines of the store that statements come from."""
    lines: set[tuple[str, int]] = set()

    def note(*_: Any) -> None:
        frame = sys._getframe()
        while frame is not None:
            if frame.f_code.co_filename.startswith(str(STORE)):
                lines.add((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back  # type: ignore[assignment]

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield lines
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def use_everything(folder: Path) -> None:
    """Use a store in every way that runs a statement of its own."""
    with closing(open_store(folder=folder / "one", owner=ANN)) as one:
        with closing(open_store(folder=folder / "other", owner=BEN)) as other:
            _write_answers(one)
            _merge_changes(one, other, folder)
            _share(one)
        _use_rows_of_earlier_versions(one, folder / "one")
        _delete(one)
        _read_damaged(one, folder / "one" / DATABASE_FILE)
        one.delete_all()
    with closing(open_store(folder=folder / "third", owner=ANN)) as third:
        _mend(third, folder / "third")


def _write_answers(store: Store) -> None:
    add_silent(store)
    done, waiting, failed = add_done(store), add_recorded(store, CONFLICT), add_recorded(store, CONFLICT)
    store.mark_failed(failed, "Not English.")
    store.list_interrupted()
    store.get_next_take(ABOUT_YOU.id)
    first, second = list_corrections()[:2]
    store.add_correction(done, first, make_report((first,)))
    store.add_correction(done, second, make_report((first, second)), seen=(first,))
    store.undo_corrections(done, make_report((first,)), left=1, seen=(first, second))
    store.add_note(done, "Slower.")
    store.add_note(waiting, "Later.")
    person = Person(make_id(), "Zoë")
    store.save(person)
    store.save(replace(person, notes="Kind."), person)
    store.load_document(Person, person.id)
    store.search("zoë")
    store.search("slower")
    store.copy_if_due()
    store.check()
    store.get_disk_usage()
    store.load_recording(done)
    store.load_notes(done)


def _merge_changes(one: Store, other: Store, folder: Path) -> None:
    def bring(source: Store, target: Store, **how: bool) -> None:
        source.export(folder / "all.zip")
        assert target.import_archive(folder / "all.zip", **how).damaged == ()

    bring(one, other)
    (done,) = (kept.id for kept in one.load_measured() if kept.words)
    (person,) = one.load_documents(Person)
    seen = one.load_result(done).corrections
    first, second, third = list_corrections()
    one.add_correction(done, second, make_report((first, second)), seen=seen)
    other.add_correction(done, third, make_report((first, third)), seen=seen)
    one.save(replace(person, notes="Here."), person)
    other.save(replace(person, notes="There."), person)
    other.add_note(done, "From elsewhere.")
    for store, hour in ((one, 1), (other, 2)):  # each numbers its takes without the other
        add_recorded(store, ABOUT_YOU, NOON + timedelta(hours=hour))
    waiting = next(kept for kept in other.load_history() if kept.question == CONFLICT)
    other.delete_attempt(waiting.id)
    bring(other, one)
    bring(one, other, restore_deleted=True)
    beside = one.list_versions()
    assert {each.kind for each in beside} == {"attempt", "person"}
    for each in beside:
        one.use_version(each.id)
    (of_person,) = (each for each in one.list_versions() if each.kind == "person")
    run_sql(folder / "one", "UPDATE things SET body = 'no JSON'")
    one.use_version(of_person.id)
    one.delete_version(one.list_versions()[0].id)
    bring(one, other)


def _share(store: Store) -> None:
    now = datetime.now(UTC)
    coach = store.for_owner(BEN)
    coach.accounts.note_sign_in("Ben", "", now)
    store.accounts.set_role(BEN.id, Role.COACH)
    store.accounts.give_consent(Consent(1, now))
    store.accounts.save_settings(store.accounts.load_settings() or {})
    store.accounts.load()
    store.accounts.list_coaches()
    store.accounts.list_everybody()
    store.accounts.list_waiting()
    answer = store.load_history()[0].id
    made = store.sharing.share(BEN.id, SharedKind.ANSWER, answer, now)
    coach.sharing.note_hearing(coach.sharing.load_received(made.id), answer, now)
    store.sharing.list_given(answer)
    store.sharing.list_hearings(answer)
    store.sharing.take_back(made.id, now)
    _join_group(store, coach)
    store.for_person(BEN.id).accounts.remove()


def _join_group(store: Store, coach: Store) -> None:
    now = datetime.now(UTC)
    group = coach.groups.make("Nurses", now)
    given = coach.groups.give(group.id, ABOUT_YOU.id, now.date(), now)
    for place in range(MIN_COUNTED):
        member = store.for_owner(Owner("https://id.example", f"member {place}"))
        member.groups.join(group.id, BEN.id, now)
        member.groups.list_questions(group.id)
    assert coach.groups.count_answered(group.id) == {}
    assert [each.id for each in member.groups.list_all()] == [group.id]
    member.groups.leave(group.id)
    coach.groups.take_away(given.id)
    coach.groups.remove(group.id)


def _use_rows_of_earlier_versions(store: Store, folder: Path) -> None:
    run_sql(folder, "UPDATE attempts SET sound_digest = NULL, revision = NULL")
    store.check()
    (done,) = (kept.id for kept in store.load_measured() if kept.words)
    store.undo_corrections(done, None, left=0, seen=store.load_result(done).corrections)


def _delete(store: Store) -> None:
    store.delete_attempt(store.load_history()[-1].id)
    store.delete_document(store.load_documents(Person)[0].id)
    store.load_measured()
    store.remove_recordings_before(datetime.now(UTC))


def _read_damaged(store: Store, path: Path) -> None:
    add_done(store, CONFLICT)
    run_sql(path.parent, "UPDATE attempts SET zone_offset = 1000000000", "UPDATE notes SET seal = NULL")
    store.check()
    assert store.list_troubles()


def _mend(store: Store, folder: Path) -> None:
    """Damage one thing after the other, and have it back from an export."""
    add_done(store)
    add_done(store, CONFLICT, keep=False)
    store.save(Person(make_id(), "Zoë"))
    store.export(folder / "whole.zip")
    for damage in (
        "UPDATE attempts SET name = 'x' WHERE has_recording",
        "UPDATE attempts SET recorded_at = 'yesterday'",
        "UPDATE results SET report = 'no JSON'",
        "UPDATE things SET body = 'no JSON'",
        "UPDATE results SET said = CAST(X'ff00fe' AS TEXT)",
    ):
        run_sql(folder, damage)
        store.search(ABOUT_YOU.text)  # which is found, whatever is damaged beside it
        assert store.import_archive(folder / "whole.zip").updated
    assert not store.check().troubles


def test_every_query_of_the_store_runs_with_an_owner(tmp_path: Path) -> None:
    with note_call_sites() as lines:  # the statements themselves are watched in every test of the store
        use_everything(tmp_path)
    missing = [
        f"{Path(path).name}:{first}"
        for path, first, last in sorted(list_call_sites())
        if not any(found == path and first <= line <= last for found, line in lines)
    ]
    assert missing == [], "this test does not reach them: add to `use_everything` what runs them"
