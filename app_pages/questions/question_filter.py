"""Filter questions by words, kind, competency and stage, and by own, new and hidden ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from app_pages.components import field_picker
from app_pages.ui.store_access import get_store
from content.questions import Question
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank
from services.question_search import search_questions

ANY = "any"


class QuestionScope(StrEnum):
    """Which part of the question bank is searched."""

    OFFERED = "offered"
    OWN = "own"
    NEW = "new"
    HIDDEN = "hidden"


LABELS = {
    QuestionScope.OFFERED: "All",
    QuestionScope.OWN: "Your own",
    QuestionScope.NEW: "Never practised",
    QuestionScope.HIDDEN: "Hidden",
}


@dataclass(frozen=True)
class QuestionFilter:
    """The values of the filters; ANY matches everything."""

    words: str = ""
    which: QuestionScope = QuestionScope.OFFERED
    field: str = ""  # of work: its questions and those of every job; empty: all
    kind: str = ANY
    competency: str = ANY
    stage: str = ANY


@dataclass(frozen=True)
class FoundQuestions:
    """The questions found, and how often each was practised."""

    questions: tuple[Question, ...]
    is_ranked: bool  # best first, because words were looked for
    takes: Mapping[str, int]  # by the question's id


def filter_questions(known: QuestionBank) -> FoundQuestions:
    """Show the filters; return the questions that match.

    Raises:
        StoreError: the data cannot be read.
    """
    takes = _count_takes()
    words = st.text_input("Find", key="questions_find", placeholder="weakness, conflict, deadline…")
    first, second = st.columns(2)
    with first:
        field = field_picker.select_field("questions_field")
        which = st.selectbox("Show", LABELS, format_func=LABELS.__getitem__, key="questions_which")
        competency = _select("Topic", load_taxonomy().competencies, "questions_competency")
    with second:
        stage = _select("Stage", load_taxonomy().stages, "questions_stage")
        kind = field_picker.select_kind("questions_kind")
    wanted = QuestionFilter(words, which, field, kind, competency, stage)
    return FoundQuestions(find_matching(known, takes, wanted), bool(words.strip()), takes)


def find_matching(known: QuestionBank, practised: Collection[str], wanted: QuestionFilter) -> tuple[Question, ...]:
    """Return the questions that fit the words of the filter, best first, and match its other values.

    Args:
        known: the question bank.
        practised: ids of the questions with at least one answer.
        wanted: the filter.
    """
    matching = [
        each
        for each in _select_scope(known, practised, wanted.which)
        if (not wanted.field or each.suits(wanted.field))
        and wanted.kind in (ANY, each.kind)
        and wanted.competency in (ANY, each.competency)
        and wanted.stage in (ANY, each.stage)
    ]
    return search_questions(known, matching, wanted.words)


def _select_scope(known: QuestionBank, practised: Collection[str], which: QuestionScope) -> list[Question]:
    if which is QuestionScope.HIDDEN:
        return [each for each in known.questions if each.id in known.hidden]
    offered = [each for each in known.questions if each.id not in known.hidden]
    if which is QuestionScope.OWN:
        return [each for each in offered if each.id in known.own]
    return [each for each in offered if which is QuestionScope.OFFERED or each.id not in practised]


def _count_takes() -> dict[str, int]:
    takes: dict[str, int] = {}
    for attempt in get_store().load_history():
        takes[attempt.question.id] = max(takes.get(attempt.question.id, 0), attempt.take)
    return takes


def _select(label: str, labels: Mapping[str, str], key: str) -> str:
    options = {ANY: f"Any {label.lower()}", **labels}
    return st.selectbox(label, options, format_func=options.__getitem__, key=key)
