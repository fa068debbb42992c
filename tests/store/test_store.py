"""The store, the same on SQLite and on Postgres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.corrections.correction import Correction, CorrectionAction
from analysis.progress.attempt import attempt_from_report
from analysis.question import QuestionKind
from analysis.report import Report
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.segment import Span
from store.attempt import Filters, State
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, EAST, NOON, add, add_done, heard

REMOVED = Correction(CorrectionAction.REMOVE_FILLER, Span(1.1, 1.4), "um", None)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store again each time it is called."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    return lambda: open_store(url, tmp_path / "data")


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Iterator[Store]:
    store = reopen()
    yield store
    store.close()


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store._recordings.folder.iterdir())


def test_a_recording_is_on_disk_with_its_row_before_anything_is_recognised(store: Store) -> None:
    sound = heard()[0]
    kept = store.add_recording(sound, ABOUT_YOU, NOON)
    assert (kept.state, kept.take, kept.question, kept.has_recording) == (State.RECORDED, 1, ABOUT_YOU, True)
    assert (kept.digest, kept.duration, kept.name) == (sound.digest, sound.duration, sound.name)
    assert (kept.model, kept.formula_version, kept.word_count, kept.failure) == (None, None, None, None)
    assert files(store) == [f"{kept.id}.flac"]
    assert store.attempt(kept.id) == kept


def test_a_recording_comes_back_as_it_was_within_half_a_step_of_16_bits(store: Store) -> None:
    sound = replace(heard()[0], clipped_share=0.25, damaged=True)
    back = store.recording(store.add_recording(sound, ABOUT_YOU).id)
    assert np.abs(back.samples - sound.samples).max() <= 0.5 / 2**15
    assert replace(back, samples=sound.samples).__dict__ == sound.__dict__


def test_the_time_is_kept_with_the_zone_it_was_recorded_in(store: Store) -> None:
    kept = store.attempt(add(store))
    assert kept.recorded_at == NOON
    assert kept.recorded_at.utcoffset() == EAST.utcoffset(None)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="has a zone"):
        add(store, at=NOON.replace(tzinfo=None))
    assert store.history() == ()


def test_a_finished_attempt_comes_back_exactly_also_after_a_restart(store: Store, reopen: Callable[[], Store]) -> None:
    done = add_done(store)
    _, transcript, report = heard()
    again = reopen()
    found = again.result(done)
    assert (found.transcript, found.original, found.corrected, found.corrections) == (transcript, report, None, ())
    assert again.report(done) == report
    kept = again.attempt(done)
    assert (kept.state, kept.model, kept.settings) == (State.DONE, report.model, report.settings)
    assert (kept.formula_version, kept.word_count) == (report.formula_version, 5)
    assert kept.answer_seconds == report.response.duration
    again.close()


def test_takes_are_counted_for_each_question(store: Store) -> None:
    ids = [add(store, question) for question in (ABOUT_YOU, CONFLICT, ABOUT_YOU)]
    assert [store.attempt(each).take for each in ids] == [1, 1, 2]
    assert (store.next_take("about-you"), store.next_take("conflict"), store.next_take("new")) == (3, 2, 1)


def test_answers_within_half_an_hour_of_each_other_are_one_session(store: Store) -> None:
    after = [timedelta(0), timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=91)]
    sessions = [store.attempt(add(store, at=NOON + each)).session_id for each in after]
    assert sessions[0] == sessions[1] == sessions[2] != sessions[3]
    assert len(store.history(Filters(session=sessions[0]))) == 3


def test_the_first_result_stays_when_an_attempt_is_finished_twice(store: Store) -> None:
    done = add_done(store)
    _, transcript, report = heard()
    store.finish(done, transcript, replace(report, name="another"))
    store.fail(done, "Too late.")
    assert store.report(done) == report
    assert store.attempt(done).state is State.DONE


def test_a_failed_attempt_says_why_keeps_its_recording_and_may_still_succeed(store: Store) -> None:
    failed = add(store, keep=False)
    store.fail(failed, "The weights are missing.")
    kept = store.attempt(failed)
    assert (kept.state, kept.failure, files(store)) == (State.FAILED, "The weights are missing.", [f"{failed}.flac"])
    assert store.interrupted() == ()
    store.finish(failed, *heard()[1:])
    assert (store.attempt(failed).state, store.attempt(failed).failure) == (State.DONE, None)


def test_a_recording_that_is_not_to_be_kept_goes_when_its_report_is_there(store: Store) -> None:
    unkept = add(store, keep=False)
    assert files(store) == [f"{unkept}.flac"]
    store.finish(unkept, *heard()[1:])
    assert files(store) == []
    assert not store.attempt(unkept).has_recording
    with pytest.raises(StoreError, match="recording of this answer is not in"):
        store.sound(unkept)
    assert store.report(unkept) == heard()[2]


def test_an_interrupted_attempt_is_offered_at_the_next_start_and_a_finished_one_is_not(
    store: Store, reopen: Callable[[], Store]
) -> None:
    interrupted = add(store)
    add_done(store)
    again = reopen()
    (offered,) = again.interrupted()
    assert offered.id == interrupted
    assert again.recording(interrupted).digest == heard()[0].digest
    again.close()


def test_a_recording_whose_row_was_never_written_is_offered_as_what_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("store.db.attempts.insert_recorded", killed)
        with pytest.raises(KeyboardInterrupt):
            store.add_recording(replace(heard()[0], name="an “é”"), CONFLICT, NOON, keep=False)
    assert store.history() == ()
    (offered,) = store.interrupted()
    assert (offered.question, offered.recorded_at, offered.name) == (CONFLICT, NOON, "an “é”")
    assert offered.recorded_at.utcoffset() == EAST.utcoffset(None)
    assert store.interrupted() == (offered,)
    store.finish(offered.id, *heard()[1:])
    assert files(store) == []


def test_a_recording_that_should_have_gone_goes_at_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("store.files.Recordings.remove", lambda *_: None)
        unkept = add_done(store, keep=False)
    assert files(store) == [f"{unkept}.flac"]
    assert store.interrupted() == ()
    assert files(store) == []


def test_strange_and_half_written_files_among_the_recordings_do_no_harm(store: Store) -> None:
    done = add_done(store)
    folder = store._recordings.folder
    (folder / f"{'0' * 32}.flac").write_bytes(b"not a sound")
    (folder / f"{'1' * 32}.flac").write_bytes(store.sound(done))  # a copy, labelled as another attempt
    (folder / "mine.flac").write_bytes(b"of somebody else")
    (folder / "half.part").write_bytes(b"half")
    assert store.interrupted() == ()
    assert len(store.history()) == 1
    assert len(files(store)) == 5  # what is half written may belong to a process that is still at it


def test_history_is_in_the_order_of_time_and_heeds_every_filter(store: Store) -> None:
    later = add_done(store, CONFLICT, NOON + timedelta(hours=2))
    earlier = add_done(store, ABOUT_YOU, NOON)
    waiting = add(store, ABOUT_YOU, NOON + timedelta(hours=4))

    def ids(**filters: object) -> list[str]:
        return [kept.id for kept in store.history(Filters(**filters))]

    assert ids() == [earlier, later, waiting]
    assert ids(question="conflict") == [later]
    assert ids(kind=QuestionKind.ABOUT_YOU) == [earlier, waiting]
    assert ids(state=State.DONE) == [earlier, later]
    assert ids(model="scripted", settings="none", formula_version=heard()[2].formula_version) == [earlier, later]
    assert ids(model="another") == ids(settings="another") == ids(formula_version=0) == ids(digest="") == []
    assert ids(since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=4)) == [later]
    assert ids(session=store.attempt(later).session_id) == [later]
    assert ids(digest=heard()[0].digest, state=State.RECORDED) == [waiting]


def test_what_progress_needs_comes_back_as_if_read_from_the_reports(store: Store) -> None:
    done = add_done(store)
    add(store)
    assert store.measured() == (attempt_from_report(heard()[2], done, NOON, 1),)
    assert store.measured(Filters(question="conflict")) == ()


def test_a_correction_changes_the_report_that_counts_and_leaves_the_original(store: Store) -> None:
    done = add_done(store)
    report = heard()[2]
    corrected = replace(report, words=report.words[:2])
    store.correct(done, REMOVED, corrected)
    found = store.result(done)
    assert (found.original, found.corrected, found.report) == (report, corrected, corrected)
    assert found.corrections == (REMOVED,)
    assert (store.attempt(done).correction_count, store.attempt(done).word_count) == (1, 2)
    assert store.measured()[0].words == 2


def test_a_correction_from_a_window_that_has_not_seen_the_last_one_is_refused(store: Store) -> None:
    done = add_done(store)
    first = replace(heard()[2], name="first")
    store.correct(done, REMOVED, first, seen=())
    with pytest.raises(StoreError, match="another window"):
        store.correct(done, REMOVED, heard()[2], seen=())
    assert store.report(done) == first
    store.correct(done, REMOVED, heard()[2], seen=[REMOVED])
    assert len(store.result(done).corrections) == 2


def named(*corrections: Correction) -> Report:
    """Stands for the report that follows from corrections."""
    return replace(heard()[2], name=" ".join(str(each.after) for each in corrections), words=heard()[2].words[:2])


ADDED = Correction(CorrectionAction.ADD_FILLER, Span(1.8, 2.2), None, "uh")
FIXED = Correction(CorrectionAction.CHANGE_WORD, Span(0.1 + 0.2, 1 / 3), "led", None)


def test_corrections_come_back_exactly_in_the_order_they_were_made(store: Store) -> None:
    done, made = add_done(store), []
    for action in CorrectionAction:
        correction = replace(FIXED, action=action, after=action.value)
        store.correct(done, correction, named(correction), seen=made)
        made.append(correction)
    assert store.result(done).corrections == tuple(made)


def test_the_last_corrections_can_be_taken_back_and_the_report_before_them_counts_again(store: Store) -> None:
    done = add_done(store)
    store.correct(done, REMOVED, named(REMOVED))
    store.correct(done, ADDED, named(REMOVED, ADDED), seen=[REMOVED])
    store.correct(done, FIXED, named(REMOVED, ADDED, FIXED), seen=[REMOVED, ADDED])
    store.take_back(done, named(REMOVED), left=1, seen=[REMOVED, ADDED, FIXED])
    found = store.result(done)
    assert (found.corrections, found.report, found.original) == ((REMOVED,), named(REMOVED), heard()[2])
    assert store.attempt(done).correction_count == 1


def test_back_to_as_heard_leaves_nothing_of_the_corrections(store: Store) -> None:
    done, before = add_done(store), store.measured()
    untouched = store.attempt(done)
    store.correct(done, REMOVED, named(REMOVED))
    assert store.measured() != before
    assert [found.id for found in store.search("worked")] == []
    store.take_back(done, None, left=0, seen=[REMOVED])
    found = store.result(done)
    assert (found.corrections, found.corrected, found.report) == ((), None, heard()[2])
    assert (store.attempt(done), store.measured()) == (untouched, before)
    assert [found.id for found in store.search("worked")] == [done]


def test_another_correction_in_the_place_of_one_taken_back_elsewhere_is_noticed(store: Store) -> None:
    done = add_done(store)
    store.correct(done, REMOVED, named(REMOVED))
    store.take_back(done, None, left=0, seen=[REMOVED])
    store.correct(done, ADDED, named(ADDED))  # as many as the other window knows, but not the same
    with pytest.raises(StoreError, match="another window"):
        store.correct(done, FIXED, named(REMOVED, FIXED), seen=[REMOVED])
    with pytest.raises(StoreError, match="another window"):
        store.take_back(done, None, left=0, seen=[REMOVED])
    assert store.result(done).corrections == (ADDED,)


@pytest.mark.parametrize(("left", "report"), [(1, heard()[2]), (2, heard()[2]), (-1, heard()[2]), (0, heard()[2])])
def test_what_is_left_are_fewer_corrections_with_a_report_and_none_without(
    store: Store, left: int, report: Report
) -> None:
    done = add_done(store)
    store.correct(done, REMOVED, named(REMOVED))
    with pytest.raises(ValueError, match="cannot be left"):
        store.take_back(done, report, left=left, seen=[REMOVED])
    assert store.result(done).corrections == (REMOVED,)


def test_what_has_no_report_cannot_be_read_or_corrected(store: Store) -> None:
    recorded = add(store)
    with pytest.raises(StoreError, match="no report yet"):
        store.report(recorded)
    with pytest.raises(StoreError, match="no report yet"):
        store.correct(recorded, REMOVED, heard()[2])


def test_notes_stay_in_the_order_they_were_written(store: Store) -> None:
    done = add_done(store)
    written = [store.note(done, text) for text in ("Slower.", "“Better.”")]
    assert store.notes(done) == tuple(written)
    assert all(note.written_at.utcoffset() is not None for note in written)


def test_a_deleted_attempt_leaves_nothing_and_the_others_stay(store: Store) -> None:
    gone, stays = add_done(store), add_done(store)
    store.correct(gone, REMOVED, heard()[2])
    store.note(gone, "Slower.")
    store.delete(gone)
    assert [kept.id for kept in store.history()] == [stays]
    assert files(store) == [f"{stays}.flac"]
    assert (store.notes(gone), store.interrupted()) == ((), ())
    for use in (store.attempt, store.result, store.sound, store.recording, store.delete):
        with pytest.raises(StoreError, match="no such answer"):
            use(gone)
    with pytest.raises(StoreError, match="deleted"):
        store.finish(gone, *heard()[1:])
    with pytest.raises(StoreError, match="deleted"):
        store.correct(gone, REMOVED, heard()[2], seen=[REMOVED])
    with pytest.raises(StoreError, match="no such answer"):
        store.note(gone, "Too late.")


def test_an_id_that_is_no_id_reaches_no_file(store: Store) -> None:
    for attempt_id in ("../data/answers", "", "x" * 1000, "\0"):
        for use in (store.sound, store.recording, store.delete):
            with pytest.raises(StoreError):
                use(attempt_id)


def test_after_everything_is_deleted_nothing_is_found_and_the_first_take_is_the_first(store: Store) -> None:
    add_done(store)
    add(store, CONFLICT)
    store.delete_all()
    assert (store.history(), store.interrupted(), files(store)) == ((), (), [])
    assert store.next_take("about-you") == 1
    assert store.attempt(add(store)).take == 1


def test_a_long_answer_fits(store: Store) -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 5 * 60 * SAMPLE_RATE).astype(np.float32)
    long = store.add_recording(Recording(samples, "long", "0" * 64), ABOUT_YOU)
    assert store.recording(long.id).duration == 300


def test_a_clock_that_was_set_back_mixes_up_nothing_but_the_order_of_days(store: Store) -> None:
    first = add_done(store, at=NOON)
    second = add_done(store, at=NOON - timedelta(days=400))
    third = add_done(store, at=NOON + timedelta(minutes=5))
    assert [store.attempt(each).take for each in (first, second, third)] == [1, 2, 3]
    assert [kept.id for kept in store.history()] == [second, first, third]
    assert len(store.measured()) == 3
