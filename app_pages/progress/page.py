"""The page that shows how answers changed over time, measure by measure, and never claims more than chance allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from analysis.feedback.priority import IMPORTANCE
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import FEWEST_WORDS, SHORTEST, Attempt
from analysis.progress.practice_days import never_practised
from app_pages.progress import choice, measure, practice_days, recurring_phrases
from app_pages.progress.chart import ENDS, QUIET, TONE
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_comparison, link_to_practice, open_practice
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import show_style, show_template
from app_pages.ui.wording import plain
from content.questions import Question
from content.taxonomy import sorting
from services.question_bank import QuestionBank, load_question_bank, own_answers, shared_own_bands
from store.settings import read_settings

FIRST = 4  # measures, before the rest is a choice
CHANCE = (
    "“Better” and “worse” are said only when a change is more than chance: for each measure you look at, somebody who "
    "does not change at all would be told of a change in at most 5 % of cases. Look at many measures, and one will "
    "seem to change sooner or later. “Changed” is neither: before and after lie inside the range, or there is none."
)
MEDIANS, SINGLE = "All answers, as medians", "The latest, one by one"
SIGNS = {
    "answer": "an answer: click it for its report",
    "short": f"under {SHORTEST:.0f} s or {FEWEST_WORDS} words: not compared",
    "whisker": "95 % uncertainty of a rate",
    "range": "range",
    "median": "your median",
}
ENDS_SIGN = {"ends": "medians of your first and last answers"}
ANY_KIND = "any"
MAX_OFFERED = 4  # at a time


def page() -> None:
    """Show the whole page."""
    attempts, questions = own_answers(get_store()), load_question_bank(get_store())
    today = datetime.now().astimezone().date()
    if not attempts:
        st.info(
            "There is no measured answer yet. Practise one question, and it will be the first point on this page. Six "
            "answers are enough to see whether filler sounds change by more than chance."
        )
        link_to_practice()
        demo_mode.show_offer()
        show_new_questions(attempts, questions)
        return
    shown = choice.choose(attempts, questions)
    _measures(shown, shared_own_bands(shown.attempts, questions, read_settings().bands))
    with show_errors():
        recurring_phrases.show(shown.cohort)
    practice_days.show(attempts, today)
    show_new_questions(attempts, questions)


def _measures(shown: choice.Shown, own: Mapping[str, Band]) -> None:
    as_medians = _drawing(len(shown.attempts))
    legend, has_ends = st.container(), []
    for row in range(0, FIRST, 2):
        for column, key in zip(st.columns(2), IMPORTANCE[row : row + 2], strict=True):
            with column:
                has_ends.append(measure.show(shown, MEASURES[key], own, as_medians=as_medians))
    chosen = st.selectbox(
        "Another measure", IMPORTANCE[FIRST:], format_func=lambda key: MEASURES[key].label, key="other_measure"
    )
    has_ends.append(measure.show(shown, MEASURES[chosen], own, as_medians=as_medians))
    with legend:
        show_legend(with_ends=any(has_ends))
    st.caption(CHANCE)
    link_to_comparison()


def _drawing(answers: int) -> bool:
    """Whether all answers are drawn together as medians, where they are too many to be drawn one by one."""
    if answers <= measure.SINGLE:
        return False
    chosen = st.segmented_control("Drawn", [SINGLE, MEDIANS], default=SINGLE, required=True, key="progress_drawn")
    if chosen == MEDIANS:
        st.caption(
            f"{answers} answers are drawn as {measure.MEDIANS} medians of answers in a row; "
            "the thin lines hold the middle half of each."
        )
    else:
        latest = f"The latest {measure.SINGLE} of {answers} answers are drawn"
        st.caption(f"{latest}; compared are the first and last of all.")
    return chosen == MEDIANS


def show_legend(*, with_ends: bool) -> None:
    """Show each sign with its meaning.

    Args:
        with_ends: include the sign of the medians of the first and last answers.
    """
    signs = SIGNS | ENDS_SIGN if with_ends else SIGNS
    show_style("progress/templates/chart_legend.css")
    show_template("progress/templates/chart_legend.html", signs=signs, answer=TONE, range=QUIET, ends=ENDS)


def show_new_questions(attempts: Sequence[Attempt], bank: QuestionBank) -> None:
    """Show how many questions are new, and a few of them to practise."""
    by_id = {question.id: question for question in bank.offered}
    new = [by_id[question] for question in never_practised(tuple(by_id), attempts)]
    st.subheader("Questions you have not practised", anchor=False)
    if not new:
        st.markdown(f"You have answered all {len(by_id)} questions at least once.")
        return
    st.markdown(f"{len(new)} of {len(by_id)} questions are new to you. A few of them:")
    for question in _choose_offered(new):
        _offer(question, bank.text(question))


def _choose_offered(new: Sequence[Question]) -> Sequence[Question]:
    """Return the first new questions of the chosen kind, or one of each kind if none is chosen."""
    labels = {ANY_KIND: "Any kind"} | {key: kind.label for key, kind in sorting().kinds.items()}
    there = [ANY_KIND, *(key for key in sorting().kinds if any(question.kind == key for question in new))]
    kind = st.selectbox("Kind of new question", there, format_func=labels.__getitem__, key="new_kind")
    if kind != ANY_KIND:
        return [question for question in new if question.kind == kind][:MAX_OFFERED]
    first_of_kind = {question.kind: question for question in reversed(new)}
    return [first_of_kind[key] for key in sorting().kinds if key in first_of_kind][:MAX_OFFERED]


def _offer(question: Question, asked: str) -> None:
    kind = sorting().kinds[question.kind].label
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"{plain(asked)}  \n:small[{plain(kind)}]", width="content")
        if st.button("Practise", key=f"practise_{question.id}", help=f"Practise: {plain(asked)}"):
            open_practice(question.id)


st.title("Progress", anchor=False)
with show_errors():
    page()
