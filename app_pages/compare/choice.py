"""Choose the two takes to compare: those named in the URL, or the latest two of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analysis.progress.attempt import Attempt, group_by_question
from analysis.progress.comparison import find_neighbours
from analysis.report import Report
from app_pages.ui.links import EARLIER_TAKE_PARAMETER, TAKE_PARAMETER
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import format_date_time
from services.question_bank import QuestionBank, load_question_texts
from store.attempt import StoredAttempt

NO_PAIR_TEXT = (
    "We can't compare the take in this link: it was deleted, or it's the only one of its question. Here are your "
    "latest two takes instead."
)


@dataclass(frozen=True)
class ComparedTake:
    """One of the two takes, with its stored attempt and its report."""

    attempt: Attempt
    stored: StoredAttempt
    report: Report


@dataclass(frozen=True)
class Pair:
    """An earlier and a later take of one question."""

    before: ComparedTake
    now: ComparedTake
    others: tuple[Attempt, ...]  # more of the user's answers, to tell how much they vary anyway


def choose_pair(attempts: Sequence[Attempt], bank: QuestionBank) -> Pair | None:
    """Let the user choose two takes, and write the choice into the URL; None if no question has two takes."""
    takes = {question: those for question, those in group_by_question(attempts).items() if len(those) > 1}
    if not takes:
        return None
    if st.query_params.get(TAKE_PARAMETER) and not _find_named([each for those in takes.values() for each in those]):
        st.info(NO_PAIR_TEXT)
    question = _choose_question(takes, bank)
    earlier, later = _choose_takes(takes[question])
    if (earlier, later) != find_initial_takes(takes[question], _find_named(takes[question])):
        # Only then: each change of the address is one more step back in the browser.
        st.query_params.update({EARLIER_TAKE_PARAMETER: earlier.id, TAKE_PARAMETER: later.id})
    return Pair(_load_take(earlier), _load_take(later), find_neighbours(attempts, later))


def _choose_question(takes: Mapping[str | None, tuple[Attempt, ...]], bank: QuestionBank) -> str | None:
    named = _find_named([attempt for those in takes.values() for attempt in those])
    latest_first = sorted(takes, key=lambda question: takes[question][-1].at, reverse=True)
    names = load_question_texts(get_store(), [those[-1] for those in takes.values()], bank)
    first = named[-1].question if named else latest_first[0]
    chosen: str | None = st.selectbox(
        "Question",
        latest_first,
        index=latest_first.index(first),
        format_func=lambda question: f"{names[question]} ({len(takes[question])} takes)",
        key="compare_question",
    )
    return chosen


def _choose_takes(takes: Sequence[Attempt]) -> tuple[Attempt, Attempt]:
    """Let the user choose two takes; return the earlier one first, whichever box it was chosen in."""
    earlier, later = find_initial_takes(takes, _find_named(takes))
    left, right = st.columns(2)
    one = _choose_take(left, "Earlier take", takes, earlier)
    other = _choose_take(right, "Later take", [take for take in takes if take != one], later)
    first, second = sorted((one, other), key=lambda take: (take.at, take.take))
    return first, second


def find_initial_takes(takes: Sequence[Attempt], named: Sequence[Attempt]) -> tuple[Attempt, Attempt]:
    """Return the takes to select at first.

    These are the two that the URL names, the one that it names with its neighbour, or the last two.

    Args:
        takes: at least two takes of one question, in time order.
        named: those of them that the URL names, in time order.
    """
    if len(named) > 1:
        return named[0], named[-1]
    place = max(1, takes.index(named[0])) if named else len(takes) - 1
    return takes[place - 1], takes[place]


def _choose_take(column: Any, label: str, takes: Sequence[Attempt], first: Attempt) -> Attempt:
    newest_first = [take.id for take in reversed(takes)]
    by_id = {take.id: take for take in takes}
    chosen = column.selectbox(
        label,
        newest_first,
        index=newest_first.index(first.id) if first.id in by_id else 0,
        format_func=lambda attempt_id: f"Take {by_id[attempt_id].take}, {format_date_time(by_id[attempt_id].at)}",
        key=f"compare_{label.split()[0].lower()}_{takes[0].question}",
    )
    return by_id[chosen]


def _find_named(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the answers that the URL names, in time order."""
    named = {st.query_params.get(EARLIER_TAKE_PARAMETER), st.query_params.get(TAKE_PARAMETER)}
    return [attempt for attempt in attempts if attempt.id in named]


def _load_take(attempt: Attempt) -> ComparedTake:
    return ComparedTake(attempt, get_store().load_attempt(attempt.id), get_store().load_report(attempt.id))
