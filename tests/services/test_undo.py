"""What was deleted comes back as it was, with all that was deleted with it; and what cannot come back is said."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from interview.document_kinds import DOCUMENT_KINDS
from interview.interview import Interview
from interview.mock.run import MockRun
from interview.person import Person
from interview.questions.own_question import HiddenQuestion, OwnQuestion, make_hidden_id, make_own_question
from interview.research import ResearchNotes, make_research_id
from services.asked_questions import make_mock_question
from services.interviews.mock_plans import draft_plan, save_plan
from services.interviews.mock_runs import answer_question, begin_run, delete_run
from services.question_bank import delete_own_question, load_question_bank
from services.undo import NOT_ALL, bring_back, pack
from store.errors import StoreError
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE, ONE, RECEPTION, TOM, TWO
from tests.support.stored_attempts import NOON, add_done

RESEARCH = ResearchNotes(make_research_id(ONE), ONE, ("open data",))
OTHER = Interview("e" * 32, "Ferry Works", "Analyst")
OWN_QUESTION_ID = "f" * 32


def load_everything(store: Store) -> dict[str, tuple[object, ...]]:
    return {name: store.load_documents(kind) for name, kind in DOCUMENT_KINDS.items()}


@pytest.fixture
def around(store: Store) -> Store:
    """Return a store with two interviews, and with all that was written around the first."""
    for thing in (OTHER, HELD, MARIA, TOM, RECEPTION, RESEARCH, NOTE):
        store.save(thing)
    store.save(DEBRIEF)
    later = replace(DEBRIEF, too_fast=False)
    store.save(later, expected=DEBRIEF)
    return store


def test_an_interview_comes_back_with_its_people_notes_and_debrief_in_their_order(around: Store) -> None:
    before = load_everything(around)
    packed = pack(around, [ONE])
    around.delete_document(ONE)
    assert around.load_documents(Interview) == (OTHER,)
    assert around.load_documents(Person) == ()
    assert packed is not None
    bring_back(around, packed)
    assert load_everything(around) == before


def test_only_what_was_named_and_belongs_to_it_is_packed(around: Store) -> None:
    packed = pack(around, [TWO])
    assert packed is not None
    around.delete_document(ONE)
    around.save(HELD)
    bring_back(around, packed)
    assert around.load_documents(Person) == (MARIA,)
    assert around.load_documents(ResearchNotes) == ()


def test_what_is_back_is_not_deleted_on_another_computer(around: Store, tmp_path: Path) -> None:
    packed = pack(around, [ONE])
    around.delete_document(ONE)
    assert packed is not None
    bring_back(around, packed)
    around.export(tmp_path / "all.zip")
    other = open_store(folder=tmp_path / "other")
    other.save(HELD)
    other.import_archive(tmp_path / "all.zip")
    assert set(other.load_documents(Interview)) == {HELD, OTHER}
    assert set(other.load_documents(Person)) == {MARIA, TOM, RECEPTION}
    other.close()


def test_a_person_whose_interview_is_gone_cannot_come_back_and_it_says_so(around: Store) -> None:
    packed = pack(around, [TWO])
    around.delete_document(ONE)
    assert packed is not None
    with pytest.raises(StoreError, match=NOT_ALL):
        bring_back(around, packed)
    assert around.load_documents(Person) == ()


def test_a_question_of_ones_own_comes_back_and_is_still_hidden(store: Store) -> None:
    own = make_own_question(OWN_QUESTION_ID, "Why maps?", "technical")
    hidden = HiddenQuestion(make_hidden_id(own.id), own.id)
    store.save(own)
    store.save(hidden)
    packed = delete_own_question(store, load_question_bank(store), own.id)
    assert store.load_documents(OwnQuestion) == store.load_documents(HiddenQuestion) == ()
    assert packed is not None
    bring_back(store, packed)
    assert (store.load_documents(OwnQuestion), store.load_documents(HiddenQuestion)) == ((own,), (hidden,))


@pytest.mark.parametrize("with_answers", [False, True])
def test_a_mock_interview_comes_back_with_its_plan_and_the_answers_deleted_with_it(
    store: Store, *, with_answers: bool
) -> None:
    run = begin_run(store, save_plan(store, draft_plan((), (), "a" * 32, 7)), NOON)
    answer = add_done(store, make_mock_question(run.steps[0]))
    answer_question(store, run.id, 0, answer, NOON)
    run, before, sound = store.load_document(MockRun, run.id), load_everything(store), store.read_flac(answer)
    packed = delete_run(store, run, with_answers=with_answers)
    assert len(store.load_history()) == (0 if with_answers else 1)
    assert packed is not None
    bring_back(store, packed)
    assert load_everything(store) == before
    assert [attempt.id for attempt in store.load_history()] == [answer]
    assert store.read_flac(answer) == sound


def test_nothing_is_written_to_the_disk_while_it_is_kept(around: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was written")

    for name in ("mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    packed = pack(around, [ONE])
    assert packed is not None
    around.delete_document(ONE)
    bring_back(around, packed)
    assert set(around.load_documents(Interview)) == {HELD, OTHER}


def test_an_answer_with_a_damaged_recording_comes_back_with_its_report(store: Store, tmp_path: Path) -> None:
    answer = add_done(store)
    (recording,) = (tmp_path / "data" / "recordings").iterdir()
    recording.write_bytes(b"no sound")
    packed, report = pack(store, [answer]), store.load_report(answer)
    store.delete_attempt(answer)
    assert packed is not None
    bring_back(store, packed)
    assert store.load_report(answer) == report
    assert not store.load_attempt(answer).has_recording


def test_what_cannot_be_read_is_not_packed_and_can_still_be_deleted(store: Store, tmp_path: Path) -> None:
    store.save(HELD)
    with sqlite3.connect(tmp_path / "data" / DATABASE_FILE) as database:
        database.execute("UPDATE things SET body = 'no JSON'")
    database.close()
    assert pack(store, [ONE]) is None
    store.delete_document(ONE)
    assert store.list_troubles() == ()
