"""Which two takes are compared: of the question and at the takes that the page's address names, or the last two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analysis.progress.attempt import Attempt, by_question
from analysis.report import Report
from app_pages.ui.links import BEFORE, TAKE
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import moment
from services.question_bank import QuestionBank, question_texts
from store.attempt import KeptAttempt

ALONE = (
    "The take in this page's address is not here, or is the only one of its question that was measured. The latest two "
    "takes are shown instead."
)
NEIGHBOURS = 24  # answers that tell how much answers vary anyway; older ones are of another time


@dataclass(frozen=True)
class Side:
    """One of the two takes with all that is known of it."""

    attempt: Attempt
    kept: KeptAttempt
    report: Report


@dataclass(frozen=True)
class Pair:
    """An earlier and a later take of one question."""

    before: Side
    now: Side
    others: tuple[Attempt, ...]  # more of the user's answers, to tell how much they vary anyway


def choose(attempts: Sequence[Attempt], bank: QuestionBank) -> Pair | None:
    """Show what can be chosen, and write it into the address; None where no question has two takes."""
    takes = {question: those for question, those in by_question(attempts).items() if len(those) > 1}
    if not takes:
        return None
    if st.query_params.get(TAKE) and not _named([each for those in takes.values() for each in those]):
        st.info(ALONE)
    question = _question(takes, bank)
    earlier, later = _two(takes[question])
    st.query_params.update({BEFORE: earlier.id, TAKE: later.id})
    return Pair(_side(earlier), _side(later), _neighbours(attempts, later))


def _question(takes: Mapping[str | None, tuple[Attempt, ...]], bank: QuestionBank) -> str | None:
    named = _named([attempt for those in takes.values() for attempt in those])
    latest_first = sorted(takes, key=lambda question: takes[question][-1].at, reverse=True)
    names = question_texts(get_store(), [those[-1] for those in takes.values()], bank)
    first = named[-1].question if named else latest_first[0]
    chosen: str | None = st.selectbox(
        "Question",
        latest_first,
        index=latest_first.index(first),
        format_func=lambda question: f"{names[question]} ({len(takes[question])} takes)",
        key="compare_question",
    )
    return chosen


def _two(takes: Sequence[Attempt]) -> tuple[Attempt, Attempt]:
    """The chosen takes, the earlier one first whichever was chosen where."""
    earlier, later = first_two(takes, _named(takes))
    left, right = st.columns(2)
    one = _take(left, "Earlier take", takes, earlier)
    other = _take(right, "Later take", [take for take in takes if take != one], later)
    first, second = sorted((one, other), key=lambda take: (take.at, take.take))
    return first, second


def first_two(takes: Sequence[Attempt], named: Sequence[Attempt]) -> tuple[Attempt, Attempt]:
    """The takes to begin with: both that are named, the named one and its neighbour, or the last two."""
    if len(named) > 1:
        return named[0], named[-1]
    place = max(1, takes.index(named[0])) if named else len(takes) - 1
    return takes[place - 1], takes[place]


def _take(column: Any, label: str, takes: Sequence[Attempt], first: Attempt) -> Attempt:
    newest_first = [take.id for take in reversed(takes)]
    by_id = {take.id: take for take in takes}
    chosen = column.selectbox(
        label,
        newest_first,
        index=newest_first.index(first.id) if first.id in by_id else 0,
        format_func=lambda attempt_id: f"Take {by_id[attempt_id].take}, {moment(by_id[attempt_id].at)}",
        key=f"compare_{label.split()[0].lower()}_{takes[0].question}",
    )
    return by_id[chosen]


def _named(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Those of the answers that the address names, in time order."""
    named = {st.query_params.get(BEFORE), st.query_params.get(TAKE)}
    return [attempt for attempt in attempts if attempt.id in named]


def _neighbours(attempts: Sequence[Attempt], later: Attempt) -> tuple[Attempt, ...]:
    """The answers to questions of the same kind that are nearest in time."""
    alike = [attempt for attempt in attempts if attempt.kind == later.kind and attempt.cohort == later.cohort]
    return tuple(sorted(alike, key=lambda attempt: abs(attempt.at - later.at))[:NEIGHBOURS])


def _side(attempt: Attempt) -> Side:
    return Side(attempt, get_store().attempt(attempt.id), get_store().report(attempt.id))
