"""Takes of earlier versions are migrated into the store, and go with their answer."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

import samples
from analysis.analyze import analyze
from analysis.report import FORMULA_VERSION, Report
from analysis.serialization import SCHEMA_VERSION, to_json
from services import old_takes
from services.asked_questions import find_asked_question
from speech import transcript_json
from speech.audio.recording import from_bytes
from speech.transcript import Transcript
from store.attempt import AttemptState
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.answers import make_answer
from tests.support.pages import has_report, is_shown, make_sound, open_tab

pytest_plugins = ("tests.support.pages",)
QUESTION = "tell_me_about_yourself"
OTHER = "why_this_company"
MODEL = "tiny.en"
NOON = 1_767_265_200.0  # s since 1970


@dataclass(frozen=True)
class Origin:
    """What the old code kept beside a sound."""

    name: str
    clipped_share: float = 0.0
    damaged: bool = False


class OldShelf:
    """Writes what the old code wrote, where it wrote it."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "takes"

    def keep(self, data: bytes, origin: Origin, at: float = NOON) -> Path:
        home = self.folder / hashlib.sha256(data).hexdigest()[:24]
        self._write(home / "origin.json", json.dumps(asdict(origin)).encode(), at)
        self._write(home / "sound", data, at)
        return home

    def keep_transcript(self, home: Path, transcript: Transcript, model: str = MODEL, at: float = NOON) -> Path:
        written = json.dumps(transcript_json.to_json(transcript)).encode()
        return self._write(home / f"transcript-{slug(model)}.json", written, at)

    def keep_report(self, home: Path, question: str, report: Report, model: str = MODEL, at: float = NOON) -> Path:
        name = f"report-{question}-{slug(model)}-v{FORMULA_VERSION}.{SCHEMA_VERSION}.json"
        return self._write(home / name, json.dumps(to_json(report)).encode(), at)

    def _write(self, path: Path, data: bytes, at: float) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (at, at))
        return path


def slug(model: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", model)[-40:]
    return f"{readable}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"


def measured(data: bytes, question: str) -> tuple[Transcript, Report]:
    transcript = make_answer("I led {um} it. (1.5) It worked.")
    return transcript, analyze(from_bytes(data, "Browser recording"), transcript, find_asked_question(question))


def whole(old: OldShelf, data: bytes, question: str = QUESTION, at: float = NOON) -> Report:
    """A take with its transcript and report."""
    home = old.keep(data, Origin("Browser recording"), at)
    transcript, report = measured(data, question)
    old.keep_transcript(home, transcript, at=at)
    old.keep_report(home, question, report, at=at)
    return report


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path) -> OldShelf:
    return OldShelf(tmp_path)


@pytest.fixture
def new(tmp_path) -> Iterator[Store]:
    opened = open_store(folder=tmp_path)
    yield opened
    opened.close()


def test_an_analysed_take_is_migrated_with_audio_transcript_report_and_time(old, new, tmp_path):
    report = whole(old, make_sound())
    old_takes.migrate_takes(tmp_path, new)
    (attempt,) = new.load_history()
    assert (attempt.state, attempt.take, attempt.question) == (AttemptState.DONE, 1, find_asked_question(QUESTION))
    assert (attempt.name, attempt.digest) == ("Browser recording", hashlib.sha256(make_sound()).hexdigest())
    assert attempt.recorded_at.timestamp() == NOON
    assert new.load_result(attempt.id).original == report
    assert new.load_result(attempt.id).transcript == measured(make_sound(), QUESTION)[0]
    assert (new.load_recording(attempt.id).samples == from_bytes(make_sound(), "").samples).all()


def test_the_folder_is_renamed_and_its_files_are_unchanged(old, new, tmp_path):
    whole(old, make_sound())
    before = files(old.folder)
    old_takes.migrate_takes(tmp_path, new)
    assert not old.folder.exists()
    assert files(tmp_path / "takes-moved") == before


def test_a_second_migrated_folder_does_not_replace_the_first(old, new, tmp_path):
    (tmp_path / "takes-moved").mkdir()
    whole(old, make_sound())
    old_takes.migrate_takes(tmp_path, new)
    assert (tmp_path / "takes-moved1").is_dir()


def test_takes_of_a_question_are_numbered_by_their_time(old, new, tmp_path):
    for hour, seconds in enumerate((3, 5, 4)):
        whole(old, make_sound(seconds=seconds), at=NOON + 3600 * hour)
    old_takes.migrate_takes(tmp_path, new)
    assert [(attempt.take, attempt.duration) for attempt in new.load_history()] == [(1, 3.0), (2, 5.0), (3, 4.0)]


def test_one_recording_analysed_for_two_questions_becomes_two_attempts(old, new, tmp_path):
    whole(old, make_sound())
    whole(old, make_sound(), OTHER, NOON + 60)
    old_takes.migrate_takes(tmp_path, new)
    assert {attempt.question.id: attempt.state for attempt in new.load_history()} == {
        QUESTION: AttemptState.DONE,
        OTHER: AttemptState.DONE,
    }


def test_the_later_report_of_two_models_is_kept(old, new, tmp_path):
    whole(old, make_sound())
    home = old.keep(make_sound(), Origin("Browser recording"), NOON + 60)
    transcript, report = measured(make_sound(), QUESTION)
    old.keep_transcript(home, transcript, "org/some model", NOON + 60)
    old.keep_report(home, QUESTION, report, "org/some model", NOON + 60)
    broken = next(home.glob(f"report-*-{slug(MODEL)}-*"))
    broken.write_text("{")
    os.utime(broken, (NOON, NOON))
    old_takes.migrate_takes(tmp_path, new)
    (attempt,) = new.load_history()
    assert attempt.state is AttemptState.DONE


