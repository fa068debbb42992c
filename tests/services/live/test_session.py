"""An answer that streams in: never lost, never waiting for its recognition, and the same as from its recording."""

import threading
import time

import pytest

import samples
from services.analysis_job import analyze_attempt
from services.asked_questions import find_asked_question
from services.job_queue import JobQueue, StoppedError
from services.live.results import MOST, LiveResults
from services.live.session import LiveSession
from services.submission import Submission, submit_recording
from speech import whisper
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.audio.signal import from_int16, to_int16
from speech.errors import RecordingError
from speech.live.recogniser import recognise
from store.attempt import AttemptState
from store.settings import Settings
from tests.speech.live.test_recogniser import Scribe
from tests.support.models import load_default_model

PATIENCE = 60.0  # s
SAMPLE = next(sample for sample in samples.load() if sample.name == "hesitant_start")
QUESTION = find_asked_question("tell_me_about_yourself")
BLOCK = 3_201  # bytes: a tenth of a second, and half a sample


@pytest.fixture(scope="module")
def spoken():
    return to_int16(from_file(SAMPLE.path).samples).tobytes()


@pytest.fixture
def scribe():
    return Scribe()


def blocks(sound):
    return [sound[begin : begin + BLOCK] for begin in range(0, len(sound), BLOCK)]


def session(transcriber, sound=b"", settings=None):
    started = LiveSession.start(SAMPLE_RATE, settings or Settings(), lambda _model, _language: transcriber)
    for block in blocks(sound):
        started.feed(block)
    return started


