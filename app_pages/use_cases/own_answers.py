"""The user's own measured answers, without the samples that were only tried and what was said in debriefs."""

from __future__ import annotations

from analysis.progress.attempt import Attempt
from app_pages.use_cases.store_access import store
from services.asked_questions import DEBRIEF, SAMPLE
from store.attempt import Filters


def own_answers(question: str | None = None) -> tuple[Attempt, ...]:
    """Every measured answer of the user, or those to one question, in the order they were given; raises StoreError."""
    measured = store().measured(Filters(question=question))
    return tuple(attempt for attempt in measured if not (attempt.question or "").startswith((SAMPLE, DEBRIEF)))
