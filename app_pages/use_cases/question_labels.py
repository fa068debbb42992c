"""The words of questions by their ids, and the labels of their kinds."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.progress.attempt import Attempt
from analysis.question import QuestionKind
from app_pages.use_cases.question_bank import Bank
from app_pages.use_cases.store_access import store
from content.taxonomy import sorting


def texts(attempts: Iterable[Attempt], bank: Bank) -> dict[str | None, str]:
    """By id, each question these answers belong to: as it is asked now, or was when it is gone; raises StoreError."""
    latest = {attempt.question: attempt.id for attempt in attempts}
    known = {question.id: question for question in bank.questions}
    return {
        question: bank.text(known[question]) if question in known else store().attempt(attempt_id).question.text
        for question, attempt_id in latest.items()
    }


def kind_label(kind: QuestionKind | None) -> str:
    """A kind of question as the pages name it."""
    return sorting().kinds[kind.value].label if kind else "No question chosen"
