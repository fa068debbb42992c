"""What version 0.1 wrote (commit 26fc78f) opens as it was written, and is written again without a difference.

tests/data/earlier/ holds a database and an export of it with five answers (corrected, a sample, silence, only
recorded, failed) and a value of every kind that a user writes; settings with everything set; a report and a transcript.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis import serialization
from analysis.corrections.correction import CorrectionAction
from interview.document_kinds import KINDS
from interview.questions.own_question import OwnQuestion
from interview.questions.placeholder_values import Fillings
from speech import transcript_json
from speech.transcript import WordKind
from store.attempt import State
from store.db import document_json
from store.locations import DATABASE_FILE
from store.settings import read_settings, settings_file, write_settings
from store.store import Imported, Store, open_store
from tests.interview.test_values import VALUES
from tests.support.settings_file import EVERYTHING
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON

pytest_plugins = ("tests.support.settings_file",)

EARLIER = Path(__file__).parents[1] / "data" / "earlier"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "store").mkdir()
    with sqlite3.connect(tmp_path / "store" / DATABASE_FILE) as connection:
        connection.executescript((EARLIER / "store.sql").read_text(encoding="utf-8"))
    connection.close()
    store = open_store(folder=tmp_path / "store")
    yield store
    store.close()


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Store]:
    store = open_store(folder=tmp_path / "imported")
    assert store.import_export(EARLIER / "export.zip") == Imported(5, 0, len(KINDS))
    yield store
    store.close()


@pytest.fixture(params=["opened", "imported"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


def rows(query: str, store_folder: Path) -> list[Any]:
    with sqlite3.connect(store_folder / DATABASE_FILE) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_the_answers_of_an_earlier_database_and_export_are_all_there(store: Store) -> None:
    corrected, sample, silent, recorded, failed = store.history()
    assert [kept.recorded_at for kept in store.history()] == [NOON + timedelta(days=day) for day in range(5)]
    assert [kept.state for kept in store.history()] == [*[State.DONE] * 3, State.RECORDED, State.FAILED]
    assert [kept.question for kept in (corrected, sample, silent)] == [ABOUT_YOU, ABOUT_YOU, CONFLICT]
    assert (recorded.take, failed.take, failed.failure) == (2, 3, "Not English.")
    assert [note.text for note in store.notes(corrected.id)] == ["Slower, “please”."]
    assert [kept.id for kept in store.measured()] == [corrected.id, sample.id, silent.id]


def test_an_earlier_answer_has_its_words_report_and_corrections(store: Store) -> None:
    found = store.result(store.history()[0].id)
    assert " ".join(word.text for word in found.transcript.words) == "I led um it. So, like, it worked."
    assert [(word.text, word.kind) for word in found.transcript.possible_fillers] == [("uh", WordKind.FILLER_SOUND)]
    band = found.original.finding("speaking_rate").band
    assert band is not None
    assert (band.fine, band.watch) == ((100, 150.5), (90, None))
    assert (found.original.finding("filler_sounds").value, found.original.question) == (
        pytest.approx(60 / 1.9),
        ABOUT_YOU,
    )
    actions = [(each.action, each.before, each.after) for each in found.corrections]
    assert actions == [(CorrectionAction.CHANGE_WORD, "led", "built"), (CorrectionAction.REMOVE_FILLER, "um", None)]
    assert found.corrected is not None
    assert " ".join(word.text for word in found.corrected.words) == "I built it. So, like, it worked."


def test_an_earlier_silent_answer_has_nothing_but_a_next_step(store: Store) -> None:
    found = store.result(store.history()[2].id).original
    assert (found.response, found.words, found.strength) == (None, (), None)
    assert found.next_step is not None
    assert {finding.value for finding in found.findings} == {None}


@pytest.mark.parametrize("store", ["opened"], indirect=True)
def test_the_json_of_an_earlier_database_is_written_again_byte_by_byte(store: Store, tmp_path: Path) -> None:
    kept = rows("SELECT transcript, report, corrected_report FROM results", tmp_path / "store")
    assert len(kept) == 3
    for transcript, *reports in kept:
        assert json.dumps(transcript_json.to_json(transcript_json.from_json(json.loads(transcript)))) == transcript
        for report in filter(None, reports):
            assert json.dumps(serialization.to_json(serialization.from_json(json.loads(report)))) == report


def test_an_earlier_export_is_imported_as_the_same_json(opened: Store, imported: Store, tmp_path: Path) -> None:
    assert opened.history() == imported.history()
    for query in (
        "SELECT transcript, report, corrected_report, said FROM results ORDER BY attempt_id",
        "SELECT id, kind, interview_id, body, said FROM things ORDER BY id",
        "SELECT attempt_id, position, action, start_seconds, end_seconds FROM corrections ORDER BY 1, 2",
    ):
        assert rows(query, tmp_path / "store") == rows(query, tmp_path / "imported")


def test_what_was_written_and_planned_earlier_is_found_by_its_kind(store: Store) -> None:
    for name, kind in KINDS.items():
        (found,) = store.things(kind)
        if name in VALUES:
            expected = document_json.to_json(VALUES[name]) | {"id": found.id}
            assert document_json.to_json(found) == expected
    (question,), (fillings,) = store.things(OwnQuestion), store.things(Fillings)
    assert (question.text, question.answer, question.target_seconds) == ("Why boats?", "Because\nthey float.", (30, 90))
    assert fillings.by_slot == {"company": "Zoë & Söhne"}


@pytest.mark.parametrize("store", ["opened"], indirect=True)
def test_the_json_of_earlier_things_is_written_again_without_a_difference(store: Store, tmp_path: Path) -> None:
    kept = rows("SELECT kind, body FROM things", tmp_path / "store")
    assert {kind for kind, _ in kept} == KINDS.keys()
    for kind, body in kept:
        (found,) = store.things(KINDS[kind])
        assert document_json.to_json(found) == json.loads(body)


def test_earlier_settings_mean_what_they_did_and_stay_as_written(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes((EARLIER / "settings.toml").read_bytes())
    assert read_settings() == EVERYTHING
    assert read_settings().holidays == (date(2026, 12, 25), date(2027, 1, 1))
    write_settings(read_settings())
    assert settings_file().read_bytes() == (EARLIER / "settings.toml").read_bytes()


def test_an_earlier_report_is_read_and_written_again_byte_by_byte() -> None:
    text = (EARLIER / "report.json").read_text(encoding="utf-8")
    report = serialization.from_json(json.loads(text))
    assert (report.name, len(report.words), report.model) == ("hesitant_start.flac", 73, "base")
    assert json.dumps(serialization.to_json(report), indent=1, ensure_ascii=False) + "\n" == text


def test_an_earlier_transcript_is_read_and_written_again_byte_by_byte() -> None:
    text = (EARLIER / "transcript.json").read_text(encoding="utf-8")
    transcript = transcript_json.from_json(json.loads(text))
    assert (transcript.model, transcript.language, len(transcript.voice) > 5) == ("base", "en", True)
    assert json.dumps(transcript_json.to_json(transcript)) == text
