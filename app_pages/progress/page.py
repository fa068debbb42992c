"""Show the progress page: each measure over time, claiming no change that chance could explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import MIN_ANSWER_SECONDS, MIN_ANSWER_WORDS, Attempt, compute_own_median
from analysis.progress.change_sentences import describe_changes
from analysis.progress.comparison import compare_answers, find_latest_pair, find_neighbours
from analysis.progress.practice_days import find_unpractised_questions
from analysis.progress.trend import Change
from analysis.progress.trend_estimation import estimate_trend
from analysis.wording import format_count
from app_pages.progress import choice, measure, practice_days, recurring_phrases
from app_pages.progress.chart import ANSWER_COLOUR, ENDS_COLOUR, RANGE_COLOUR
from app_pages.progress.choice import ChosenAnswers
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_comparison, link_to_practice, open_practice
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import show_style, show_template
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank, find_shared_bands, load_own_answers, load_question_bank
from store.settings import read_settings

MAX_UNFOLDED = 4  # measures, before the rest is a choice
CHANCE_NOTE = (
    "We only call it better or worse when it's unlikely to be chance: if nothing changes, we'll be wrong at most 1 "
    "time in 20 for each number you look at. “Changed” is neither: you stayed in the range, the step was small, or "
    "there's no range."
)
MEDIANS_LABEL, SINGLE_LABEL = "All answers, in groups", "The latest, one by one"
SIGNS = {
    "answer": "an answer: click it for its report",
    "short": f"under {MIN_ANSWER_SECONDS:.0f} seconds or {MIN_ANSWER_WORDS} words: not compared",
    "whisker": "how far off the number may be",
    "range": "range",
    "median": "your usual level",
}
ENDS_SIGN = {"ends": "your first and latest answers"}
FEW_ANSWERS = 6  # below, a demo shows what there will be to see
ANY_KIND = "any"
MAX_OFFERED = 4  # at a time


def show_page() -> None:
    """Show the whole page below its title."""
    attempts, questions = load_own_answers(get_store()), load_question_bank(get_store())
    today = datetime.now().astimezone().date()
    if not attempts:
        st.info(
            "Answer your first question, and you'll see it here. From the second answer on you'll read what changed; "
            "after six you can tell whether you're really saying fewer ums."
        )
        link_to_practice()
        demo_mode.show_offer()
        show_new_questions(attempts, questions)
        return
    shown = choice.choose_answers(attempts, questions)
    if len(attempts) < FEW_ANSWERS:
        demo_mode.show_offer()
    _show_measures(shown, find_shared_bands(shown.attempts, questions, read_settings().bands))
    with show_errors():
        recurring_phrases.show_recurring_phrases(shown.cohort)
    practice_days.show_practice_days(attempts, today)
    show_new_questions(attempts, questions)


def _show_measures(shown: choice.ChosenAnswers, own: Mapping[str, Band]) -> None:
    show_changes(shown, own)
    as_medians = _choose_medians(len(shown.attempts))
    says_too_few = not _say_too_few_once(shown, own)
    legend, has_ends = st.container(), []
    for row in range(0, MAX_UNFOLDED, 2):
        for column, key in zip(st.columns(2), KEYS_BY_PRIORITY[row : row + 2], strict=True):
            with column:
                has_ends.append(_show_measure(shown, key, own, as_medians, says_too_few))
    others = KEYS_BY_PRIORITY[MAX_UNFOLDED:]
    chosen = st.selectbox(
        "Another number",
        others,
        next((place for place, key in enumerate(others) if compute_own_median(shown.attempts, key) is not None), 0),
        format_func=lambda key: MEASURES[key].label,
        key="other_measure",
    )
    has_ends.append(_show_measure(shown, chosen, own, as_medians, says_too_few))
    with legend:
        show_legend(with_ends=any(has_ends))
    with st.expander("How we compare"):
        st.markdown(CHANCE_NOTE)
    link_to_comparison()


def _say_too_few_once(shown: choice.ChosenAnswers, own: Mapping[str, Band]) -> bool:
    """Say once how many more answers a first trend needs, if no measure has one yet; return whether that is so."""
    trends = [estimate_trend(shown.attempts, key, own) for key in KEYS_BY_PRIORITY]
    if any(trend.change is not Change.TOO_FEW for trend in trends):
        return False
    soonest = min(trends, key=lambda trend: trend.missing)
    answers = format_count(soonest.missing, "more answer")
    st.markdown(f"{answers} of {MIN_ANSWER_SECONDS:.0f} seconds or longer to see a trend.")
    return True


def _show_measure(
    shown: choice.ChosenAnswers, key: str, own: Mapping[str, Band], as_medians: bool, says_too_few: bool
) -> bool:
    return measure.show_measure(shown, MEASURES[key], own, as_medians=as_medians, says_too_few=says_too_few)


def _choose_medians(answers: int) -> bool:
    """Return whether to draw all answers as medians; ask only if they are too many to draw singly.

    Args:
        answers: the number of answers.
    """
    if answers <= measure.MAX_SINGLE_POINTS:
        return False
    chosen = st.segmented_control(
        "Show", [SINGLE_LABEL, MEDIANS_LABEL], default=SINGLE_LABEL, required=True, key="progress_drawn"
    )
    if chosen == MEDIANS_LABEL:
        st.caption(
            f"Your {answers} answers in {measure.MAX_MEDIAN_POINTS} groups, in order. Each dot is the middle answer "
            "of a group; the thin line covers the middle half."
        )
    else:
        latest = f"The latest {measure.MAX_SINGLE_POINTS} of your {answers} answers"
        st.caption(f"{latest}. Trends compare your very first answers with your latest.")
    return chosen == MEDIANS_LABEL


def show_legend(*, with_ends: bool) -> None:
    """Show each sign with its meaning.

    Args:
        with_ends: include the sign of the medians of the first and last answers.
    """
    signs = SIGNS | ENDS_SIGN if with_ends else SIGNS
    show_style("progress/templates/chart_legend.css")
    show_template(
        "progress/templates/chart_legend.html", signs=signs, answer=ANSWER_COLOUR, range=RANGE_COLOUR, ends=ENDS_COLOUR
    )


def show_new_questions(attempts: Sequence[Attempt], bank: QuestionBank) -> None:
    """Show how many questions are new, and a few of them to practise."""
    by_id = {question.id: question for question in bank.offered}
    new = [by_id[question] for question in find_unpractised_questions(tuple(by_id), attempts)]
    st.header("Questions you haven't practised", anchor=False)
    if not new:
        st.markdown(f"You've answered all {len(by_id)} questions at least once.")
        return
    st.markdown(f"{len(new)} of {len(by_id)} questions are new to you. Here are a few:")
    for question in _choose_offered(new):
        _offer(question, bank.format_text(question))


def _choose_offered(new: Sequence[Question]) -> Sequence[Question]:
    """Return the first new questions of the chosen kind, or one of each kind if none is chosen."""
    labels = {ANY_KIND: "Any kind"} | {key: kind.label for key, kind in load_taxonomy().kinds.items()}
    there = [ANY_KIND, *(key for key in load_taxonomy().kinds if any(question.kind == key for question in new))]
    kind = st.selectbox("Kind of new question", there, format_func=labels.__getitem__, key="new_kind")
    if kind != ANY_KIND:
        return [question for question in new if question.kind == kind][:MAX_OFFERED]
    first_of_kind = {question.kind: question for question in reversed(new)}
    return [first_of_kind[key] for key in load_taxonomy().kinds if key in first_of_kind][:MAX_OFFERED]


def _offer(question: Question, asked: str) -> None:
    kind = load_taxonomy().kinds[question.kind].label
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"{escape_markdown(asked)}  \n:small[{escape_markdown(kind)}]", width="content")
        if st.button("Practise", key=f"practise_{question.id}", help=f"Practise: {escape_markdown(asked)}"):
            open_practice(question.id)


FIRST_ANSWER = "That's your first answer. From the second one on, you'll read here what changed."


def show_changes(shown: ChosenAnswers, own: Mapping[str, Band]) -> None:
    """Show what the trends say, and what is different between the latest two answers."""
    with st.container(border=True, key="progress_changes"):
        for line in describe_trends(shown, own):
            st.markdown(escape_markdown(line))
        pair = find_latest_pair(shown.attempts)
        if pair is None:
            st.markdown(FIRST_ANSWER)
            return
        said = describe_changes(*pair, compare_answers(*pair, find_neighbours(shown.cohort, pair[1]), own), own)
        st.markdown(f"**{escape_markdown(said)}**  \n:small[{escape_markdown(_name_pair(*pair, shown))}]")
        if pair[0].question == pair[1].question:
            link_to_comparison(pair[1].id, "Compare these two takes")


def describe_trends(shown: ChosenAnswers, own: Mapping[str, Band]) -> list[str]:
    """Return what got better and what got worse by more than chance, a sentence each."""
    trends = [estimate_trend(shown.attempts, key, own) for key in KEYS_BY_PRIORITY]
    lines = []
    for change, opening in ((Change.BETTER, "Better over time"), (Change.WORSE, "Worse over time")):
        named = [MEASURES[trend.measure].label.lower() for trend in trends if trend.change is change]
        if named:
            lines.append(f"{opening}, and not just by chance: {', '.join(named)}.")
    return lines


def _name_pair(before: Attempt, now: Attempt, shown: ChosenAnswers) -> str:
    asked = shown.names[now.question]
    if before.question != now.question:
        return f"Your latest answer beside the one before it, to another question. The latest: “{asked}”"
    return f"Take {now.take} beside take {before.take} of “{asked}”"


st.title("Progress", anchor=False)
with show_errors():
    show_page()
