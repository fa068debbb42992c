"""Which answers the progress page shows: of one way of measuring, of one kind of question or one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from analysis.progress.attempt import Attempt, Cohort, by_cohort, by_kind, by_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import day, kind_label
from services.question_bank import QuestionBank, question_texts

ALL = "all"
APART = (
    "Answers that were measured in another way (another model, other settings or newer formulas) are kept apart: their "
    "numbers differ for reasons that have nothing to do with your speech."
)
MIXED = (
    "Answers to several kinds of question are shown together here, so a change may come from the questions. Choose one "
    "kind for a fair comparison."
)

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Shown:
    """The chosen answers, all of one cohort, and all answers of that cohort."""

    attempts: tuple[Attempt, ...]
    cohort: tuple[Attempt, ...]
    names: Mapping[str | None, str]  # by id of a question, its text


def choose(attempts: Iterable[Attempt], bank: QuestionBank) -> Shown:
    """Show what can be chosen; at first the kind of the latest answer, measured as that one was. One answer or more."""
    cohort = _cohort(by_cohort(attempts))
    names = question_texts(get_store(), cohort, bank)
    kind_column, question_column = st.columns(2)
    kinds = by_kind(cohort)
    kind = _choice(kind_column, "Kind of question", kinds, kind_label, "All kinds", cohort[-1].kind)
    of_kind = _chosen(kinds, kind, cohort)
    asked = by_question(of_kind)
    label = "Question"
    question = _choice(question_column, label, asked, names.__getitem__, "All of these questions", ALL, f"{kind}")
    if kind == ALL and len(kinds) > 1 and question == ALL:
        st.info(MIXED)
    return Shown(_chosen(asked, question, of_kind), cohort, names)


def cohort_labels(cohorts: Mapping[Cohort, tuple[Attempt, ...]]) -> dict[Cohort, str]:
    """A name for each way of measuring: what it is, and since when where that does not tell them apart."""
    names = {cohort: f"{cohort.model}, formulas {cohort.formula_version}" for cohort in cohorts}
    often = Counter(names.values())
    for cohort, answers in cohorts.items():
        if often[names[cohort]] > 1:
            names[cohort] += f", settings used since {day(answers[0].at)}"
    return names


def _cohort(cohorts: Mapping[Cohort, tuple[Attempt, ...]]) -> tuple[Attempt, ...]:
    newest_first = list(cohorts)[::-1]
    chosen = newest_first[0]
    if len(cohorts) > 1:
        names = cohort_labels(cohorts)
        latest = chosen
        chosen = st.selectbox(
            "Measured with",
            newest_first,
            format_func=lambda each: f"{names[each]} ({len(cohorts[each])}){', latest' if each == latest else ''}",
            key="progress_cohort",
        )
        st.caption(APART)
    return cohorts[chosen]


def _choice(
    column: st.delta_generator.DeltaGenerator,
    label: str,
    groups: Mapping[_Key, tuple[Attempt, ...]],
    name: Callable[[_Key], str],
    everything: str,
    first: object,
    within: str = "",
) -> object:
    by_size = sorted(groups, key=lambda key: -len(groups[key]))
    labels: dict[object, str] = {ALL: f"{everything} ({sum(map(len, groups.values()))})"} if len(by_size) > 1 else {}
    labels |= {key: f"{name(key)} ({len(groups[key])})" for key in by_size}
    options = list(labels)
    return column.selectbox(
        label,
        options,
        index=options.index(first) if first in options else 0,
        format_func=labels.__getitem__,
        key=f"progress_{label.split()[0].lower()}_{within}",
    )


def _chosen(
    groups: Mapping[_Key, tuple[Attempt, ...]], key: object, everything: tuple[Attempt, ...]
) -> tuple[Attempt, ...]:
    return next((group for each, group in groups.items() if each == key), everything)
