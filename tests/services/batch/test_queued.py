"""A batch by the workers of a server, on a real Postgres: from a folder or a storage, once each, in one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from analysis.serialization import to_json
from services.analysis_job import analyze_attempt
from services.batch.ledger import Ledger
from services.batch.queued import BatchSource, Lanes, find_sources, measure_queued
from services.batch.runner import Measured
from services.job_queue import ReportProgress
from services.workers.postgres_queue import Urgency
from speech.audio.encoding import encode_flac
from speech.transcript import Transcriber
from store.attempt import AttemptState
from store.locations import SOUND_VARIABLE
from store.object_storage import open_storage
from store.settings import Settings
from store.store import Store
from tests.support.answers import ScriptedTranscriber, make_answer, synthesise
from tests.support.servers.centre import Centre
from tests.support.servers.storage_server import BUCKET

pytestmark = pytest.mark.postgres
SAID = make_answer("I led {um} the (0.8) project. (0.5) It worked.")
SPEECH = encode_flac(synthesise(SAID), {})
NAMES = ("a.flac", "b.flac", "inside/c.flac")


def write_folder(folder: Path) -> Path:
    """Write three recordings of different bytes, one that holds no sound, and a note."""
    (folder / "inside").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (folder / name).write_bytes(encode_flac(synthesise(SAID), {"COMMENT": f"{number}"}))
    (folder / "broken.wav").write_bytes(b"RIFF and nothing more")
    (folder / "notes.txt").write_text("no sound")
    return folder


class Hall:
    """Lanes of a batch, whose pauses are used to work off what is queued."""

    def __init__(self, centre: Centre, lanes: int = 2) -> None:
        self.transcriber: Transcriber = ScriptedTranscriber(SAID)
        self.lanes = Lanes(centre.store, [centre.queue(f"batch {lane}", Urgency.BATCH) for lane in range(lanes)])
        self.store: Store = centre.store
        self.analysed: Counter[str] = Counter()
        self._worker = centre.worker(self._analyze)

    def work(self, _seconds: float) -> None:
        self._worker.work_off()

    def _analyze(self, attempt_id: str, report_progress: ReportProgress) -> None:
        self.analysed[attempt_id] += 1
        analyze_attempt(self.store, attempt_id, Settings(), lambda *_: self.transcriber, report_progress)

    def measure(self, sources: list[BatchSource], out: Path, question: str | None = None) -> list[Measured]:
        with Ledger(out) as ledger:
            return list(measure_queued(self.lanes, sources, ledger, question, self.work))


@pytest.fixture
def hall(centre: Centre) -> Hall:
    return Hall(centre)


def test_each_recording_has_its_report_and_what_is_none_its_reason(hall: Hall, tmp_path: Path) -> None:
    sources = find_sources(str(write_folder(tmp_path / "in")), None)
    outcomes = {each.file.as_posix(): each.failure for each in hall.measure(sources, tmp_path / "done")}
    assert {name for name, failure in outcomes.items() if failure is None} == set(NAMES)
    assert "broken.wav" in str(outcomes["broken.wav"])
    with Ledger(tmp_path / "done") as ledger:
        reports = list(ledger.reports(source.key for source in sources))
    assert [report.name for report in reports] == ["a.flac", "b.flac", "c.flac"]


def test_the_report_is_that_of_the_stored_answer_and_its_sound_is_not_kept(hall: Hall, tmp_path: Path) -> None:
    sources = find_sources(str(write_folder(tmp_path / "in")), "tell_me_about_yourself")
    hall.measure(sources, tmp_path / "done", "tell_me_about_yourself")
    history = {kept.name: kept for kept in hall.store.load_history()}
    with Ledger(tmp_path / "done") as ledger:
        for report in ledger.reports(source.key for source in sources):
            assert to_json(report) == to_json(hall.store.load_report(history[report.name].id))
    assert {kept.question.id for kept in history.values()} == {"tell_me_about_yourself"}
    assert not any(kept.has_recording for kept in history.values())


def test_what_is_in_the_ledger_is_not_read_again(hall: Hall, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in")
    hall.measure(find_sources(str(folder), None), tmp_path / "done")
    again = hall.measure(find_sources(str(folder), None), tmp_path / "done")
    assert [each.file.name for each in again] == ["broken.wav"]
    assert set(hall.analysed.values()) == {1}


def test_a_batch_that_was_stopped_before_any_report_finds_what_it_queued(hall: Hall, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in")

    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    with Ledger(tmp_path / "done") as ledger, pytest.raises(KeyboardInterrupt):
        list(measure_queued(hall.lanes, find_sources(str(folder), None), ledger, None, stop))
    assert len(hall.store.load_history()) == len(NAMES)
    hall.measure(find_sources(str(folder), None), tmp_path / "done")
    assert len(hall.store.load_history()) == len(NAMES)
    assert set(hall.analysed.values()) == {1}


def test_recordings_lie_in_as_many_lanes_as_may_be_done_at_once(
    hall: Hall,
    centre: Centre,
    tmp_path: Path,
) -> None:
    lanes: list[tuple[str, int, int]] = []

    def look(seconds: float) -> None:
        if not lanes:
            lanes.extend(centre.query("SELECT lock, count(*), max(priority) FROM procrastinate_jobs GROUP BY lock"))
        hall.work(seconds)

    with Ledger(tmp_path / "done") as ledger:
        list(measure_queued(hall.lanes, find_sources(str(write_folder(tmp_path / "in")), None), ledger, None, look))
    assert sorted(lanes) == [("batch 0", 1, Urgency.BATCH), ("batch 1", 2, Urgency.BATCH)]


def test_a_recording_in_which_nothing_can_be_heard_says_why(hall: Hall, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        from speech.errors import LanguageError

        raise LanguageError("This isn't English.")

    hall.transcriber = refuse  # type: ignore[assignment]
    outcomes = hall.measure(find_sources(str(write_folder(tmp_path / "in")), None), tmp_path / "done")
    assert Counter(each.failure for each in outcomes if each.file.suffix == ".flac") == {"This isn't English.": 3}
    assert {kept.state for kept in hall.store.load_history()} == {AttemptState.FAILED}


def test_a_lost_queue_is_filled_again_by_the_batch_that_waits(
    hall: Hall,
    centre: Centre,
    tmp_path: Path,
) -> None:
    turns: list[Callable[[], object]] = [
        partial(centre.query, "TRUNCATE procrastinate_jobs CASCADE"),
        lambda: None,  # the batch queues them again here
    ]

    def go_on(seconds: float) -> None:
        turns.pop(0)() if turns else hall.work(seconds)

    sources = find_sources(str(write_folder(tmp_path / "in")), None)
    with Ledger(tmp_path / "done") as ledger:
        outcomes = list(measure_queued(hall.lanes, sources, ledger, None, go_on))
    assert Counter(each.failure is None for each in outcomes) == {True: 3, False: 1}
    assert set(hall.analysed.values()) == {1}


def test_recordings_come_from_a_storage_as_from_a_folder(
    hall: Hall, storage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SOUND_VARIABLE, storage)
    folder = write_folder(tmp_path / "in")
    files, _ = open_storage(storage)
    for path in (each for each in folder.rglob("*") if each.is_file()):
        files.pipe_file(f"{BUCKET}/archive/{path.relative_to(folder).as_posix()}", path.read_bytes())
    sources = find_sources(f"s3://{BUCKET}/archive", None)
    assert [source.key.file for source in sources] == ["a.flac", "b.flac", "broken.wav", "inside/c.flac"]
    assert [source.key.size for source in sources] == [(folder / each.key.file).stat().st_size for each in sources]
    outcomes = hall.measure(sources, tmp_path / "done")
    assert {each.file.as_posix() for each in outcomes if each.failure is None} == set(NAMES)
    again = find_sources(f"s3://{BUCKET}/archive", None)
    assert [each.key for each in again] == [each.key for each in sources]  # and so nothing is measured anew
