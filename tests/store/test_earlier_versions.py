"""What version 0.1 wrote (commit 26fc78f) opens as it was written, and is written again without a difference.

tests/data/earlier/ holds a database and an export of it with five answers (corrected, a sample, silence, only
recorded, failed) and a value of every kind that a user writes; settings with everything set; a report and a transcript.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis import serialization
from analysis.corrections.correction import CorrectionAction
from interview.document_kinds import DOCUMENT_KINDS
from interview.questions.own_question import OwnQuestion
from interview.questions.placeholder_values import PlaceholderValues
from speech import transcript_json
from speech.transcript import WordKind
from store.attempt import AttemptState
from store.db import document_json
from store.locations import DATABASE_FILE
from store.settings import get_settings_path, read_settings, write_settings
from store.store import ArchiveImport, Store, open_store
from tests.interview.test_values import VALUES
from tests.support.settings_file import EVERYTHING
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON

pytest_plugins = ("tests.support.settings_file",)

LATER = {"if_then", "listener_comments", "take_practice"}  # kinds that version 0.1 did not have
KINDS = {name: kind for name, kind in DOCUMENT_KINDS.items() if name not in LATER}
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
    assert store.import_archive(EARLIER / "export.zip") == ArchiveImport(5, 0, len(KINDS))
    yield store
    store.close()


@pytest.fixture(params=["opened", "imported"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


def fetch_rows(query: str, store_folder: Path) -> list[Any]:
    with sqlite3.connect(store_folder / DATABASE_FILE) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_all_answers_of_an_earlier_database_and_export_are_present(store: Store) -> None:
    corrected, sample, silent, recorded, failed = store.load_history()
    assert [kept.recorded_at for kept in store.load_history()] == [NOON + timedelta(days=day) for day in range(5)]
    assert [kept.state for kept in store.load_history()] == [
        *[AttemptState.DONE] * 3,
        AttemptState.RECORDED,
        AttemptState.FAILED,
    ]
    assert [kept.question for kept in (corrected, sample, silent)] == [ABOUT_YOU, ABOUT_YOU, CONFLICT]
    assert (recorded.take, failed.take, failed.failure) == (2, 3, "Not English.")
    assert [note.text for note in store.load_notes(corrected.id)] == ["Slower, “please”."]
    assert [kept.id for kept in store.load_measured()] == [corrected.id, sample.id, silent.id]


def test_an_earlier_answer_has_its_words_report_and_corrections(store: Store) -> None:
    found = store.load_result(store.load_history()[0].id)
    assert " ".join(word.text for word in found.transcript.words) == "I led um it. So, like, it worked."
    assert [(word.text, word.kind) for word in found.transcript.possible_fillers] == [("uh", WordKind.FILLED_PAUSE)]
    band = found.original.get_finding("speaking_rate").band
    assert band is not None
    assert (band.fine, band.watch) == ((100, 150.5), (90, None))
    assert (found.original.get_finding("filler_sounds").value, found.original.question) == (
        pytest.approx(60 / 1.9),
        ABOUT_YOU,
    )
    actions = [(each.action, each.before, each.after) for each in found.corrections]
    assert actions == [(CorrectionAction.CHANGE_WORD, "led", "built"), (CorrectionAction.REMOVE_FILLER, "um", None)]
    assert found.corrected is not None
    assert " ".join(word.text for word in found.corrected.words) == "I built it. So, like, it worked."


def drop_definitions(report: Any) -> Any:
    """Return the JSON of a report without what each measure is; that is said as this version measures it."""
    for measure in report["measures"]:
        for key in ("label", "definition", "formula", "source"):
            del measure[key]
    return report


def drop_additions(new: Any, old: Any) -> Any:
    """Return JSON values without the keys that an earlier version did not know; none of its own may be missing."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: drop_additions(value, old[key]) for key, value in new.items() if key in old}
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        return [drop_additions(each, before) for each, before in zip(new, old, strict=True)]
    return new


def drop_added_text(new: Any, old: Any) -> Any:
    """Return the earlier value of a column where the new one differs only by what came later, else the new one."""
    if not (isinstance(new, str) and isinstance(old, str) and new.startswith("{")):
        return new
    before = json.loads(old)
    return old if drop_additions(json.loads(new), before) == before else new


