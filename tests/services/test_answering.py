"""From a recording or an upload to a report and its corrections, as a user goes, without a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.cli.command_line import main
from analysis.corrections.correction import CorrectionAction
from analysis.serialization import to_json
from services.analysis_job import analyze_attempt
from services.asked_questions import find_asked_question
from services.corrections import correct, take_back
from services.job_queue import Running
from services.live.live_takes import LiveTakes
from services.live.recording_desk import MICROPHONE_NAME, RecordingDesk
from services.live.take import Purpose
from services.submission import submit_upload
from speech.audio import microphone
from speech.audio.microphone import OpenSink
from speech.errors import LanguageError, MicrophoneError, RecordingError, WeightsError
from speech.live.spool import Spool
from speech.whisper import DEFAULT_MODEL
from store import files
from store.attempt import AttemptState
from store.settings import Settings
from tests.services.conftest import SAID
from tests.support.answers import synthesise
from tests.support.microphones.scripted_microphone import ScriptedTake
from tests.support.sounds import encode_wav

ROOT = Path(__file__).parents[2]
QUESTION, OTHER = find_asked_question("tell_me_about_yourself"), find_asked_question("why_this_company")
UPLOAD = encode_wav(synthesise(SAID).samples)


def test_an_upload_is_stored_at_once_and_then_analysed(store, desktop):
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    assert submitted.is_new
    assert (submitted.attempt.take, submitted.attempt.name, submitted.attempt.state) == (
        1,
        "mine.wav",
        AttemptState.RECORDED,
    )
    desktop.wait()
    assert store.load_attempt(submitted.attempt.id).state is AttemptState.DONE
    report = store.load_report(submitted.attempt.id)
    assert report.question == QUESTION
    assert report.get_finding("filler_sounds").value > 0
    assert desktop.loaded == [(DEFAULT_MODEL, None)]


def test_the_same_bytes_for_the_same_question_make_no_new_take(store, desktop):
    first = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    again = submit_upload(store, desktop.queue, UPLOAD, "again.wav", QUESTION)
    assert (again.attempt.id, again.is_new) == (first.attempt.id, False)
    assert len(store.load_history()) == 1


def test_the_same_audio_for_another_question_is_not_transcribed_again(store, desktop):
    desktop.transcriber.transcript = replace(SAID, model=DEFAULT_MODEL)
    submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    other = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", OTHER)
    desktop.wait()
    assert other.is_new
    assert store.load_report(other.attempt.id).question == OTHER
    assert len(desktop.transcriber.heard) == 1


def test_resubmitting_an_upload_whose_analysis_failed_queues_it_again(store, desktop):
    def no_model(*_args):
        raise WeightsError("No weights here.")

    working, desktop.transcriber = desktop.transcriber, no_model
    first = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    assert store.load_attempt(first.attempt.id).state is AttemptState.RECORDED
    desktop.transcriber = working
    submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    assert store.load_attempt(first.attempt.id).state is AttemptState.DONE


def test_bytes_that_are_not_audio_are_refused_and_nothing_is_stored(store, desktop):
    with pytest.raises(RecordingError):
        submit_upload(store, desktop.queue, b"no sound at all", "mine.wav", QUESTION)
    assert store.load_history() == ()


def test_a_recording_not_to_be_kept_is_deleted_once_its_report_is_made(store, desktop):
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION, keep=False)
    desktop.wait()
    found = store.load_attempt(submitted.attempt.id)
    assert (found.state, found.has_recording) == (AttemptState.DONE, False)


def test_speech_in_another_language_is_stored_as_the_reason_for_no_report(store, desktop):
    def german(*_args):
        raise LanguageError("This is German.")

    desktop.transcriber = german
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    found = store.load_attempt(submitted.attempt.id)
    assert (found.state, found.failure) == (AttemptState.FAILED, "This is German.")


def test_the_settings_choose_model_and_language_and_count_own_filler_words(store, desktop):
    desktop.settings = Settings(model="tiny.en", language="en", filler_words=("project",))
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    assert desktop.loaded == [("tiny.en", "en")]
    moments = store.load_report(submitted.attempt.id).get_finding("filler_words").moments
    assert next(word.span for word in SAID.words if word.text == "project,") in moments


def test_the_setting_for_people_who_stutter_leaves_ums_uncounted_and_keeps_them_in_the_transcript(store, desktop):
    desktop.settings = Settings(stutters=True)
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    result = store.load_result(submitted.attempt.id)
    assert result.report.get_finding("filler_sounds").value is None
    assert result.transcript.words == SAID.words


def test_the_analysis_reports_its_progress_step_by_step(store, desktop):
    attempt = store.add_recording(synthesise(SAID), QUESTION)
    told: list[Running] = []
    analyze_attempt(store, attempt.id, Settings(), lambda *_: desktop.transcriber, told.append)
    assert [(each.step, each.share) for each in told] == [
        ("Loading your recording", 0.0),
        ("Getting ready", 0.0),
        ("Transcribing", 0.0),
        ("Transcribing", 0.95),
        ("Analysing", 0.95),
        ("Saving the report", 1.0),
    ]
    analyze_attempt(store, attempt.id, Settings(), lambda *_: 1 / 0, told.append)  # what has a report is left as it is
    assert len(told) == 6


def test_a_correction_changes_the_report_and_can_be_undone(store, desktop):
    attempt_id = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION).attempt.id
    desktop.wait()
    um = next(word for word in SAID.words if word.text == "um")
    chosen = {"action": CorrectionAction.REMOVE_FILLER.value, "start": um.start, "end": um.end, "before": "um"}
    correct(store, attempt_id, store.load_result(attempt_id), {**chosen, "after": None})
    assert store.load_report(attempt_id).get_finding("filler_sounds").value == 0
    assert store.load_result(attempt_id).original.get_finding("filler_sounds").value > 0
    take_back(store, attempt_id, store.load_result(attempt_id), 0)
    assert store.load_report(attempt_id) == store.load_result(attempt_id).original


def test_the_command_line_gives_the_same_report_as_the_app(store, desktop, tmp_path, capsys):
    (tmp_path / "mine.wav").write_bytes(UPLOAD)
    submitted = submit_upload(store, desktop.queue, UPLOAD, "mine.wav", QUESTION)
    desktop.wait()
    words = [str(tmp_path / "mine.wav"), "--json", "--question", QUESTION.id]
    assert main(words, load=lambda *_, **__: desktop.transcriber) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(
        json.dumps(to_json(store.load_report(submitted.attempt.id)))
    )


@pytest.fixture
def takes(tmp_path: Path) -> LiveTakes:
    return LiveTakes(tmp_path / "data")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> RecordingDesk:
    def start(device: int, open_sink: OpenSink) -> ScriptedTake:
        take = ScriptedTake.start(open_sink, synthesise(SAID).samples)
        if device != 3:
            raise MicrophoneError("There is no such microphone.")
        return take

    monkeypatch.setattr(microphone.MicrophoneRecording, "start", start)
    return RecordingDesk()


def begin(desk: RecordingDesk, takes: LiveTakes, device: int = 3) -> None:
    desk.start(device, "Desk microphone", takes, Purpose(QUESTION, MICROPHONE_NAME))


def test_a_microphone_recording_is_submitted_under_the_microphones_name(store, desktop, desk, takes):
    begin(desk, takes)
    desk.stop(desk.recording, lambda take: takes.submit(store, desktop.queue, take, id))
    desktop.wait()
    (attempt,) = store.load_history()
    assert (attempt.name, attempt.state, desk.recording, desk.trouble) == (
        MICROPHONE_NAME,
        AttemptState.DONE,
        None,
        None,
    )
    np.testing.assert_allclose(store.load_recording(attempt.id).samples, synthesise(SAID).samples, atol=1e-4)
    assert list(takes.files.all()) == []


def test_a_recording_is_stopped_only_once_however_many_pages_ask(desk, takes):
    begin(desk, takes)
    recording, submitted = desk.recording, []
    desk.stop(recording, submitted.append)
    desk.stop(recording, submitted.append)
    assert len(submitted) == 1


def test_a_microphone_that_does_not_start_is_told_until_one_does_and_leaves_nothing(desk, takes):
    begin(desk, takes, 7)
    assert (desk.recording, desk.trouble) == (None, "There is no such microphone.")
    assert list(takes.files.all()) == []
    begin(desk, takes)
    assert desk.trouble is None


def test_a_recording_that_cannot_be_stored_can_be_stopped_again(store, desktop, desk, takes, monkeypatch):
    def submit(take: str) -> None:
        takes.submit(store, desktop.queue, take, id)

    begin(desk, takes)
    recording = desk.recording
    with monkeypatch.context() as full:
        full.setattr(files.os, "fsync", _no_room)
        desk.stop(recording, submit)
    assert desk.recording is recording
    assert "We couldn't save anything" in desk.trouble
    desk.stop(recording, submit)
    desktop.wait()
    assert len(store.load_history()) == 1


def _no_room(_handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_what_the_disk_refuses_waits_and_is_written_when_there_is_room(desk, takes, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(Spool, "_write", lambda _spool, _new: _no_room(0))
        begin(desk, takes)
        recording = desk.recording
        desk.stop(recording, id)
        assert (desk.recording, "No space left" in recording.failure) == (recording, True)
        assert "We couldn't save anything" in desk.trouble
    desk.stop(recording, id)
    heard = takes.decode(recording.id)
    np.testing.assert_allclose(heard.samples, synthesise(SAID).samples, atol=1e-4)


def test_a_recording_that_cannot_be_used_frees_the_desk(desk, takes):
    def refuse(_take: str) -> None:
        raise MicrophoneError("The microphone stopped sending sound.")

    begin(desk, takes)
    desk.stop(desk.recording, refuse)
    assert (desk.recording, desk.trouble) == (None, "The microphone stopped sending sound.")


def test_services_run_without_streamlit():
    modules = sorted(
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "services").rglob("*.py")
    )
    code = "import sys, importlib\nsys.modules['streamlit'] = None\n" + "".join(
        f"importlib.import_module({module.removesuffix('.__init__')!r})\n" for module in modules
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ.copy(), check=True)
