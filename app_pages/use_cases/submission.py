"""Bringing an answer in: decoded and safely on disk before anything else, then in line to be measured."""

from __future__ import annotations

import hashlib
from typing import Protocol

from analysis.question import AskedQuestion
from app_pages.ui import practice_state
from app_pages.use_cases.analysis_job import worker
from app_pages.use_cases.store_access import store
from speech.audio.recording import Recording, from_bytes
from store.attempt import Filters, KeptAttempt, State
from store.settings import read_settings


class Arrived(Protocol):
    """What is done with an attempt as soon as it is safe."""

    def __call__(self, attempt: KeptAttempt, *, is_new: bool) -> None:
        """Put it where it belongs; the sound of one that is not new was brought before."""


def bring(data: bytes, name: str, question: AskedQuestion, arrived: Arrived = practice_state.arrive) -> KeptAttempt:
    """Keep the bytes of a sound file as the next take of a question and put it on screen, or where else it belongs.

    The very same bytes for the same question are no new take: their attempt is put there. Raises RecordingError when
    the sound cannot be used, and then nothing is kept; raises StoreError when it cannot be kept.
    """
    known = store().history(Filters(question=question.id, digest=hashlib.sha256(data).hexdigest()))
    if not known:
        return keep(from_bytes(data, name), question, arrived)
    if known[-1].state is State.RECORDED:
        worker().submit(known[-1].id)
    arrived(known[-1], is_new=False)
    return known[-1]


def keep(recording: Recording, question: AskedQuestion, arrived: Arrived = practice_state.arrive) -> KeptAttempt:
    """Keep a recording as the next take of a question, have it measured and put it where it belongs.

    Raises StoreError.
    """
    attempt = store().add_recording(recording, question, keep=read_settings().keep_recordings)
    worker().submit(attempt.id)
    arrived(attempt, is_new=True)
    return attempt