def test_an_earlier_silent_answer_has_only_a_next_step(store: Store) -> None:
    found = store.load_result(store.load_history()[2].id).original
    assert (found.response, found.words, found.strength) == (None, (), None)
    assert found.next_step is not None
    assert {finding.value for finding in found.findings} == {None}


@pytest.mark.parametrize("store", ["opened"], indirect=True)
def test_json_from_an_earlier_database_is_rewritten_equal_but_for_definitions(store: Store, tmp_path: Path) -> None:
    kept = fetch_rows("SELECT transcript, report, corrected_report FROM results", tmp_path / "store")
    assert len(kept) == 3
    for transcript, *reports in kept:
        assert json.dumps(transcript_json.to_json(transcript_json.from_json(json.loads(transcript)))) == transcript
        for report in filter(None, reports):
            before = json.loads(report)
            rewritten = drop_additions(serialization.to_json(serialization.from_json(before)), before)
            assert json.dumps(drop_definitions(rewritten)) == json.dumps(drop_definitions(before))


def test_an_earlier_export_is_imported_with_identical_json(opened: Store, imported: Store, tmp_path: Path) -> None:
    assert opened.load_history() == imported.load_history()
    for query in (
        "SELECT transcript, report, corrected_report, said FROM results ORDER BY attempt_id",
        "SELECT id, kind, interview_id, body FROM things ORDER BY id",
        "SELECT attempt_id, position, action, start_seconds, end_seconds FROM corrections ORDER BY 1, 2",
    ):
        kept, brought = fetch_rows(query, tmp_path / "store"), fetch_rows(query, tmp_path / "imported")
        assert [tuple(map(drop_added_text, new, old)) for new, old in zip(brought, kept, strict=True)] == kept
    said = "SELECT said FROM things ORDER BY id"  # an empty line may stand for a text that came later
    kept, brought = fetch_rows(said, tmp_path / "store"), fetch_rows(said, tmp_path / "imported")
    assert [each.split() for (each,) in brought] == [each.split() for (each,) in kept]


def test_earlier_documents_are_loaded_by_their_kind(store: Store) -> None:
    for name, kind in KINDS.items():
        (found,) = store.load_documents(kind)
        if name in VALUES:
            expected = document_json.to_json(VALUES[name]) | {"id": found.id}
            assert document_json.to_json(found) == expected
    (question,), (fillings,) = store.load_documents(OwnQuestion), store.load_documents(PlaceholderValues)
    assert (question.text, question.answer, question.target_seconds) == ("Why boats?", "Because\nthey float.", (30, 90))
    assert fillings.by_slot == {"company": "Zoë & Söhne"}


@pytest.mark.parametrize("store", ["opened"], indirect=True)
def test_json_of_earlier_documents_is_rewritten_without_a_difference(store: Store, tmp_path: Path) -> None:
    kept = fetch_rows("SELECT kind, body FROM things", tmp_path / "store")
    assert {kind for kind, _ in kept} == KINDS.keys()
    for kind, body in kept:
        (found,) = store.load_documents(DOCUMENT_KINDS[kind])
        before = json.loads(body)
        assert drop_additions(document_json.to_json(found), before) == before


def test_earlier_settings_keep_their_meaning_and_their_text(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes((EARLIER / "settings.toml").read_bytes())
    assert read_settings() == replace(
        EVERYTHING, work_field=None, question_kind=None, stutters=False
    )  # which came later
    assert read_settings().holidays == (date(2026, 12, 25), date(2027, 1, 1))
    write_settings(read_settings())
    assert get_settings_path().read_bytes() == (EARLIER / "settings.toml").read_bytes()


def test_an_earlier_report_is_rewritten_without_a_difference_but_for_definitions() -> None:
    text = (EARLIER / "report.json").read_text(encoding="utf-8")
    before = json.loads(text)
    report = serialization.from_json(before)
    assert (report.name, len(report.words), report.model) == ("hesitant_start.flac", 73, "base")
    rewritten = drop_additions(serialization.to_json(report), before)
    assert json.dumps(drop_definitions(rewritten)) == json.dumps(drop_definitions(before))


def test_an_earlier_transcript_is_rewritten_byte_for_byte() -> None:
    text = (EARLIER / "transcript.json").read_text(encoding="utf-8")
    transcript = transcript_json.from_json(json.loads(text))
    assert (transcript.model, transcript.language, len(transcript.voice) > 5) == ("base", "en", True)
    assert json.dumps(transcript_json.to_json(transcript)) == text
