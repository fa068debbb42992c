"""Recordings that are still going on: begun, continued, stopped, submitted; those that were interrupted are offered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from services.job_queue import AnalysisQueue
from services.live.recognition import LiveRecognition
from services.live.session import MAX_DIFFERENCE_SECONDS
from services.live.take import LiveTake, TakeFault
from services.live.take_files import TakeFiles
from services.submission import Submission, submit_recording
from speech.audio.recording import MIN_RECORDING_SECONDS, Recording
from speech.errors import RecordingError
from speech.live.spool import Spool, decode_spool, is_in_use
from store.attempt import Filters, StoredAttempt
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.store import Store

GONE = "You finished or deleted this recording in another window."
NOTHING_LEFT = "The sound of this recording is gone from the disk, so there's nothing to analyse. Record it again."
STILL_RUNNING = "You're still recording in another window. Stop it there first."


class GoneError(StoreError):
    """The take is not here any more."""

    def __init__(self) -> None:
        super().__init__(GONE)


class RunningError(StoreError):
    """The take is being recorded right now."""

    def __init__(self) -> None:
        super().__init__(STILL_RUNNING)


@dataclass(frozen=True)
class InterruptedTake:
    """A recording that nobody is making any more and that was not submitted."""

    take: LiveTake
    seconds: float
    fault: TakeFault | None = None  # as far as it can be told without reading all its sound


class LiveTakes:
    """The recordings that go on in one data folder. All methods may be called from any thread and raise StoreError.

    `recognition`, where there is one, listens to every take as it grows.

    Args:
        data: The data folder.
    """

    def __init__(self, data: Path) -> None:
        self.files = TakeFiles(data)
        self.recognition: LiveRecognition | None = None
        self._open: dict[str, Spool] = {}
        self._users: dict[str, int] = {}  # connections of each open take
        self._in_submission: set[str] = set()
        self._lock = threading.RLock()

    def begin(self, take: LiveTake, *, is_new: bool = True) -> tuple[LiveTake, Spool]:
        """Begin a take, or continue one; has to be followed by `release`.

        Args:
            take: What is known of it; where it began before, what was known then holds.
            is_new: Whether it may be begun; without that it is only continued.

        Raises:
            GoneError: It cannot be continued.
        """
        with self._lock, translate_write_errors(self.files.folder):
            known = self.files.load(take.id)
            if known is None and (not is_new or self.files.sound(take.id).exists()):
                raise GoneError
            if known is None:
                self.files.save(take)
            kept = known or take
            if kept.id not in self._open and self.files.find_fault(kept) is not None:
                kept = replace(kept, damaged=True, seal=None)
                self.files.save(kept)
            spool = self._open.get(kept.id) or self._begin_spool(kept)
            self._users[kept.id] = self._users.get(kept.id, 0) + 1
            return kept, spool

    def release(self, take_id: str) -> None:
        """Say that one who began a take writes no more; with the last one its file is freed."""
        with self._lock, translate_write_errors(self.files.folder):
            self._users[take_id] -= 1
            if self._users[take_id] == 0:
                del self._users[take_id]
                if (spool := self._open.pop(take_id, None)) is not None:
                    spool.close()
                take = self.files.load(take_id)
                if take is not None and not take.stopped:  # else it is submitted in a moment, which need not wait
                    self._seal(take)

    def _seal(self, take: LiveTake) -> None:
        with suppress(StoreError):  # where the disk is full, another time
            self.files.seal(take)

    def stop(self, take_id: str, *, damaged: bool = False, clipped_share: float | None = None) -> None:
        """Bring a take to the disk, to its last sample, and note that it is whole.

        Args:
            take_id: The take.
            damaged: Whether sound was lost before it came here.
            clipped_share: Of the device's samples at full scale; None to take that of the sound.
        """
        with self._lock, translate_write_errors(self.files.folder):
            if (spool := self._open.get(take_id)) is not None:
                spool.sync()
            take = self._known(take_id)
            if not take.stopped:
                self.files.save(replace(take, stopped=True, damaged=damaged, clipped_share=clipped_share))
        if self.recognition is not None:
            self.recognition.end(take_id, self.files.sound(take_id), self.files.cipher(take_id))

    def is_running(self, take_id: str) -> bool:
        """Whether somebody is recording a take right now."""
        with self._lock:
            return take_id in self._users and not self._is_stopped(take_id)

    def is_there(self, take_id: str) -> bool:
        """Whether a take has begun and is neither submitted nor deleted."""
        return self.files.load(take_id) is not None

    def decode(self, take_id: str) -> Recording:
        """Return the sound of a take as a recording; raises RecordingError where there is too little."""
        take = self._known(take_id)
        with translate_write_errors(self.files.folder):
            try:
                heard = decode_spool(
                    self.files.sound(take_id),
                    take.rate,
                    take.purpose.name,
                    is_damaged=take.damaged or self.files.find_fault(take) is not None,
                    cipher=self.files.cipher(take_id),
                )
            except FileNotFoundError:
                if take.seal is not None and self.is_there(take_id):
                    raise RecordingError(NOTHING_LEFT) from None
                raise GoneError from None
        return heard if take.clipped_share is None else replace(heard, clipped_share=take.clipped_share)

    def submit(
        self,
        store: Store,
        queue: AnalysisQueue,
        take_id: str,
        on_submitted: Callable[[Submission], None],
        *,
        keep: bool = True,
    ) -> Submission:
        """Store a take as an attempt and queue it for analysis; only then is it deleted here.

        Killed at any moment, it is found again, and an attempt that was made of it before is not made twice.

        Args:
            store: Where it is kept.
            queue: Analyses it.
            take_id: The take.
            on_submitted: Called when the attempt is safe, before the take is deleted; an error there leaves it.
            keep: Whether the sound stays when the report is made.

        Raises:
            RunningError: It is being recorded.
            GoneError: It is not here any more.
            RecordingError: There is too little sound in it; then it is deleted.
        """
        with self._lock:
            if self.is_running(take_id) or take_id in self._in_submission:
                raise RunningError
            self._in_submission.add(take_id)
        try:
            return self._submit(store, queue, take_id, on_submitted, keep)
        finally:
            self._in_submission.discard(take_id)

    def _submit(
        self, store: Store, queue: AnalysisQueue, take_id: str, on_submitted: Callable[[Submission], None], keep: bool
    ) -> Submission:
        take = self._known(take_id)
        found = self._find_attempts(store, take)
        if found:
            queue.enqueue(found[-1].id, found[-1].duration)
            submission = Submission(found[-1], is_new=True)
        else:
            try:
                heard = self._recording_of(take)
            except RecordingError:
                self.delete(take_id)
                raise
            with self._lock:
                self.files.save(replace(self._known(take_id), stopped=True, digest=heard.digest))
            on_stored = partial(self._hand_over, take_id)
            submission = submit_recording(store, queue, heard, take.purpose.question, keep=keep, on_stored=on_stored)
        on_submitted(submission)
        self.delete(take_id)
        return submission

    def _recording_of(self, take: LiveTake) -> Recording:
        """Return the sound of a take: as it was heard while it was spoken, where all of it was; else decoded anew."""
        sound, cipher = self.files.sound(take.id), self.files.cipher(take.id)
        heard = None
        if self.recognition is not None:
            with suppress(RecordingError):  # decoded anew, it is refused by its own name
                heard = self.recognition.recording(take.id, sound, cipher)
        if heard is None or abs(heard.duration - take.seconds(self.files.size(take.id))) > MAX_DIFFERENCE_SECONDS:
            return self.decode(take.id)
        share = heard.clipped_share if take.clipped_share is None else take.clipped_share
        return replace(heard, name=take.purpose.name, damaged=take.damaged, clipped_share=share)

    def _hand_over(self, take_id: str, attempt: StoredAttempt) -> None:
        if self.recognition is not None:
            sound, cipher = self.files.sound(take_id), self.files.cipher(take_id)
            self.recognition.hand_over(take_id, sound, attempt.id, cipher)

    def delete(self, take_id: str) -> None:
        """Delete a take for good; raises RunningError where it is being recorded."""
        with self._lock:
            if self.is_running(take_id):
                raise RunningError
            if (spool := self._open.pop(take_id, None)) is not None:
                with translate_write_errors(self.files.folder):
                    spool.close()
            self.files.delete(take_id)
        if self.recognition is not None:
            self.recognition.forget(take_id)

    def delete_all(self) -> None:
        """Delete every take, and the secret with which those that still go on could be continued."""
        with self._lock:
            for spool in self._open.values():
                with translate_write_errors(self.files.folder):
                    spool.close()
            self._open.clear()
            with translate_delete_errors(self.files.folder):
                for path in tuple(self.files.folder.glob("*")):
                    path.unlink(missing_ok=True)

    def interrupted(self, store: Store, pending: Collection[str] = ()) -> tuple[InterruptedTake, ...]:
        """Return the takes that nobody records any more, the latest first.

        What is too short to hold a word goes, and so does what became an attempt just before the app was killed.

        Args:
            store: Where attempts are.
            pending: Takes that are going to be submitted in a moment, and are left alone.
        """
        self._finish_deletions()
        takes = [take for take in self.files.all() if take.id not in pending]
        found = [each for take in takes if (each := self._left_over(store, take)) is not None]
        return tuple(sorted(found, key=lambda each: each.take.started_at, reverse=True))

    def find_faults(self, *, thorough: bool) -> Iterator[tuple[LiveTake, TakeFault]]:
        """Yield the takes that nobody records any more and whose sound has changed since.

        Args:
            thorough: Whether all of each is read, or only its length looked at. One that nothing is known of, such
                as that of an earlier version, is sealed then, for the next time.
        """
        self._finish_deletions()
        for take in self.files.all():
            with self._lock:
                if self._is_in_use(take):
                    continue
                fault = self._find_fault(take, thorough=thorough)
                if fault is None and thorough:
                    self._seal(take)
            if fault is not None:
                yield take, fault

    def _finish_deletions(self) -> None:
        with self._lock, suppress(StoreError):  # where it cannot be deleted now, another time
            self.files.finish_deletions()

    def _find_fault(self, take: LiveTake, *, thorough: bool) -> TakeFault | None:
        fault = self.files.find_fault(take, thorough=thorough)
        return fault if fault is not None or self.files.is_as_written(take.id) else TakeFault.RELABELLED

    def _is_in_use(self, take: LiveTake) -> bool:
        return self.is_running(take.id) or take.id in self._in_submission or self._is_elsewhere(take)

    def _left_over(self, store: Store, take: LiveTake) -> InterruptedTake | None:
        with self._lock:
            if self._is_in_use(take):
                return None
            seconds = take.seconds(self.files.size(take.id))
            fault = self._find_fault(take, thorough=False)
            if (seconds < MIN_RECORDING_SECONDS and fault is None) or self._became_attempt(store, take):
                self.delete(take.id)
                return None
            if fault is None:
                self._seal(take)
            return InterruptedTake(take, seconds, fault)

    def _is_elsewhere(self, take: LiveTake) -> bool:
        """Whether another process writes it."""
        if take.id in self._open:
            return False
        try:
            with self.files.sound(take.id).open("r+b", buffering=0) as sound:
                return is_in_use(sound)
        except OSError:  # told when it is submitted
            return False

    def _became_attempt(self, store: Store, take: LiveTake) -> bool:
        return bool(self._find_attempts(store, take))

    def _find_attempts(self, store: Store, take: LiveTake) -> tuple[StoredAttempt, ...]:
        """Return the attempts that a take became."""
        if take.digest is None:
            return ()
        return store.load_history(Filters(question=take.purpose.question.id, digest=take.digest))

    def _begin_spool(self, take: LiveTake) -> Spool:
        spool = Spool(self.files.sound(take.id), take.rate, cipher=self.files.cipher(take.id))
        self._open[take.id] = spool
        if not take.stopped and self.recognition is not None:
            self.recognition.listen(take, spool)
        return spool

    def _known(self, take_id: str) -> LiveTake:
        take = self.files.load(take_id)
        if take is None:
            raise GoneError
        return take

    def _is_stopped(self, take_id: str) -> bool:
        take = self.files.load(take_id)
        return take is None or take.stopped


@cache
def live_takes(data: Path) -> LiveTakes:
    """Return the one keeper of the takes in a data folder."""
    return LiveTakes(data)
