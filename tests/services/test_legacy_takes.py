"""The folder of takes as earlier versions wrote it, brought into the store once, with nothing lost."""

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
from services import legacy_takes
from services.asked_questions import asked_by_id
from speech import transcript_json
from speech.audio.recording import from_bytes
from speech.transcript import Transcript
from store.attempt import State
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.answers import spoken
from tests.support.pages import has_report, new_tab, shows, sound

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
    transcript = spoken("I led {um} it. (1.5) It worked.")
    return transcript, analyze(from_bytes(data, "Browser recording"), transcript, asked_by_id(question))


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


def test_a_measured_take_comes_with_its_sound_transcript_report_and_time(old, new, tmp_path):
    report = whole(old, sound())
    legacy_takes.move(tmp_path, new)
    (attempt,) = new.history()
    assert (attempt.state, attempt.take, attempt.question) == (State.DONE, 1, asked_by_id(QUESTION))
    assert (attempt.name, attempt.digest) == ("Browser recording", hashlib.sha256(sound()).hexdigest())
    assert attempt.recorded_at.timestamp() == NOON
    assert new.result(attempt.id).original == report
    assert new.result(attempt.id).transcript == measured(sound(), QUESTION)[0]
    assert (new.recording(attempt.id).samples == from_bytes(sound(), "").samples).all()


def test_the_folder_is_renamed_with_every_byte_still_in_it(old, new, tmp_path):
    whole(old, sound())
    before = files(old.folder)
    legacy_takes.move(tmp_path, new)
    assert not old.folder.exists()
    assert files(tmp_path / "takes-moved") == before


def test_a_folder_moved_before_stays_beside_the_next_one(old, new, tmp_path):
    (tmp_path / "takes-moved").mkdir()
    whole(old, sound())
    legacy_takes.move(tmp_path, new)
    assert (tmp_path / "takes-moved1").is_dir()


def test_takes_of_a_question_are_numbered_by_their_time(old, new, tmp_path):
    for hour, seconds in enumerate((3, 5, 4)):
        whole(old, sound(seconds=seconds), at=NOON + 3600 * hour)
    legacy_takes.move(tmp_path, new)
    assert [(attempt.take, attempt.duration) for attempt in new.history()] == [(1, 3.0), (2, 5.0), (3, 4.0)]


def test_one_sound_measured_for_two_questions_is_two_attempts(old, new, tmp_path):
    whole(old, sound())
    whole(old, sound(), OTHER, NOON + 60)
    legacy_takes.move(tmp_path, new)
    assert {attempt.question.id: attempt.state for attempt in new.history()} == {
        QUESTION: State.DONE,
        OTHER: State.DONE,
    }


def test_of_reports_by_two_models_the_later_one_is_kept(old, new, tmp_path):
    whole(old, sound())
    home = old.keep(sound(), Origin("Browser recording"), NOON + 60)
    transcript, report = measured(sound(), QUESTION)
    old.keep_transcript(home, transcript, "org/some model", NOON + 60)
    old.keep_report(home, QUESTION, report, "org/some model", NOON + 60)
    broken = next(home.glob(f"report-*-{slug(MODEL)}-*"))
    broken.write_text("{")
    os.utime(broken, (NOON, NOON))
    legacy_takes.move(tmp_path, new)
    (attempt,) = new.history()
    assert attempt.state is State.DONE


@pytest.mark.parametrize("broken", ["{", "[]", "{}", '{"schema_version": 99}'])
@pytest.mark.parametrize("kind", ["report", "transcript"])
def test_a_take_whose_report_or_transcript_cannot_be_read_is_left_to_be_measured(old, new, tmp_path, kind, broken):
    whole(old, sound())
    next(old.folder.rglob(f"{kind}-*")).write_text(broken)
    legacy_takes.move(tmp_path, new)
    assert [(attempt.state, attempt.question.id) for attempt in new.history()] == [(State.RECORDED, QUESTION)]
    assert (tmp_path / "takes-moved").is_dir()


def test_a_take_that_was_never_measured_is_left_to_be_measured_and_its_question_is_not_known(old, new, tmp_path):
    old.keep(sound(), Origin("Browser recording", clipped_share=0.25, damaged=True))
    legacy_takes.move(tmp_path, new)
    (attempt,) = new.interrupted()
    assert attempt.question.id == "not_known"
    heard = new.recording(attempt.id)
    assert (heard.clipped_share, heard.damaged) == (0.25, True)


def test_a_sample_stays_a_sample(old, new, tmp_path):
    (sample,) = [sample for sample in samples.load() if sample.name == "too_fast"]
    whole(old, sample.path.read_bytes(), sample.truth.question)
    legacy_takes.move(tmp_path, new)
    assert [attempt.question.id for attempt in new.history()] == ["sample:too_fast"]


def test_what_was_never_a_sound_is_no_attempt_and_stays_in_its_folder(old, new, tmp_path):
    old.keep(b"these are only notes", Origin("notes.wav"))
    whole(old, sound())
    legacy_takes.move(tmp_path, new)
    assert len(new.history()) == 1
    assert b"these are only notes" in files(tmp_path / "takes-moved").values()


def test_when_some_cannot_be_brought_over_the_folder_stays_and_the_next_time_brings_the_rest(
    old, new, tmp_path, monkeypatch
):
    whole(old, sound(seconds=3))
    whole(old, sound(seconds=4), at=NOON + 60)
    whole(old, sound(seconds=5), at=NOON + 120)
    before = files(old.folder)
    add = new.add_recording

    def full(recording, *rest, **more):
        if recording.duration == 4.0:
            raise StoreError("The disk is full.")
        return add(recording, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(new, "add_recording", full)
        with pytest.raises(StoreError, match=r"1 of 3 answers .* The disk is full\."):
            legacy_takes.move(tmp_path, new)
    assert files(old.folder) == before
    assert len(new.history()) == 2
    legacy_takes.move(tmp_path, new)
    assert sorted(attempt.duration for attempt in new.history()) == [3.0, 4.0, 5.0]
    assert all(attempt.state is State.DONE for attempt in new.history())
    assert not old.folder.exists()


def test_a_move_that_was_killed_between_the_sound_and_its_report_is_ended_the_next_time(old, new, tmp_path):
    report = whole(old, sound())
    new.add_recording(from_bytes(sound(), "Browser recording"), asked_by_id(QUESTION))
    legacy_takes.move(tmp_path, new)
    (attempt,) = new.history()
    assert new.report(attempt.id) == report


def test_without_an_old_folder_nothing_happens(new, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    legacy_takes.move(tmp_path, new)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_page_brings_old_takes_over_at_its_first_opening(data, recogniser):
    whole(OldShelf(data), sound())
    tab = new_tab()
    assert not tab.exception
    assert shows(tab, "Next: take 2.")
    (opened,) = [button for button in tab.button if button.label.startswith("Take 1")]
    assert has_report(opened.click().run())
    assert recogniser.asked == 0


def test_the_page_says_what_could_not_be_brought_over(data, recogniser, monkeypatch):
    whole(OldShelf(data), sound())

    def full(*_given, **_named):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "add_recording", full)
    tab = new_tab()
    assert shows(tab, "1 of 1 answers of an earlier version could not be brought over")
    assert not tab.exception
