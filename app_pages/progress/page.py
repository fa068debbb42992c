"""Show the progress page: each measure over time, claiming no change that chance could explain."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from app_pages.progress import chart_legend, choice, measure, new_questions, practice_days, recurring_phrases
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_comparison, link_to_practice
from app_pages.ui.store_access import get_store
from services.question_bank import find_shared_bands, load_own_answers, load_question_bank
from store.settings import read_settings

MAX_UNFOLDED = 4  # measures, before the rest is a choice
CHANCE_NOTE = (
    "“Better” and “worse” are said only when a change is more than chance: for each measure you look at, somebody who "
    "does not change at all would be told of a change in at most 5 % of cases. Look at many measures, and one will "
    "seem to change sooner or later. “Changed” is neither: before and after lie inside the range, or there is none."
)
MEDIANS_LABEL, SINGLE_LABEL = "All answers, as medians", "The latest, one by one"


def show_page() -> None:
    """Show the whole page below its title."""
    attempts, questions = load_own_answers(get_store()), load_question_bank(get_store())
    today = datetime.now().astimezone().date()
    if not attempts:
        st.info(
            "There is no measured answer yet. Practise one question, and it will be the first point on this page. Six "
            "answers are enough to see whether filler sounds change by more than chance."
        )
        link_to_practice()
        demo_mode.show_offer()
        new_questions.show_new_questions(attempts, questions)
        return
    shown = choice.choose_answers(attempts, questions)
    _show_measures(shown, find_shared_bands(shown.attempts, questions, read_settings().bands))
    with show_errors():
        recurring_phrases.show_recurring_phrases(shown.cohort)
    practice_days.show_practice_days(attempts, today)
    new_questions.show_new_questions(attempts, questions)


def _show_measures(shown: choice.ChosenAnswers, own: Mapping[str, Band]) -> None:
    as_medians = _choose_medians(len(shown.attempts))
    legend, has_ends = st.container(), []
    for row in range(0, MAX_UNFOLDED, 2):
        for column, key in zip(st.columns(2), KEYS_BY_PRIORITY[row : row + 2], strict=True):
            with column:
                has_ends.append(measure.show_measure(shown, MEASURES[key], own, as_medians=as_medians))
    chosen = st.selectbox(
        "Another measure",
        KEYS_BY_PRIORITY[MAX_UNFOLDED:],
        format_func=lambda key: MEASURES[key].label,
        key="other_measure",
    )
    has_ends.append(measure.show_measure(shown, MEASURES[chosen], own, as_medians=as_medians))
    with legend:
        chart_legend.show_legend(with_ends=any(has_ends))
    st.caption(CHANCE_NOTE)
    link_to_comparison()


def _choose_medians(answers: int) -> bool:
    """Return whether to draw all answers as medians; ask only if they are too many to draw singly.

    Args:
        answers: the number of answers.
    """
    if answers <= measure.MAX_SINGLE_POINTS:
        return False
    chosen = st.segmented_control(
        "Drawn", [SINGLE_LABEL, MEDIANS_LABEL], default=SINGLE_LABEL, required=True, key="progress_drawn"
    )
    if chosen == MEDIANS_LABEL:
        st.caption(
            f"{answers} answers are drawn as {measure.MAX_MEDIAN_POINTS} medians of answers in a row; "
            "the thin lines hold the middle half of each."
        )
    else:
        latest = f"The latest {measure.MAX_SINGLE_POINTS} of {answers} answers are drawn"
        st.caption(f"{latest}; compared are the first and last of all.")
    return chosen == MEDIANS_LABEL


st.title("Progress", anchor=False)
with show_errors():
    show_page()
