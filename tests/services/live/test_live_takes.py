"""Takes from their first block to the attempt, and what a killed server or page leaves of them."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from services.asked_questions import find_asked_question
from services.check import check_everything, list_troubles
from services.live.live_takes import GoneError, LiveTakes, RunningError
from services.live.take import LiveTake, Purpose, TakeFault
from services.user_store import delete_everything, has_anything
from speech.audio.recording import Recording, from_samples
from speech.audio.signal import to_int16
from speech.errors import RecordingError
from speech.live.spool import Spool
from store.attempt import AttemptState
from store.errors import StoreError
from store.store import Store
from tests.services.conftest import SAID, Desktop
from tests.support.answers import synthesise

QUESTION = find_asked_question("tell_me_about_yourself")
RATE = 16_000
SOUND = to_int16(synthesise(SAID).samples).tobytes()
FIRST, SECOND = "a" * 32, "b" * 32


def take(take_id: str = FIRST, **changes: object) -> LiveTake:
    purpose = Purpose(QUESTION, "Browser recording", **changes)
    return LiveTake(take_id, purpose, RATE, "Desk microphone", datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def takes(data: Path) -> LiveTakes:
    return LiveTakes(data)


def record(takes: LiveTakes, sound: bytes = SOUND, take_id: str = FIRST, *, stop: bool = True) -> None:
    """Record a take, and stop it or be cut off."""
    _, spool = takes.begin(take(take_id))
    spool.append(0, sound)
    if stop:
        takes.stop(take_id)
    takes.release(take_id)


def nothing(_submission: object) -> None:
    pass


def test_a_take_that_was_stopped_becomes_an_attempt_of_its_question(
    takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes)
    submission = takes.submit(store, desktop.queue, FIRST, nothing)
    desktop.wait()
    (attempt,) = store.load_history()
    assert (attempt.id, attempt.question, attempt.name) == (submission.attempt.id, QUESTION, "Browser recording")
    assert attempt.state is AttemptState.DONE
    np.testing.assert_allclose(store.load_recording(attempt.id).samples, synthesise(SAID).samples, atol=1e-4)
    assert not takes.is_there(FIRST)
    assert takes.interrupted(store) == ()


def test_a_take_that_is_cut_off_is_offered_with_all_its_sound_and_can_be_submitted(
    data: Path, takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes, stop=False)
    (found,) = LiveTakes(data).interrupted(store)
    assert (found.take, found.seconds) == (take(), len(SOUND) / 2 / RATE)
    takes.submit(store, desktop.queue, FIRST, nothing)
    desktop.wait()
    assert len(store.load_history()) == 1


def test_a_take_that_is_being_recorded_is_neither_offered_nor_submitted_nor_deleted(
    takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    _, spool = takes.begin(take())
    spool.append(0, SOUND)
    assert takes.interrupted(store) == ()
    with pytest.raises(RunningError, match="still recording"):
        takes.submit(store, desktop.queue, FIRST, nothing)
    with pytest.raises(RunningError):
        takes.delete(FIRST)
    takes.release(FIRST)
    assert len(takes.interrupted(store)) == 1


@pytest.mark.skipif(os.name == "nt", reason="not known there")
def test_what_another_server_is_recording_is_not_offered(data: Path, takes: LiveTakes, store: Store) -> None:
    other = LiveTakes(data)
    _, spool = other.begin(take())
    spool.append(0, SOUND)
    assert takes.interrupted(store) == ()
    other.release(FIRST)
    assert len(takes.interrupted(store)) == 1


def test_a_page_that_comes_back_goes_on_with_the_take_that_it_began(data: Path, takes: LiveTakes) -> None:
    half = len(SOUND) // 4 * 2
    record(takes, SOUND[:half], stop=False)
    again = LiveTakes(data)  # the server was started anew meanwhile
    known, spool = again.begin(take(model="tiny.en"), is_new=False)
    assert (known, spool.have) == (take(), half)  # what was known at first holds
    spool.append(half - 100, SOUND[half - 100 :])
    again.stop(FIRST)
    again.release(FIRST)
    assert again.files.sound(FIRST).read_bytes() == SOUND


def test_two_connections_of_one_take_write_one_file(takes: LiveTakes) -> None:
    (_, one), (_, other) = takes.begin(take()), takes.begin(take(), is_new=False)
    assert one is other
    takes.release(FIRST)
    other.append(0, SOUND)
    takes.release(FIRST)
    assert takes.files.sound(FIRST).read_bytes() == SOUND


def test_a_take_that_was_finished_or_deleted_elsewhere_cannot_be_gone_on_with(
    takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes)
    takes.delete(FIRST)
    with pytest.raises(GoneError):
        takes.begin(take(), is_new=False)
    with pytest.raises(GoneError):
        takes.submit(store, desktop.queue, FIRST, nothing)
    assert not list(takes.files.folder.glob("*.pcm"))


def test_a_stopped_take_is_known_to_be_stopped_by_a_page_that_did_not_hear_so(takes: LiveTakes) -> None:
    record(takes)
    known, spool = takes.begin(take(), is_new=False)
    assert (known.stopped, spool.have) == (True, len(SOUND))
    takes.release(FIRST)


def test_a_server_killed_between_attempt_and_deletion_makes_no_second_attempt(
    data: Path, takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    def die(_submission: object) -> None:
        raise KeyboardInterrupt

    record(takes)
    with pytest.raises(KeyboardInterrupt):
        takes.submit(store, desktop.queue, FIRST, die)
    again = LiveTakes(data)
    submission = again.submit(store, desktop.queue, FIRST, nothing)
    assert [each.id for each in store.load_history()] == [submission.attempt.id]
    record(again, take_id=SECOND)
    with pytest.raises(KeyboardInterrupt):
        again.submit(store, desktop.queue, SECOND, die)
    assert again.interrupted(store) == ()
    assert list(again.files.all()) == []


def test_where_the_attempt_cannot_be_stored_the_take_is_still_there(
    takes: LiveTakes, store: Store, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise StoreError("The disk is full.")

    record(takes)
    with monkeypatch.context() as full:
        full.setattr(store, "add_recording", refuse)
        with pytest.raises(StoreError):
            takes.submit(store, desktop.queue, FIRST, nothing)
    assert len(takes.interrupted(store)) == 1
    takes.submit(store, desktop.queue, FIRST, nothing)
    assert len(store.load_history()) == 1


def test_what_is_too_short_for_a_word_is_refused_in_a_sentence_and_never_offered(
    takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes, SOUND[:100])
    with pytest.raises(RecordingError, match="too short"):
        takes.submit(store, desktop.queue, FIRST, nothing)
    record(takes, SOUND[:100], SECOND, stop=False)
    assert takes.interrupted(store) == ()
    assert list(takes.files.all()) == []


def test_what_the_device_knows_of_its_sound_goes_along(takes: LiveTakes) -> None:
    _, spool = takes.begin(take())
    spool.append(0, SOUND)
    takes.stop(FIRST, damaged=True, clipped_share=0.25)
    takes.release(FIRST)
    heard = takes.decode(FIRST)
    assert (heard.damaged, heard.clipped_share) == (True, 0.25)


class _Listener:
    """Notes which takes it is to listen to, with what has come of them, which have ended, and which it is to forget."""

    def __init__(self) -> None:
        self.begun: list[tuple[LiveTake, bytes]] = []
        self.ended: list[tuple[str, bytes]] = []
        self.forgotten: list[str] = []

    def listen(self, each: LiveTake, spool: Spool) -> None:
        self.begun.append((each, spool.read_from(0)))

    def end(self, take_id: str, sound: Path, cipher: object = None) -> None:
        self.ended.append((take_id, sound.read_bytes()))

    def forget(self, take_id: str) -> None:
        self.forgotten.append(take_id)


def test_recognition_listens_to_each_take_whenever_sound_of_it_can_come_and_forgets_a_deleted_one(
    takes: LiveTakes,
) -> None:
    listener = _Listener()
    takes.recognition = listener  # type: ignore[assignment]
    record(takes, stop=False)
    takes.begin(take(), is_new=False)
    assert listener.ended == []
    takes.stop(FIRST)
    assert listener.ended == [(FIRST, SOUND)]
    takes.release(FIRST)
    assert listener.begun == [(take(), b""), (take(), SOUND)]
    takes.delete(FIRST)
    assert listener.forgotten == [FIRST]


class _Heard(_Listener):
    """Has heard a sound while it was spoken."""

    def __init__(self, sound: Recording) -> None:
        super().__init__()
        self.sound = sound

    def recording(self, take_id: str, sound: Path, cipher: object = None) -> Recording:
        return self.sound

    def hand_over(self, take_id: str, sound: Path, attempt_id: str, cipher: object = None) -> None:
        pass


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_sound_that_was_heard_while_spoken_is_kept_if_all_of_it_was_heard(
    takes: LiveTakes, store: Store, desktop: Desktop, is_whole: bool
) -> None:
    record(takes)
    decoded = takes.decode(FIRST)
    length = len(decoded.samples) if is_whole else len(decoded.samples) // 2
    takes.recognition = _Heard(from_samples(np.full(length, 0.25, np.float32), "heard"))  # type: ignore[assignment]
    attempt = takes.submit(store, desktop.queue, FIRST, nothing).attempt
    kept = store.load_recording(attempt.id)
    assert len(kept.samples) == len(decoded.samples)
    assert bool(np.all(np.abs(kept.samples - 0.25) < 1e-4)) is is_whole


def test_a_ticket_holds_after_a_restart_and_for_its_take_only(data: Path, takes: LiveTakes) -> None:
    ticket = takes.files.ticket(FIRST)
    assert LiveTakes(data).files.is_ticket(FIRST, ticket)
    assert not takes.files.is_ticket(SECOND, ticket)
    assert not takes.files.is_ticket(FIRST, "")
    other = LiveTakes(data.parent / "other")
    assert not other.files.is_ticket(FIRST, ticket)
    assert not other.files.folder.exists()  # asking alone makes nothing


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_only_the_owner_can_read_anything_of_it(takes: LiveTakes) -> None:
    record(takes)
    takes.files.ticket(FIRST)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in takes.files.folder.iterdir()}
    assert modes == {f"{FIRST}.pcm": 0o600, f"{FIRST}.json": 0o600, "secret": 0o600}
    assert stat.S_IMODE(takes.files.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["", "{}", '{"id": 3}', "null", "\x00"])
def test_a_file_that_says_nothing_is_passed_over(takes: LiveTakes, store: Store, text: str) -> None:
    record(takes)
    (takes.files.folder / f"{SECOND}.json").write_text(text)
    assert [each.take.id for each in takes.interrupted(store)] == [FIRST]


def test_delete_everything_takes_recordings_that_go_on_along(
    data: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.live.live_takes import live_takes

    takes = live_takes(data)
    record(takes, stop=False)
    assert has_anything(store, data)
    takes.begin(take(SECOND))[1].append(0, SOUND)
    delete_everything(store, data)
    assert list(takes.files.folder.iterdir()) == []
    assert not has_anything(store, data)
    takes.release(SECOND)


def _spoil(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def _tell(store: Store, data: Path) -> list[str]:
    return [each.sentence for each in check_everything(store, data).troubles]


def test_sound_that_changed_on_the_disk_after_it_was_cut_off_is_named_and_its_report_says_so(
    data: Path, takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes, stop=False)
    assert _tell(store, data) == []
    _spoil(takes.files.sound(FIRST), 4000)
    (told,) = _tell(store, data)
    assert "has changed on the disk since it was made" in told
    assert QUESTION.text in told
    attempt = takes.submit(store, desktop.queue, FIRST, nothing).attempt
    assert store.load_recording(attempt.id).damaged
    assert _tell(store, data) == []


@pytest.mark.parametrize("left", [0, 100, len(SOUND) - 2])
def test_sound_that_was_cut_short_on_the_disk_is_offered_with_what_is_left_and_never_dropped_in_silence(
    data: Path, takes: LiveTakes, store: Store, left: int
) -> None:
    record(takes, stop=False)
    takes.files.sound(FIRST).write_bytes(SOUND[:left])
    (found,) = takes.interrupted(store)
    assert (found.fault, found.seconds) == (TakeFault.SHORT, left / 2 / RATE)
    (told,) = [each.sentence for each in list_troubles(store, data)]
    assert "has lost sound" in told
    takes.delete(FIRST)
    assert _tell(store, data) == []


def test_a_take_of_before_gets_its_digest_when_it_is_offered_or_checked(
    data: Path, takes: LiveTakes, store: Store
) -> None:
    for take_id, look in ((FIRST, lambda: takes.interrupted(store)), (SECOND, lambda: _tell(store, data))):
        record(takes, take_id=take_id, stop=False)
        about = takes.files.folder / f"{take_id}.json"
        plain = json.loads(about.read_text())
        del plain["seal"], plain["sum"]
        about.write_text(json.dumps(plain))
        look()
        _spoil(takes.files.sound(take_id), 4000)
    assert len(_tell(store, data)) == 2


def test_a_take_that_is_gone_on_with_stays_whole_also_where_half_a_sample_was_left(
    data: Path, takes: LiveTakes, store: Store
) -> None:
    record(takes, SOUND[:-8], stop=False)
    with takes.files.sound(FIRST).open("ab") as file:
        file.write(b"x")  # by a power cut
    assert len(takes.interrupted(store)) == 1
    _, spool = takes.begin(take(), is_new=False)
    spool.append(spool.have, SOUND[spool.have :])
    assert _tell(store, data) == []  # it is being recorded
    takes.release(FIRST)
    assert (_tell(store, data), takes.decode(FIRST).damaged) == ([], False)


def test_a_take_that_changed_before_it_is_gone_on_with_is_known_to_be_damaged(takes: LiveTakes) -> None:
    record(takes, SOUND[:-8], stop=False)
    _spoil(takes.files.sound(FIRST), 4000)
    known, spool = takes.begin(take(), is_new=False)
    spool.append(spool.have, SOUND[spool.have :])
    takes.release(FIRST)
    assert known.damaged
    assert takes.decode(FIRST).damaged


def test_sound_that_is_gone_from_the_disk_is_named_and_can_be_dismissed(
    data: Path, takes: LiveTakes, store: Store, desktop: Desktop
) -> None:
    record(takes, stop=False)
    takes.files.sound(FIRST).unlink()
    (found,) = takes.interrupted(store)
    assert (found.fault, len(_tell(store, data))) == (TakeFault.SHORT, 1)
    with pytest.raises(RecordingError, match="is gone from the disk"):
        takes.submit(store, desktop.queue, FIRST, nothing)
    assert _tell(store, data) == []


@pytest.mark.parametrize("step", ["services.live.take_files.Path.replace", "services.live.take_files.Path.unlink"])
@pytest.mark.parametrize("after", [1, 2])
def test_a_deletion_that_was_killed_half_way_is_carried_out(
    data: Path, takes: LiveTakes, store: Store, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    """Killed before or after a step, the take is either there as it was or deleted to its last byte."""
    record(takes, stop=False)
    act, done = getattr(Path, step.rpartition(".")[2]), itertools.count(1)

    def die(path: Path, *arguments: object, **more: object) -> object:
        if next(done) == after:
            raise KeyboardInterrupt
        return act(path, *arguments, **more)

    with monkeypatch.context() as killed, contextlib.suppress(KeyboardInterrupt):
        killed.setattr(step, die)
        takes.delete(FIRST)
    again = LiveTakes(data)
    is_offered = bool(again.interrupted(store))
    assert is_offered is (step.endswith("replace") and after == 1)
    assert bool(list(again.files.folder.glob(f"{FIRST}*"))) is is_offered
    assert _tell(store, data) == []


def test_a_label_that_changed_on_the_disk_is_named_and_the_sound_offered_still(
    data: Path, takes: LiveTakes, store: Store
) -> None:
    record(takes, stop=False)
    about = takes.files.folder / f"{FIRST}.json"
    about.write_text(about.read_text().replace("2026-03-01", "2026-03-11"))
    (found,) = takes.interrupted(store)
    assert (found.fault, takes.decode(FIRST).damaged) == (TakeFault.RELABELLED, False)
    (told,) = _tell(store, data)
    assert "has a label that changed" in told
