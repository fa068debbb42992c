"""Submit an answer: decode it and store it first, then queue it for analysis."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from analysis.question import AskedQuestion
from services.job_queue import AnalysisQueue
from speech.audio.recording import Recording, from_bytes
from store.attempt import AttemptState, Filters, StoredAttempt
from store.store import Store


@dataclass(frozen=True)
class Submission:
    """A stored attempt; `is_new` is False if the same audio was submitted before."""

    attempt: StoredAttempt
    is_new: bool


def submit_upload(
    store: Store, queue: AnalysisQueue, data: bytes, name: str, question: AskedQuestion, *, keep: bool = True
) -> Submission:
    """Store an audio file as the next take of a question and queue it for analysis.

    Submitting the same bytes for the same question again returns the earlier attempt, and queues it if
    it has no report.

    Args:
        store: where it is stored.
        queue: analyses it.
        data: an audio file of any format that can be decoded.
        name: display name of the recording.
        question: what was answered.
        keep: whether the audio is kept once the report is made.

    Raises:
        RecordingError: the audio cannot be used; nothing is stored.
        StoreError: it cannot be stored.
    """
    known = store.load_history(Filters(question=question.id, digest=hashlib.sha256(data).hexdigest()))
    if not known:
        return submit_recording(store, queue, from_bytes(data, name), question, keep=keep)
    if known[-1].state is AttemptState.RECORDED:
        queue.enqueue(known[-1].id, known[-1].duration)
    return Submission(known[-1], is_new=False)


def submit_recording(
    store: Store,
    queue: AnalysisQueue,
    recording: Recording,
    question: AskedQuestion,
    *,
    keep: bool = True,
    on_stored: Callable[[StoredAttempt], None] = lambda attempt: None,
) -> Submission:
    """Store a recording as the next take of a question and queue it for analysis; raises StoreError.

    Args:
        store: where it is kept.
        queue: analyses it.
        recording: the sound.
        question: what was answered.
        keep: whether the sound stays when the report is made.
        on_stored: called when it is safe, before it is queued.
    """
    attempt = store.add_recording(recording, question, keep=keep)
    on_stored(attempt)
    queue.enqueue(attempt.id, attempt.duration)
    return Submission(attempt, is_new=True)
