"""Documents: saved, searched, edited, deleted, exported and imported."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codec.refusals import Refusal
from store.db import document_json
from store.errors import StoreError
from store.store import Store, open_store
from store.transfer.importer import ArchiveImport
from store.troubles import TroubleKind
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, add_done, add_recorded

ONE, TWO, THREE = ("1" * 32, "2" * 32, "3" * 32)


class Mood(StrEnum):
    CALM = "calm"
    HURRIED = "hurried"


@dataclass(frozen=True)
class Place:
    town: str
    height: float  # m


@dataclass(frozen=True)
class Visit:
    id: str
    company: str
    at: datetime | None = None
    day: date | None = None
    moods: tuple[Mood, ...] = ()
    place: Place | None = None
    rounds: int = 1
    held: bool = False


@dataclass(frozen=True)
class Remark:
    id: str
    interview: str | None
    text: str


@pytest.fixture(autouse=True)
def _known_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("store.db.documents", "store.transfer.merging"):
        monkeypatch.setattr(f"{module}.DOCUMENT_KINDS", {"visit": Visit, "remark": Remark})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    opened = open_store(url, tmp_path / "store")
    yield opened
    opened.close()


FULL = Visit(
    ONE, "Zoë & Söhne", datetime(2026, 3, 1, 9, tzinfo=UTC), date(2026, 3, 5), (Mood.CALM,), Place("Graz", 353.0), 2
)


def test_a_document_is_loaded_as_it_was_saved(store: Store) -> None:
    store.save(FULL)
    assert store.load_documents(Visit) == (FULL,)
    assert store.load_document(Visit, ONE) == FULL


def test_saving_the_same_document_twice_changes_nothing(store: Store) -> None:
    store.save(FULL)
    store.save(FULL)
    assert store.load_documents(Visit) == (FULL,)


def test_an_edit_replaces_the_version_it_was_made_from(store: Store) -> None:
    store.save(FULL)
    later = replace(FULL, company="Other")
    store.save(later, expected=FULL)
    assert store.load_documents(Visit) == (later,)


def test_the_second_of_two_concurrent_edits_is_refused(store: Store) -> None:
    store.save(FULL)
    first, second = replace(FULL, company="First"), replace(FULL, company="Second")
    store.save(first, expected=FULL)
    with pytest.raises(StoreError, match="in another window"):
        store.save(second, expected=FULL)
    with pytest.raises(StoreError, match="in another window"):
        store.save(second)
    assert store.load_documents(Visit) == (first,)


def test_a_late_edit_does_not_restore_a_deleted_document(store: Store) -> None:
    store.save(FULL)
    store.delete_document(ONE)
    with pytest.raises(StoreError, match="has been deleted"):
        store.save(replace(FULL, company="Late"), expected=FULL)
    with pytest.raises(StoreError, match="has been deleted"):
        store.load_document(Visit, ONE)


def test_documents_of_an_interview_are_listed_and_deleted_with_it(store: Store) -> None:
    store.save(FULL)
    store.save(Visit(TWO, "Other"))
    store.save(Remark(THREE, ONE, "Kind people."))
    assert store.load_documents(Remark, interview=ONE) == (Remark(THREE, ONE, "Kind people."),)
    assert store.load_documents(Remark, interview=TWO) == ()
    store.delete_document(ONE)
    assert store.load_documents(Remark) == ()
    assert store.load_documents(Visit) == (Visit(TWO, "Other"),)


def test_nothing_is_saved_for_a_deleted_interview(store: Store) -> None:
    with pytest.raises(StoreError, match="interview this belongs to has been deleted"):
        store.save(Remark(THREE, ONE, "Too late."))


def test_an_unregistered_document_type_raises_value_error(store: Store) -> None:
    with pytest.raises(ValueError, match="Place is not in interview"):
        store.load_documents(Place)


def test_a_document_of_a_newer_version_is_reported_and_neither_changed_nor_in_the_way_of_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(FULL)
    monkeypatch.setattr("store.db.documents.DOCUMENT_KINDS", {"visit": Remark})
    monkeypatch.setattr("store.db.documents.get_kind_name", lambda _: "visit")
    with pytest.raises(StoreError, match="We can't read"):
        store.load_document(Remark, ONE)
    assert store.load_documents(Remark) == ()
    (told,) = store.list_troubles()
    assert (told.kind, told.id) == (TroubleKind.DOCUMENT, ONE)


def test_a_search_result_contains_every_word(store: Store) -> None:
    store.save(FULL)
    store.save(Visit(TWO, "Graz 100% Works"))
    assert {found.id for found in store.search("GRAZ")} == {ONE, TWO}
    assert [found.id for found in store.search("graz zoë")] == [ONE]
    assert [found.id for found in store.search("100%")] == [TWO]
    assert store.search("  ") == ()
    assert store.search("elsewhere") == ()


def test_an_excerpt_contains_the_word_found_and_no_identifier(store: Store) -> None:
    store.save(replace(FULL, company="a " * 200 + "needle" + " b" * 200))
    (found,) = store.search("NEEDLE")
    assert (found.kind, "needle" in found.excerpt, ONE in found.excerpt) == ("visit", True, False)
    assert len(found.excerpt) <= 2 * 60 + 2


def test_answers_are_found_by_question_words_and_notes(store: Store) -> None:
    done, only_recorded = add_done(store), add_recorded(store, CONFLICT)
    store.add_note(done, "Take the Übung slower.")
    assert [found.id for found in store.search("worked")] == [done]
    assert [found.id for found in store.search("CONFLICT")] == [only_recorded]
    assert [found.id for found in store.search("übung led")] == [done]
    assert {found.kind for found in store.search("tell")} == {"attempt"}


def test_deleting_all_data_also_deletes_documents(store: Store) -> None:
    store.save(FULL)
    store.save(Remark(THREE, ONE, "Kind people."))
    store.delete_all()
    assert (store.load_documents(Visit), store.load_documents(Remark), store.search("graz")) == ((), (), ())


def test_an_export_transfers_all_documents_once(store: Store, tmp_path: Path) -> None:
    store.save(FULL)
    store.save(Remark(THREE, ONE, "Kind people."))
    add_done(store, ABOUT_YOU)
    store.export(tmp_path / "all.zip")
    other = open_store(folder=tmp_path / "other")
    assert other.import_archive(tmp_path / "all.zip") == ArchiveImport(1, 0, 2)
    assert (other.load_documents(Visit), other.load_documents(Remark)) == (
        store.load_documents(Visit),
        store.load_documents(Remark),
    )
    assert [found.kind for found in other.search("worked")] == ["attempt"]
    assert other.import_archive(tmp_path / "all.zip") == ArchiveImport(0, 1, 0)
    other.close()


@pytest.mark.parametrize(
    "things",
    [
        [{"kind": "unknown", "kept_at": "2026-03-01T00:00:00+00:00", "thing": {"id": ONE}}],
        [{"kind": "visit", "kept_at": "2026-03-01T00:00:00+00:00", "thing": {"id": ONE}}],
        [{"kind": "visit", "kept_at": "2026-03-01T00:00:00+00:00", "thing": {"id": "../x", "company": "C"}}],
        [{"kind": "visit", "kept_at": "someday", "thing": {"id": ONE, "company": "C"}}],
        [{"kind": "visit", "kept_at": "2026-03-01T00:00:00", "thing": {"id": ONE, "company": "C"}}],
        {"kind": "visit"},
        7,
    ],
)
def test_damaged_documents_of_an_export_are_named_and_left_out(store: Store, tmp_path: Path, things: object) -> None:
    add_done(store)
    store.export(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, json.dumps(things) if name == "things.json" else good.read(name))
    other = open_store(folder=tmp_path / "other")
    imported = other.import_archive(tmp_path / "bad.zip")
    assert (imported.added, imported.documents, len(imported.damaged)) == (1, 0, 1)
    assert "damaged" in imported.damaged[0]
    other.close()


def test_a_field_missing_in_older_data_gets_its_default() -> None:
    assert document_json.from_json(Visit, {"id": ONE, "company": "C"}) == Visit(ONE, "C")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rounds": "2"}, "rounds should be a whole number, not '2'"),
        ({"rounds": True}, "rounds should be a whole number, not True"),
        ({"held": 1}, "held should be true or false, not 1"),
        ({"moods": "calm"}, "moods should be a list, not 'calm'"),
        ({"moods": ["sad"]}, "moods[0] should be 'calm' or 'hurried', not 'sad'"),
        ({"place": {"town": "Graz", "height": "high"}}, "place.height should be a number, not 'high'"),
        ({"day": 7}, "day should be a day, not 7"),
        ({"day": "2026-02-30"}, "day should be a day, not '2026-02-30'"),
        ({"at": "2026-03-01T09:00:00"}, "at should be a moment with its zone, not '2026-03-01T09:00:00'"),
        ({"at": 1700000000}, "at should be a moment with its zone, not 1700000000"),
        ({"more": 1}, "more isn't known here; known are id, company, at, day, moods, place, rounds, held"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_with_its_place_and_content(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(Refusal, match=rf"^{re.escape(told)}$"):
        document_json.from_json(Visit, {"id": ONE, "company": "C", **wrong})


@given(
    st.builds(
        Visit,
        at=st.none() | st.datetimes(timezones=st.just(UTC)),
        day=st.none() | st.dates(),
        moods=st.lists(st.sampled_from(Mood)).map(tuple),
        place=st.none() | st.builds(Place, height=st.floats(allow_nan=False, allow_infinity=False)),
    )
)
def test_any_document_survives_conversion_to_json(visit: Visit) -> None:
    assert document_json.from_json(Visit, json.loads(json.dumps(document_json.to_json(visit)))) == visit
    assert {field.name for field in dataclasses.fields(Visit)} == set(document_json.to_json(visit))
