"""Finding questions: by words, kind, competency and stage, and among one's own, the new and the hidden ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from app_pages.ui.store_access import get_store
from content.questions import Question
from content.taxonomy import sorting
from services.question_bank import QuestionBank

ANY = "any"


class Which(StrEnum):
    """Which of all questions are looked at."""

    OFFERED = "offered"
    OWN = "own"
    NEW = "new"
    HIDDEN = "hidden"


LABELS = {
    Which.OFFERED: "All that are offered",
    Which.OWN: "Your own",
    Which.NEW: "Never practised",
    Which.HIDDEN: "Hidden",
}


@dataclass(frozen=True)
class Wanted:
    """What the filters are set to; ANY lets everything through."""

    words: str = ""
    which: Which = Which.OFFERED
    kind: str = ANY
    competency: str = ANY
    stage: str = ANY


@dataclass(frozen=True)
class Listed:
    """The questions that were found, with how often each was practised."""

    questions: tuple[Question, ...]
    takes: Mapping[str, int]  # by the question's id


def chosen(known: QuestionBank) -> Listed:
    """Show the filters, and give what they let through; raises StoreError."""
    takes = _takes()
    words = st.text_input("Find", key="questions_find", placeholder="Words of a question or of what it is about")
    first, second = st.columns(2)
    with first:
        which = st.selectbox("Which", LABELS, format_func=LABELS.__getitem__, key="questions_which")
        competency = _choice("Competency", sorting().competencies, "questions_competency")
    with second:
        stage = _choice("Stage", sorting().stages, "questions_stage")
        kind = _choice("Kind", {key: kind.label for key, kind in sorting().kinds.items()}, "questions_kind")
    return Listed(matching(known, takes, Wanted(words, which, kind, competency, stage)), takes)


def matching(known: QuestionBank, practised: Collection[str], wanted: Wanted) -> tuple[Question, ...]:
    """The questions that hold every word looked for and are of the chosen sorts."""
    sought = wanted.words.casefold().split()
    return tuple(
        each
        for each in _which(known, practised, wanted.which)
        if wanted.kind in (ANY, each.kind)
        and wanted.competency in (ANY, each.competency)
        and wanted.stage in (ANY, each.stage)
        and all(word in _searched(known, each) for word in sought)
    )


def _which(known: QuestionBank, practised: Collection[str], which: Which) -> list[Question]:
    if which is Which.HIDDEN:
        return [each for each in known.questions if each.id in known.hidden]
    offered = [each for each in known.questions if each.id not in known.hidden]
    if which is Which.OWN:
        return [each for each in offered if each.id in known.own]
    return [each for each in offered if which is Which.OFFERED or each.id not in practised]


def _searched(known: QuestionBank, question: Question) -> str:
    labels = (
        sorting().kinds[question.kind].label,
        sorting().competencies[question.competency],
        sorting().stages[question.stage],
    )
    mine = known.own.get(question.id)
    texts = (known.text(question), *labels, *question.good_answer, *question.prompts, mine.answer if mine else "")
    return " ".join(texts).casefold()


def _takes() -> dict[str, int]:
    takes: dict[str, int] = {}
    for attempt in get_store().history():
        takes[attempt.question.id] = max(takes.get(attempt.question.id, 0), attempt.take)
    return takes


def _choice(label: str, labels: Mapping[str, str], key: str) -> str:
    options = {ANY: f"Any {label.lower()}", **labels}
    return st.selectbox(label, options, format_func=options.__getitem__, key=key)
