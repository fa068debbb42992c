"""What an interviewer asked on after an answer: the answers to it, what to ask next, and deleting them too.

A follow-up is an attempt of its own; the id of its question names the answer it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.question import FOLLOW_UP_PREFIX, AskedQuestion
from analysis.report import Report
from analysis.structure.element import Element
from content.interviewer_follow_ups import InterviewerFollowUp, load_interviewer_follow_ups
from interview.questions.interviewer_follow_ups import choose_follow_ups, find_asked_for, join_answers, may_be_asked_on
from services.asked_questions import is_practice, make_follow_up_question, parse_follow_up_id
from services.undo import pack
from store.attempt import AttemptState, StoredAttempt
from store.errors import StoreError
from store.store import Store


@dataclass(frozen=True)
class FollowUpAnswer:
    """The latest take of a follow-up to an answer."""

    follow_up: InterviewerFollowUp
    attempt: StoredAttempt
    report: Report | None  # None: not measured yet, or it could not be
    asked_for: Element | None  # whether what was asked for is there now; None without a report


def load_follow_up_answers(store: Store, parent_id: str) -> tuple[FollowUpAnswer, ...]:
    """Return the follow-ups that were answered after an answer, in the order they were asked first; raises StoreError.

    An answer without a report has none.
    """
    known, latest = load_interviewer_follow_ups(), dict[str, StoredAttempt]()
    for attempt in store.load_history():
        asked = parse_follow_up_id(attempt.question.id)
        if asked is not None and asked[0] == parent_id and asked[1] in known:
            latest[asked[1]] = attempt
    parent = _load_report(store, store.load_attempt(parent_id)) if latest else None
    return tuple(_read_answer(store, parent, known[rule], attempt) for rule, attempt in latest.items())


def choose_next_follow_up(store: Store, parent: StoredAttempt) -> InterviewerFollowUp | None:
    """Return what to ask on after an answer; None where there is nothing (more) to ask. Raises StoreError."""
    if parent.state is not AttemptState.DONE or not is_practice(parent.question.id):
        return None
    if not may_be_asked_on(parent.question):
        return None
    answered = load_follow_up_answers(store, parent.id)
    reports = [store.load_report(parent.id), *(each.report for each in answered if each.report is not None)]
    return choose_from_reports(reports, parent.question, [each.follow_up.id for each in answered])


def choose_from_reports(
    reports: Sequence[Report], question: AskedQuestion, asked: Sequence[str]
) -> InterviewerFollowUp | None:
    """Return what to ask on; None where there is nothing (more) to ask.

    Args:
        reports: of the answer and of the follow-ups to it.
        question: what the first of them answers.
        asked: ids of the follow-ups that were asked already.
    """
    words = join_answers([report.words for report in reports])
    return next(iter(choose_follow_ups(words, question, asked)), None)


def find_follow_up_question(store: Store, question_id: str) -> tuple[AskedQuestion, StoredAttempt] | None:
    """Return a follow-up with the answer it belongs to; None if it is no follow-up, or that answer was deleted.

    Raises:
        StoreError: the data cannot be read.
    """
    asked, known = parse_follow_up_id(question_id), load_interviewer_follow_ups()
    if asked is None or asked[1] not in known:
        return None
    parent = next((each for each in store.load_history() if each.id == asked[0]), None)
    return None if parent is None else (make_follow_up_question(parent.id, known[asked[1]]), parent)


def delete_answer(store: Store, attempt_id: str) -> bool:
    """Delete an answer and what was said to its follow-ups; returns as `Store.delete_attempt`.

    Raises:
        StoreError: it cannot be deleted.
    """
    for each in _list_follow_up_ids(store, attempt_id):
        store.delete_attempt(each)
    return store.delete_attempt(attempt_id)


def pack_answer(store: Store, attempt_id: str) -> bytes | None:
    """Return an answer with what was said to its follow-ups, as `services.undo.pack` does; raises StoreError."""
    return pack(store, (attempt_id, *_list_follow_up_ids(store, attempt_id)))


def _list_follow_up_ids(store: Store, attempt_id: str) -> list[str]:
    prefix = f"{FOLLOW_UP_PREFIX}{attempt_id}:"
    return [attempt.id for attempt in store.load_history() if attempt.question.id.startswith(prefix)]


def _read_answer(
    store: Store, parent: Report | None, follow_up: InterviewerFollowUp, attempt: StoredAttempt
) -> FollowUpAnswer:
    report = _load_report(store, attempt)
    before = [] if parent is None else [parent]
    words = join_answers([each.words for each in (*before, report)]) if report is not None else ()
    return FollowUpAnswer(follow_up, attempt, report, find_asked_for(words, follow_up) if words else None)


def _load_report(store: Store, attempt: StoredAttempt) -> Report | None:
    if attempt.state is not AttemptState.DONE:
        return None
    try:
        return store.load_report(attempt.id)
    except StoreError:  # deleted in another window a moment ago
        return None