def whole(sound):
    steps = to_int16(from_file(SAMPLE.path).samples)[: len(sound) // 2]
    return from_samples(from_int16(steps), "the whole")


def test_the_answer_and_its_words_are_those_of_the_whole(scribe, spoken):
    answer = session(scribe, spoken).finish()
    assert (answer.recording.samples == whole(spoken).samples).all()
    assert answer.transcript == recognise(Scribe(), whole(spoken))


def test_blocks_may_come_from_several_threads_one_after_the_other(scribe, spoken):
    live = session(scribe)
    for block in blocks(spoken):
        thread = threading.Thread(target=live.feed, args=(block,))
        thread.start()
        thread.join()
    assert (live.finish().recording.samples == whole(spoken).samples).all()


def test_neither_feeding_nor_stopping_waits_for_the_recogniser(scribe, spoken):
    scribe.let.clear()
    live = session(scribe, spoken)
    assert live.stop().duration == pytest.approx(whole(spoken).duration)
    scribe.let.set()
    assert live.transcript() is not None


def test_a_recogniser_that_breaks_loses_no_sound_and_leaves_the_words_to_the_recording(spoken):
    answer = session(Scribe(failing=True), spoken).finish()
    assert answer.transcript is None
    assert (answer.recording.samples == whole(spoken).samples).all()


def test_a_model_that_cannot_be_loaded_loses_no_sound(spoken):
    def refuse(_model, _language):
        raise OSError("no weights")

    live = LiveSession.start(SAMPLE_RATE, Settings(), refuse)
    for block in blocks(spoken):
        live.feed(block)
    answer = live.finish()
    assert answer.transcript is None
    assert answer.recording.duration == pytest.approx(whole(spoken).duration)


def test_another_language_leaves_the_sentence_to_the_recording(spoken):
    assert session(Scribe("es"), spoken).finish().transcript is None


def test_what_comes_after_the_end_is_left_out_and_the_end_can_be_asked_for_twice(scribe, spoken):
    live = session(scribe, spoken)
    first = live.stop()
    live.feed(spoken)
    assert live.stop().digest == first.digest
    assert live.transcript() == live.transcript() is not None


def test_too_little_sound_is_refused(scribe):
    with pytest.raises(RecordingError, match="too short"):
        session(scribe, b"\0" * 100).finish()


def test_a_cancelled_session_recognises_no_more_and_its_sound_is_still_there(scribe, spoken):
    scribe.let.clear()
    live = session(scribe, spoken)
    live.cancel()
    scribe.let.set()
    assert live.transcript() is None
    assert live.stop().duration == pytest.approx(whole(spoken).duration)


def test_the_model_and_language_of_the_settings_are_loaded(scribe):
    asked = []

    def load(*how):
        asked.append(how)
        return scribe

    for settings in (Settings(), Settings(model="tiny.en", language="en")):
        LiveSession.start(SAMPLE_RATE, settings, load).transcript()
    assert asked == [(whisper.DEFAULT_MODEL, None), ("tiny.en", "en")]


def test_sessions_are_given_away_once_and_the_oldest_goes_where_there_are_too_many(scribe):
    results = LiveResults()
    kept = [session(scribe) for _ in range(MOST + 1)]
    for index, live in enumerate(kept):
        results.keep(str(index), live)
    assert results.take("0") is None
    assert results.take("1") is kept[1]
    assert results.take("1") is None


class Queue:
    """The job queue of the app, with the sessions it takes words from and a recogniser that must not be asked."""

    def __init__(self, store, settings=None):
        self.store = store
        self.results = LiveResults()
        self.settings = settings or Settings()
        self.asked = []
        self.queue = JobQueue(self._job)

    def _job(self, attempt_id, report_progress):
        live = self.results.take(attempt_id)
        analyze_attempt(self.store, attempt_id, self.settings, self._load, report_progress, live)

    def _load(self, model, language):
        self.asked.append(model)
        return lambda recording, _progress: recognise(Scribe(), recording)

    def submit(self, spoken: LiveSession) -> Submission:
        """Store the answer of a session and queue it, as a take of the recorder is."""

        def keep(attempt):
            self.results.keep(attempt.id, spoken)

        return submit_recording(self.store, self.queue, spoken.stop(), QUESTION, on_stored=keep)

    def finished(self, attempt_id):
        end = time.monotonic() + PATIENCE
        while self.queue.is_pending(attempt_id) and time.monotonic() < end:
            time.sleep(0.02)
        assert self.queue.get_state(attempt_id) is None
        assert self.store.load_attempt(attempt_id).state is AttemptState.DONE
        return self.store.load_result(attempt_id)


def test_the_job_takes_the_words_of_the_session_and_recognises_nothing_again(store, scribe, spoken):
    app = Queue(store)
    kept = app.submit(session(scribe, spoken))
    result = app.finished(kept.attempt.id)
    assert app.asked == []
    again = Queue(store)
    other = store.add_recording(whole(spoken), find_asked_question("strength_with_example"))
    again.queue.enqueue(other.id, other.duration)
    from_recording = again.finished(other.id)
    assert again.asked == [whisper.DEFAULT_MODEL]
    assert result.transcript == from_recording.transcript
    pitch = [report.report.get_finding("pitch_variation") for report in (result, from_recording)]
    assert pitch[0] == pitch[1]


@pytest.mark.parametrize("settings", [Settings(model="tiny.en"), Settings(language="en")])
def test_where_the_settings_changed_meanwhile_the_recording_is_recognised(store, scribe, spoken, settings):
    app = Queue(store, settings)
    kept = app.submit(session(scribe, spoken))
    app.finished(kept.attempt.id)
    assert app.asked == [settings.model or whisper.DEFAULT_MODEL]


def test_where_the_session_broke_the_recording_is_recognised(store, spoken):
    app = Queue(store)
    kept = app.submit(session(Scribe(failing=True), spoken))
    app.finished(kept.attempt.id)
    assert app.asked == [whisper.DEFAULT_MODEL]


@pytest.mark.model
def test_from_44100_hz_the_real_model_writes_what_it_writes_from_the_store(store, spoken):
    import soxr

    at_device = soxr.resample(whole(spoken).samples, SAMPLE_RATE, 44_100)
    live = LiveSession.start(44_100, Settings(), lambda _model, _language: load_default_model())
    for block in blocks(to_int16(at_device).tobytes()):
        live.feed(block)
    answer = live.finish()
    kept = store.add_recording(answer.recording, QUESTION)
    assert answer.transcript == load_default_model()(store.load_recording(kept.id))


def test_what_was_heard_live_is_analysed_without_reading_the_recording_back(store, scribe, spoken, tmp_path):
    live = session(scribe, spoken)
    kept = store.add_recording(live.stop(), QUESTION)
    next(tmp_path.rglob(f"{kept.id}.flac")).unlink()
    analyze_attempt(store, kept.id, Settings(), lambda _model, _language: None, lambda _running: None, live)
    report = store.load_report(kept.id)
    assert (report.digest, report.duration) == (kept.digest, kept.duration)


def test_what_is_stopped_while_its_last_words_are_heard_is_no_fault_of_the_recognition(scribe, spoken, caplog):
    def stop(_share):
        raise StoppedError

    live = session(scribe, spoken)
    assert live.finish(stop).transcript is None
    assert caplog.records == []


def test_the_session_of_a_deleted_answer_is_dropped(scribe, spoken):
    results = LiveResults()
    for name in ("a", "b", "c"):
        results.keep(name, session(scribe, spoken))
    results.forget("a")
    assert results.take("a") is None
    results.forget()
    assert [results.take(name) for name in "bc"] == [None, None]
