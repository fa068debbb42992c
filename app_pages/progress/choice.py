"""Choose the answers that the progress page shows: by model and settings, kind of question, and question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from analysis.progress.attempt import Attempt, Cohort, group_by_cohort, group_by_kind, group_by_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import format_date, get_kind_label
from services.question_bank import QuestionBank, load_question_texts

ALL_KEY = "all"
COHORTS_NOTE = (
    "Answers analysed with another model, other settings or an older version are kept apart: their numbers can differ "
    "although you spoke the same."
)
MIXED_KINDS_NOTE = (
    "You're looking at all kinds of question together, so a change may come from the questions. Choose one kind for a "
    "fair comparison."
)

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class ChosenAnswers:
    """The chosen answers, all of one cohort, and all answers of that cohort."""

    attempts: tuple[Attempt, ...]
    cohort: tuple[Attempt, ...]
    names: Mapping[str | None, str]  # by id of a question, its text


def choose_answers(attempts: Iterable[Attempt], bank: QuestionBank) -> ChosenAnswers:
    """Let the user choose among the answers; at first, all kinds of the latest one's cohort.

    Args:
        attempts: one or more answers in time order.
        bank: the questions.
    """
    cohort = _choose_cohort(group_by_cohort(attempts))
    names = load_question_texts(get_store(), cohort, bank)
    kind_column, question_column = st.columns(2)
    kinds = group_by_kind(cohort)
    kind = _choose_group(kind_column, "Kind of question", kinds, get_kind_label, "All kinds", ALL_KEY)
    of_kind = _get_group(kinds, kind, cohort)
    asked = group_by_question(of_kind)
    label = "Question"
    question = _choose_group(
        question_column, label, asked, names.__getitem__, "All of these questions", ALL_KEY, f"{kind}"
    )
    if kind == ALL_KEY and len(kinds) > 1 and question == ALL_KEY:
        st.caption(MIXED_KINDS_NOTE)
    return ChosenAnswers(_get_group(asked, question, of_kind), cohort, names)


def label_cohorts(cohorts: Mapping[Cohort, tuple[Attempt, ...]]) -> dict[Cohort, str]:
    """Return a label for each cohort: model and version of the formulas.

    Cohorts that agree in both also get the date of their first answer.
    """
    names = {cohort: f"{cohort.model} model, version {cohort.formula_version}" for cohort in cohorts}
    often = Counter(names.values())
    for cohort, answers in cohorts.items():
        if often[names[cohort]] > 1:
            names[cohort] += f", settings since {format_date(answers[0].at)}"
    return names


def _choose_cohort(cohorts: Mapping[Cohort, tuple[Attempt, ...]]) -> tuple[Attempt, ...]:
    newest_first = list(cohorts)[::-1]
    chosen = newest_first[0]
    if len(cohorts) > 1:
        names = label_cohorts(cohorts)
        latest = chosen
        chosen = st.selectbox(
            "Analysed with",
            newest_first,
            format_func=lambda each: f"{names[each]} ({len(cohorts[each])}){', latest' if each == latest else ''}",
            key="progress_cohort",
        )
        st.caption(COHORTS_NOTE)
    return cohorts[chosen]


def _choose_group(
    column: st.delta_generator.DeltaGenerator,
    label: str,
    groups: Mapping[_Key, tuple[Attempt, ...]],
    name: Callable[[_Key], str],
    everything: str,
    first: object,
    within: str = "",
) -> object:
    by_size = sorted(groups, key=lambda key: -len(groups[key]))
    labels: dict[object, str] = (
        {ALL_KEY: f"{everything} ({sum(map(len, groups.values()))})"} if len(by_size) > 1 else {}
    )
    labels |= {key: f"{name(key)} ({len(groups[key])})" for key in by_size}
    options = list(labels)
    return column.selectbox(
        label,
        options,
        index=options.index(first) if first in options else 0,
        format_func=labels.__getitem__,
        key=f"progress_{label.split()[0].lower()}_{within}",
    )


def _get_group(
    groups: Mapping[_Key, tuple[Attempt, ...]], key: object, everything: tuple[Attempt, ...]
) -> tuple[Attempt, ...]:
    return next((group for each, group in groups.items() if each == key), everything)