@pytest.mark.parametrize("broken", ["{", "[]", "{}", '{"schema_version": 99}'])
@pytest.mark.parametrize("kind", ["report", "transcript"])
def test_a_take_with_an_unreadable_report_or_transcript_is_not_analysed_yet(old, new, tmp_path, kind, broken):
    whole(old, make_sound())
    next(old.folder.rglob(f"{kind}-*")).write_text(broken)
    old_takes.migrate_takes(tmp_path, new)
    assert [(attempt.state, attempt.question.id) for attempt in new.load_history()] == [
        (AttemptState.RECORDED, QUESTION)
    ]
    assert (tmp_path / "takes-moved").is_dir()


def test_a_take_that_was_never_analysed_has_no_report_and_an_unknown_question(old, new, tmp_path):
    old.keep(make_sound(), Origin("Browser recording", clipped_share=0.25, damaged=True))
    old_takes.migrate_takes(tmp_path, new)
    (attempt,) = new.list_interrupted()
    assert attempt.question.id == "not_known"
    heard = new.load_recording(attempt.id)
    assert (heard.clipped_share, heard.damaged) == (0.25, True)


def test_a_sample_stays_a_sample(old, new, tmp_path):
    (sample,) = [sample for sample in samples.load() if sample.name == "too_fast"]
    whole(old, sample.path.read_bytes(), sample.truth.question)
    old_takes.migrate_takes(tmp_path, new)
    assert [attempt.question.id for attempt in new.load_history()] == ["sample:too_fast"]


def test_a_file_that_is_not_audio_is_not_migrated_and_stays_in_its_folder(old, new, tmp_path):
    old.keep(b"these are only notes", Origin("notes.wav"))
    whole(old, make_sound())
    old_takes.migrate_takes(tmp_path, new)
    assert len(new.load_history()) == 1
    assert b"these are only notes" in files(tmp_path / "takes-moved").values()


def test_if_some_takes_fail_the_folder_stays_and_the_next_start_migrates_the_rest(old, new, tmp_path, monkeypatch):
    whole(old, make_sound(seconds=3))
    whole(old, make_sound(seconds=4), at=NOON + 60)
    whole(old, make_sound(seconds=5), at=NOON + 120)
    before = files(old.folder)
    add = new.add_recording

    def full(recording, *rest, **more):
        if recording.duration == 4.0:
            raise StoreError("The disk is full.")
        return add(recording, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(new, "add_recording", full)
        with pytest.raises(StoreError, match=r"1 answer from an earlier version.* The disk is full\."):
            old_takes.migrate_takes(tmp_path, new)
    assert files(old.folder) == before
    assert len(new.load_history()) == 2
    old_takes.migrate_takes(tmp_path, new)
    assert sorted(attempt.duration for attempt in new.load_history()) == [3.0, 4.0, 5.0]
    assert all(attempt.state is AttemptState.DONE for attempt in new.load_history())
    assert not old.folder.exists()


def test_a_migration_killed_between_audio_and_report_is_completed_next_time(old, new, tmp_path):
    report = whole(old, make_sound())
    new.add_recording(from_bytes(make_sound(), "Browser recording"), find_asked_question(QUESTION))
    old_takes.migrate_takes(tmp_path, new)
    (attempt,) = new.load_history()
    assert new.load_report(attempt.id) == report


def test_without_an_old_folder_nothing_happens(new, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    old_takes.migrate_takes(tmp_path, new)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_opening_the_page_migrates_old_takes(data, recogniser):
    whole(OldShelf(data), make_sound())
    tab = open_tab()
    assert not tab.exception
    assert is_shown(tab, "Next: take 2.")
    (opened,) = [button for button in tab.button if button.label.startswith("Take 1")]
    assert has_report(opened.click().run())
    assert recogniser.asked == 0


def test_the_page_says_what_could_not_be_migrated(data, recogniser, monkeypatch):
    whole(OldShelf(data), make_sound())

    def full(*_given, **_named):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "add_recording", full)
    tab = open_tab()
    assert is_shown(tab, "We couldn't bring over 1 answer from an earlier version")
    assert not tab.exception


def test_an_answer_that_is_deleted_goes_from_the_folder_of_the_earlier_version_too(old, new, tmp_path):
    whole(old, make_sound())
    whole(old, make_sound(seconds=11.0))
    old_takes.migrate_takes(tmp_path, new)
    gone, stays = new.load_history()
    old_takes.remove_old_take(new, tmp_path, gone.id)
    assert [path.name for path in (tmp_path / "takes-moved").iterdir()] == [stays.digest[:24]]


def test_the_old_sound_stays_while_it_is_another_answer_too(old, new, tmp_path):
    whole(old, make_sound())
    whole(old, make_sound(), OTHER)
    old_takes.migrate_takes(tmp_path, new)
    first, second = new.load_history()
    old_takes.remove_old_take(new, tmp_path, first.id)
    assert len(list((tmp_path / "takes-moved").iterdir())) == 1
    new.delete_attempt(first.id)
    old_takes.remove_old_take(new, tmp_path, second.id)
    assert list((tmp_path / "takes-moved").iterdir()) == []
