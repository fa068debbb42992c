"""What happens to the question of a run that is being asked: answered, skipped, or the whole run ended; no widget.

The run is read anew before each change: it may have gone on in another window.
"""

from __future__ import annotations

from datetime import datetime

from app_pages.use_cases.store_access import store
from interview.mock.run import MockRun
from store.attempt import KeptAttempt
from store.errors import StoreError

ELSEWHERE = "This question was answered, skipped or ended in another window in the meantime."
NOT_LOST = f"{ELSEWHERE} Your recording is safe: it is a take of the question on the page “Practise”."


class MovedOnError(StoreError):
    """The run is not at this question any more."""


def answer(run_id: str, place: int, attempt: KeptAttempt) -> None:
    """Make an attempt the take of a question; raises StoreError, MovedOnError when that is not asked any more."""
    run = _at(run_id, place, NOT_LOST)
    store().keep(_over(run.answered(place, attempt.id)), instead_of=run)


def skip(run_id: str, place: int) -> None:
    """Leave a question out; raises StoreError."""
    run = _at(run_id, place, ELSEWHERE)
    store().keep(_over(run.skipping(place)), instead_of=run)


def end(run_id: str) -> None:
    """End a run where it is; raises StoreError."""
    run = store().thing(MockRun, run_id)
    store().keep(run.ended(_now()), instead_of=run)


def _at(run_id: str, place: int, otherwise: str) -> MockRun:
    run = store().thing(MockRun, run_id)
    if run.place != place:
        raise MovedOnError(otherwise)
    return run


def _over(run: MockRun) -> MockRun:
    return run.ended(_now()) if run.place is None else run


def _now() -> datetime:
    return datetime.now().astimezone()
