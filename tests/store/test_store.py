"""The store behaves the same on SQLite and on Postgres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.corrections.correction import Correction, CorrectionAction
from analysis.progress.attempt import build_attempt
from analysis.question import QuestionKind
from analysis.report import Report
from speech.audio.recording import SAMPLE_RATE, Recording
from speech.segment import Segment
from store.attempt import AttemptState, Filters
from store.errors import StoreError
from store.store import Store, open_store
from tests.support.stored_attempts import (
    ABOUT_YOU,
    CONFLICT,
    EAST,
    NOON,
    add_done,
    add_recorded,
    add_silent,
    make_heard_answer,
)

REMOVED = Correction(CorrectionAction.REMOVE_FILLER, Segment(1.1, 1.4), "um", None)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Return a function that opens the same store again."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    return lambda: open_store(url, tmp_path / "data")


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Iterator[Store]:
    store = reopen()
    yield store
    store.close()


def list_recording_files(store: Store) -> list[str]:
    return sorted(path.name for path in store._recordings.folder.iterdir())


def test_a_recording_and_its_row_are_saved_before_recognition(store: Store) -> None:
    sound = make_heard_answer()[0]
    kept = store.add_recording(sound, ABOUT_YOU, NOON)
    assert (kept.state, kept.take, kept.question, kept.has_recording) == (AttemptState.RECORDED, 1, ABOUT_YOU, True)
    assert (kept.digest, kept.duration, kept.name) == (sound.digest, sound.duration, sound.name)
    assert (kept.model, kept.formula_version, kept.word_count, kept.failure) == (None, None, None, None)
    assert list_recording_files(store) == [f"{kept.id}.flac"]
    assert store.load_attempt(kept.id) == kept


def test_a_recording_is_restored_within_half_a_16_bit_step(store: Store) -> None:
    sound = replace(make_heard_answer()[0], clipped_share=0.25, damaged=True)
    back = store.load_recording(store.add_recording(sound, ABOUT_YOU).id)
    assert np.abs(back.samples - sound.samples).max() <= 0.5 / 2**15
    assert replace(back, samples=sound.samples).__dict__ == sound.__dict__


def test_the_time_is_stored_with_its_time_zone(store: Store) -> None:
    kept = store.load_attempt(add_recorded(store))
    assert kept.recorded_at == NOON
    assert kept.recorded_at.utcoffset() == EAST.utcoffset(None)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="has a zone"):
        add_recorded(store, at=NOON.replace(tzinfo=None))
    assert store.load_history() == ()


def test_a_finished_attempt_is_restored_exactly_after_a_restart(store: Store, reopen: Callable[[], Store]) -> None:
    done = add_done(store)
    _, transcript, report = make_heard_answer()
    again = reopen()
    found = again.load_result(done)
    assert (found.transcript, found.original, found.corrected, found.corrections) == (transcript, report, None, ())
    assert again.load_report(done) == report
    kept = again.load_attempt(done)
    assert (kept.state, kept.model, kept.settings) == (AttemptState.DONE, report.model, report.settings)
    assert (kept.formula_version, kept.word_count) == (report.formula_version, 5)
    assert kept.answer_seconds == report.response.duration
    again.close()


def test_takes_are_counted_per_question(store: Store) -> None:
    ids = [add_recorded(store, question) for question in (ABOUT_YOU, CONFLICT, ABOUT_YOU)]
    assert [store.load_attempt(each).take for each in ids] == [1, 1, 2]
    assert (store.get_next_take("about-you"), store.get_next_take("conflict"), store.get_next_take("new")) == (3, 2, 1)


def test_a_recording_in_which_nothing_was_said_hands_its_number_to_the_next_take(store: Store) -> None:
    first, silent, other_silent = add_done(store), add_silent(store), add_silent(store)
    assert store.load_attempt(silent).is_silent
    assert not store.load_attempt(first).is_silent
    second, third = add_done(store), add_recorded(store)
    assert [store.load_attempt(each).take for each in (first, second, third)] == [1, 2, 3]
    assert sorted(store.load_attempt(each).take for each in (silent, other_silent)) == [4, 5]
    assert store.load_attempt(add_recorded(store, CONFLICT)).take == 1


def test_answers_less_than_half_an_hour_apart_share_a_session(store: Store) -> None:
    after = [timedelta(0), timedelta(minutes=30), timedelta(minutes=60), timedelta(minutes=91)]
    sessions = [store.load_attempt(add_recorded(store, at=NOON + each)).session_id for each in after]
    assert sessions[0] == sessions[1] == sessions[2] != sessions[3]
    assert len(store.load_history(Filters(session=sessions[0]))) == 3


def test_finishing_an_attempt_twice_keeps_the_first_result(store: Store) -> None:
    done = add_done(store)
    _, transcript, report = make_heard_answer()
    store.finish(done, transcript, replace(report, name="another"))
    store.mark_failed(done, "Too late.")
    assert store.load_report(done) == report
    assert store.load_attempt(done).state is AttemptState.DONE


def test_a_failed_attempt_keeps_its_reason_and_recording_and_can_still_be_finished(store: Store) -> None:
    failed = add_recorded(store, keep=False)
    store.mark_failed(failed, "The weights are missing.")
    kept = store.load_attempt(failed)
    assert (kept.state, kept.failure, list_recording_files(store)) == (
        AttemptState.FAILED,
        "The weights are missing.",
        [f"{failed}.flac"],
    )
    assert store.list_interrupted() == ()
    store.finish(failed, *make_heard_answer()[1:])
    assert (store.load_attempt(failed).state, store.load_attempt(failed).failure) == (AttemptState.DONE, None)


def test_a_recording_not_to_be_kept_is_deleted_once_its_report_exists(store: Store) -> None:
    unkept = add_recorded(store, keep=False)
    assert list_recording_files(store) == [f"{unkept}.flac"]
    store.finish(unkept, *make_heard_answer()[1:])
    assert list_recording_files(store) == []
    assert not store.load_attempt(unkept).has_recording
    with pytest.raises(StoreError, match="recording of this answer is no longer in"):
        store.read_flac(unkept)
    assert store.load_report(unkept) == make_heard_answer()[2]


def test_only_unfinished_attempts_are_offered_again_at_the_next_start(
    store: Store, reopen: Callable[[], Store]
) -> None:
    interrupted = add_recorded(store)
    add_done(store)
    again = reopen()
    (offered,) = again.list_interrupted()
    assert offered.id == interrupted
    assert again.load_recording(interrupted).digest == make_heard_answer()[0].digest
    again.close()


def test_a_recording_without_a_row_is_restored_from_its_tags(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("store.db.attempts.insert_recorded", killed)
        with pytest.raises(KeyboardInterrupt):
            store.add_recording(replace(make_heard_answer()[0], name="an “é”"), CONFLICT, NOON, keep=False)
    assert store.load_history() == ()
    (offered,) = store.list_interrupted()
    assert (offered.question, offered.recorded_at, offered.name) == (CONFLICT, NOON, "an “é”")
    assert offered.recorded_at.utcoffset() == EAST.utcoffset(None)
    assert store.list_interrupted() == (offered,)
    store.finish(offered.id, *make_heard_answer()[1:])
    assert list_recording_files(store) == []


def test_a_recording_that_should_be_deleted_is_deleted_at_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("store.files.Recordings.remove", lambda *_: None)
        unkept = add_done(store, keep=False)
    assert list_recording_files(store) == [f"{unkept}.flac"]
    assert store.list_interrupted() == ()
    assert list_recording_files(store) == []


def test_foreign_and_unfinished_files_among_the_recordings_are_ignored(store: Store) -> None:
    done = add_done(store)
    folder = store._recordings.folder
    (folder / f"{'0' * 32}.flac").write_bytes(b"not a sound")
    (folder / f"{'1' * 32}.flac").write_bytes(store.read_flac(done))  # a copy, labelled as another attempt
    (folder / "mine.flac").write_bytes(b"of somebody else")
    (folder / "half.part").write_bytes(b"half")
    assert store.list_interrupted() == ()
    assert len(store.load_history()) == 1
    assert len(list_recording_files(store)) == 5  # what is half written may belong to a process that is still at it


def test_history_is_sorted_by_time_and_applies_every_filter(store: Store) -> None:
    later = add_done(store, CONFLICT, NOON + timedelta(hours=2))
    earlier = add_done(store, ABOUT_YOU, NOON)
    waiting = add_recorded(store, ABOUT_YOU, NOON + timedelta(hours=4))

    def ids(**filters: object) -> list[str]:
        return [kept.id for kept in store.load_history(Filters(**filters))]

    assert ids() == [earlier, later, waiting]
    assert ids(question="conflict") == [later]
    assert ids(kind=QuestionKind.ABOUT_YOU) == [earlier, waiting]
    assert ids(state=AttemptState.DONE) == [earlier, later]
    assert ids(model="scripted", settings="none", formula_version=make_heard_answer()[2].formula_version) == [
        earlier,
        later,
    ]
    assert ids(model="another") == ids(settings="another") == ids(formula_version=0) == ids(digest="") == []
    assert ids(since=NOON + timedelta(hours=2), until=NOON + timedelta(hours=4)) == [later]
    assert ids(session=store.load_attempt(later).session_id) == [later]
    assert ids(digest=make_heard_answer()[0].digest, state=AttemptState.RECORDED) == [waiting]


def test_loaded_measures_equal_those_of_the_reports(store: Store) -> None:
    done = add_done(store)
    add_recorded(store)
    assert store.load_measured() == (build_attempt(make_heard_answer()[2], done, NOON, 1),)
    assert store.load_measured(Filters(question="conflict")) == ()


def test_a_correction_changes_the_current_report_and_keeps_the_original(store: Store) -> None:
    done = add_done(store)
    report = make_heard_answer()[2]
    corrected = replace(report, words=report.words[:2])
    store.add_correction(done, REMOVED, corrected)
    found = store.load_result(done)
    assert (found.original, found.corrected, found.report) == (report, corrected, corrected)
    assert found.corrections == (REMOVED,)
    assert (store.load_attempt(done).correction_count, store.load_attempt(done).word_count) == (1, 2)
    assert store.load_measured()[0].words == 2


def test_a_correction_based_on_outdated_corrections_is_refused(store: Store) -> None:
    done = add_done(store)
    first = replace(make_heard_answer()[2], name="first")
    store.add_correction(done, REMOVED, first, seen=())
    with pytest.raises(StoreError, match="another window"):
        store.add_correction(done, REMOVED, make_heard_answer()[2], seen=())
    assert store.load_report(done) == first
    store.add_correction(done, REMOVED, make_heard_answer()[2], seen=[REMOVED])
    assert len(store.load_result(done).corrections) == 2


def make_report(*corrections: Correction) -> Report:
    """Return a fake report in place of the one that follows from the corrections."""
    return replace(
        make_heard_answer()[2],
        name=" ".join(str(each.after) for each in corrections),
        words=make_heard_answer()[2].words[:2],
    )


ADDED = Correction(CorrectionAction.ADD_FILLER, Segment(1.8, 2.2), None, "uh")
FIXED = Correction(CorrectionAction.CHANGE_WORD, Segment(0.1 + 0.2, 1 / 3), "led", None)


def test_corrections_are_restored_exactly_and_in_order(store: Store) -> None:
    done, made = add_done(store), []
    for action in CorrectionAction:
        correction = replace(FIXED, action=action, after=action.value)
        store.add_correction(done, correction, make_report(correction), seen=made)
        made.append(correction)
    assert store.load_result(done).corrections == tuple(made)


def test_undoing_the_last_corrections_restores_the_previous_report(store: Store) -> None:
    done = add_done(store)
    store.add_correction(done, REMOVED, make_report(REMOVED))
    store.add_correction(done, ADDED, make_report(REMOVED, ADDED), seen=[REMOVED])
    store.add_correction(done, FIXED, make_report(REMOVED, ADDED, FIXED), seen=[REMOVED, ADDED])
    store.undo_corrections(done, make_report(REMOVED), left=1, seen=[REMOVED, ADDED, FIXED])
    found = store.load_result(done)
    assert (found.corrections, found.report, found.original) == (
        (REMOVED,),
        make_report(REMOVED),
        make_heard_answer()[2],
    )
    assert store.load_attempt(done).correction_count == 1


def test_undoing_all_corrections_leaves_no_trace_of_them(store: Store) -> None:
    done, before = add_done(store), store.load_measured()
    untouched = store.load_attempt(done)
    store.add_correction(done, REMOVED, make_report(REMOVED))
    assert store.load_measured() != before
    assert [found.id for found in store.search("worked")] == []
    store.undo_corrections(done, None, left=0, seen=[REMOVED])
    found = store.load_result(done)
    assert (found.corrections, found.corrected, found.report) == ((), None, make_heard_answer()[2])
    assert (store.load_attempt(done), store.load_measured()) == (untouched, before)
    assert [found.id for found in store.search("worked")] == [done]


def test_a_correction_replaced_in_another_window_is_detected(store: Store) -> None:
    done = add_done(store)
    store.add_correction(done, REMOVED, make_report(REMOVED))
    store.undo_corrections(done, None, left=0, seen=[REMOVED])
    store.add_correction(done, ADDED, make_report(ADDED))  # as many as the other window knows, but not the same
    with pytest.raises(StoreError, match="another window"):
        store.add_correction(done, FIXED, make_report(REMOVED, FIXED), seen=[REMOVED])
    with pytest.raises(StoreError, match="another window"):
        store.undo_corrections(done, None, left=0, seen=[REMOVED])
    assert store.load_result(done).corrections == (ADDED,)


@pytest.mark.parametrize(
    ("left", "report"),
    [
        (1, make_heard_answer()[2]),
        (2, make_heard_answer()[2]),
        (-1, make_heard_answer()[2]),
        (0, make_heard_answer()[2]),
    ],
)
def test_undoing_needs_fewer_corrections_and_a_matching_report(store: Store, left: int, report: Report) -> None:
    done = add_done(store)
    store.add_correction(done, REMOVED, make_report(REMOVED))
    with pytest.raises(ValueError, match="cannot be left"):
        store.undo_corrections(done, report, left=left, seen=[REMOVED])
    assert store.load_result(done).corrections == (REMOVED,)


def test_an_attempt_without_a_report_cannot_be_read_or_corrected(store: Store) -> None:
    recorded = add_recorded(store)
    with pytest.raises(StoreError, match="no report yet"):
        store.load_report(recorded)
    with pytest.raises(StoreError, match="no report yet"):
        store.add_correction(recorded, REMOVED, make_heard_answer()[2])


def test_notes_are_returned_in_the_order_they_were_written(store: Store) -> None:
    done = add_done(store)
    written = [store.add_note(done, text) for text in ("Slower.", "“Better.”")]
    assert store.load_notes(done) == tuple(written)
    assert all(note.written_at.utcoffset() is not None for note in written)


def test_deleting_an_attempt_removes_all_its_data_and_no_other(store: Store) -> None:
    gone, stays = add_done(store), add_done(store)
    store.add_correction(gone, REMOVED, make_heard_answer()[2])
    store.add_note(gone, "Slower.")
    store.delete_attempt(gone)
    assert [kept.id for kept in store.load_history()] == [stays]
    assert list_recording_files(store) == [f"{stays}.flac"]
    assert (store.load_notes(gone), store.list_interrupted()) == ((), ())
    for use in (store.load_attempt, store.load_result, store.read_flac, store.load_recording, store.delete_attempt):
        with pytest.raises(StoreError, match="can't find that answer"):
            use(gone)
    with pytest.raises(StoreError, match="deleted"):
        store.finish(gone, *make_heard_answer()[1:])
    with pytest.raises(StoreError, match="deleted"):
        store.add_correction(gone, REMOVED, make_heard_answer()[2], seen=[REMOVED])
    with pytest.raises(StoreError, match="can't find that answer"):
        store.add_note(gone, "Too late.")


def test_an_invalid_id_never_reaches_the_file_system(store: Store) -> None:
    for attempt_id in ("../data/answers", "", "x" * 1000, "\0"):
        for use in (store.read_flac, store.load_recording, store.delete_attempt):
            with pytest.raises(StoreError):
                use(attempt_id)


def test_after_deleting_all_data_takes_start_at_one_again(store: Store) -> None:
    add_done(store)
    add_recorded(store, CONFLICT)
    store.delete_all()
    assert (store.load_history(), store.list_interrupted(), list_recording_files(store)) == ((), (), [])
    assert store.get_next_take("about-you") == 1
    assert store.load_attempt(add_recorded(store)).take == 1


def test_a_long_answer_can_be_stored(store: Store) -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 5 * 60 * SAMPLE_RATE).astype(np.float32)
    long = store.add_recording(Recording(samples, "long", "0" * 64), ABOUT_YOU)
    assert store.load_recording(long.id).duration == 300


def test_a_clock_that_was_set_back_only_affects_the_order_of_days(store: Store) -> None:
    first = add_done(store, at=NOON)
    second = add_done(store, at=NOON - timedelta(days=400))
    third = add_done(store, at=NOON + timedelta(minutes=5))
    assert [store.load_attempt(each).take for each in (first, second, third)] == [1, 2, 3]
    assert [kept.id for kept in store.load_history()] == [second, first, third]
    assert len(store.load_measured()) == 3
